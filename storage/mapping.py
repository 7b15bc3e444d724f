"""Ties the shop's plain dataclasses to their tables."""

from functools import cache

from sqlalchemy.orm import registry

from shop.drafts.draft import Draft
from shop.shops import Member, Person, Shop
from storage.tables.base import metadata
from storage.tables.drafts import drafts
from storage.tables.shops import members, people, shops

mapper = registry(metadata=metadata)


@cache
def map_everything() -> None:
    """Once per process, before the first session."""
    mapper.map_imperatively(Shop, shops, version_id_col=shops.c.revision)
    mapper.map_imperatively(Person, people)
    mapper.map_imperatively(Member, members)
    mapper.map_imperatively(Draft, drafts, version_id_col=drafts.c.revision)
