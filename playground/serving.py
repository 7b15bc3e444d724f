"""One call from the outside in: faults, the call itself, and the answer as Telegram writes it."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from playground.faults import ConnectionDroppedError, Fault, FaultKind
from playground.refusals import ApiError, too_many_requests, unknown_method
from playground.request import Answer, Upload
from playground.telegram import Telegram

DOWNLOAD = "download"
BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


async def serve(
    telegram: Telegram, method: str, params: Mapping[str, Any], uploads: Mapping[str, Upload]
) -> tuple[int, str]:
    """(HTTP status, body). Raises ConnectionDroppedError where a fault breaks the connection."""
    fault = telegram.faults.strike(method, params.get("chat_id"))
    if fault is not None and (answer := await _before(fault)) is not None:
        return answer
    try:
        status, body = 200, _granted(await telegram.call(method, params, uploads))
    except ApiError as error:
        status, body = error.code, error.as_json()
    if fault is not None and fault.kind is FaultKind.DROP_AFTER:
        raise ConnectionDroppedError
    return status, json.dumps(body, ensure_ascii=False)


async def serve_file(telegram: Telegram, path: str) -> tuple[int, bytes]:
    """(HTTP status, bytes) of a download. Faults planned for the method "download" strike here."""
    fault = telegram.faults.strike(DOWNLOAD, None, named=True)
    if fault is not None and (answer := await _before(fault)) is not None:
        return answer[0], answer[1].encode()
    kept = telegram.files.at_path(path)
    if fault is not None and fault.kind is FaultKind.DROP_AFTER:
        raise ConnectionDroppedError
    return (404, json.dumps(unknown_method().as_json()).encode()) if kept is None else (200, kept.content)


def _granted(result: Any) -> dict[str, Any]:
    if isinstance(result, Answer):
        return {"ok": True, "result": result.result, "description": result.description}
    return {"ok": True, "result": result}


async def _before(fault: Fault) -> tuple[int, str] | None:
    match fault.kind:
        case FaultKind.TOO_MANY_REQUESTS:
            return 429, json.dumps(too_many_requests(fault.retry_after).as_json())
        case FaultKind.SERVER_ERROR:
            return 500, json.dumps(ApiError(500, "Internal Server Error").as_json())
        case FaultKind.BAD_GATEWAY:
            return 502, BAD_GATEWAY
        case FaultKind.DROP_BEFORE:
            raise ConnectionDroppedError
        case FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
    return None
