"""What is played: voice messages, music, films."""

from typing import Any

from playground.chats import Message
from playground.files import MAX_UPLOAD_BYTES
from playground.methods import method
from playground.methods.sending import send
from playground.refusals import bad_request, too_large
from playground.request import Call
from playground.telegram import Telegram
from playground.texts import read_caption

MIMES = {"voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4"}
NUMBERS = {"voice": ("duration",), "audio": ("duration",), "video": ("duration", "width", "height")}
WORDS = {"audio": ("performer", "title")}


@method("sendVoice")
def send_voice(telegram: Telegram, call: Call) -> Message:
    return _send(telegram, call, "voice")


@method("sendAudio")
def send_audio(telegram: Telegram, call: Call) -> Message:
    return _send(telegram, call, "audio")


@method("sendVideo")
def send_video(telegram: Telegram, call: Call) -> Message:
    return _send(telegram, call, "video")


def _send(telegram: Telegram, call: Call, kind: str) -> Message:
    chat = telegram.chat(call.params.get("chat_id"))
    return send(telegram, call, chat, {kind: _medium(telegram, call, kind)} | read_caption(call))


def _medium(telegram: Telegram, call: Call, kind: str) -> dict[str, Any]:
    value = call.text(kind)
    upload = call.upload(value, kind)
    if upload is None and not value:
        raise bad_request(f"there is no {kind} in the request")
    if upload is not None and len(upload.content) > MAX_UPLOAD_BYTES:
        raise too_large()
    name = "" if upload is None or kind == "voice" else upload.name
    keep = telegram.files.keep
    kept = keep(upload.content, kind=kind, name=name, mime=MIMES[kind]) if upload else telegram.files.get(value, kind)
    told: dict[str, Any] = kept.as_json() | {name: call.integer(name) or 0 for name in NUMBERS[kind]}
    told |= {name: call.text(name) for name in WORDS.get(kind, ()) if call.text(name)}
    return told | {"mime_type": kept.mime} | ({"file_name": kept.name} if kept.name else {})
