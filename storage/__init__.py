"""The books: the desk, Work, tables, and one collection per entity."""
