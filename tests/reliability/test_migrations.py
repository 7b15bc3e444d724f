"""A migration that is killed at any of its steps leaves the old schema or the new one, never something between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import open_engine
from storage.schema import upgrade
from tests.databases import differences
from tests.house.source import ROOT

SCRIPT = Path(__file__).with_name("broken_migration.py")

pytestmark = pytest.mark.processes


def test_a_killed_migration_has_not_begun_or_is_done(empty_url: str) -> None:
    """Killed before statements of all revisions, at the commit and after it; the next attempt always succeeds."""
    ran = subprocess.run(
        [sys.executable, SCRIPT, empty_url],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    for revision, told in json.loads(ran.stdout).items():
        *broken, complete = told["after_kills"]
        assert [each == told["before"] for each in broken] == [True] * len(broken), revision
        assert complete != told["before"], revision
    engine = open_engine(empty_url)
    upgrade(engine)
    assert differences(engine) == []
    engine.dispose()
