"""Keyboards under messages, in the words of whoever presses them."""

from typing import Any

from bot.callbacks import LiveButton
from bot.labels import Label
from bot.rendering import label
from bot.replies import Button, CopyText, Keyboard, Link


def markup(keyboard: Keyboard, language: str) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(button, language) for button in row] for row in keyboard if row]}


def _button(button: Button, language: str) -> dict[str, Any]:
    face: dict[str, Any] = {"text": label(button.label, language)}
    if button.style is not None:
        face["style"] = button.style
    match button.press:
        case LiveButton() as live:
            face["callback_data"] = live.pack()
        case Link(url):
            face["url"] = url
        case CopyText(text):
            words = label(text, language) if isinstance(text, Label) else text
            face["copy_text"] = {"text": words[:256]}
    return face
