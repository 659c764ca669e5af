"""What the HTTP library raises becomes ours, without what it knows."""

import ssl
import traceback

import httpx
import pytest

from sensay_ext._call import prepare
from sensay_ext._config import Config
from sensay_ext._errors import APIConnectionError, APITimeoutError, NotFoundError
from sensay_ext._failures import Failure, connection_failure, deadline_failure, was_sent
from sensay_ext._identity import Identity
from sensay_ext._retry import FailedAttempt
from sensay_ext._secret import Secret
from sensay_ext._timeout import Timeout
from tests.requests_to_send import COMPLETE, SECRET

CALL = prepare(
    Config(identity=Identity(secret=Secret(SECRET)), base_url="https://api.example"),
    COMPLETE,
    {"timeout": Timeout(total=30.0)},
)


def fail(problem: Exception, *, ambiguous: bool = False) -> Failure:
    return connection_failure(problem, CALL, attempt=2, ambiguous=ambiguous)


@pytest.mark.parametrize(
    ("problem", "error_class", "sent", "transient"),
    [
        (httpx.ConnectError("refused"), APIConnectionError, False, True),
        (httpx.ConnectTimeout("slow"), APITimeoutError, False, True),
        (httpx.PoolTimeout("busy"), APITimeoutError, False, True),
        (httpx.ProxyError("407"), APIConnectionError, False, True),
        (httpx.UnsupportedProtocol("ftp"), APIConnectionError, False, False),
        (httpx.ReadTimeout("slow"), APITimeoutError, True, True),
        (httpx.WriteTimeout("slow"), APITimeoutError, True, True),
        (httpx.ReadError("reset"), APIConnectionError, True, True),
        (httpx.WriteError("reset"), APIConnectionError, True, True),
        (httpx.CloseError("reset"), APIConnectionError, True, True),
        (httpx.RemoteProtocolError("garbage"), APIConnectionError, True, True),
        (httpx.LocalProtocolError("illegal"), APIConnectionError, True, False),
        (RuntimeError("Event loop is closed"), APIConnectionError, True, False),
    ],
)
def test_each_failure_is_known_by_how_far_the_request_came(
    problem: Exception,
    error_class: type,
    sent: bool,  # noqa: FBT001 - a parameter of the test
    transient: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    failed = fail(problem)
    error = failed.error

    assert isinstance(error, APIConnectionError)
    assert (type(error), failed.sent, failed.transient) == (error_class, sent, transient)
    assert (was_sent(problem), failed.may_have_worked, error.ambiguous) == (sent, sent, sent)
    assert (error.method, error.path, error.attempts) == ("POST", COMPLETE.path, 2)
    assert error.client_request_id == CALL.client_request_id


def test_an_earlier_attempt_keeps_the_call_ambiguous() -> None:
    assert fail(httpx.ConnectError("refused"), ambiguous=True).error.ambiguous


def test_a_wrong_certificate_is_wrong_the_next_time_as_well() -> None:
    problem = httpx.ConnectError("certificate verify failed")
    problem.__cause__ = RuntimeError("between")
    problem.__cause__.__context__ = ssl.SSLCertVerificationError("self-signed certificate")

    assert not fail(problem).transient


def test_another_tls_failure_may_pass() -> None:
    problem = httpx.ConnectError("EOF")
    problem.__cause__ = ssl.SSLEOFError("EOF")

    assert fail(problem).transient


def test_a_failure_to_connect_names_the_host() -> None:
    assert "no connection to api.example: ConnectError: refused" in str(fail(httpx.ConnectError("refused")).error)


def test_a_failure_without_words_is_named_by_its_class() -> None:
    assert "the connection failed: ReadError;" in str(fail(httpx.ReadError("")).error)


def test_the_cause_is_kept_without_what_it_holds() -> None:
    request = httpx.Request("POST", "https://api.example/x?token=abc", headers={"X-ORGANIZATION-SECRET": SECRET})

    def send() -> None:
        raise httpx.ReadError("reset by peer", request=request) from OSError("reset by peer")

    with pytest.raises(httpx.ReadError) as raised:
        send()
    cause = fail(raised.value).error.__cause__

    assert isinstance(cause, httpx.ReadError)
    assert (str(cause), str(cause.__cause__)) == ("reset by peer", "reset by peer")
    assert cause.__traceback__ is None
    assert SECRET not in str(cause.request.headers.raw)
    assert str(cause.request.url) == "https://api.example"


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_cause_that_would_tell_is_left_out(depth: int) -> None:
    problem: Exception = httpx.LocalProtocolError(f"Illegal header value b'{SECRET}\\n'")
    for _ in range(depth):
        outer = httpx.ReadError("harmless")
        outer.__cause__ = problem
        problem = outer
    error = fail(problem).error

    assert error.__cause__ is None
    assert SECRET not in "".join(traceback.format_exception(error))


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = httpx.ReadError("first"), httpx.ReadError("second")
    first.__context__, second.__context__ = second, first

    assert fail(first).error.__cause__ is first


def test_the_end_of_the_total_time_is_final() -> None:
    failed = deadline_failure(CALL, attempt=3)

    assert isinstance(failed.error, APITimeoutError)
    assert (failed.error.attempts, failed.error.ambiguous, failed.transient) == (3, True, False)
    assert "the total time limit of 30.0 s ran out" in str(failed.error)


def test_the_policy_learns_what_it_needs() -> None:
    answer = NotFoundError("x", status_code=404, error_code="GONE", retry_after=1.0)

    assert FailedAttempt(attempt=1, repeatable=True, status_code=404, error_code="GONE", retry_after=1.0) == Failure(
        error=answer
    ).as_failed(1, repeatable=True)
    assert FailedAttempt(attempt=2, repeatable=False, sent=False) == fail(httpx.ConnectError("x")).as_failed(
        2, repeatable=False
    )


@pytest.mark.parametrize(
    ("status_code", "expected"), [(408, False), (429, False), (499, False), (500, True), (504, True)]
)
def test_only_a_server_error_may_have_worked(status_code: int, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert Failure(error=NotFoundError("x", status_code=status_code)).may_have_worked is expected
