"""The local Telegram over HTTP: the Bot API and its files, the phones' JSON door, and their page."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from aiohttp import web

from playground import page
from playground.controls import Control
from playground.faults import ConnectionDroppedError
from playground.files import MAX_UPLOAD_BYTES
from playground.outside import OutsideDoor
from playground.phones import PhonesDoor, say_errors
from playground.refusals import ApiError, bad_request, too_large, unauthorized, unknown_method
from playground.request import Upload
from playground.serving import serve, serve_file
from playground.telegram import Telegram

LARGEST_BODY = MAX_UPLOAD_BYTES + 2**20
GRACE_SECONDS = 0.5


def application(telegram: Telegram, controls: Sequence[Control] = ()) -> web.Application:
    """Both doors of one Telegram. `controls` become buttons on the page's strip."""
    site = web.Application(client_max_size=11 * LARGEST_BODY, middlewares=[say_errors])
    site.add_routes([web.get("/", to_phones), *BotDoor(telegram).routes()])
    site.add_routes([*PhonesDoor(telegram).routes(), *OutsideDoor(telegram, controls).routes(), *page.routes()])
    return site


@asynccontextmanager
async def serving(
    telegram: Telegram, *, host: str = "127.0.0.1", port: int = 0, controls: Sequence[Control] = ()
) -> AsyncIterator[str]:
    """Serves while inside; gives the address. Port 0 takes a free one."""
    runner = web.AppRunner(application(telegram, controls), access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await telegram.webhook.remove()
        await runner.cleanup()


async def to_phones(_: web.Request) -> web.Response:
    raise web.HTTPFound("/phones/")


class BotDoor:
    """/bot<token>/<method> and /file/bot<token>/<path>, as at api.telegram.org."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
            web.route("*", "/bot{rest:.*}", _no_such_place),
            web.route("*", "/file{rest:.*}", _no_such_place),
        ]

    async def call(self, request: web.Request) -> web.Response:
        try:
            self._check(request.match_info["token"])
            params, uploads = await _read(request)
            status, body = await serve(self.telegram, request.match_info["method"], params, uploads)
        except ApiError as refused:
            return web.json_response(refused.as_json(), status=refused.code)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response(too_large().as_json(), status=413)
        except ConnectionDroppedError:
            return _hang_up(request)
        kind = "application/json" if body.startswith("{") else "text/html"
        return web.Response(text=body, status=status, content_type=kind)

    async def download(self, request: web.Request) -> web.Response:
        try:
            self._check(request.match_info["token"])
        except ApiError as refused:
            return web.json_response(refused.as_json(), status=refused.code)
        try:
            status, content = await serve_file(self.telegram, request.match_info["path"])
        except ConnectionDroppedError:
            return _hang_up(request)
        kind = "application/octet-stream" if status == HTTPStatus.OK else "application/json"
        return web.Response(body=content, status=status, content_type=kind)

    def _check(self, token: str) -> None:
        if token != self.telegram.token:
            raise unauthorized() if token.partition(":")[0].isdecimal() else unknown_method()


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _no_such_place(_: web.Request) -> web.Response:
    return web.json_response(unknown_method().as_json(), status=404)


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters of a call, from the address and from a body of any of the three kinds, and its files."""
    params: dict[str, Any] = dict(request.query)
    if request.method != "POST":
        return params, {}
    if request.content_type == "application/json":
        return params | await _read_json(request), {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read())
            value.file.close()
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return params, uploads


async def _read_json(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    try:
        read = json.loads(body) if body else {}
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(read, dict):
        raise bad_request("object expected")
    return read
