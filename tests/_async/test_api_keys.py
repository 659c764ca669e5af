"""How an organisation comes to its secret."""

from typing import Any

import pytest

from sensay_ext import AsyncSensay, BadRequestError, InvalidArgumentError
from sensay_ext.sandbox import Sandbox

pytestmark = pytest.mark.anyio

WHO: Any = {"organization_name": "Example Inc.", "name": "Bob", "email": "bob@example.com"}


async def test_an_invite_becomes_a_secret_once_and_needs_none(sandbox: Sandbox) -> None:
    sandbox.add_invite("an-invite")
    async with AsyncSensay.anonymous(base_url=sandbox.base_url) as nobody:
        redeemed = await nobody.api_keys.redeem_invite("an-invite", **WHO)
        with pytest.raises(BadRequestError):
            await nobody.api_keys.redeem_invite("an-invite", **WHO)

    assert redeemed.api_key not in repr(redeemed)
    async with AsyncSensay(redeemed.api_key, base_url=sandbox.base_url) as sensay:
        assert await sensay.replicas.list().total() == 0


async def test_a_client_with_a_secret_does_not_send_it_along(sensay: AsyncSensay, sandbox: Sandbox) -> None:
    sandbox.add_invite("another-invite")
    await sensay.as_user("alice").api_keys.redeem_invite("another-invite", **WHO)

    assert not {"x-organization-secret", "x-user-id"} & sandbox.requests[-1].headers.keys()


async def test_a_code_that_would_lead_elsewhere_is_refused(sensay: AsyncSensay) -> None:
    with pytest.raises(InvalidArgumentError, match="code is empty"):
        await sensay.api_keys.redeem_invite("..", **WHO)
