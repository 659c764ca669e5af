"""Nothing that may be a secret is shown by a repr."""

from collections.abc import Callable
from typing import Any

import pytest

SENTINEL = "zq-SENTINEL-7f3a"
Load = Callable[[str], Any]


def test_no_client_shows_what_it_sends(load: Load) -> None:
    options: dict[str, Any] = {
        "headers": {"X-SHOP-SECRET": SENTINEL},
        "cookies": {"session": SENTINEL},
        "httpx_args": {"params": {"key": SENTINEL}},
    }
    module = load("client")

    for client in (
        module.Client("https://localhost", **options),
        module.AuthenticatedClient("https://localhost", SENTINEL),
    ):
        client.get_httpx_client().close()
        assert SENTINEL not in repr(client)
        assert "https://localhost" in repr(client)


def test_models_hide_the_fields_that_are_named_like_secrets(models: Any) -> None:
    access = models.Access(
        api_key=SENTINEL,
        access_token=SENTINEL,
        signed_url=SENTINEL,
        password=SENTINEL,
        client_secret=SENTINEL,
        token_count=3,
        max_tokens=77,
    )
    access.additional_properties["other"] = SENTINEL

    assert SENTINEL not in repr(access)
    assert "max_tokens=77" in repr(access)
    assert "additional_properties=['other']" in repr(access)


@pytest.mark.parametrize("field", ["url", "params", "json"])
def test_a_request_shows_the_template_and_not_its_arguments(types: Any, field: str) -> None:
    arguments: dict[str, Any] = {"url": "/v1", "params": {}, "json": None}
    arguments[field] = {"key": SENTINEL}
    request = types.Request(operation_id="redeem", method="POST", path="/v1/{code}", replies={}, **arguments)

    assert repr(request) == "Request(operation_id='redeem', method='POST', path='/v1/{code}')"


def test_a_reply_shows_neither_body_nor_headers(types: Any) -> None:
    reply = types.Response(status_code=200, content=SENTINEL.encode(), headers={"Set-Cookie": SENTINEL}, parsed=None)

    assert SENTINEL not in repr(reply)
