"""Every operation of the API is served by a method of the client."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sensay_ext import AsyncSensay, Sensay
from sensay_ext._operations import METHODS
from sensay_ext.doctor._calls import methods_in
from sensay_ext.sandbox import Sandbox, serve
from tests import operation_uses
from tests.operation_uses import USES, Things, outcome
from tests.operations import OPERATIONS
from tests.resource_methods import methods


def new_things(client: Sensay, invite: str) -> Things:
    """A user with a replica that has an entry and a bot, and to whom something was said."""
    client.users.create("alice")
    sensay = client.as_user("alice")
    replica = sensay.replicas.create(
        name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide", llm={}
    ).uuid
    entry = sensay.knowledge_base.add_text(replica, "We are open from 9 to 5.").id
    sensay.integrations.telegram.connect(replica, telegram_token="1:x", mention="@guide")
    sensay.chat.complete(replica, "Hi")
    chat = next(iter(sensay.chats.list(replica))).uuid
    conversation = next(iter(sensay.conversations.list(replica, chat))).uuid
    return Things(replica=replica, entry=entry, chat=chat, conversation=conversation, invite=invite)


def test_every_operation_has_a_method() -> None:
    assert USES.keys() == METHODS.keys() == OPERATIONS.keys()


def test_the_method_in_use_is_the_first_one_of_the_table() -> None:
    tree = ast.parse(Path(operation_uses.__file__).read_text(encoding="utf-8"))
    table = next(
        node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "USES"
    )
    assert isinstance(table, ast.Dict)
    used = {
        ast.literal_eval(key): {name for _, name in methods_in(ast.unparse(use))}
        for key, use in zip(table.keys, table.values, strict=True)
        if key is not None
    }

    assert used == {operation: {names[0]} for operation, names in METHODS.items()}


def test_the_table_knows_all_methods_and_no_others() -> None:
    assert {name for names in METHODS.values() for name in names} == methods(Sensay).keys()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox for all operations, with an organisation for each."""
    with serve(virtual_time=True, allow_network=False) as sandbox:
        yield sandbox


@pytest.mark.parametrize("client", [Sensay, AsyncSensay])
@pytest.mark.parametrize("operation", sorted(USES))
def test_the_method_asks_for_the_operation_and_takes_the_answer(
    sandbox: Sandbox, operation: str, client: type[Sensay] | type[AsyncSensay]
) -> None:
    secret = f"secret-for-{operation}-by-{client.__name__}"
    sandbox.add_organization(secret)
    sandbox.add_invite(secret)
    with Sensay(secret, base_url=sandbox.base_url) as admin:
        things = new_things(admin, invite=secret)
    sensay = client(secret, base_url=sandbox.base_url, user_id="alice")
    outcome(USES[operation], sensay, things)
    request = sandbox.requests[-1]

    assert (request.operation, (request.status or 0) // 100) == (operation, 2)
    # The sandbox also sends fields that the service was seen to send beyond its document.
    assert {drift.kind for drift in sensay.drift} <= {"field"}
