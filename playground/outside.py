"""What the strip beside the phones does: live events, files, the clock, controls, faults, the transcript."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from aiohttp import web

from playground.controls import Control
from playground.phones import read_json, said
from playground.shown import shown_event
from playground.telegram import EVERYBODY, Telegram

BEAT_SECONDS = 15
OPENS_IN_BROWSER = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "application/json", "text/plain", "text/csv", "audio/", "video/")  # fmt: skip


class OutsideDoor:
    """Everything under /phones/api/ that belongs to no single phone."""

    def __init__(self, telegram: Telegram, controls: Sequence[Control]) -> None:
        self.telegram = telegram
        self.controls = {control.name: control for control in controls}

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        root = "/phones/api"
        return [
            web.get(f"{root}/events", self.stream_events),
            web.get(f"{root}/{{user:\\d+}}/events", self.stream_events),
            web.get(f"{root}/files/{{file}}", self.send_file),
            web.get(f"{root}/clock", self.show_clock),
            web.post(f"{root}/clock", self.move_clock),
            web.get(f"{root}/controls", self.list_controls),
            web.post(f"{root}/controls/{{name}}", self.run_control),
            web.get(f"{root}/faults", self.list_faults),
            web.post(f"{root}/faults", self.plan_fault),
            web.delete(f"{root}/faults", self.clear_faults),
            web.get(f"{root}/transcript", self.show_transcript),
        ]

    async def stream_events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events of one phone, or of all of them in one stream (browsers allow few connections)."""
        person_id = int(request.match_info.get("user", EVERYBODY))
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        stream = web.StreamResponse(headers=headers)
        queue = self.telegram.listen(person_id)
        try:
            await stream.prepare(request)
            await stream.write(b": here\n\n")
            with suppress(ConnectionResetError):
                await self._pour(stream, queue, person_id)
        finally:
            self.telegram.hang_up(person_id, queue)
        return stream

    async def _pour(self, stream: web.StreamResponse, queue: "asyncio.Queue[dict[str, Any]]", person_id: int) -> None:
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
            except TimeoutError:
                await stream.write(b": beat\n\n")
                continue
            shown = shown_event(event, event.get("user_id", person_id))
            await stream.write(f"data: {json.dumps(shown, ensure_ascii=False)}\n\n".encode())

    async def send_file(self, request: web.Request) -> web.Response:
        kept = self.telegram.files.get(request.match_info["file"])
        name = kept.name or kept.path.rsplit("/", 1)[-1]
        shows = kept.mime.startswith(OPENS_IN_BROWSER) and not request.query.get("download")
        # A page or a picture with scripts in it, sent by whomever, must not run as a part of the playground.
        headers = {
            "Content-Type": f"{kept.mime}; charset=utf-8" if kept.mime.startswith("text/") else kept.mime,
            "Content-Disposition": f"{'inline' if shows else 'attachment'}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
        }
        return web.Response(body=kept.content, headers=headers)

    async def show_clock(self, _: web.Request) -> web.Response:
        clock = self.telegram.clock
        return said({"now": clock.now().isoformat(), "offset_seconds": clock.offset.total_seconds()})

    async def move_clock(self, request: web.Request) -> web.Response:
        seconds = (await read_json(request)).get("advance_seconds")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= timedelta(days=366).total_seconds():
            raise web.HTTPBadRequest(text="advance_seconds is a number from 0 to a year; the clock never goes back")
        self.telegram.clock.move(timedelta(seconds=seconds))
        return await self.show_clock(request)

    async def list_controls(self, _: web.Request) -> web.Response:
        return said([control.as_json() for control in self.controls.values()])

    async def run_control(self, request: web.Request) -> web.Response:
        control = self.controls.get(request.match_info["name"])
        if control is None:
            raise web.HTTPNotFound(text="there is no such control")
        return said({"ok": True, "said": await control.run()})

    async def list_faults(self, _: web.Request) -> web.Response:
        return said([fault.as_json() for fault in self.telegram.faults.planned])

    async def plan_fault(self, request: web.Request) -> web.Response:
        wanted = await read_json(request)
        details = {key: wanted[key] for key in ("times", "retry_after", "seconds", "chat_id", "after") if key in wanted}
        try:
            fault = self.telegram.faults.plan(str(wanted.get("kind")), str(wanted.get("method") or "*"), **details)
        except ValueError as wrong:
            raise web.HTTPBadRequest(text=str(wrong)) from None
        return said(fault.as_json())

    async def clear_faults(self, _: web.Request) -> web.Response:
        self.telegram.faults.clear()
        return said([])

    async def show_transcript(self, _: web.Request) -> web.Response:
        return said(list(self.telegram.transcript))
