"""One tap or one line: each module is one noun's router."""
