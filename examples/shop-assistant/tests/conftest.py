"""What the tests begin with."""

from pathlib import Path
from uuid import UUID

import pytest

from sensay_ext import Sensay
from shop_assistant import hire, learn


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Training keeps a journal there, from which it would go on after a crash.
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))


@pytest.fixture
def policies() -> Path:
    """The texts that customers are told about."""
    return Path(__file__).parents[1] / "policies"


@pytest.fixture
def replica(sensay: Sensay, policies: Path) -> UUID:
    """An assistant that knows the policies."""
    hired = hire(sensay)
    learn(sensay, hired, policies)
    return hired
