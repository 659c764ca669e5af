"""How replies are read."""

import json
import pickle
import traceback
from typing import Any

import pytest

from generated_client.models import CountByReplica, Replica
from sensay_ext._body import BodyError
from sensay_ext._call import Call, prepare
from sensay_ext._config import Config
from sensay_ext._errors import (
    APIStatusError,
    BadRequestError,
    NotFoundError,
    QuotaExceededError,
    ResponseParseError,
    SensayError,
    ServerError,
    UnexpectedRedirectError,
)
from sensay_ext._identity import Identity
from sensay_ext._replies import Reply, parse_reply, read_json, status_error, to_response
from sensay_ext._response import Response
from sensay_ext._secret import Secret
from tests.leaks import check_error
from tests.requests_to_send import ADD_TEXT, GET, REPLICA, SECRET, error_body

CALL = prepare(Config(identity=Identity(secret=Secret(SECRET))), GET, {})
NOW = 1_696_004_797.0


def reply(body: Any = b"", status_code: int = 200, **more: Any) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json; charset=utf-8"} | more.pop("headers", {})
    return Reply(status_code=status_code, headers=headers, content=content, **more)


def parse(received: Reply, call: Call = CALL) -> Any:
    return parse_reply(received, call, GET.parse)


def failure(received: Reply) -> APIStatusError:
    return status_error(received, CALL, now=NOW)


class TestJson:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b'{"a":1}', {"a": 1}),
            (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
            (b'{"a":1,"a":2}', {"a": 2}),
            (b'"\\ud800"', "\ud800"),
            ('"Zürich"'.encode(), "Zürich"),
            (b" null\n", None),
        ],
    )
    def test_what_is_odd_but_clear_is_read(self, content: bytes, expected: Any) -> None:
        assert expected == read_json(content)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "the body is empty"),
            (b" \n", "the body is empty"),
            (b"<html>", "the body is not JSON"),
            (b'{"a":', "the body is not JSON"),
            (b'{"a":1} x', "the body is not JSON"),
            (b'{"a":NaN}', "the body is not JSON"),
            (b"[Infinity]", "the body is not JSON"),
            (b"[-Infinity]", "the body is not JSON"),
            (b"1" * 5000, "the body is not JSON"),
            ('"Zürich"'.encode("latin-1"), "the body is not UTF-8"),
            (b"[" * 100_000 + b"]" * 100_000, "the body is nested too deeply"),
        ],
    )
    def test_what_is_no_json_is_refused_and_not_quoted(self, content: bytes, message: str) -> None:
        with pytest.raises(BodyError) as caught:
            read_json(content)

        assert str(caught.value) == message
        assert caught.value.__context__ is None


class TestSuccess:
    def test_a_body_becomes_what_was_asked_for(self) -> None:
        assert parse(reply(REPLICA)) == Replica.from_dict(REPLICA)

    def test_an_unknown_field_is_kept(self) -> None:
        assert parse(reply({**REPLICA, "new": 1})).additional_properties == {"new": 1}

    def test_an_unknown_value_of_an_enumeration_is_kept(self) -> None:
        assert parse(reply({**REPLICA, "type": "brand_new"})).type_ == "brand_new"

    @pytest.mark.parametrize(
        ("change", "field", "message"),
        [
            ({"slug": ...}, "slug", "the body does not fit: is missing"),
            ({"slug": None}, "slug", "expected a string, got null"),
            ({"slug": 5}, "slug", "expected a string, got a number"),
            ({"llm": {"model": ["zq-SENTINEL"]}}, "llm.model", "expected a string, got a list"),
            ({"uuid": "zq-SENTINEL"}, "uuid", "expected a UUID"),
        ],
    )
    def test_a_misfit_names_its_field_and_shows_no_value(
        self, change: dict[str, Any], field: str, message: str
    ) -> None:
        body = {name: value for name, value in {**REPLICA, **change}.items() if value is not ...}
        with pytest.raises(ResponseParseError) as caught:
            parse(reply(body, attempts=2, headers={"x-request-id": "r1"}))

        error = caught.value
        assert (error.field, error.status_code, error.attempts, error.request_id) == (field, 200, 2, "r1")
        assert (error.method, error.path, error.content_type) == ("GET", GET.path, "application/json")
        assert message in str(error)
        assert "SENTINEL" not in str(error)
        assert (error.__cause__, error.__context__) == (None, None)

    @pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"x"'])
    def test_another_kind_of_value_does_not_fit(self, body: bytes) -> None:
        with pytest.raises(ResponseParseError, match="expected an object"):
            parse(reply(body))

    @pytest.mark.parametrize("status_code", [201, 202, 204, 206])
    def test_a_success_that_is_not_documented_is_refused(self, status_code: int) -> None:
        with pytest.raises(ResponseParseError, match="the operation documents no such success") as caught:
            parse(reply(REPLICA, status_code))

        assert caught.value.status_code == status_code

    def test_a_misfit_under_a_name_that_is_the_secret_does_not_repeat_it(self) -> None:
        with pytest.raises(ResponseParseError) as caught:
            parse_reply(reply({SECRET: "x"}), CALL, lambda _, data: CountByReplica.from_dict(data))

        assert caught.value.field == "[redacted]"
        check_error(caught.value)

    def test_a_page_in_the_place_of_json_is_named_by_its_type(self) -> None:
        with pytest.raises(ResponseParseError, match="not JSON") as caught:
            parse(reply(b"<html>zq-SENTINEL</html>", headers={"content-type": "text/html"}))

        assert caught.value.content_type == "text/html"
        assert "SENTINEL" not in str(caught.value)

    def test_a_problem_found_while_reading_is_reported(self) -> None:
        with pytest.raises(ResponseParseError, match="the body is not valid gzip"):
            parse(reply(REPLICA, problem="the body is not valid gzip"))

    def test_whatever_a_parser_raises_is_a_misfit(self) -> None:
        def broken(_status_code: int, _data: Any) -> None:
            raise AttributeError("zq-SENTINEL")

        with pytest.raises(ResponseParseError, match="the body does not fit: AttributeError") as caught:
            parse_reply(reply(REPLICA), CALL, broken)

        assert "SENTINEL" not in "".join(traceback.format_exception(caught.value)).replace('AttributeError("zq-', "")

    def test_a_reply_without_a_body_can_be_asked_for(self) -> None:
        assert parse_reply(reply(b"", 204), CALL, lambda status, data: (status, data)) == (204, None)

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000])
    def test_a_body_that_does_not_matter_is_not_refused(self, body: bytes) -> None:
        assert parse_reply(reply(body), CALL, lambda status, data: (status, data), json_only=False) == (200, None)

    def test_a_success_that_says_it_failed_is_an_error(self) -> None:
        with pytest.raises(APIStatusError) as caught:
            parse(reply(error_body("not today")))

        assert type(caught.value) is APIStatusError
        assert (caught.value.status_code, caught.value.message) == (200, "not today")

    def test_several_results_may_fail_without_the_reply_being_an_error(self) -> None:
        body = {"success": False, "results": [{"enqueued": False, "type": "text", "error": "too short"}]}
        result = parse_reply(reply(body, 207), CALL, ADD_TEXT.parse)

        assert result.results[0].error == "too short"  # type: ignore[union-attr] # the reply is a refusal

    def test_a_response_knows_its_circumstances(self) -> None:
        received = reply({"a": 1}, 201, headers={"x-request-id": "r1"}, attempts=2, elapsed=1.5)

        assert to_response(received, CALL, "parsed") == Response(
            parsed="parsed",
            status_code=201,
            headers={"content-type": "application/json; charset=utf-8", "x-request-id": "r1"},
            content=b'{"a": 1}',
            request_id="r1",
            client_request_id=CALL.client_request_id,
            elapsed=1.5,
            attempts=2,
        )

    def test_the_text_of_a_response_is_never_refused(self) -> None:
        assert to_response(reply("Zürich".encode("latin-1")), CALL, None).text == "Z\ufffdrich"


class TestFailure:
    def test_an_error_knows_everything(self) -> None:
        error = failure(reply(error_body("No such replica", error_code="GONE"), 404, attempts=3, ambiguous=True))

        assert isinstance(error, NotFoundError)
        assert error.__dict__ == {
            "message": "No such replica",
            "status_code": 404,
            "method": "GET",
            "path": "/v1/replicas/{replica_uuid}",
            "error_code": "GONE",
            "request_id": "fra1::abc",
            "fingerprint": "f1",
            "retry_after": None,
            "attempts": 3,
            "ambiguous": True,
            "body": error_body("No such replica", error_code="GONE"),
        }

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({"success": False, "error": "first"}, "first"),
            ({"message": "second"}, "second"),
            ({"error": {"message": "third"}}, "third"),
            ({"error": "", "message": "fourth"}, "fourth"),
            ({"error": 5}, "Bad Request"),
            ({}, "Bad Request"),
            ([], "Bad Request"),
            (b"", "Bad Request"),
            (b"null", "Bad Request"),
            (b"<html>busy</html>", "Bad Request, '<html>busy</html>'"),
            (b"\xff\xfe", "Bad Request, '\ufffd\ufffd'"),
        ],
    )
    def test_the_class_is_right_whatever_the_body_says(self, body: Any, message: str) -> None:
        error = failure(reply(body, 400))

        assert (type(error), error.message) == (BadRequestError, message)

    def test_a_page_is_cut_short_in_the_message(self) -> None:
        error = failure(reply(b"<html>" + b"x" * 5000, 500))

        assert isinstance(error, ServerError)
        assert len(str(error)) < 400
        assert error.body == "<html>" + "x" * 5000

    def test_an_unheard_of_status_has_a_message(self) -> None:
        assert str(failure(reply(b"", 599))) == "599 GET /v1/replicas/{replica_uuid}: error"

    def test_a_quota_is_told_from_a_rate(self) -> None:
        error = failure(reply(error_body(error_code="CONVERSATION_QUOTA_EXCEEDED"), 429))

        assert isinstance(error, QuotaExceededError)

    @pytest.mark.parametrize(("status_code", "expected"), [(400, False), (429, False), (500, True), (504, True)])
    def test_after_a_server_error_nobody_knows(self, status_code: int, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
        assert failure(reply(b"", status_code)).ambiguous is expected

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({"retry-after": "3600"}, 3600),
            ({"retry-after": "Fri, 29 Sep 2023 16:26:57 GMT"}, 20),
            ({"retry-after": "garbage"}, None),
            ({}, None),
        ],
    )
    def test_a_bad_date_does_not_hide_the_error(self, headers: dict[str, str], expected: float | None) -> None:
        error = failure(reply(b"", 400, headers=headers))

        assert (type(error), error.retry_after) == (BadRequestError, expected)

    @pytest.mark.parametrize("name", ["x-request-id", "x-vercel-id"])
    def test_the_request_id_may_stand_in_a_header(self, name: str) -> None:
        assert failure(reply({}, 400, headers={name: "r1"})).request_id == "r1"
        assert failure(reply({"request_id": "r2"}, 400, headers={name: "r1"})).request_id == "r2"

    @pytest.mark.parametrize(
        ("location", "host"),
        [("https://login.example/x?token=zq-SENTINEL", "login.example"), ("/relative", ""), ("", ""), ("//[", "")],
    )
    def test_a_redirect_names_the_host_alone(self, location: str, host: str) -> None:
        error = failure(reply(b"", 302, headers={"location": location}))

        assert isinstance(error, UnexpectedRedirectError)
        assert error.location_host == host
        assert "SENTINEL" not in str(error)

    def test_an_echoed_secret_is_masked_everywhere(self) -> None:
        body = error_body(f"wrong secret {SECRET}", fingerprint=SECRET, headers={"x": [SECRET]}, signedURL="https://x")
        shown = [failure(reply(body, 401)), failure(reply(f"<p>{SECRET}</p>".encode(), 401))]

        for error in shown:
            assert SECRET not in f"{error!s} {error!r} {error.__dict__}"
            assert SECRET.encode() not in pickle.dumps(error)
        assert isinstance(shown[0], SensayError)
