"""Which operations of two documents are the same one."""

from scripts.changes import compare
from tests.scripts.changes._documents import Json, document, empty, only, plus, request, told


def _get(path: str, **facts: object) -> Json:
    return document(dict(facts), path=path, method="get")


def test_a_renamed_path_parameter_is_told_with_both_names_and_the_new_path() -> None:
    change = only(compare(_get("/v1/a/{aUuid}/b/{id}"), _get("/v1/a/{aUUID}/b/{id}")))
    assert (change.kind, change.path) == ("path-parameter-renamed", "/v1/a/{aUUID}/b/{id}")
    assert (change.before, change.after) == ("aUuid", "aUUID")


def test_what_changed_of_an_operation_is_found_under_a_renamed_path_parameter() -> None:
    new = _get("/v1/a/{new}", parameters=[{"name": "q", "in": "query", "schema": {}}])
    assert told(compare(_get("/v1/a/{old}"), new)) == [
        "path-parameter-renamed info S",
        "request-parameter-optional-added info",
    ]


def test_a_path_parameter_is_compared_with_the_one_in_its_place() -> None:
    old, new = (
        _get(f"/v1/a/{{{name}}}", parameters=[{"name": name, "in": "path", "required": True, "schema": {"type": kind}}])
        for name, kind in (("old", "integer"), ("new", "boolean"))
    )
    assert told(compare(old, new)) == ["request-parameter-type-changed breaking S", "path-parameter-renamed info S"]


def test_another_literal_path_is_another_operation() -> None:
    found = told(compare(_get("/v1/training"), _get("/v1/chats")))
    assert found == ["path-removed breaking S", "operation-added info"]


def test_a_path_parameter_mistyped_with_a_colon_is_one_and_only_the_generated_name_follows() -> None:
    change = only(compare(document(path="/v1/things/:thing"), document(path="/v1/things/{thing}")))
    assert (change.kind, change.before, change.after) == ("client-name-changed", "create_thing_thing", "create_thing")


def test_paths_of_one_shape_within_a_document_are_told_apart_by_their_names() -> None:
    both = plus(_get("/v1/a/{x}"), _get("/v1/a/{y}"))
    assert told(compare(_get("/v1/a/{x}"), both)) == ["operation-added info"]
    assert "operation-removed breaking S" in told(compare(both, _get("/v1/a/{y}")))


def test_operations_are_named_as_the_client_calls_them_and_as_it_called_them_before_they_went() -> None:
    old = plus(_get("/v1/users/me"), document(path="/v1/things", method="post"))
    new = plus(_get("/v1/users/me", tags=["A"]), _get("/v1/chats"))
    names = {(change.kind, change.operation_id) for change in compare(old, new) if change.path}
    assert names == {
        ("tag-added", "get_user_me"),
        ("path-removed", "create_thing"),
        ("operation-added", "list_chats"),
    }


def test_methods_that_serve_an_operation_are_named() -> None:
    old, new = request({"type": "string"}), request({"type": "boolean"})
    change = only(compare(old, new, methods={"create_thing": ["things.create", "things.ensure"]}))
    assert change.affects == ("things.create", "things.ensure")


def test_a_changed_way_to_authenticate_names_the_methods_of_its_operations() -> None:
    schemes = [{"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": name}}} for name in ("A", "B")]
    secured: Json = {"security": [{"key": []}]}
    old, new = (plus(document(secured, components=one), _get("/v1/users/me")) for one in schemes)
    change = only(compare(old, new, methods={"create_thing": ["things.create"], "get_user_me": ["users.me"]}))
    assert (change.kind, change.affects) == ("security-scheme-changed", ("things.create",))


def test_that_the_version_stayed_is_told_where_something_broke() -> None:
    kinds = [change.kind for change in compare(plus(empty(), document()), empty())]
    assert kinds == ["path-removed", "version-not-changed"]
    assert "version-not-changed" not in [change.kind for change in compare(empty(), plus(empty(), document()))]


def test_a_version_that_moved_excuses_nothing() -> None:
    moved = empty(info={"title": "Things", "version": "2"})
    assert told(compare(plus(empty(), document()), moved)) == ["path-removed breaking S", "version-changed info"]
