"""What the commands of the pipeline do with a failure."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from scripts._build import client_document
from scripts._command import run
from scripts._errors import PipelineError
from scripts._paths import HOME
from scripts._validate import validate
from tests.scripts.small_documents import STRING, document, operation, thing

PETS = document({"/v1/pets": {"get": operation(thing(a=STRING))}})


def failing(error: BaseException) -> Callable[..., NoReturn]:
    def job(*_: Any, **__: Any) -> NoReturn:
        raise error

    return job


FAILURES = {
    "a refusal": (PipelineError("it is\nwrong", "mend  it"), "it is wrong; mend it"),
    "a full disk": (OSError(errno.ENOSPC, "No space left on device", "/a/b"), "No space left on device (/a/b); nothing was changed"),
    "a disk without a file": (OSError(errno.EFBIG, "File too large"), "File too large; nothing was changed"),
    "an odd failure of the disk": (OSError("odd"), "odd; nothing was changed"),
    "Ctrl-C": (KeyboardInterrupt(), "stopped; run it again"),
}  # fmt: skip


@pytest.mark.parametrize(("error", "line"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_told_in_one_line(error: BaseException, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("regenerate", failing(error)) == 2
    assert capsys.readouterr() == ("", f"regenerate: {line}\n")


def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        run("regenerate", failing(ZeroDivisionError()))


@pytest.mark.parametrize("status", [0, 1])
def test_the_status_of_the_job_is_that_of_the_command(status: int) -> None:
    assert run("generate", lambda: status) == status


def test_a_termination_unwinds_the_job_and_is_handled_here_only(capsys: pytest.CaptureFixture[str]) -> None:
    unwound: list[bool] = []
    before = signal.getsignal(signal.SIGTERM)

    def job() -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            unwound.append(True)
        return 0

    assert run("regenerate", job) == 2
    assert unwound == [True]
    assert signal.getsignal(signal.SIGTERM) is before
    assert capsys.readouterr().err == "regenerate: stopped; run it again\n"


def test_a_reader_that_leaves_is_no_failing_disk() -> None:
    code = "import sys; from scripts._command import run; sys.exit(run('regenerate', lambda: print('words') or 0))"
    reader, writer = os.pipe()
    os.close(reader)
    outcome = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=HOME, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)

    assert outcome.returncode == 2
    assert outcome.stderr == "regenerate: stopped, since nobody reads the output; run it again\n"


def test_what_the_normal_form_has_no_place_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts._build.normalise", failing(KeyError("odd")))

    with pytest.raises(PipelineError) as caught:
        client_document(PETS, at_home=False)
    assert str(caught.value) == (
        "the document has something that the pipeline does not know (KeyError: 'odd'); "
        "take it out in openapi/overlay.yaml, or teach scripts/_normalise.py"
    )


def test_what_the_validator_stumbles_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts._validate.Resolver.check", failing(LookupError("a" * 1000)))

    with pytest.raises(PipelineError) as caught:
        validate(PETS)
    assert str(caught.value) == "the document cannot be validated (LookupError); repair it at the source"
