"""The command, which makes its own client."""

from pathlib import Path

import pytest

from sensay_ext.testing import ApiAccess
from shop_assistant.__main__ import main


@pytest.fixture(autouse=True)
def _goes_to_the_sandbox(sensay_access: ApiAccess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", sensay_access.organization_secret)
    monkeypatch.setenv("SENSAY_BASE_URL", sensay_access.base_url)


def test_it_learns_and_answers(policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", str(policies)]) == 0
    assert main(["ask", "alice", "What does delivery cost?"]) == 0
    assert "5 euros" in capsys.readouterr().out


def test_it_says_what_staff_has_to_see_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "alice", "I want to speak to a person"]) == 1
    assert capsys.readouterr().err == "for staff: the customer wants a person\n"


def test_it_says_why_it_could_not_learn(
    sensay_access: ApiAccess, monkeypatch: pytest.MonkeyPatch, policies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENSAY_API_KEY", f"not-{sensay_access.organization_secret}")

    assert main(["learn", str(policies)]) == 1
    assert "401" in capsys.readouterr().err
