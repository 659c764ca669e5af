"""What the methods of the resources take, held against the operations behind them and against each other."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import generated_client.api
from generated_client import models
from sensay_ext import AsyncSensay, CallOptions, Sensay, params
from tests.resource_methods import arguments, keywords, methods

METHODS = methods(AsyncSensay)
SYNC_METHODS = methods(Sensay)

BUILDERS: dict[str, Callable[..., Any]] = {
    module.name.rpartition(".")[2]: importlib.import_module(module.name).build_request
    for module in pkgutil.walk_packages(generated_client.api.__path__, "generated_client.api.")
    if not module.ispkg
}

#: What an operation calls otherwise than its method.
RENAMED = {
    "replica_uuid": "replica",
    "chat_uuid": "chat",
    "conversation_uuid": "conversation",
    "knowledge_base_id": "entry",
    "user_id": "id",
    "type_": "type",
    "limit": "page_size",
    "before_uuid": "before",
    "after_uuid": "after",
}

#: What is the pager's own business, and what an older version of the API called the page.
PAGING = {"max_items", "prefetch"}
WITHOUT = {"page_index"}

#: The operation of each method; then what the method takes for itself.
CASES: list[tuple[str, str, set[str]]] = [
    ("analytics.conversations_by_source", "list_replica_analytics_conversation_sources", set()),
    ("analytics.conversations_over_time", "get_replica_analytics_conversation_historical", set()),
    ("api_keys.redeem_invite", "redeem_api_key_invite", set()),
    ("chat.add_to_history", "create_replica_chat_history", set()),
    ("chat.complete", "create_replica_chat_completion", set()),
    ("chat.history", "get_replica_chat_history", {"channel"}),
    ("chat.stream", "create_replica_chat_completion", {"idle_timeout"}),
    ("chats.get", "get_replica_chat", set()),
    ("chats.list", "list_replica_chats", PAGING),
    ("chats.messages", "list_replica_chat_messages", PAGING),
    ("conversations.get", "get_replica_chat_conversation", set()),
    ("conversations.list", "list_replica_chat_conversations", PAGING),
    ("conversations.mentions", "list_replica_conversation_mentions", PAGING),
    ("conversations.messages", "list_replica_chat_conversation_messages", PAGING),
    ("conversations.update", "update_replica_conversation", set()),
    ("experimental.chat_completions", "create_experimental_replica_chat_completion", set()),
    ("integrations.discord.history", "get_replica_chat_history_discord", set()),
    ("integrations.telegram.add_to_history", "create_replica_chat_history_telegram", set()),
    ("integrations.telegram.complete", "create_replica_chat_completion_telegram", set()),
    ("integrations.telegram.connect", "create_replica_integration_telegram", set()),
    ("integrations.telegram.disconnect", "delete_replica_integration_telegram", set()),
    ("integrations.telegram.history", "get_replica_chat_history_telegram", set()),
    ("knowledge_base.delete", "delete_replica_knowledge_base", set()),
    ("knowledge_base.file_types", "list_knowledge_base_file_types", set()),
    ("knowledge_base.get", "get_replica_knowledge_base", set()),
    ("knowledge_base.list", "list_replica_knowledge_base", PAGING),
    ("knowledge_base.update", "update_replica_knowledge_base", set()),
    ("replicas.create", "create_replica", set()),
    ("replicas.delete", "delete_replica", set()),
    ("replicas.ensure", "create_replica", set()),
    ("replicas.get", "get_replica", set()),
    ("replicas.list", "list_replicas", PAGING),
    ("replicas.update", "update_replica", set()),
    ("users.create", "create_user", set()),
    ("users.delete_me", "delete_user_me", set()),
    ("users.ensure", "create_user", set()),
    ("users.get", "get_user", set()),
    ("users.me", "get_user_me", set()),
    ("users.update_me", "update_user_me", set()),
    ("users.usage", "get_user_me_usage", set()),
]


def taken_by(operation: str) -> set[str]:
    """The parameters and the fields of the body of an operation, as a method would call them."""
    parameters = dict(inspect.signature(BUILDERS[operation]).parameters)
    body = parameters.pop("body", None)
    names = set(parameters)
    if body is not None:
        names |= fields_of(body.annotation.removesuffix(" | None"))
    return {RENAMED.get(name, name) for name in names - WITHOUT}


def fields_of(model: str) -> set[str]:
    return {attribute.name for attribute in attrs.fields(getattr(models, model)) if attribute.init}


@pytest.mark.parametrize(("method", "operation", "own"), CASES, ids=[case[0] for case in CASES])
def test_a_method_takes_what_its_operation_takes(method: str, operation: str, own: set[str]) -> None:
    assert arguments(METHODS[method]) - own == taken_by(operation)


def test_sources_take_what_makes_an_entry() -> None:
    knowledge_base = [METHODS[f"knowledge_base.{name}"] for name in ("add_text", "add_url")]
    taken = {name for method in knowledge_base for name in arguments(method)}

    # A file's name comes from the file.
    assert taken | {"filename"} == taken_by("create_replica_knowledge_base")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_takes_options_of_the_call(method: str) -> None:
    assert CallOptions.__annotations__.keys() <= keywords(METHODS[method]).keys()


@pytest.mark.parametrize("method", METHODS)
def test_what_may_be_left_out_is_given_by_name(method: str) -> None:
    by_place = {
        name
        for name, parameter in inspect.signature(METHODS[method]).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is not parameter.empty
    }

    assert by_place <= {"users.create": {"id"}, "chat.history": {"channel"}, "conversations.list": {"chat"}}.get(
        method, set()
    )


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_takes_returns_and_raises(method: str) -> None:
    described = inspect.getdoc(METHODS[method]) or ""
    returns = inspect.signature(METHODS[method]).return_annotation

    assert "Args:" in described
    assert "Raises:" in described
    assert ("Returns:" in described) == (returns != "None")


@pytest.mark.parametrize("method", METHODS)
def test_no_method_speaks_of_the_library_underneath(method: str) -> None:
    assert "httpx" not in str(inspect.signature(METHODS[method]))


def test_both_clients_have_the_same_methods() -> None:
    def shape(method: Callable[..., Any]) -> str:
        return str(inspect.signature(method)).replace("Async", "")

    assert {name: shape(method) for name, method in METHODS.items()} == {
        name: shape(method) for name, method in SYNC_METHODS.items()
    }


@pytest.mark.parametrize("name", METHODS)
def test_both_clients_say_the_same(name: str) -> None:
    ours, derived = (inspect.getdoc(found[name]) or "" for found in (METHODS, SYNC_METHODS))

    assert ours.replace("Async", "").replace("async ", "").replace("await ", "") == derived


MAPPINGS: list[tuple[Any, str]] = [
    (params.ChatMessageParams, "ChatCompletionMessage"),
    (params.DiscordDataParams, "DiscordData"),
    (params.EntryErrorParams, "UpdateKnowledgeBaseEntryError"),
    (params.EntryFileParams, "UpdateKnowledgeBaseEntryFile"),
    (params.EntryWebsiteParams, "UpdateKnowledgeBaseEntryWebsite"),
    (params.EntryYoutubeParams, "UpdateKnowledgeBaseEntryYoutube"),
    (params.LLMParams, "ReplicaLlm"),
    (params.LLMParams, "UpdateReplicaLlm"),
    (params.LinkedAccountParams, "LinkedAccount"),
    (params.RawTextChunkParams, "RawTextChunk"),
    (params.TelegramDataParams, "TelegramData"),
]


def needed_by(model: str) -> set[str]:
    return {
        attribute.name
        for attribute in attrs.fields(getattr(models, model))
        if attribute.init and attribute.default is attrs.NOTHING
    }


@pytest.mark.parametrize(("mapping", "model"), MAPPINGS)
def test_a_mapping_has_what_its_model_has(mapping: Any, model: str) -> None:
    assert mapping.__annotations__.keys() == fields_of(model)
    assert mapping.__required_keys__ == needed_by(model)


def test_a_replica_needs_what_the_api_needs() -> None:
    assert params.ReplicaParams.__required_keys__ == needed_by("CreateReplicaRequest")
    assert params.ReplicaChanges.__required_keys__ == frozenset()
