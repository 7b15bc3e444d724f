"""What is deployed names settings that there are, keeps secrets out of files, and shows nothing to the world."""

import configparser
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.house.source import PACKAGES, ROOT

DEPLOY = ROOT / "deploy"
SETTING = re.compile(r"ZHANGGUI_([A-Z_]+)")
UNITS = sorted(DEPLOY.glob("*.service"))


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return read


def unit(path: Path) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def test_only_settings_that_there_are_are_set() -> None:
    named = {name.lower() for path in DEPLOY.iterdir() for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named - Settings.model_fields.keys() == set()


def test_the_database_is_there_and_up_to_date_before_anybody_works_with_it() -> None:
    services = compose()["services"]
    for name in ("bot", "worker"):
        assert services[name]["depends_on"] == {
            "postgres": {"condition": "service_healthy"},
            "migrate": {"condition": "service_completed_successfully"},
        }
    assert services["migrate"]["command"] == ["migrate"]
    assert "healthcheck" in services["postgres"]


def test_nothing_but_this_machine_reaches_the_ports() -> None:
    ports = [port for each in compose()["services"].values() for port in each.get("ports", [])]
    assert ports == ["127.0.0.1:8090:8090"]


def test_secrets_come_from_outside_and_their_absence_is_said() -> None:
    services = compose()["services"]
    assert services["bot"]["environment"]["ZHANGGUI_BOT_TOKEN"].startswith("${ZHANGGUI_BOT_TOKEN:?")
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "${POSTGRES_PASSWORD:?" in services["bot"]["environment"]["ZHANGGUI_DATABASE_URL"]


def test_what_is_kept_lies_in_volumes_that_outlive_the_containers() -> None:
    read = compose()
    mounted = {each.partition(":")[0] for service in read["services"].values() for each in service.get("volumes", [])}
    assert mounted == read["volumes"].keys()


def test_the_image_holds_every_package_and_its_builder_sees_no_secrets() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE))
    assert copied == set(PACKAGES) - {"benchmarks"}
    shown = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in shown
    assert {each.removeprefix("!") for each in shown if each.startswith("!")} == {*copied, "requirements.lock"}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_as_nobody_special_and_may_write_only_where_the_books_lie(path: Path) -> None:
    service = unit(path)["Service"]
    assert service["User"] == "zhanggui"
    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["UMask"]) == ("strict", "true", "0077")
    assert service["StateDirectory"] == "zhanggui"
    assert service["EnvironmentFile"] == "/etc/zhanggui.env"
    assert " -m bot " in service["ExecStart"]


def test_a_bot_that_is_asked_to_leave_gets_the_time_it_needs() -> None:
    from bot.app import STOP_WITHIN_SECONDS  # noqa: PLC0415 - loads the whole bot

    for path in (each for each in UNITS if "backup" not in each.name):
        assert int(unit(path)["Service"]["TimeoutStopSec"]) > STOP_WITHIN_SECONDS
    assert int(compose()["services"]["bot"]["stop_grace_period"].removesuffix("s")) > STOP_WITHIN_SECONDS
