"""One call of a bot: its parameters, however they were written, and the files that came with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.chats import Person
from playground.refusals import bad_request

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True)
class Upload:
    """A file that came in the body of a request."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Answer:
    """A result with words beside it."""

    result: Any
    description: str

    def __str__(self) -> str:
        return self.description


class Call:
    """The parameters of one call; form fields and JSON look alike from here."""

    def __init__(
        self,
        method: str,
        params: Mapping[str, Any],
        uploads: Mapping[str, Upload] | None = None,
        people: Mapping[int, Person] | None = None,
    ) -> None:
        self.method = method
        self.params = params
        self.uploads = uploads or {}
        self.people = people or {}

    def has(self, name: str) -> bool:
        value = self.params.get(name)
        return (value is not None and value != "") or name in self.uploads

    def text(self, name: str) -> str:
        value = self.params.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return _sound(value)
        return json.dumps(value, ensure_ascii=False)

    def flag(self, name: str) -> bool:
        value = self.params.get(name)
        return value is True or str(value).lower() in _TRUE

    def integer(self, name: str) -> int | None:
        value = self.params.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0  # Telegram reads a number that is none as zero

    def number(self, name: str) -> float | None:
        value = self.params.get(name)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError):
            return None

    def parsed(self, name: str, called: str = "") -> Any:
        """A parameter that holds JSON; None when it is absent."""
        value = self.params.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called or name} JSON object") from None

    def object(self, name: str) -> dict[str, Any]:
        """A parameter that holds a JSON object; empty when it is absent."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value or {}

    def integers(self, name: str) -> list[int]:
        """A parameter that holds a JSON array of numbers; empty when it is absent."""
        value = self.parsed(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        try:
            return [int(item) for item in value or []]
        except (TypeError, ValueError):
            raise bad_request(f"can't parse {name}: expected Numbers") from None

    def names(self, name: str) -> frozenset[str] | None:
        """A parameter that holds a JSON array of words; None when it is absent or no such thing, as Telegram reads it."""
        value = self.parsed(name)
        return frozenset(str(item) for item in value) if isinstance(value, list) else None

    def upload(self, value: str, name: str) -> Upload | None:
        """The file meant by `attach://part`, or by the part that bears the parameter's own name."""
        if value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name) if not value else None


def _sound(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return text
