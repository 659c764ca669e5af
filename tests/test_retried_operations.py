"""What is sent again, operation by operation; the instructions are those of a published test of storage clients."""

from collections.abc import Mapping
from typing import TypeAlias
from uuid import UUID

import pytest

from sensay_ext import (
    APIConnectionError,
    AuthenticationError,
    BadRequestError,
    PermissionDeniedError,
    SensayError,
    ServerError,
)
from tests._sync.making import make_client
from tests.fault_server import FaultServer, Instruction, reply, reset
from tests.operation_uses import USES, Things, outcome
from tests.operations import OPERATIONS
from tests.requests_to_send import REPLICA, REPLICA_UUID

THINGS = Things(replica=REPLICA_UUID, entry=7, chat=UUID(int=1), conversation=UUID(int=2))

REPEATABLE = {name for name, operation in OPERATIONS.items() if operation.method in {"GET", "PUT", "DELETE"}}

# What is read before it is written back: only the second request is the operation.
READ_FIRST: Mapping[str, Instruction] = {
    "update_replica": reply(200, REPLICA),
    "update_user_me": reply(200, {"success": True, "id": "alice"}),
}

Case: TypeAlias = tuple[tuple[Instruction, ...], type[SensayError]]

BUSY, UNKNOWN, REFUSED, WRONG = reply(503), reply(401), reply(403), reply(400)

# The refusal after them shows that it was asked again, without a body that would have to fit. It is none that could mean
# that the deletion of a user was carried out, which is looked into.
PASSING: tuple[Case, ...] = (
    ((BUSY, BUSY, REFUSED), PermissionDeniedError),
    ((reset(), reset(), REFUSED), PermissionDeniedError),
    ((reset(), BUSY, REFUSED), PermissionDeniedError),
)
MIXED: tuple[Case, ...] = (((BUSY, WRONG), BadRequestError), ((reset(), REFUSED), PermissionDeniedError))
LASTING: tuple[Case, ...] = (((WRONG,), BadRequestError), ((UNKNOWN,), AuthenticationError))
HARMFUL: tuple[Case, ...] = (((BUSY,), ServerError), ((reset(),), APIConnectionError))


@pytest.mark.parametrize("operation", sorted(USES))
def test_an_operation_is_sent_again_only_where_twice_does_no_harm(operation: str) -> None:
    before = (READ_FIRST[operation],) if operation in READ_FIRST else ()
    cases = (*LASTING, *((*PASSING, *MIXED) if operation in REPEATABLE else HARMFUL))
    with FaultServer(*(instruction for faults, _ in cases for instruction in (*before, *faults))) as server:
        for faults, error in cases:
            seen = len(server.requests) + len(before)
            with pytest.raises(SensayError) as caught:
                outcome(USES[operation], make_client(server.url, user_id="alice"), THINGS)

            sent = [request.method for request in server.requests[seen:]]
            assert sent == [OPERATIONS[operation].method] * len(faults)
            assert (type(caught.value), vars(caught.value)["attempts"]) == (error, len(faults))


def test_of_what_changes_something_only_this_is_sent_again() -> None:
    assert {name for name in REPEATABLE if OPERATIONS[name].method != "GET"} == {
        "delete_replica",
        "delete_replica_integration_telegram",
        "delete_replica_knowledge_base",
        "delete_user_me",
        "update_replica",
        "update_user_me",
    }
