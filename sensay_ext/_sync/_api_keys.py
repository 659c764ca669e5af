# Derived from sensay_ext/_async/_api_keys.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Keys of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.api_keys import redeem_api_key_invite
from sensay_ext._building import build
from sensay_ext._sync._resource import Resource

if TYPE_CHECKING:
    from typing import Unpack

    from sensay_ext._options import CallOptions

__all__ = ["ApiKeys"]


class ApiKeys(Resource):
    """How an organization gets its secret."""

    def redeem_invite(
        self, code: str, *, organization_name: str, name: str, email: str, **options: Unpack[CallOptions]
    ) -> models.RedeemApiKeyInviteResponse:
        """Turn an invite into an organization and its secret.

        No secret is sent with this, so `Sensay.anonymous()` will do. An invite works once; if the answer is lost,
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
        return self._transport.send(request, options, authenticated=False)
