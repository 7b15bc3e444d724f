"""A draft: a conversation of several steps, kept with everything else so that nothing said is lost."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class DraftKind(StrEnum):
    """What is being drafted. One draft of a person is open; others wait."""

    OPEN_SHOP = "open_shop"
    CHANGE_RULE = "change_rule"
    PRODUCT = "product"
    RESTOCK = "restock"
    ORDER_IMPORT = "order_import"
    EDIT_ADDRESS = "edit_address"
    TRACKING = "tracking"
    ANSWER_BUYER = "answer_buyer"
    QUICK_REPLY = "quick_reply"


@dataclass(eq=False, kw_only=True)
class Draft:
    """`answers` is a frozen dataclass of the kind's own; replacing it is how an answer is kept."""

    id: int = field(init=False)
    kind: DraftKind
    person_id: int
    shop_id: int | None
    subject_id: int | None = None
    answers: Any
    is_open: bool = True
    opened_at: datetime
    revision: int = field(init=False)
