"""Dates in the forms that servers write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

Read = Callable[[Any], Any]
TEN = datetime(2025, 11, 5, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def read(load: Callable[[str], Any]) -> Read:
    """Return the reader of dates with time."""
    reader: Read = load("_reading").timestamp
    return reader


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-05T10:00:00Z",
        "2025-11-05T10:00:00.000Z",
        "2025-11-05T11:00:00+01:00",
        "2025-11-05 10:00:00+00",
        "2025-11-05T08:00:00-0200",
        "20251105T100000Z",
        "2025-11-05t10:00:00z",
        "Wed, 05 Nov 2025 10:00:00 GMT",
        "Wed, 05 Nov 2025 11:00:00 +0100",
        "2025-11-05 10:00:00 UTC",
    ],
)
def test_a_text_with_a_zone_gives_an_aware_date(read: Read, text: str) -> None:
    moment = read(text)

    assert moment == TEN
    assert moment.utcoffset() is not None


@pytest.mark.parametrize("text", ["2025-11-05T10:00:00", "2025-11-05 10:00", "Nov 5, 2025 10:00:00"])
def test_a_text_without_a_zone_gives_a_naive_date(read: Read, text: str) -> None:
    assert read(text) == TEN.replace(tzinfo=None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "5",
        "10:00",
        "Nov 5",
        "2025-13-05T10:00:00Z",
        "2025-11-05T10:00:00 EST",
        "2025-11-05T25:00:00Z",
        "9" * 40,
    ],
)
def test_what_does_not_say_the_whole_date_is_refused(read: Read, errors: Any, text: str) -> None:
    with pytest.raises(errors.ParseError, match="expected a date with time"):
        read(text)


@given(
    moment=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30)), None])),
)
def test_what_python_writes_is_read_back(read: Read, moment: datetime) -> None:
    assert read(moment.isoformat()) == moment
    assert read(moment.isoformat()).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("text", ["2025-11-05", "2025-11-05T10:00:00Z", "20251105"])
def test_a_date_is_read_with_or_without_a_time(load: Callable[[str], Any], text: str) -> None:
    assert load("_reading").date(text) == date(2025, 11, 5)
