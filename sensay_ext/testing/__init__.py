"""What integration tests of programs that use this package need; `pip install "sensay-ext[testing]"` brings it.

pytest finds the fixtures by itself; see `sensay_ext.testing.plugin` and `docs/testing-your-integration.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sensay_ext._lazy import load as _load

__all__ = [
    "ApiAccess",
    "Cassette",
    "CassetteError",
    "CassetteMismatch",
    "Finding",
    "Interaction",
    "Json",
    "Message",
    "SampleReply",
    "SandboxFaults",
    "Scrubber",
    "SecretLeft",
    "VirtualClock",
    "sample_reply",
    "scan",
    "use_cassette",
]

# Loaded when first asked for: pytest imports this package in every run of every project that it is installed for.
_LAZY = {
    "ApiAccess": "sensay_ext.testing._access",
    "Cassette": "sensay_ext.testing._cassette",
    "CassetteError": "sensay_ext.testing._errors",
    "CassetteMismatch": "sensay_ext.testing._errors",
    "Finding": "sensay_ext.testing._scan",
    "Interaction": "sensay_ext.testing._interaction",
    "Json": "sensay_ext.testing._interaction",
    "Message": "sensay_ext.testing._interaction",
    "SampleReply": "sensay_ext.testing._sample_reply",
    "SandboxFaults": "sensay_ext.testing._faults",
    "Scrubber": "sensay_ext.testing._scrubber",
    "SecretLeft": "sensay_ext.testing._errors",
    "VirtualClock": "sensay_ext.testing._clock",
    "sample_reply": "sensay_ext.testing._sample_reply",
    "scan": "sensay_ext.testing._scan",
    "use_cassette": "sensay_ext.testing._cassette",
}

if TYPE_CHECKING:
    from sensay_ext.testing._access import ApiAccess
    from sensay_ext.testing._cassette import Cassette, use_cassette
    from sensay_ext.testing._clock import VirtualClock
    from sensay_ext.testing._errors import CassetteError, CassetteMismatch, SecretLeft
    from sensay_ext.testing._faults import SandboxFaults
    from sensay_ext.testing._interaction import Interaction, Json, Message
    from sensay_ext.testing._sample_reply import SampleReply, sample_reply
    from sensay_ext.testing._scan import Finding, scan
    from sensay_ext.testing._scrubber import Scrubber
else:  # hidden from type checkers, which would take every misspelt name for one of these

    def __getattr__(name: str) -> object:
        return _load(globals(), _LAZY, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
