"""One call of a bot: its parameters, however they were written, and the files that came with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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

    def __init__(self, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> None:
        self.method = method
        self.params = params
        self.uploads = uploads or {}

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
