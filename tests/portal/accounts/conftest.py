"""What went out over the channels, read where it arrived."""

import re
from collections.abc import Callable

import pytest

from tests.factories import places


@pytest.fixture
def texts(capsys) -> Callable[[], list[str]]:
    """Reads the short messages written to the console since it was last asked."""
    return lambda: [line for line in capsys.readouterr().err.splitlines() if line.startswith("[")]


@pytest.fixture
def newest_code(texts) -> Callable[[], str]:
    """Reads the code in the last short message."""

    def read() -> str:
        [code] = re.findall(r"\b\d{6}\b", texts()[-1])
        return code

    return read


@pytest.fixture
def demonstration(db):
    return places.installation()


@pytest.fixture
def in_earnest(db):
    """An installation that is no demonstration."""
    return places.installation(is_demonstration=False)
