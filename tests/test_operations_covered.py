"""Every operation of the API is served by a method of the client."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext import Sensay
from sensay_ext._operations import METHODS
from sensay_ext.doctor._calls import methods_in
from sensay_ext.params import TelegramDataParams
from sensay_ext.sandbox import Sandbox, serve
from tests.resource_methods import methods

DOCUMENT = json.loads((Path(__file__).parent.parent / "openapi" / "client.json").read_text(encoding="utf-8"))
OPERATIONS = {operation["operationId"] for path in DOCUMENT["paths"].values() for operation in path.values()}

INVITE = "an-invite"
PLACE: TelegramDataParams = {"chat_id": 42, "chat_type": "private", "message_id": 7}


class World:
    """A client that acts as a user with a replica, to whom something was said."""

    def __init__(self, sandbox: Sandbox, client: Sensay) -> None:
        self.sandbox = sandbox
        client.users.create("alice")
        self.sensay = client.as_user("alice")
        self.replica = self.new_replica("guide")
        self.entry = self.sensay.knowledge_base.add_text(self.replica, "We are open from 9 to 5.").id
        self.sensay.integrations.telegram.connect(self.replica, telegram_token="1:x", mention="@guide")
        self.sensay.chat.complete(self.replica, "Hi")
        self.chat = next(iter(self.sensay.chats.list(self.replica)))
        self.conversation = next(iter(self.sensay.conversations.list(self.replica, self.chat)))

    def new_replica(self, slug: str) -> UUID:
        return self.sensay.replicas.create(
            name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug=slug, llm={}
        ).uuid


Use = Callable[[World], Any]

USES: dict[str, Use] = {
    "create_experimental_replica_chat_completion": lambda world: world.sensay.experimental.chat_completions(
        world.replica, [{"role": "user", "content": "Hi"}]
    ),
    "create_replica": lambda world: world.sensay.replicas.create(
        name="Other", short_description="Guides", greeting="Hi!", owner_id="alice", slug="another", llm={}
    ),
    "create_replica_chat_completion": lambda world: world.sensay.chat.complete(world.replica, "Hi"),
    "create_replica_chat_completion_telegram": lambda world: world.sensay.integrations.telegram.complete(
        world.replica, "Hi", telegram_data=PLACE
    ),
    "create_replica_chat_history": lambda world: world.sensay.chat.add_to_history(world.replica, "Hi"),
    "create_replica_chat_history_telegram": lambda world: world.sensay.integrations.telegram.add_to_history(
        world.replica, "Hi", telegram_data=PLACE
    ),
    "create_replica_integration_telegram": lambda world: world.sensay.integrations.telegram.connect(
        world.replica, telegram_token="1:x", mention="@guide"
    ),
    "create_replica_knowledge_base": lambda world: world.sensay.knowledge_base.add_text(world.replica, "More"),
    "create_user": lambda world: world.sensay.users.create(),
    "delete_replica": lambda world: world.sensay.replicas.delete(world.replica),
    "delete_replica_integration_telegram": lambda world: world.sensay.integrations.telegram.disconnect(world.replica),
    "delete_replica_knowledge_base": lambda world: world.sensay.knowledge_base.delete(world.replica, world.entry),
    "delete_user_me": lambda world: world.sensay.users.delete_me(),
    "get_replica": lambda world: world.sensay.replicas.get(world.replica),
    "get_replica_analytics_conversation_historical": lambda world: world.sensay.analytics.conversations_over_time(
        world.replica
    ),
    "get_replica_chat": lambda world: world.sensay.chats.get(world.replica, world.chat),
    "get_replica_chat_conversation": lambda world: world.sensay.conversations.get(world.replica, world.conversation),
    "get_replica_chat_history": lambda world: world.sensay.chat.history(world.replica),
    "get_replica_chat_history_discord": lambda world: world.sensay.integrations.discord.history(world.replica),
    "get_replica_chat_history_embed": lambda world: world.sensay.chat.history(world.replica, "embed"),
    "get_replica_chat_history_telegram": lambda world: world.sensay.integrations.telegram.history(world.replica),
    "get_replica_chat_history_web": lambda world: world.sensay.chat.history(world.replica, "web"),
    "get_replica_conversation": lambda world: world.sensay.conversations.get(world.replica, world.conversation.uuid),
    "get_replica_knowledge_base": lambda world: world.sensay.knowledge_base.get(world.replica, world.entry),
    "get_user": lambda world: world.sensay.users.get("alice"),
    "get_user_me": lambda world: world.sensay.users.me(),
    "get_user_me_usage": lambda world: world.sensay.users.usage(),
    "list_knowledge_base_file_types": lambda world: world.sensay.knowledge_base.file_types(),
    "list_replica_analytics_conversation_sources": lambda world: world.sensay.analytics.conversations_by_source(
        world.replica
    ),
    "list_replica_chat_conversation_messages": lambda world: list(
        world.sensay.conversations.messages(world.replica, world.conversation)
    ),
    "list_replica_chat_conversations": lambda world: list(world.sensay.conversations.list(world.replica, world.chat)),
    "list_replica_chat_messages": lambda world: list(world.sensay.chats.messages(world.replica, world.chat)),
    "list_replica_chats": lambda world: list(world.sensay.chats.list(world.replica)),
    "list_replica_conversation_mentions": lambda world: list(
        world.sensay.conversations.mentions(world.replica, world.conversation)
    ),
    "list_replica_conversation_messages": lambda world: list(
        world.sensay.conversations.messages(world.replica, world.conversation.uuid)
    ),
    "list_replica_conversations": lambda world: list(world.sensay.conversations.list(world.replica)),
    "list_replica_knowledge_base": lambda world: list(world.sensay.knowledge_base.list(world.replica)),
    "list_replicas": lambda world: list(world.sensay.replicas.list()),
    "redeem_api_key_invite": lambda world: world.sensay.api_keys.redeem_invite(
        INVITE, organization_name="Example Inc.", name="Bob", email="bob@example.com"
    ),
    "update_replica": lambda world: world.sensay.replicas.update(world.replica, name="Another name"),
    "update_replica_conversation": lambda world: world.sensay.conversations.update(
        world.replica, world.conversation, summary="Greetings"
    ),
    "update_replica_knowledge_base": lambda world: world.sensay.knowledge_base.update(
        world.replica, world.entry, title="Hours"
    ),
    "update_user_me": lambda world: world.sensay.users.update_me(name="Alice"),
}


def test_every_operation_has_a_method() -> None:
    assert USES.keys() == METHODS.keys() == OPERATIONS


def test_the_method_in_use_is_the_first_one_of_the_table() -> None:
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("operation", sorted(USES))
def test_the_method_asks_for_the_operation_and_takes_the_answer(sandbox: Sandbox, operation: str) -> None:
    secret = f"secret-for-{operation}"
    sandbox.add_organization(secret)
    if operation == "redeem_api_key_invite":
        sandbox.add_invite(INVITE)
    with Sensay(secret, base_url=sandbox.base_url) as client:
        world = World(sandbox, client)
        USES[operation](world)
        request = sandbox.requests[-1]

        assert (request.operation, (request.status or 0) // 100) == (operation, 2)
        # The sandbox also sends fields that the service was seen to send beyond its document.
        assert {drift.kind for drift in client.drift} <= {"field"}
