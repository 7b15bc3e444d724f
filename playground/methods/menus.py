"""The button beside the field in which a person types."""

from typing import Any

from playground.methods import method
from playground.refusals import bad_request
from playground.request import Call
from playground.telegram import Telegram

EVERYWHERE = 0
DEFAULT = {"type": "default"}


@method("setChatMenuButton")
def set_menu_button(telegram: Telegram, call: Call) -> bool:
    """For one private chat, or for all that have none of their own."""
    telegram.menu_buttons[_place(telegram, call)] = _checked(call.parsed("menu_button") or DEFAULT)
    for person_id in telegram.people:
        telegram.emit_to(person_id, {"type": "commands", "chat_id": person_id, "silent": True, "message": None})
    return True


@method("getChatMenuButton")
def get_menu_button(telegram: Telegram, call: Call) -> dict[str, Any]:
    return seen_menu_button(telegram, _place(telegram, call))


def seen_menu_button(telegram: Telegram, chat_id: int) -> dict[str, Any]:
    own = telegram.menu_buttons.get(chat_id, DEFAULT)
    return own if own != DEFAULT else telegram.menu_buttons.get(EVERYWHERE, DEFAULT)


def _place(telegram: Telegram, call: Call) -> int:
    if not call.has("chat_id"):
        return EVERYWHERE
    chat = telegram.chat(call.params.get("chat_id"))
    if chat.person is None:
        raise bad_request("chat not found")
    return chat.id


def _checked(button: Any) -> dict[str, Any]:
    kind = str(button.get("type")) if isinstance(button, dict) else None
    if kind in {"default", "commands"}:
        return {"type": kind}
    if kind != "web_app":
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    url, text = str((button.get("web_app") or {}).get("url") or ""), str(button.get("text") or "")
    if not text:
        raise bad_request('can\'t parse menu button: Field "text" must be non-empty')
    if not url.startswith("https://"):
        raise bad_request(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return {"type": "web_app", "text": text, "web_app": {"url": url}}
