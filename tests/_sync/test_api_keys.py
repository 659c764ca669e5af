# Derived from tests/_async/test_api_keys.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""How an organisation comes to its secret."""

from typing import Any

import pytest

from sensay_ext import BadRequestError, InvalidArgumentError, Sensay
from sensay_ext.sandbox import Sandbox

WHO: Any = {"organization_name": "Example Inc.", "name": "Bob", "email": "bob@example.com"}


def test_an_invite_becomes_a_secret_once_and_needs_none(sandbox: Sandbox) -> None:
    sandbox.add_invite("an-invite")
    with Sensay.anonymous(base_url=sandbox.base_url) as nobody:
        redeemed = nobody.api_keys.redeem_invite("an-invite", **WHO)
        with pytest.raises(BadRequestError):
            nobody.api_keys.redeem_invite("an-invite", **WHO)

    assert redeemed.api_key not in repr(redeemed)
    with Sensay(redeemed.api_key, base_url=sandbox.base_url) as sensay:
        assert sensay.replicas.list().total() == 0


def test_a_client_with_a_secret_does_not_send_it_along(sensay: Sensay, sandbox: Sandbox) -> None:
    sandbox.add_invite("another-invite")
    sensay.as_user("alice").api_keys.redeem_invite("another-invite", **WHO)

    assert not {"x-organization-secret", "x-user-id"} & sandbox.requests[-1].headers.keys()


def test_a_code_that_would_lead_elsewhere_is_refused(sensay: Sensay) -> None:
    with pytest.raises(InvalidArgumentError, match="code is empty"):
        sensay.api_keys.redeem_invite("..", **WHO)
