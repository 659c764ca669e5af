# Derived from sensay_ext/_async/_users.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated_client import models
from generated_client.api.usage import get_user_me_usage
from generated_client.api.users import create_user, delete_user_me, get_user, get_user_me, update_user_me
from sensay_ext._bodies import nested_list
from sensay_ext._building import build, for_reading, needs_user
from sensay_ext._errors import AuthenticationError, NotFoundError, SensayError
from sensay_ext._may_exist import may_exist_after
from sensay_ext._params import split
from sensay_ext._replacement import Replacement
from sensay_ext._sync._resource import Resource

if TYPE_CHECKING:
    from typing import Unpack

    from generated_client.types import Request
    from sensay_ext._mappings import LinkedAccounts
    from sensay_ext._options import CallOptions
    from sensay_ext._params import UserChanges

__all__ = ["Users"]


class Users(Resource):
    """The users of the organization, whom replicas belong to and who talk to them.

    The API has no list of them. A client that acts as a user whom the API does not know is refused whatever it asks
    (401), so users are made with a client that has no user.
    """

    def create(
        self,
        id: str | None = None,
        *,
        name: str | None = None,
        email: str | None = None,
        linked_accounts: LinkedAccounts | None = None,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Make a user.

        Args:
            id: The id that you know the user by; else the API makes one.
            name: What the user is called; at most 50 characters.
            email: The user's address.
            linked_accounts: The user's accounts in other services.
            **options: What this call changes.

        Returns:
            The user.

        Raises:
            ConflictError: The id, the address or an account belongs to a user already.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        return self._transport.send(self._creation(options, id, name, email, linked_accounts), options)

    def get(self, id: str, **options: Unpack[CallOptions]) -> models.User:
        """Look a user up.

        Args:
            id: The user's id.
            **options: What this call changes.

        Returns:
            The user.

        Raises:
            NotFoundError: There is none with this id.
            SensayError: Any other of the tree.
        """
        return self._call(options, get_user.build_request, id)

    def ensure(
        self,
        id: str,
        *,
        name: str | None = None,
        email: str | None = None,
        linked_accounts: LinkedAccounts | None = None,
        **options: Unpack[CallOptions],
    ) -> models.User:
        """Look a user up, and make it where there is none.

        Safe to call from several places at once, and again after a failure: whoever comes second gets the user that
        the first one made. A user that exists is returned as it is.

        Args:
            id: The user's id.
            name: What a new user is called; at most 50 characters.
            email: A new user's address.
            linked_accounts: A new user's accounts in other services.
            **options: What the calls change.

        Returns:
            The user.

        Raises:
            ConflictError: The address or an account belongs to another user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        creation = self._creation(options, id, name, email, linked_accounts)
        found = self._find(id, for_reading(options))
        if found is not None:
            return found
        try:
            return self._transport.send(creation, options)
        except SensayError as error:
            found = self._find(id, for_reading(options)) if may_exist_after(error) else None
            if found is None:
                raise
            return found

    def me(self, **options: Unpack[CallOptions]) -> models.User:
        """Return the user that this client acts as.

        Args:
            **options: What this call changes.

        Returns:
            The user.

        Raises:
            ConfigurationError: The client acts as none.
            AuthenticationError: The API does not know the user, or the secret.
            SensayError: Any other of the tree.
        """
        needs_user(self._transport.config, options, "users.me")
        return self._call(options, get_user_me.build_request)

    def update_me(self, **changes: Unpack[UserChanges]) -> models.User:
        """Change the user that this client acts as.

        The API only replaces a user as a whole, so it is read first; what somebody else changes in between is lost.

        Args:
            **changes: What is to be changed, and options of the call.

        Returns:
            The user, changed.

        Raises:
            ConfigurationError: The client acts as none.
            ConflictError: The id, the address or an account belongs to another user.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(changes)
        needs_user(self._transport.config, options, "users.update_me")
        if fields.get("linked_accounts") is not None:
            fields["linked_accounts"] = nested_list(models.LinkedAccount, fields["linked_accounts"], "linked_accounts")
        replacement = Replacement(
            *(self._transport.config, options, update_user_me.build_request),
            kind=models.UpdateCurrentUserRequest,
            changes=fields,
        )
        current = self.me(**for_reading(options))
        return self._transport.send(replacement.of(current), options)

    def delete_me(self, **options: Unpack[CallOptions]) -> None:
        """Delete the user that this client acts as, and the replicas that belong to it.

        Where the answer is lost and the API then does not know who is asking, it is looked whether the user is gone.

        Args:
            **options: What this call changes.

        Raises:
            ConfigurationError: The client acts as none.
            SensayError: Any other of the tree.
        """
        needs_user(self._transport.config, options, "users.delete_me")
        try:
            self._delete(options, delete_user_me.build_request)
        except AuthenticationError as error:
            if not (error.ambiguous and self._is_gone(options)):
                raise

    def usage(self, **options: Unpack[CallOptions]) -> models.Usage:
        """Count what the user that this client acts as has used.

        Args:
            **options: What this call changes.

        Returns:
            Conversations of this month and knowledge base entries, in all and for each replica.

        Raises:
            ConfigurationError: The client acts as none.
            SensayError: Any other of the tree.
        """
        needs_user(self._transport.config, options, "users.usage")
        return self._call(options, get_user_me_usage.build_request)

    def _creation(
        self,
        options: CallOptions,
        id: str | None,
        name: str | None,
        email: str | None,
        linked_accounts: LinkedAccounts | None,
    ) -> Request[models.User]:
        accounts = None
        if linked_accounts is not None:
            accounts = nested_list(models.LinkedAccount, linked_accounts, "linked_accounts")
        body = models.CreateUserRequest(id=id, name=name, email=email, linked_accounts=accounts)
        return build(self._transport.config, options, create_user.build_request, body=body)

    def _is_gone(self, options: CallOptions) -> bool:
        """Whether the user that the call acts as does not exist, as far as that can be told from a wrong secret."""
        identity = self._transport.config.identity
        if (user := options.get("user")) is not None:
            identity = identity.as_user(user, options.get("user_id_type"))
        if identity.user_id is None or identity.user_id_type is not None:
            return False  # users are looked up by the organization's own ids alone
        try:
            return self._find(identity.user_id, for_reading(options)) is None
        except SensayError:
            return False

    def _find(self, id: str, options: CallOptions) -> models.User | None:
        try:
            return self.get(id, **options)
        except NotFoundError:
            return None
