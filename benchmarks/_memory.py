"""How much memory a process has used at most."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_KIBIBYTE = 1024


def most_used() -> float:
    """Bytes that this process has used at most, so far."""
    if _STATUS.exists():
        # The figure of the C library is inherited from whoever started this process.
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return float(line.split()[1]) * _KIBIBYTE
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(used if sys.platform == "darwin" else used * _KIBIBYTE)
