"""What the commands of the pipeline share: one line on failure, exit status 2, no traceback for bad input."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from scripts._errors import PipelineError

REFUSED = 2


def run(name: str, job: Callable[[], int]) -> int:
    """Run `job` and return its exit status; a refusal, a failing disk or a stop becomes a line on stderr and status 2."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        status = job()
        sys.stdout.flush()
    except PipelineError as error:
        print(f"{name}: {' '.join(str(error).split())}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output left, as `head` does; what remains to be said must not fail again at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"{name}: stopped, since nobody reads the output; run it again", file=sys.stderr)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"{name}: {error.strerror or error}{where}; nothing was changed", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{name}: stopped; run it again", file=sys.stderr)
    else:
        return status
    finally:
        signal.signal(signal.SIGTERM, before)
    return REFUSED


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Turn a termination into what Ctrl-C gives, so that temporary folders are removed on the way out."""
    raise KeyboardInterrupt
