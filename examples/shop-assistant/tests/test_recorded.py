"""The whole way, on a cassette: what is sent stays as it was, and what was answered is read."""

from uuid import UUID

import pytest

from sensay_ext import Sensay
from shop_assistant import reply


@pytest.mark.usefixtures("sensay_vcr")
def test_a_customer_is_answered(sensay: Sensay, replica: UUID) -> None:
    said = reply(sensay, replica, "alice@example.com", "Within how many days can goods be returned?")

    assert "30 days" in said.text
    assert not said.for_staff
