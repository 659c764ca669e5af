"""The command that runs the benchmarks."""

import pytest

from benchmarks import waiting
from benchmarks.__main__ import main
from benchmarks._ratio import Ratio


@pytest.mark.parametrize(("ours", "status"), [(2.0, 0), (2.1, 1)])
def test_a_limit_that_is_exceeded_fails_the_run(
    ours: float, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(waiting, "measure", lambda: [Ratio("steps", ours, "peer", 1.0, limit=2.0)])

    assert main(["waiting"]) == status
    assert "steps" in capsys.readouterr().out


def test_a_name_that_is_not_known_is_refused_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["waiting", "swimming"])

    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert "there is no benchmark swimming; there are imports," in message
    assert "training" in message
