"""Signed upload URLs: addresses that allow one upload for a while."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jwt

from sensay_ext.sandbox._clock import from_text

if TYPE_CHECKING:
    from sensay_ext.sandbox._state import State

UPLOAD_PATH = "/storage/v1/object/upload/sign"
BUCKET = "replica_files"

_ALGORITHM = "HS256"


def signed_upload_url(state: "State", base_url: str, name: str, expires: str) -> str:
    """Make the address that a file is to be PUT to.

    Args:
        state: Holds the key to sign with.
        base_url: Where this server was reached.
        name: The object's name in the bucket.
        expires: When the address stops working, as stored text.

    Returns:
        The address, token included.
    """
    now = int(state.clock.now().timestamp())
    claims = {
        "url": f"{BUCKET}/{name}",
        "upsert": False,
        "iat": now,
        "exp": int(from_text(expires).timestamp()),
    }
    token = jwt.encode(claims, state.signing_key, algorithm=_ALGORITHM)
    return f"{base_url}{UPLOAD_PATH}/{BUCKET}/{quote(name)}?token={token}"


def read_token(state: "State", token: str) -> dict[str, Any]:
    """Return the claims of a token, whatever its age.

    Raises:
        jwt.InvalidTokenError: If it was not made here, or was tampered with.
    """
    # The sandbox's own clock, which may be a virtual one, decides about the age.
    return jwt.decode(
        token,
        state.signing_key,
        algorithms=[_ALGORITHM],
        options={"verify_exp": False, "verify_iat": False, "require": ["url", "exp"]},
    )
