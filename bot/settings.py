"""Settings, read once from the environment or from `.env`."""

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
"""Telegram's letters, and too many of them to guess."""
OWN_PATHS = ("", "/", "/healthz", "/readyz", "/metrics")


class Settings(BaseSettings):
    """Every setting is `ZHANGGUI_` and its name in capitals. Without a token the playground is started."""

    model_config = SettingsConfigDict(env_prefix="ZHANGGUI_", env_file=".env", env_ignore_empty=True, extra="ignore")

    bot_token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///var/zhanggui.db"
    files: Path = Path("var/files")
    playground_host: str = "127.0.0.1"
    playground_home: Path = Path("var/playground")
    playground_port: int = Field(default=8088, ge=0, le=65535)
    tick_seconds: float = Field(default=5, gt=0)
    http_host: str = "127.0.0.1"
    http_port: int | None = Field(default=None, ge=0, le=65535)
    webhook_connections: int = Field(default=40, ge=1, le=100)
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    log_json: bool = False
    log_level: str = "INFO"

    def make_folders(self) -> None:
        """The places where the database file and the files lie."""
        self.files.mkdir(parents=True, exist_ok=True)
        scheme, _, path = self.database_url.partition(":///")
        if scheme == "sqlite" and path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)

    @property
    def webhook_path(self) -> str:
        return urlsplit(self.webhook_url or "").path

    @field_validator("webhook_url")
    @classmethod
    def _telegram_can_reach(cls, url: str | None, so_far: ValidationInfo) -> str | None:
        parts = urlsplit(url or "")
        if url is None:
            return None
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts))):
            raise ValueError("must be an address that Telegram can reach, such as https://example.com/telegram/hook")
        if parts.path in OWN_PATHS or parts.query or parts.fragment:
            raise ValueError("needs a path of its own, such as https://example.com/telegram/hook")
        if so_far.data.get("http_port") is None:
            raise ValueError("needs a port to listen on: set ZHANGGUI_HTTP_PORT, too")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _cannot_be_guessed(cls, secret: SecretStr | None, so_far: ValidationInfo) -> SecretStr | None:
        """Whoever knows the address of a webhook without a secret can speak for everybody."""
        if secret is None and so_far.data.get("webhook_url") is not None:
            raise ValueError(
                "a webhook needs a secret that Telegram shows with every update: 32 to 256 letters, digits, _ and -"
            )
        if secret is not None and not SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(
                "must be 32 to 256 letters, digits, _ and -; python -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
            )
        return secret


def _is_here(parts: SplitResult) -> bool:
    """This very machine, where the local Telegram of tests posts without encryption."""
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
