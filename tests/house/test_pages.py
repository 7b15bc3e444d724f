"""What the pages for readers promise is there."""

import re
from pathlib import Path

import pytest

from bot.menus import COMMANDS
from bot.settings import Settings
from tests.house.source import ROOT

PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "playground" / "README.md"])
READMES = ("README.md", "README.zh-CN.md")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [each.name for each in COMMANDS if f"`/{each.name}`" not in text] == []


@pytest.mark.parametrize("name", [*READMES, ".env.example"])
def test_every_setting_is_explained(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    told = set(re.findall(r"ZHANGGUI_[A-Z_]+", text))
    assert told == {f"ZHANGGUI_{setting.upper()}" for setting in Settings.model_fields}


def test_both_readmes_are_told_alike() -> None:
    """The same headings in number, the same commands, the same settings, the same code."""
    shapes = []
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        headings = re.findall(r"^(#+) ", text, re.MULTILINE)
        shapes.append((headings, set(re.findall(r"`(/\w+)`", text)), text.count("```"), text.count("\n| ")))
    assert shapes[0] == shapes[1]


def test_the_copied_settings_start_the_playground() -> None:
    """A token that is not filled in is no token."""
    assert Settings(_env_file=ROOT / ".env.example").bot_token is None
