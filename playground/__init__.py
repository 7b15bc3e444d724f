"""A local Telegram: a strict Bot API server, and phones in a browser."""
