"""API keys: how an organisation comes to its secret."""

from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._errors import ApiError, not_found


def redeem_api_key_invite(call: Call) -> Reply:
    """Turn an invitation into an organisation with a secret, once."""
    code, now = call.parameters["code"], call.state.now()
    invite = call.database.row("SELECT * FROM invites WHERE code = ?", code)
    if invite is None:
        raise not_found("Invite")
    if invite["redeemed_at"] is not None:
        raise ApiError(400, "The invite has been redeemed already")
    if invite["expires_at"] is not None and invite["expires_at"] <= now:
        raise ApiError(400, "The invite has expired")
    call.database.execute("UPDATE invites SET redeemed_at = ? WHERE code = ?", now, code)
    secret = call.state.identifiers.token()
    organization = call.state.add_organization(
        secret, name=call.body["organizationName"], valid_until=invite["valid_until"]
    )
    return 200, {
        "success": True,
        "apiKey": secret,
        "organizationID": organization,
        "validUntil": invite["valid_until"],
    }
