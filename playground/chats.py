"""People, chats and the messages that are in them."""

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
"""A message as the Bot API shows it."""

KEPT_MESSAGES = 5_000


@dataclass
class Person:
    """Somebody with a phone. `blocked` is about our bot."""

    id: int
    first_name: str
    language_code: str = "zh-hans"
    role: str = ""
    username: str = ""
    blocked: bool = False
    deactivated: bool = False
    started: bool = False

    def as_user(self) -> dict[str, Any]:
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code}
        return user | ({"username": self.username} if self.username else {})


@dataclass
class Chat:
    """One chat with its messages, oldest first. `members` are the people in it, the bot apart; the first one made it.
    `bot_is_out` is empty, "kicked" or "left".
    """

    id: int
    type: str = "private"
    title: str = ""
    username: str = ""
    is_forum: bool = False
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, dict[str, Any]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    reactions: dict[int, dict[int, list[dict[str, Any]]]] = field(default_factory=dict)
    invite_links: dict[str, dict[str, Any]] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    moved_to: int | None = None
    bot_is_out: str = ""
    last_id: int = 0
    person: Person | None = None

    def __post_init__(self) -> None:
        if self.is_forum and not self.last_id:
            self.last_id = 1  # the General topic

    def as_json(self) -> dict[str, Any]:
        if self.person is not None:
            shape: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.person.first_name}
            return shape | ({"username": self.person.username} if self.person.username else {})
        shape = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            shape["username"] = self.username
        return shape | ({"is_forum": True} if self.is_forum else {})

    def with_reactions(self, message: Message) -> Message:
        """The message as a phone shows it, with everybody's reactions."""
        given = [each for one in self.reactions.get(message.get("message_id", 0), {}).values() for each in one]
        return message | {"reactions": given} if given else message

    def keep(self, message: Message) -> None:
        """The newest messages stay; a bot that runs for weeks does not fill the memory."""
        self.messages[message["message_id"]] = message
        if len(self.messages) > KEPT_MESSAGES:
            oldest = next(key for key in self.messages if key not in self.pinned)
            del self.messages[oldest]
            self.reactions.pop(oldest, None)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id
