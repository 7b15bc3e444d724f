"""The tables, one module per noun; importing this package knows them all."""

from storage.tables import catalog, drafts, imports, orders, parcels, pipeline, questions, shops, team
from storage.tables.base import metadata

__all__ = ["catalog", "drafts", "imports", "metadata", "orders", "parcels", "pipeline", "questions", "shops", "team"]

for _table in metadata.tables.values():
    if _table is shops.shops or "shop_id" in _table.c:
        # An id is never given twice, not even after a shop is thrown away: old buttons and "told once" keys carry ids.
        _table.dialect_options["sqlite"]["autoincrement"] = True
