"""Whoever watches a call is told, and cannot break it."""

import logging
from functools import partial
from typing import Any

import pytest

from sensay_ext._call import prepare
from sensay_ext._config import Config
from sensay_ext._errors import ConfigurationError, ServerError
from sensay_ext._hooks import Hooks, RequestEvent, ResponseEvent, RetryEvent
from sensay_ext._identity import Identity
from sensay_ext._replies import Reply
from sensay_ext._secret import Secret
from sensay_ext._watch import Watch
from tests.requests_to_send import GET, SECRET

CALL = prepare(Config(identity=Identity(secret=Secret(SECRET))), GET, {})
REPLY = Reply(status_code=503, headers={"x-request-id": "r1", "x-api-version": "2025-03-25"}, attempts=2)
ERROR = ServerError("busy", status_code=503)


def run(hooks: Hooks) -> None:
    watch = Watch(hooks, CALL)
    watch.sending(1)
    watch.answered(REPLY, 0.25)
    watch.retrying(2, 0.5, ERROR)
    watch.looking(2, 0.0, ERROR)
    watch.looking(2, 4.0, ERROR)


def test_each_hook_is_told_its_event() -> None:
    told: list[Any] = []
    run(Hooks(on_request=told.append, on_response=told.append, on_retry=told.append))
    common: dict[str, Any] = {"method": "GET", "path": GET.path, "client_request_id": CALL.client_request_id}

    assert told == [
        RequestEvent(**common, attempt=1),
        ResponseEvent(**common, attempt=2, status_code=503, elapsed=0.25, request_id="r1", api_version="2025-03-25"),
        RetryEvent(**common, attempt=2, delay=0.5, error=ERROR),
        RetryEvent(**common, attempt=2, delay=4.0, error=ERROR, repeats=False),
    ]


def test_a_hook_that_fails_is_mentioned_and_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_event: object) -> None:
        raise RuntimeError("mine")

    run(Hooks(on_request=broken, on_response=broken, on_retry=broken))

    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [
        "a hook failed on RequestEvent",
        "a hook failed on ResponseEvent",
        "a hook failed on RetryEvent",
        "a hook failed on RetryEvent",
    ]


class _Callable:
    async def __call__(self, _event: object) -> None:
        """Never awaited."""


async def _listen(_event: object) -> None:
    """Never awaited."""


@pytest.mark.parametrize("hook", [_listen, partial(_listen), _Callable(), "print"])
@pytest.mark.parametrize("name", ["on_request", "on_response", "on_retry"])
def test_what_nobody_would_await_is_refused(name: str, hook: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} must be a plain function"):
        Config().with_options({name: hook})  # type: ignore[misc] # the name is one of three


def test_an_interruption_in_a_hook_is_one() -> None:
    def interrupt(_event: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Hooks(on_request=interrupt))


def test_the_hooks_can_be_called_directly_when_there_are_none() -> None:
    event = RequestEvent(method="GET", path="/", attempt=1, client_request_id="x")
    told: list[RequestEvent] = []
    Hooks().request(event)
    Hooks(on_request=told.append).request(event)

    assert told == [event]


def test_the_log_says_what_was_asked_and_how_it_went(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sensay_ext")
    run(Hooks())

    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("DEBUG", "GET /v1/replicas/{replica_uuid}: 503 in 0.250 s (attempt 2, request_id r1)"),
        ("INFO", "trying again in 0.50 s: 503: busy"),
        ("INFO", "looking in 4.00 s whether it was carried out: 503: busy"),
    ]


def test_a_silent_log_costs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "sensay_ext")
    run(Hooks())

    assert caplog.records == []
