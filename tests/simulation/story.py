"""What happened in a simulated day, line by line, and a hash of all of it."""

import hashlib
from dataclasses import dataclass, field

from tests.simulation.virtual_time import VirtualLoop


@dataclass
class Story:
    loop: VirtualLoop
    events: list[tuple[float, str, object]] = field(default_factory=list)

    def tell(self, who: str, what: object) -> None:
        self.events.append((self.loop.time(), who, what))

    @property
    def lines(self) -> list[str]:
        return [f"{moment:10.3f} {who:<12} {what}" for moment, who, what in self.events]

    @property
    def trace(self) -> str:
        return hashlib.blake2b("\n".join(self.lines).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()
