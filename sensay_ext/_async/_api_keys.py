"""Keys of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.api_keys import redeem_api_key_invite
from sensay_ext._async._resource import AsyncResource
from sensay_ext._building import build

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._options import CallOptions

__all__ = ["AsyncApiKeys"]


class AsyncApiKeys(AsyncResource):
    """How an organization gets its secret."""

    async def redeem_invite(
        self, code: str, *, organization_name: str, name: str, email: str, **options: Unpack[CallOptions]
    ) -> models.RedeemApiKeyInviteResponse:
        """Turn an invite into an organization and its secret.

        No secret is sent with this, so `AsyncSensay.anonymous()` will do. An invite works once; if the answer is lost,
        so is the secret.

        Args:
            code: The code of the invite.
            organization_name: What the organization is to be called.
            name: Your name.
            email: Your address.
            **options: What this call changes.

        Returns:
            The secret, as `.api_key`; it is shown this once.

        Raises:
            BadRequestError: The code is wrong, used or too old.
            SensayError: Any other of the tree.
        """
        body = models.RedeemApiKeyInviteRequest(organization_name=organization_name, name=name, email=email)
        request = build(self._transport.config, options, redeem_api_key_invite.build_request, code, body=body)
        return await self._transport.send(request, options, authenticated=False)
