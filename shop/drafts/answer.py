"""An answer to a buyer that is begun and not yet sent: typed too late, or a canned one on show."""

from dataclasses import dataclass

from shop.questions import Words


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """`words` wait for [Send]; without them the shop is still to type. `anyway`: the member knows of a colleague's answer."""

    words: Words | None = None
    anyway: bool = False
