"""Ties the shop's plain dataclasses to their tables."""

from functools import cache

from sqlalchemy.orm import registry, relationship

from shop.drafts.draft import Draft
from shop.questions import Buyer, Question, QuestionLine
from shop.quick_replies import QuickReply
from shop.shops import Member, Person, Shop
from shop.team import Invitation
from storage.tables.base import metadata
from storage.tables.drafts import drafts
from storage.tables.questions import buyers, question_lines, questions, quick_replies
from storage.tables.shops import members, people, shops
from storage.tables.team import invitations

mapper = registry(metadata=metadata)


@cache
def map_everything() -> None:
    """Once per process, before the first session."""
    mapper.map_imperatively(Shop, shops, version_id_col=shops.c.revision)
    mapper.map_imperatively(Person, people)
    mapper.map_imperatively(Member, members)
    mapper.map_imperatively(Draft, drafts, version_id_col=drafts.c.revision)
    mapper.map_imperatively(Invitation, invitations)
    _map_questions()


def _map_questions() -> None:
    mapper.map_imperatively(Buyer, buyers)
    mapper.map_imperatively(QuestionLine, question_lines)
    parts = relationship(QuestionLine, lazy="selectin", order_by=question_lines.c.id, cascade="all, delete-orphan")
    mapper.map_imperatively(
        Question,
        questions,
        version_id_col=questions.c.revision,
        properties={"buyer": relationship(Buyer, lazy="joined", innerjoin=True), "lines": parts},
    )
    mapper.map_imperatively(QuickReply, quick_replies, version_id_col=quick_replies.c.revision)
