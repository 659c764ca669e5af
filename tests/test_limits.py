"""The documented limits: each one bites at its edge, and the table says what the API's document says."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._errors import InvalidArgumentError, SensayError
from sensay_ext._limits import LIMITS, check_request, check_text, check_url, is_within

DOCUMENT = json.loads((Path(__file__).parents[1] / "openapi" / "client.json").read_text())
BOUNDS = ("minLength", "maxLength", "minimum", "maximum", "pattern")


def followed(node: dict[str, Any]) -> dict[str, Any]:
    """The node that a reference points to."""
    while "$ref" in node:
        node = DOCUMENT["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    return node


def bounded(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place in a schema that has a bound, with its bounds."""
    schema = followed(schema)
    bounds = {name: schema[name] for name in BOUNDS if name in schema}
    if bounds:
        yield path, bounds
    for name, member in schema.get("properties", {}).items():
        yield from bounded(member, f"{path}.{name}" if path else name)
    if "items" in schema:
        yield from bounded(schema["items"], f"{path}[]")


def documented() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Operation, `params` or `json`, field and bounds of everything that the document bounds in a request."""
    for path in DOCUMENT["paths"].values():
        for operation in path.values():
            name = operation["operationId"]
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    yield from ((name, "params", *found) for found in bounded(parameter["schema"], parameter["name"]))
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield from ((name, "json", *found) for found in bounded(content["schema"]))


DOCUMENTED = list(documented())


def placed(field: str, value: Any) -> dict[str, Any]:
    """A body or a query that holds the value in the field's place."""
    head, _, rest = field.partition(".")
    inner = placed(rest, value) if rest else value
    name = head.removesuffix("[]")
    return {name: [inner] if name != head else inner}


def edges(bounds: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    """Values at the edges of the bounds, and whether they are inside."""
    if "minLength" in bounds:
        yield from (("x" * bounds["minLength"], True), ("x" * (bounds["minLength"] - 1), False))
    if "maxLength" in bounds:
        yield from (("x" * bounds["maxLength"], True), ("x" * (bounds["maxLength"] + 1), False))
    if "minimum" in bounds:
        yield from ((bounds["minimum"], True), (bounds["minimum"] - 1, False))
    if "maximum" in bounds:
        yield from ((bounds["maximum"], True), (bounds["maximum"] + 1, False))
    if bounds.get("pattern", "").startswith("http"):
        yield from (("https://example.com/a?b=c", True), ("example.com", False))
    elif "pattern" in bounds:
        yield from (("Ann O'Hara-Smith (jr.), 2/3", True), ("Ann <ann@example.com>", False))


@pytest.mark.parametrize(("operation", "place", "field", "bounds"), DOCUMENTED, ids=lambda value: str(value)[:60])
def test_every_documented_bound_is_checked_at_its_edge(
    operation: str, place: str, field: str, bounds: dict[str, Any]
) -> None:
    for value, fits in edges(bounds):
        request = {place: placed(field, value)}
        if fits:
            check_request(operation, **request)
        else:
            with pytest.raises(InvalidArgumentError):
                check_request(operation, **request)


def test_the_table_has_no_field_that_the_document_does_not_bound() -> None:
    ours = {(operation, field) for operation, fields in LIMITS.items() for field in fields}

    assert ours == {(operation, field) for operation, _, field, _ in DOCUMENTED}


def test_the_error_names_the_field_as_python_spells_it_and_the_limit() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_request("create_replica", json={"name": "ok", "shortDescription": "x" * 74})

    error = caught.value
    assert str(error) == "short_description has 74 characters; the API takes at most 50 characters"
    assert (error.field, error.limit) == ("short_description", "at most 50 characters")
    assert isinstance(error, SensayError)
    assert isinstance(error, ValueError)
    assert pickle.loads(pickle.dumps(error)).limit == error.limit  # noqa: S301 - our own bytes


def test_nested_and_listed_fields_are_named_by_their_place() -> None:
    with pytest.raises(InvalidArgumentError, match=r"^llm\.system_message has 30001 characters"):
        check_request("create_replica", json={"llm": {"systemMessage": "x" * 30_001}})
    with pytest.raises(InvalidArgumentError) as caught:
        check_request(
            "create_experimental_replica_chat_completion", json={"messages": [{"content": "x"}, {"content": ""}]}
        )
    assert caught.value.field == "messages[].content"


@given(
    st.sampled_from([*LIMITS, "an_operation_of_tomorrow"]),
    st.dictionaries(
        st.sampled_from(["messages", "llm", "telegram_data", "unheard_of"]),
        st.one_of(st.none(), st.integers(), st.just("text"), st.lists(st.none())),
    ),
)
def test_what_has_no_limit_or_another_shape_passes(operation: str, body: dict[str, Any]) -> None:
    check_request(operation, json=body)
    check_request(operation, params={})


def test_the_value_itself_is_not_in_the_message() -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_url("ftp://user:hunter2@example.com")

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.co.uk/a/b?c=d#e",
        "https://127.0.0.1:8080/page.html",
        "HTTPS://EXAMPLE.COM./",
        "https://mail.google.com/",
        "https://münchen.example/",
    ],
)
def test_public_pages_pass(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "https://",
        "https://localhost/",
        "https://.com/",
        "https://a b.com/",
        "https://example.com/a b",
        "https://example..com",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_do_not(url: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^url is no"):
        check_url(url)


@pytest.mark.parametrize("host", ["www.google.com", "docs.google.com", "DOCS.Google.com:443"])
def test_hosts_that_the_api_does_not_take_are_refused(host: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"docs\.google\.com and www\.google\.com"):
        check_url(f"https://{host}/document")


def test_a_field_fits_where_nothing_is_documented_against_it() -> None:
    assert is_within("update_user_me", "name", "Zoe")
    assert not is_within("update_user_me", "name", "Zoë")
    assert not is_within("update_user_me", "name", "x" * 51)
    assert is_within("update_user_me", "email", "Zoë")
    assert is_within("delete_user_me", "name", "Zoë")


def test_an_empty_text_is_refused_and_a_short_one_is_not() -> None:
    check_text("We are open 9 to 5.")
    with pytest.raises(InvalidArgumentError, match="text has 0 characters; the API takes at least 1 character"):
        check_text("")
