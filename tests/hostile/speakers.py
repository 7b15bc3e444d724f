"""Who is in the hostile world, what they can see there, and the real words that somebody may try out elsewhere."""

import sqlite3
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.cards.order_request import ASK_LINK
from playground.chats import Chat, Message
from tests.chat import House
from tests.hostile.worlds import BOTH, GROUP, SIDES, STRANGERS, World

EVERYBODY = (
    *(person for side in SIDES for person in (*side.staff.values(), side.former, *side.buyers)),
    *STRANGERS,
    BOTH,
)
REAL = {
    "numbers": "SELECT number FROM orders",
    "parcels": "SELECT tracking_number FROM parcels",
    "models": "SELECT model FROM products",
    "shops": "SELECT name FROM shops",
    "people": "SELECT name FROM people",
    "skus": "SELECT sku FROM variants WHERE sku <> ''",
}
LINKS = {
    "buyer": "SELECT link_code FROM shops",
    "asked": f"SELECT '{ASK_LINK}' || ask_code FROM orders WHERE ask_code IS NOT NULL",
}


@dataclass
class Scene:
    """The world at this moment, as somebody who invents updates sees it."""

    house: House
    world: World
    chance: Random
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    buttons: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def look(self) -> None:
        """What is real and may be typed by anybody, and every button that was ever shown."""
        connection = sqlite3.connect(self.world.database)
        self.words = sorted({str(row[0]) for query in REAL.values() for row in connection.execute(query)})
        codes = [row[0] for query in LINKS.values() for row in connection.execute(query)]
        connection.close()
        self.links = [*codes, *self.world.invitations]
        for chat_id, chat in self.house.telegram.chats.items():
            known = self.buttons.setdefault(chat_id, [])
            known += [each for each in _shown(chat) if each not in known]

    def chat(self, chat_id: int) -> Chat:
        return self.house.telegram.chats[chat_id]

    def any_button(self) -> tuple[int, str]:
        """Of anybody's phone."""
        chat_id = self.chance.choice([key for key, there in self.buttons.items() if there])
        return self.chance.choice(self.buttons[chat_id])

    def somebody(self) -> int:
        return self.chance.choice(EVERYBODY)

    def sender(self, person_id: int) -> dict[str, Any]:
        return self.house.telegram.people[person_id].as_user()

    def place(self, person_id: int) -> Chat:
        """Nearly always the private chat."""
        return self.chat(GROUP if self.chance.random() < 0.03 else person_id)


def _shown(chat: Chat) -> list[tuple[int, str]]:
    return [(message["message_id"], data) for message in chat.messages.values() for data in data_of(message)]


def data_of(message: Message) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
