"""The hostile world, made once for all tests that need it."""

import asyncio
from pathlib import Path

import pytest

from tests.hostile.worlds import World, make_world


@pytest.fixture(scope="session")
def hostile(template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return asyncio.run(make_world(template, tmp_path_factory.mktemp("hostile")))
