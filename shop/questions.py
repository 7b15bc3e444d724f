"""What buyers ask a shop and how it is answered: one exchange of words is one question."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shop.errors import ShopError
from shop.speakers import Speaker

TALK_GOES_ON = timedelta(days=1)
_NUMBER = re.compile(r"(?<![\w-])(?=[\w-]*\d)[A-Za-z0-9][A-Za-z0-9_-]{5,63}(?![\w-])", re.ASCII)
CALL_AGAIN_AFTER = timedelta(seconds=90)
LONGEST_ANSWER = 3500
LONGEST_CAPTION = 900
MOST_UNANSWERED = 50
MOST_NUMBERS = 5


class QuestionStatus(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Side(StrEnum):
    BUYER = "buyer"
    SHOP = "shop"


class Enclosure(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass
class AlreadyAnswered(ShopError):
    """A colleague was faster; `by` is the colleague's name."""

    by: str
    at: datetime


@dataclass
class NothingToSend(ShopError):
    """Neither a word nor a file: nothing that could go to the other side."""


@dataclass
class AnswerTooLong(ShopError):
    """More than fits into one message to the buyer, counted as Telegram counts."""

    length: int
    longest: int


@dataclass
class PleaseWait(ShopError):
    """So many messages without an answer yet that more of them would not help; `unanswered` are safe with us."""

    unanswered: int = MOST_UNANSWERED


@dataclass
class StaffCannotVisit(ShopError):
    """This chat is a shop's back office: words to another shop would mix with it. `own`: it is the shop's own link."""

    works_for: str
    own: bool


@dataclass
class ShopHasClosed(ShopError):
    """The shop that the buyer writes to is no more."""

    shop_name: str


def numbers_in(text: str) -> tuple[str, ...]:
    """What may be order numbers in a buyer's words; the first few are enough."""
    return tuple(dict.fromkeys(_NUMBER.findall(text)))[:MOST_NUMBERS]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one side says: a text, a file that Telegram keeps, or both. Files of one album share its mark."""

    text: str = ""
    enclosed: Enclosure | None = None
    file_id: str = ""
    file_name: str = ""
    album: str = ""

    def must_say_something(self) -> None:
        if not self.text.strip() and self.enclosed is None:
            raise NothingToSend

    def must_fit_a_message(self) -> None:
        """Telegram allows 4096 UTF-16 units in a text and 1024 under a file; the shop's name needs room too."""
        longest = LONGEST_ANSWER if self.enclosed is None else LONGEST_CAPTION
        length = len(self.text.encode("utf-16-le", "surrogatepass")) // 2
        if length > longest:
            raise AnswerTooLong(length, longest)


@dataclass(eq=False, kw_only=True)
class Buyer:
    """A person who writes to a shop, under the name of the last visit."""

    id: int = field(init=False)
    shop_id: int
    person_id: int
    name: str
    since: datetime


@dataclass(eq=False, kw_only=True)
class QuestionLine:
    """One message of the exchange. `message_id` is the buyer's own message, so that an edit finds its line."""

    id: int = field(init=False)
    question_id: int = field(init=False)
    side: Side
    by_id: int
    by_name: str
    said_at: datetime
    text: str = ""
    enclosed: Enclosure | None = None
    file_id: str = ""
    file_name: str = ""
    album: str = ""
    message_id: int | None = None
    edited_at: datetime | None = None
    undelivered_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Question:
    """An exchange between one buyer and the shop, as long as it goes on."""

    id: int = field(init=False)
    shop_id: int
    buyer_id: int = field(init=False)
    buyer: Buyer
    asked_at: datetime
    status: QuestionStatus = QuestionStatus.WAITING
    answered_by: int | None = None
    answered_at: datetime | None = None
    called_at: datetime | None = None
    order_id: int | None = None
    product_id: int | None = None
    forgotten_at: datetime | None = None
    line_count: int = 0
    lines: list[QuestionLine] = field(default_factory=list)
    revision: int = field(init=False)

    def goes_on(self, at: datetime) -> bool:
        """Do the buyer's next words belong here, or do they open a new question?"""
        if self.forgotten_at is not None:
            return False
        match self.status:
            case QuestionStatus.WAITING:
                return True
            case QuestionStatus.ANSWERED:
                return at - self.lines[-1].said_at <= TALK_GOES_ON
            case QuestionStatus.CLOSED:
                return False

    def hear(self, words: Words, *, by: Speaker, at: datetime, message_id: int | None = None) -> bool:
        """The buyer says something. True when the shop has to be called, False when the last call is still fresh."""
        words.must_say_something()
        if len(self.unanswered) >= MOST_UNANSWERED:
            raise PleaseWait
        calls = self.status is not QuestionStatus.WAITING or self._called_long_ago(at)
        self.status = QuestionStatus.WAITING
        self._add(Side.BUYER, words, by=by, at=at).message_id = message_id
        if calls:
            self.called_at = at
        return calls

    def correct(self, message_id: int, text: str, *, at: datetime) -> bool:
        """The buyer edited an earlier message. False when that message is not part of this exchange, or nothing changed."""
        line = next((line for line in self.lines if line.message_id == message_id), None)
        if line is None or line.text == text:
            return False
        line.text, line.edited_at = text, at
        return True

    def answer(self, words: Words, *, by: Speaker, at: datetime, anyway: bool = False) -> QuestionLine:
        """The shop says something. Who answers after a colleague is told so first, unless `anyway`."""
        words.must_say_something()
        words.must_fit_a_message()
        if not anyway:
            self._must_not_be_answered_by_a_colleague_of(by)
        self.status = QuestionStatus.ANSWERED
        self.answered_by, self.answered_at = by.person_id, at
        return self._add(Side.SHOP, words, by=by, at=at)

    def close(self) -> None:
        """No answer is needed; an answered question stays answered."""
        if self.status is QuestionStatus.WAITING:
            self.status = QuestionStatus.CLOSED

    def reopen(self) -> None:
        """The closing was a slip: the buyer waits again."""
        if self.status is QuestionStatus.CLOSED:
            self.status = QuestionStatus.WAITING

    def forget(self, at: datetime) -> None:
        """All that was said goes; that somebody asked, and when, stays."""
        self.close()
        self.lines.clear()
        self.forgotten_at = at

    @property
    def unanswered(self) -> list[QuestionLine]:
        """What the buyer has said since the shop last spoke."""
        last = max((n for n, line in enumerate(self.lines) if line.side is Side.SHOP), default=-1)
        return self.lines[last + 1 :]

    @property
    def last_answer(self) -> QuestionLine | None:
        return next((line for line in reversed(self.lines) if line.side is Side.SHOP), None)

    def _called_long_ago(self, at: datetime) -> bool:
        return self.called_at is None or at - self.called_at > CALL_AGAIN_AFTER

    def _must_not_be_answered_by_a_colleague_of(self, speaker: Speaker) -> None:
        last = self.last_answer
        if self.status is QuestionStatus.ANSWERED and last is not None and last.by_id != speaker.person_id:
            raise AlreadyAnswered(last.by_name, last.said_at)

    def _add(self, side: Side, words: Words, *, by: Speaker, at: datetime) -> QuestionLine:
        line = QuestionLine(
            side=side,
            by_id=by.person_id,
            by_name=by.name,
            said_at=at,
            text=words.text,
            enclosed=words.enclosed,
            file_id=words.file_id,
            file_name=words.file_name,
            album=words.album,
        )
        self.lines.append(line)
        self.line_count += 1  # so that a button which was shown before these words is known to be outdated
        return line
