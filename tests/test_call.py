"""What is sent, and what is refused before sending."""

import json
import math
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client.api.replicas import get_replica
from generated_client.api.users import get_user
from sensay_ext._call import Call, Series, check_path, prepare
from sensay_ext._config import Config
from sensay_ext._errors import ConfigurationError
from sensay_ext._identity import Identity
from sensay_ext._requests import RawRequest
from sensay_ext._secret import Secret
from sensay_ext._timeout import Timeout
from tests.requests_to_send import COMPLETE, CREATE_USER, GET, LIST, PATCH, REPLICA_UUID, SECRET

if TYPE_CHECKING:
    from sensay_ext._options import CallOptions

ADMIN = Config(identity=Identity(secret=Secret(SECRET)))
ALICE = Config(identity=ADMIN.identity.as_user("alice"))


def call(request: Any = GET, config: Config = ADMIN, **options: Any) -> Call:
    given: CallOptions = options  # type: ignore[assignment] # some tests give what no type checker would let pass
    return prepare(config, request, given)


def test_a_call_says_what_is_asked() -> None:
    made = call(LIST)

    assert (made.method, made.path, made.url) == ("GET", "/v1/replicas", "https://api.sensay.io/v1/replicas")
    assert made.params == {"page_size": 2, "search": "a b&c", "tags": ["Education", "Science"]}
    assert made.content is None


def test_a_get_says_its_content_type_as_well() -> None:
    assert call().headers["Content-Type"] == "application/json"


def test_the_headers_of_an_attempt_are_complete() -> None:
    headers = call(config=ALICE, max_retries=4).attempt_headers(2, 5)
    agent, request_id = headers.pop("User-Agent"), headers.pop("X-Client-Request-Id")

    assert agent.startswith("sensay-ext/")
    assert UUID(request_id).version == 4
    assert headers == {
        "X-ORGANIZATION-SECRET": SECRET,
        "X-USER-ID": "alice",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "Content-Type": "application/json",
        "X-API-Version": "2025-03-25",
        "X-Client-Attempt": "attempt=2; max=5",
    }


def test_attempts_differ_in_their_number_only() -> None:
    made = call()
    first, second = made.attempt_headers(1, 3), made.attempt_headers(2, 3)

    assert {name for name in first if first[name] != second[name]} == {"X-Client-Attempt"}


def test_two_calls_have_two_ids() -> None:
    assert call().client_request_id != call().client_request_id


@pytest.mark.parametrize(
    ("request_to_send", "options", "expected"),
    [
        (GET, {}, True),
        (RawRequest(method="HEAD", path="/v1/x"), {}, True),
        (RawRequest(method="PUT", path="/v1/x"), {}, True),
        (RawRequest(method="DELETE", path="/v1/x"), {}, True),
        (COMPLETE, {}, False),
        (PATCH, {}, False),
        (COMPLETE, {"retry_unsafe": True}, True),
        (PATCH, {"retry_unsafe": True}, True),
        (COMPLETE, {"retry_unsafe": False}, False),
    ],
)
def test_what_may_be_repeated_depends_on_the_method_or_the_caller(
    request_to_send: Any,
    options: dict[str, Any],
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert call(request_to_send, **options).repeatable is expected


@pytest.mark.parametrize(
    ("own", "retry_unsafe", "expected"), [(True, False, True), (False, False, False), (False, True, True)]
)
def test_a_method_can_know_better_than_its_verb(own: bool, retry_unsafe: bool, expected: bool) -> None:  # noqa: FBT001 - parameters of the test
    assert prepare(ADMIN, GET, {"retry_unsafe": retry_unsafe}, repeatable=own).repeatable is expected


def test_limits_come_from_the_client_unless_the_call_has_its_own() -> None:
    assert (call().timeout, call().max_retries) == (ADMIN.timeout, 2)
    assert call(timeout=3.0, max_retries=0).timeout == Timeout(connect=3.0, read=3.0, write=3.0, pool=3.0)
    assert call(timeout=3.0, max_retries=0).max_retries == 0
    assert call(timeout=None).timeout.total is None


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(TypeError, match="unexpected option: retries, tiemout"):
        call(tiemout=1, retries=2)


def test_a_negative_number_of_retries_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        call(max_retries=-1)


@pytest.mark.parametrize("method", ["", "GE T", "GET\r\n", "GÉT", "\ud800"])
def test_a_method_that_cannot_be_sent_is_refused(method: str) -> None:
    with pytest.raises(ConfigurationError, match="no HTTP method may have"):
        call(RawRequest(method=method, path="/v1/x"))


class TestIdentity:
    def test_a_call_can_be_for_another_user(self) -> None:
        assert call(config=ALICE, user="42", user_id_type="telegram").identity.headers() == {
            "X-ORGANIZATION-SECRET": SECRET,
            "X-USER-ID": "42",
            "X-USER-ID-TYPE": "telegram",
        }

    def test_none_keeps_the_user(self) -> None:
        assert call(config=ALICE, user=None).identity == ALICE.identity

    def test_an_empty_user_is_refused(self) -> None:
        with pytest.raises(ConfigurationError, match="the user id must be"):
            call(config=ALICE, user="")

    def test_a_type_without_a_user_is_refused(self) -> None:
        with pytest.raises(ConfigurationError, match="user_id_type is given without user"):
            call(config=ALICE, user_id_type="telegram")

    def test_an_open_operation_is_told_nothing(self) -> None:
        class Open(RawRequest):
            secured = False

        assert call(Open(method="POST", path="/v1/x"), config=ALICE).identity == Identity()
        assert prepare(ALICE, GET, {}, authenticated=False).identity == Identity()

    def test_a_client_without_a_secret_can_only_ask_open_operations(self) -> None:
        assert prepare(Config(), GET, {}, authenticated=False).identity == Identity()
        with pytest.raises(ConfigurationError, match="needs the organization's secret"):
            call(config=Config())


class TestHeaders:
    def test_further_headers_are_sent_and_win(self) -> None:
        given = {
            "x-api-version": "2026-01-01",
            "X-Vercel-Protection-Bypass": "abc",
            "ACCEPT": "text/plain",
            "X-Client-Attempt": "mine",
        }
        before = dict(given)
        headers = call(extra_headers=given).attempt_headers(1, 3)

        assert given == before
        assert headers["x-api-version"] == "2026-01-01"
        assert headers["x-vercel-protection-bypass"] == "abc"
        assert (headers["accept"], headers["x-client-attempt"]) == ("text/plain", "mine")
        assert not {"X-API-Version", "Accept", "X-Client-Attempt"} & headers.keys()

    def test_a_series_has_one_id_unless_it_is_given(self) -> None:
        series = Series()
        first, second = (prepare(ADMIN, GET, {}, series=series) for _ in range(2))
        given = prepare(ADMIN, GET, {"extra_headers": {"X-Client-Request-Id": "mine"}}, series=series)

        assert first.headers["X-Client-Request-Id"] == second.headers["X-Client-Request-Id"] == first.client_request_id
        assert given.headers["X-Client-Request-Id"] == series.client_request_id == "mine"
        assert (series.method, series.path) == ("GET", GET.path)

    def test_the_id_of_the_call_can_be_given(self) -> None:
        made = call(extra_headers={"x-client-request-id": "mine"})

        assert made.client_request_id == "mine"
        assert made.headers["X-Client-Request-Id"] == "mine"

    @pytest.mark.parametrize(
        "name",
        [
            "X-ORGANIZATION-SECRET",
            "x-organization-secret",
            "X-User-Id",
            "x-user-id-type",
            "Cookie",
            "Host",
            "Content-Length",
            "Transfer-Encoding",
            "Connection",
        ],
    )
    def test_what_says_who_is_asking_or_where_a_request_ends_cannot_be_set(self, name: str) -> None:
        with pytest.raises(ConfigurationError, match="cannot be set here"):
            call(extra_headers={name: "x"})

    @pytest.mark.parametrize("value", ["", "a\r\nX-Evil: 1", "é", " a", None, 5])
    def test_a_value_that_cannot_be_sent_is_refused(self, value: Any) -> None:
        with pytest.raises(ConfigurationError, match="extra_headers: X-Extra"):
            call(extra_headers={"X-Extra": value})

    @pytest.mark.parametrize("name", ["", "a b", "a:b", "é", "a\n"])
    def test_a_name_that_cannot_be_sent_is_refused(self, name: str) -> None:
        with pytest.raises(ConfigurationError, match="a name holds characters"):
            call(extra_headers={name: "x"})


class TestQueryAndBody:
    def test_further_parameters_win_and_none_is_left_out(self) -> None:
        assert call(LIST, extra_query={"page_size": 5, "search": None, "new": "x", "tags": None}).params == {
            "page_size": 5,
            "new": "x",
        }

    def test_a_body_is_written_as_short_json(self) -> None:
        assert call(CREATE_USER).content == b'{"id":"test_user_id"}'

    def test_further_fields_win(self) -> None:
        content = call(CREATE_USER, extra_body={"id": "other", "new": [1]}).content

        assert json.loads(content or b"") == {"id": "other", "new": [1]}

    def test_further_fields_can_make_a_body(self) -> None:
        assert call(RawRequest(method="POST", path="/v1/x"), extra_body={"a": 1}).content == b'{"a":1}'

    def test_fields_cannot_be_added_to_a_list(self) -> None:
        with pytest.raises(ConfigurationError, match="not an object"):
            call(RawRequest(method="POST", path="/v1/x", json=[1]), extra_body={"a": 1})

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_any_text_survives(self, text: str) -> None:
        content = call(RawRequest(method="POST", path="/v1/x", json={"text": text})).content

        assert json.loads(content or b"") == {"text": text}

    @pytest.mark.parametrize("value", [math.nan, math.inf, {"zq-SENTINEL"}, b"zq-SENTINEL", "\ud800zq-SENTINEL"])
    def test_what_is_no_json_is_refused_without_being_shown(self, value: Any) -> None:
        with pytest.raises(ConfigurationError, match="cannot be written as JSON") as caught:
            call(RawRequest(method="POST", path="/v1/x", json={"value": value}))

        assert "SENTINEL" not in str(caught.value)
        assert caught.value.__context__ is None

    def test_a_circle_is_refused(self) -> None:
        circle: list[Any] = []
        circle.append(circle)
        with pytest.raises(ConfigurationError, match="ValueError"):
            call(RawRequest(method="POST", path="/v1/x", json=circle))


class TestPath:
    @pytest.mark.parametrize(
        "value", ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%00", "%0a", "%1F", "%7f", "a b", "a\n", "\x7f"]
    )
    def test_a_value_that_would_lead_elsewhere_is_refused(self, value: str) -> None:
        with pytest.raises(ConfigurationError, match="must not be empty, a dot, or hold control characters"):
            check_path("/v1/replicas/{replica_uuid}", f"/v1/replicas/{value}")

    @pytest.mark.parametrize(
        "url", ["/v1/replicas/a/b", "/v1/replicas", "v1/replicas/a", "/v1/replicas/a?b", "/v1/a/#", "/v1/a/\\", ""]
    )
    def test_a_value_that_changes_the_shape_of_the_path_is_refused(self, url: str) -> None:
        with pytest.raises(ConfigurationError, match="a character that may not stand there"):
            check_path("/v1/replicas/{replica_uuid}", url)

    @pytest.mark.parametrize("value", ["a", "%2F", "%3F", "%23", "%25", "a%20b", "...", "a.b", "é"])
    def test_a_quoted_value_passes(self, value: str) -> None:
        assert check_path("/v1/users/{user_id}", f"/v1/users/{value}") is None  # type: ignore[func-returns-value]

    @pytest.mark.parametrize("value", ["a/b", "a?b", "a#b", "a%b", "ü", "a b"])
    def test_what_the_generated_client_quotes_passes(self, value: str) -> None:
        made = call(get_user.build_request(value))

        assert made.url.startswith("https://api.sensay.io/v1/users/")
        assert made.path == "/v1/users/{user_id}"

    def test_another_host_cannot_be_asked(self) -> None:
        with pytest.raises(ConfigurationError):
            call(RawRequest(method="GET", path="https://evil.example/"))
        with pytest.raises(ConfigurationError):
            call(RawRequest(method="GET", path="//evil.example/v1"))
        with pytest.raises(ConfigurationError):
            call(RawRequest(method="GET", path="@evil.example/v1"))


def test_a_call_shows_neither_secret_nor_values() -> None:
    made = call(get_replica.build_request(REPLICA_UUID), config=ALICE, extra_headers={"x-extra": "zq-SENTINEL-7f3a"})

    assert "SENTINEL" not in repr(made)
    assert str(REPLICA_UUID) not in repr(made)
