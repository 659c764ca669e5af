"""Where the cassettes are."""

import os
from pathlib import Path

import pytest

from tests.recorded.check import ASIDE


@pytest.fixture
def sensay_cassette_dir(sensay_cassette_dir: Path, request: pytest.FixtureRequest) -> Path:
    """Beside the tests, unless they are recorded somewhere else to compare."""
    aside = os.environ.get(ASIDE)
    return sensay_cassette_dir if aside is None else Path(aside) / request.path.parent.name
