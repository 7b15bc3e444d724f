"""What can be done in a shop: one verb a function, no SQL, no Telegram, no templates."""
