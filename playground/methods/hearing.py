"""What the bot hears and answers: updates, taps, files."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from playground.files import MAX_DOWNLOAD_BYTES
from playground.methods import method
from playground.refusals import NO_SUCH_FILE, QUERY_TOO_OLD, WEBHOOK_IS_SET, bad_request, conflict
from playground.request import Call
from playground.telegram import Telegram

ANSWER_WITHIN = timedelta(seconds=150)
MAX_ANSWER = 200


@method("getMe")
def get_me(telegram: Telegram, _: Call) -> dict[str, Any]:
    return telegram.as_bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates")
async def get_updates(telegram: Telegram, call: Call) -> Sequence[dict[str, Any]]:
    if telegram.webhook.target is not None:
        raise conflict(WEBHOOK_IS_SET)
    allowed = call.names("allowed_updates")
    if allowed is not None:
        telegram.updates.allowed = allowed or None
    return await telegram.updates.poll(
        offset=call.integer("offset"),
        limit=call.integer("limit") or 100,
        seconds=call.number("timeout") or 0,
        now=telegram.clock.now(),
    )


@method("answerCallbackQuery")
def answer_tap(telegram: Telegram, call: Call) -> bool:
    tap = telegram.taps.get(call.text("callback_query_id"))
    if tap is None or tap.answer is not None or telegram.clock.now() - tap.at > ANSWER_WITHIN:
        raise bad_request(QUERY_TOO_OLD)
    if len(call.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer = {"text": call.text("text"), "show_alert": call.flag("show_alert"), "url": call.text("url") or None}
    tap.answered.set()
    telegram.emit_to(tap.person_id, {"type": "answer", "chat_id": tap.chat_id, "silent": True, "message": tap.answer})
    return True


@method("getFile")
def get_file(telegram: Telegram, call: Call) -> dict[str, Any]:
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    kept = telegram.files.find(call.text("file_id"))
    if kept is None:
        raise bad_request(NO_SUCH_FILE)
    if len(kept.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return kept.as_json() | {"file_path": kept.path}
