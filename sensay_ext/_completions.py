"""What the ways to get an answer from a replica share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._timeout import DEFAULT_TIMEOUT, Timeout

if TYPE_CHECKING:
    from sensay_ext._config import Config
    from sensay_ext._options import CallOptions

__all__ = ["COMPLETION_TIMEOUT", "patient"]

#: The API gives an answer up to 90 seconds; whoever hangs up before that and asks again is charged twice.
COMPLETION_TIMEOUT = Timeout(read=120.0)


def patient(config: Config, options: CallOptions) -> CallOptions:
    """The options of a call that waits for an answer, unless the call or the client says how long to wait."""
    if "timeout" in options or config.timeout is not DEFAULT_TIMEOUT:
        return options
    return {**options, "timeout": COMPLETION_TIMEOUT}
