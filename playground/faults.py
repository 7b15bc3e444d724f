"""Faults on demand: what a network and a large service do to a bot sooner or later."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong."""

    TOO_MANY_REQUESTS = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502html"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    SLOW = "slow"
    DUPLICATE_UPDATE = "duplicate_update"


class ConnectionDroppedError(Exception):
    """The connection broke; whether the call was carried out, the caller cannot know."""


@dataclass
class Fault:
    """One planned fault: strikes the next `times` calls of a method."""

    kind: FaultKind
    method: str = "*"
    times: int = 1
    retry_after: int = 3
    seconds: float = 5.0
    chat_id: int | None = None
    after: int = 0

    def fits(self, method: str, chat_id: Any) -> bool:
        named = self.method == "*" or self.method.lower() == method.lower()
        return named and (self.chat_id is None or str(self.chat_id) == str(chat_id))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    """The planned faults, in the order in which they were planned."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.struck = 0

    def plan(self, kind: str, method: str = "*", **details: Any) -> Fault:
        """Details: times, retry_after, seconds, chat_id, after (calls that are spared first)."""
        fault = Fault(FaultKind(kind), method, **{key: value for key, value in details.items() if value is not None})
        self.planned.append(fault)
        return fault

    def clear(self) -> None:
        self.planned.clear()

    def strike(self, method: str, chat_id: Any, *, named: bool = False) -> Fault | None:
        """The fault that hits this call, if any; it is used up by that. `named`: only a fault that names the method does."""
        for fault in self.planned:
            if fault.kind is FaultKind.DUPLICATE_UPDATE or not fault.fits(method, chat_id):
                continue
            if named and fault.method == "*":
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            self._use(fault)
            return fault
        return None

    def doubles_an_update(self) -> bool:
        for fault in self.planned:
            if fault.kind is FaultKind.DUPLICATE_UPDATE:
                self._use(fault)
                return True
        return False

    def _use(self, fault: Fault) -> None:
        self.struck += 1
        fault.times -= 1
        if fault.times <= 0:
            self.planned.remove(fault)
