"""Where the clients of a test send their requests."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sensay_ext._settings import DEFAULT_BASE_URL

if TYPE_CHECKING:
    import pytest

__all__ = ["ApiAccess", "recorded_access"]

_KEYS = ("SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET")
# Nobody is asked there: what a cassette does not answer is an error.
_NOWHERE = "http://127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class ApiAccess:
    """What a client of the test needs to know of the API: what the fixture `sensay_access` gives.

    Attributes:
        organization_secret: The secret of the organization.
        base_url: Where the API is.
        source: What answers: the sandbox, the live API while a test is recorded from it, or a cassette.
    """

    organization_secret: str = field(repr=False)
    base_url: str
    source: Literal["sandbox", "live", "cassette"] = "sandbox"


def recorded_access(request: pytest.FixtureRequest) -> ApiAccess | None:
    """Where the clients of a recorded test send their requests, unless that is to the sandbox.

    That is the live API if a key is in the environment while the test is recorded. The files of the provider's command
    line tool are not asked: a recording changes things, so nobody should come to the live API by mistake.

    Args:
        request: Knows the test.
    """
    if "sensay_vcr" not in request.fixturenames:
        return None
    if not request.getfixturevalue("sensay_vcr").is_recording:
        return ApiAccess(organization_secret="not-needed", base_url=_NOWHERE, source="cassette")  # noqa: S106 - nobody asks for it
    key = next(filter(None, (os.environ.get(name, "").strip() for name in _KEYS)), None)
    if key is None:
        return None
    base_url = os.environ.get("SENSAY_BASE_URL", "").strip() or DEFAULT_BASE_URL
    return ApiAccess(organization_secret=key, base_url=base_url, source="live")
