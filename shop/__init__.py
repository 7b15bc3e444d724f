"""The rules of the trade: plain Python without a clock, a database or Telegram."""
