"""The tables, one module per noun; importing this package knows them all."""

from storage.tables import drafts, pipeline, questions, shops
from storage.tables.base import metadata

__all__ = ["drafts", "metadata", "pipeline", "questions", "shops"]
