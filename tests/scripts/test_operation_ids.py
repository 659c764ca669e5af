"""Names of operations, from method and path alone."""

import keyword
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts._operation_ids import LONGEST, Operation, is_parameter, operation_ids, segments, singular, snake

WORDS = {
    "replicaUUID": "replica_uuid",
    "knowledge-base": "knowledge_base",
    "HTTPServer": "http_server",
    "already_snake": "already_snake",
    "getID2": "get_id2",
    "名": "",
}
SINGULARS = {
    "replicas": "replica",
    "entries": "entry",
    "ties": "tie",
    "boxes": "box",
    "classes": "class",
    "branches": "branch",
    "statuses": "status",
    "time_series": "time_series",
    "status": "status",
    "analysis": "analysis",
    "analytics": "analytics",
    "address": "address",
    "file_types": "file_type",
    "me": "me",
}
IDS = {
    ("get", "/v1/replicas"): "list_replicas",
    ("post", "/v1/replicas"): "create_replica",
    ("get", "/v1/replicas/{replicaUUID}"): "get_replica",
    ("put", "/v1/replicas/{replicaUUID}"): "update_replica",
    ("delete", "/v1/replicas/{replicaUUID}"): "delete_replica",
    ("patch", "/v1/replicas/{replicaUUID}/chats/{id}"): "update_replica_chat",
    ("get", "/v1/replicas/{replicaUUID}/chat/history"): "get_replica_chat_history",
    ("post", "/v1/replicas/{replicaUUID}/chat/completions"): "create_replica_chat_completion",
    ("post", "/v1/invites/{code}/redeem"): "redeem_invite",
    ("post", "/v1/invites/{code}/2fa"): "create_invite_2fa",
    ("get", "/v1/users/me"): "get_user_me",
    ("get", "/v1/catalogue"): "list_catalogue",
    ("get", "/v1/catalogue/{part}"): "get_catalogue",
    ("post", "/v1/jobs/{id}:cancel"): "cancel_job",
    ("get", "/v1/files/{name}.json"): "get_file_json",
    ("get", "/"): "get",
    ("post", "/"): "create",
    ("options", "/v1/replicas"): "options_replica",
}


@pytest.mark.parametrize(("word", "name"), WORDS.items())
def test_every_spelling_becomes_snake_case(word: str, name: str) -> None:
    assert snake(word) == name


@pytest.mark.parametrize(("many", "one"), SINGULARS.items())
def test_the_last_word_of_a_phrase_is_put_in_the_singular(many: str, one: str) -> None:
    assert singular(many) == one


def test_operations_are_named_for_what_they_do() -> None:
    assert operation_ids(IDS) == IDS


TWINS = {
    "the older version has the name": (
        [("get", "/v2/things"), ("get", "/v1/things"), ("get", "/v10/things")],
        ["list_things_v2", "list_things", "list_things_v10"],
    ),
    "two ways to change one thing": (
        [("patch", "/things/{id}"), ("put", "/things/{id}")],
        ["patch_thing", "update_thing"],
    ),
    "what identifies a thing": (
        [("get", "/things/{id}"), ("get", "/thing/{name}")],
        ["get_thing_by_id", "get_thing"],
    ),
}


@pytest.mark.parametrize(("operations", "names"), TWINS.values(), ids=TWINS)
def test_operations_that_would_share_a_name_are_told_apart(operations: list[Operation], names: list[str]) -> None:
    found = operation_ids(operations)

    assert [found[operation] for operation in operations] == names


def test_a_word_that_a_parameter_follows_elsewhere_is_no_collection_here() -> None:
    usage = ("get", "/v1/users/me/usage")

    assert operation_ids([usage, ("get", "/v1/reports/usage/{month}")])[usage] == "get_user_me_usage"


METHODS = st.sampled_from(["get", "post", "put", "patch", "delete"])
SEGMENTS = st.sampled_from(
    ["v1", "v2", "things", "thing", "a-b", "a_b", "A", "a", "{id}", "{name}", "{id}:run", "x" * 70, "名"]
)
PATHS = st.lists(SEGMENTS, max_size=6).map(lambda parts: "/" + "/".join(parts))
OPERATIONS = st.lists(st.tuples(METHODS, PATHS), unique=True, max_size=8)


@given(OPERATIONS)
def test_every_operation_has_a_name_of_its_own_that_python_takes(operations: list[Operation]) -> None:
    names = operation_ids(operations)

    assert names.keys() == set(operations)
    assert len(set(names.values())) == len(names)
    for name in names.values():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert len(name) <= LONGEST
        assert not keyword.iskeyword(name)


@given(OPERATIONS, METHODS, st.lists(st.sampled_from(["orders", "{order}", "refund"]), min_size=1))
def test_an_unrelated_path_renames_nothing(operations: list[Operation], method: str, parts: list[str]) -> None:
    added = (method, "/v1/shops/" + "/".join(parts))
    before = operation_ids(operations)

    after = operation_ids([*operations, added])

    assert {operation: after[operation] for operation in operations} == before


@given(OPERATIONS, st.randoms())
def test_the_order_of_the_document_decides_no_name(operations: list[Operation], chance: Random) -> None:
    other = list(operations)
    chance.shuffle(other)

    assert operation_ids(other) == operation_ids(operations)


def test_a_path_is_split_at_its_parameters() -> None:
    assert segments("/v1/files/{name}.json/{id}:run/-/parts") == ["files", "{name}", ".json", "{id}", ":run", "parts"]
    assert [is_parameter(part) for part in ("{id}", "id", ":run")] == [True, False, False]
