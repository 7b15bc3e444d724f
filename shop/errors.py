"""What the shop says no to: each refusal is named for what happened and carries its facts."""

import re
from dataclasses import dataclass


class ShopError(Exception):
    """A rule of the trade says no.

    Subclasses are dataclasses whose fields are the facts; the words are the template `errors/<name_in_snake_case>.html`.
    """

    @classmethod
    def template(cls) -> str:
        return f"errors/{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}.html"


@dataclass
class NotFound(ShopError):
    """Nothing of that kind with that id in this shop: it was never there, is gone, or belongs to somebody else."""

    kind: str
    id: int


@dataclass
class NotAllowed(ShopError):
    """The speaker's role does not include this."""

    permission: str


@dataclass
class NotOnTeam(NotAllowed):
    """Only people who work for the shop may do this; the speaker does not, or no longer."""
