"""Addresses in links and on buttons, as far as Telegram looks at them."""

import re
from urllib.parse import urlsplit

_PROTOCOL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+\.?")
OWN_PROTOCOLS = frozenset({"tg", "ton", "tonsite", "mailto", "tel"})


def wrong_address(address: str) -> str:
    """Why Telegram does not take an address; empty when it does. Hosts without a dot are no hosts to it."""
    if not address:
        return "URL host is empty"
    protocol = _PROTOCOL.match(address)
    if protocol and protocol[1].lower() in OWN_PROTOCOLS:
        return ""
    if protocol and protocol[1].lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    try:
        host = urlsplit(address if protocol else f"http://{address}").hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    if not host:
        return "URL host is empty"
    return "" if ":" in host or _HOST.fullmatch(host) else "Wrong HTTP URL"
