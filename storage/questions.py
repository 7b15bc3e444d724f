"""What buyers asked this shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, literal_column, select

from shop.errors import NotFound
from shop.questions import Question, QuestionStatus
from storage.collection import Collection
from storage.tables.orders import orders
from storage.tables.questions import buyers, question_lines, questions


@dataclass(frozen=True)
class WaitingQuestion:
    """One line of the list of open questions."""

    id: int
    buyer: str
    first_words: str
    asked_at: datetime


class Questions(Collection):
    def get(self, question_id: int) -> Question:
        question = self._session.get(Question, question_id)
        if question is None or question.shop_id != self._shop_id:
            raise NotFound("question", question_id)
        return question

    def find_latest(self, buyer_id: int) -> Question | None:
        """The buyer's last exchange with the shop."""
        mine = (questions.c.shop_id == self._shop_id) & (questions.c.buyer_id == buyer_id)
        return self._session.scalar(select(Question).where(mine).order_by(questions.c.id.desc()).limit(1))

    def find_saying(self, buyer_id: int, message_id: int) -> Question | None:
        """The exchange that holds this message of the buyer's."""
        theirs = (question_lines.c.question_id == questions.c.id) & (question_lines.c.message_id == message_id)
        mine = (questions.c.shop_id == self._shop_id) & (questions.c.buyer_id == buyer_id)
        return self._session.scalar(select(Question).where(mine, exists().where(theirs)))

    def find_in_album(self, album: str) -> int | None:
        """The question that the speaker has answered with an earlier picture of this album."""
        indexed = question_lines.c.album != literal_column("''")  # in the very words of the partial index
        mine = indexed & (question_lines.c.album == album) & (question_lines.c.by_id == self._work.speaker.person_id)
        query = select(questions.c.id).join(question_lines).where(questions.c.shop_id == self._shop_id, mine)
        return self._session.scalar(query.limit(1))

    def order_of(self, buyer_id: int) -> int | None:
        """The buyer's newest order that we know of."""
        mine = (orders.c.shop_id == self._shop_id) & (orders.c.buyer_id == buyer_id)
        return self._session.scalar(select(orders.c.id).where(mine).order_by(orders.c.id.desc()).limit(1))

    def order_number(self, question: Question) -> str:
        """The number of the order that the question is about; empty when it is about none, or the order is gone."""
        if question.order_id is None:
            return ""
        mine = (orders.c.shop_id == self._shop_id) & (orders.c.id == question.order_id)
        return self._session.scalar(select(orders.c.number).where(mine)) or ""

    def shop_of(self, question_id: int) -> int | None:
        """Whose question it is: for news from outside that knows nothing of shops."""
        return self._session.scalar(select(questions.c.shop_id).where(questions.c.id == question_id))

    def add(self, question: Question) -> None:
        self._session.add(question)
        self._session.flush()

    def count_waiting(self) -> int:
        query = select(func.count()).select_from(questions).where(*self._waiting())
        return self._session.scalar(query) or 0

    def waiting(self, *, most: int) -> Sequence[WaitingQuestion]:
        """Who waits longest comes first."""
        every = question_lines.alias("every")
        first = select(func.min(every.c.id)).where(every.c.question_id == questions.c.id)
        query = (
            select(questions.c.id, buyers.c.name, question_lines.c.text, questions.c.asked_at)
            .join(buyers, buyers.c.id == questions.c.buyer_id)
            .join(question_lines, question_lines.c.id == first.scalar_subquery())
            .where(*self._waiting())
            .order_by(questions.c.called_at, questions.c.id)
            .limit(most)
        )
        return [WaitingQuestion(*row) for row in self._session.execute(query)]

    def _waiting(self) -> tuple[ColumnElement[bool], ...]:
        return questions.c.shop_id == self._shop_id, questions.c.status == QuestionStatus.WAITING
