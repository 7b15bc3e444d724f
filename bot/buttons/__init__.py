"""What buttons carry, one module per noun."""
