"""Settings, read once from the environment or from `.env`."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    log_json: bool = False
    log_level: str = "INFO"

    def make_folders(self) -> None:
        """The places where the database file and the files lie."""
        self.files.mkdir(parents=True, exist_ok=True)
        scheme, _, path = self.database_url.partition(":///")
        if scheme == "sqlite" and path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
