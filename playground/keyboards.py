"""Reply markup as Telegram checks it."""

from typing import Any

from playground.refusals import bad_request
from playground.request import Call

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
PRESSES = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "callback_game", "pay", "disabled",
)  # fmt: skip
OTHERS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(call: Call) -> dict[str, Any]:
    """`reply_markup` of a call as part of a message; empty when there is none."""
    markup = call.parsed("reply_markup", "reply keyboard markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[_button(button) for button in row] for row in markup["inline_keyboard"] if row]
        if sum(len(row) for row in rows) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        asked = {key: markup[key] for key in ("force_reply", "input_field_placeholder") if markup.get(key)}
        return {"reply_markup": {"inline_keyboard": rows} | asked} if rows else {}
    if any(name in markup for name in OTHERS):
        return {"reply_markup": markup}
    raise bad_request("can't parse reply keyboard markup JSON object")


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    clean = {key: value for key, value in button.items() if value is not None}
    if not str(clean.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not any(press in clean for press in PRESSES):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    size = len(str(clean.get("callback_data", "")).encode())
    if "callback_data" in clean and not 1 <= size <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in clean and not 1 <= len(str(clean["copy_text"].get("text", ""))) <= 256:  # noqa: PLR2004 - Telegram's limit
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return clean
