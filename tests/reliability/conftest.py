"""The warm process from which the bots of these tests are forked."""

from collections.abc import Iterator

import pytest

from tests.reliability.processes import Zygote, zygote


@pytest.fixture(scope="module")
def warm() -> Iterator[Zygote]:
    with zygote() as started:
        yield started
