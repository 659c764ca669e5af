"""Who a request is sent for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sensay_ext._errors import ConfigurationError
from sensay_ext._redact import redact_text

if TYPE_CHECKING:
    from sensay_ext._secret import Secret

__all__ = ["IDENTITY_HEADERS", "NOBODY", "Identity", "check_header_value"]

_SECRET = "X-ORGANIZATION-SECRET"  # noqa: S105 - the name of the header
_USER_ID = "X-USER-ID"
_USER_ID_TYPE = "X-USER-ID-TYPE"

#: Lower-case names of the headers that say who is asking.
IDENTITY_HEADERS = frozenset(name.lower() for name in (_SECRET, _USER_ID, _USER_ID_TYPE))


def check_header_value(name: str, value: object) -> str:
    """The value, if it can be sent as a header as it is.

    Raises:
        ConfigurationError: It cannot. The value is not repeated, since it may be a secret.
    """
    if (
        not isinstance(value, str)
        or not value
        or not value.isascii()
        or not value.isprintable()
        or value != value.strip()
    ):
        raise ConfigurationError(f"{name} must be non-empty, printable ASCII text without spaces around it")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The organization and, if there is one, the user that requests are sent for.

    Without a user the API takes the caller for an administrator of the organization, so a lost user is not a failure
    but a gain of rights; therefore an identity never changes, a new one is made instead.

    Args:
        secret: The organization's secret; None sends none.
        user_id: The user to act as.
        user_id_type: What kind of id that is, such as `telegram`; None for the organization's own ids.

    Raises:
        ConfigurationError: An id cannot be sent, is the secret, or a type is given without an id.
    """

    secret: Secret | None = None
    user_id: str | None = None
    user_id_type: str | None = None

    def __post_init__(self) -> None:
        if self.user_id is not None:
            check_header_value("the user id", self.user_id)
            # The provider's examples show the key in the place of the user id.
            if self.secret is not None and self.user_id == self.secret.reveal():
                raise ConfigurationError("the user id is the organization secret")
        if self.user_id_type is not None:
            check_header_value("the type of the user id", self.user_id_type)
            if self.user_id is None:
                raise ConfigurationError("the type of the user id is given without a user id")

    def as_user(self, user_id: str, user_id_type: str | None = None) -> Identity:
        """The same organization, acting as another user."""
        return replace(self, user_id=check_header_value("the user id", user_id), user_id_type=user_id_type)

    def headers(self) -> dict[str, str]:
        """The headers that carry this identity."""
        headers = {} if self.secret is None else {_SECRET: self.secret.reveal()}
        if self.user_id is not None:
            headers[_USER_ID] = self.user_id
        if self.user_id_type is not None:
            headers[_USER_ID_TYPE] = self.user_id_type
        return headers

    def secrets(self) -> tuple[str, ...]:
        """What must not be shown anywhere."""
        return () if self.secret is None else (self.secret.reveal(),)

    def masked(self, text: str) -> str:
        """A text that may be shown, whatever somebody made of the request in it."""
        return redact_text(text, self.secrets())


NOBODY = Identity()
"""Who is asked for where nobody says who is asking."""
