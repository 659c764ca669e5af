"""Every reply that the documentation shows is read, or refused where it cannot be what the API sends."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx
import pytest

from sensay_ext import SensayError
from tests.contract.documented import REPLIES, DocumentedReply
from tests.contract.provider import CLIENTS, THINGS, Provider
from tests.operation_uses import USES, outcome


def at(value: Any, place: str) -> Any:
    """What stands in a value, as a file can write it down."""
    for part in place.split("."):
        if isinstance(value, Mapping):
            value = value[part]
        else:
            value = value[int(part)] if part.isdecimal() else getattr(value, part)
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, UUID) else value


def kind(result: Any) -> str:
    """The type of a result, with that of its items."""
    items = {type(item).__name__ for item in result} if isinstance(result, list) else set()
    return " of ".join([type(result).__name__, *sorted(items)])


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("reply", REPLIES.values(), ids=list(REPLIES))
def test_a_documented_reply_is_read(reply: DocumentedReply, client: str) -> None:
    provider = Provider(reply.operation, reply.status, json.loads(reply.body))
    sensay = CLIENTS[client](httpx.MockTransport(provider))
    try:
        result = outcome(USES[reply.operation], sensay, THINGS)
        found = kind(result)
    except SensayError as error:
        result, found = error, type(error).__name__

    assert found == (reply.result or reply.error)
    assert {place: at(result, place) for place in reply.values} == reply.values
    assert sorted(drift.place for drift in sensay.drift) == sorted(reply.unknown)


@pytest.mark.parametrize("reply", REPLIES.values(), ids=list(REPLIES))
def test_what_cannot_be_read_as_it_is_shown_is_marked(reply: DocumentedReply) -> None:
    says_success = json.loads(reply.body).get("success", True)
    values = [place for place in reply.unknown if place.endswith(".type")]

    assert bool(reply.wrong) or not (says_success and (reply.error or values))
