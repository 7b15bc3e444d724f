"""What somebody wrote, understood when it is first asked for: most words are for a person and need no reading."""

from dataclasses import dataclass
from functools import cached_property

from shop.reading import Said, read


@dataclass(frozen=True)
class Hearing:
    text: str

    @cached_property
    def said(self) -> Said:
        return read(self.text)
