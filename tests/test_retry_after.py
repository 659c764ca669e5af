"""How long a server asks to wait; the tables are those that other clients publish."""

import os
import time  # noqa: TID251 - the time zone of the process is part of the test
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sensay_ext._retry_after import parse_retry_after

NOW = 1_696_004_797.0  # 29 September 2023, 16:26:37 UTC


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("20", 20),
        ("20.5", 20.5),
        ("0", None),
        ("-10", None),
        ("60", 60),
        ("120", 120),
        ("121", 121),
        ("Fri, 29 Sep 2023 16:26:57 GMT", 20),
        ("Fri, 29 Sep 2023 16:26:37 GMT", None),
        ("Fri, 29 Sep 2023 16:26:27 GMT", None),
        ("Fri, 29 Sep 2023 16:28:37 GMT", 120),
        ("Fri, 29 Sep 2023 16:28:38 GMT", 121),
        ("99999999999999999999999999999999999", None),
        # Past, whatever its first word means.
        ("Zun, 29 Sep 2023 16:26:27 GMT", None),
        ("Fri, 29 Sep 100000 16:26:57 GMT", None),
        ("", None),
        ("  20  ", 20),
    ],
)
def test_seconds_and_dates_are_understood(value: str, expected: float | None) -> None:
    assert expected == parse_retry_after({"retry-after": value}, NOW)


@pytest.mark.parametrize("value", ["inf", "nan", "-1", "+1", "1e3", "\xb2", "1_0", "soon", "1.0.0", "٣"])
def test_what_is_no_number_and_no_date_is_ignored(value: str) -> None:
    assert parse_retry_after({"retry-after": value}, NOW) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "120001"}, 120.001),
        ({"retry-after-ms": "1500", "retry-after": "20"}, 1.5),
        ({"retry-after-ms": "0", "retry-after": "20"}, None),
        ({"retry-after-ms": "soon", "retry-after": "20"}, 20),
        ({"retry-after-ms": "-100"}, None),
        ({}, None),
    ],
)
def test_milliseconds_win(headers: dict[str, str], expected: float | None) -> None:
    assert expected == parse_retry_after(headers, NOW)


@pytest.fixture(params=["UTC", "Asia/Jerusalem", "America/New_York"])
def _time_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    os.environ.pop("TZ")
    time.tzset()


@pytest.mark.usefixtures("_time_zone")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3600", 3600),
        ("Mon, 3 Jun 2019 12:00:00 UTC", 3600),
        ("Mon, 03 Jun 2019 11:00:00 UTC", None),
        ("Mon, 03 Jun 2019 11:30:12 GMT", 1812),
        ("Monday, 03-Jun-19 11:30:12 GMT", 1812),
        ("Mon Jun  3 11:30:12 2019", 1812),
    ],
)
def test_the_three_forms_of_a_date_mean_the_same_everywhere(value: str, expected: float | None) -> None:
    now = datetime(2019, 6, 3, 11, tzinfo=UTC).timestamp()

    assert expected == parse_retry_after({"retry-after": value}, now)
