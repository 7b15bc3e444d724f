"""Reply markup as Telegram checks it."""

from typing import Any

from playground.addresses import wrong_address
from playground.refusals import ApiError, bad_request
from playground.request import Call

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_COPIED = 256
PRESSES = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "callback_game", "pay", "disabled",
)  # fmt: skip
MAY_BE_EMPTY = frozenset({"switch_inline_query", "switch_inline_query_current_chat", "callback_game"})
FLAGS = ("force_reply", "remove_keyboard", "resize_keyboard", "one_time_keyboard", "is_persistent", "selective")
OTHERS = ("keyboard", "remove_keyboard", "force_reply")
Button = dict[str, Any]


def read_markup(call: Call, *, private: bool = True) -> dict[str, Any]:
    """`reply_markup` of a call as part of a message; empty when there is none. `private` is about the chat it goes to."""
    markup = call.parsed("reply_markup", "reply keyboard markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for name in FLAGS:
        if not isinstance(markup.get(name, False), bool | None):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if "inline_keyboard" in markup:
        return _inline(markup, private=private)
    if "keyboard" in markup:
        rows = [[_key(key) for key in row] for row in _rows(markup, "keyboard") if row]
        return {"reply_markup": {**markup, "keyboard": rows}}
    if any(name in markup for name in OTHERS):
        return {"reply_markup": markup}
    raise bad_request("can't parse reply keyboard markup JSON object")


def _inline(markup: dict[str, Any], *, private: bool) -> dict[str, Any]:
    rows = [[_button(button, private=private) for button in row] for row in _rows(markup, "inline_keyboard") if row]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    asked = {key: markup[key] for key in ("force_reply", "input_field_placeholder") if markup.get(key)}
    return {"reply_markup": {"inline_keyboard": rows} | asked} if rows else {}


def _rows(markup: dict[str, Any], name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _key(key: Any) -> Any:
    """A key of a reply keyboard: its words alone, or an object."""
    text = key.get("text") if isinstance(key, dict) else key
    if text is None:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not str(text).strip():
        raise bad_request("keyboard button text must be non-empty")
    return {"text": str(key)} if not isinstance(key, dict) else key


def _button(button: Any, *, private: bool) -> Button:
    if not isinstance(button, dict):
        raise _unreadable("expected an Object")
    clean = {key: value for key, value in button.items() if value is not None}
    if "text" not in clean:
        raise _unreadable('Can\'t find field "text"')
    if not str(clean["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    press = next((name for name in PRESSES if name in clean and (clean[name] or name in MAY_BE_EMPTY)), None)
    if press is None:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    _check_press(press, clean[press], private=private)
    return clean


def _check_press(press: str, value: Any, *, private: bool) -> None:
    match press:
        case "callback_data" if len(str(value).encode()) > MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        case "url" if wrong := wrong_address(str(value)):
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}")
        case "copy_text" if not 1 <= len(_field(value, "text")) <= MAX_COPIED:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "web_app" if not (url := _field(value, "url")).startswith("https://"):
            raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
        case "web_app" if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        case "pay" | "callback_game":
            raise bad_request("BUTTON_TYPE_INVALID")  # there are neither invoices nor games here


def _field(value: Any, name: str) -> str:
    return str(value.get(name) or "") if isinstance(value, dict) else ""


def _unreadable(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")
