"""What the commands of the pipeline share: one line on failure, exit status 2, no traceback for bad input."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from scripts._errors import PipelineError

REFUSED = 2


def run(name: str, job: Callable[[], int]) -> int:
    """Run `job` and return its exit status; a refusal or a failing disk becomes a line on stderr and status 2."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        return job()
    except PipelineError as error:
        print(f"{name}: {error}", file=sys.stderr)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"{name}: {error.strerror or error}{where}: nothing was changed", file=sys.stderr)
    return REFUSED


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Turn a termination into an exception, so that temporary folders are removed on the way out."""
    raise SystemExit(REFUSED)
