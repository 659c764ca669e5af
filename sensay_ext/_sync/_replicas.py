# Derived from sensay_ext/_async/_replicas.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Replicas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from generated_client import models
from generated_client.api.replicas import create_replica, delete_replica, get_replica, list_replicas, update_replica
from sensay_ext._bodies import nested, overlaid, strict
from sensay_ext._building import build, for_reading
from sensay_ext._errors import SensayError
from sensay_ext._ids import uuid_of
from sensay_ext._may_exist import may_exist_after
from sensay_ext._paging import SNAKE
from sensay_ext._params import ReplicaFilters, split, split_list
from sensay_ext._replacement import Replacement
from sensay_ext._sync._pager import CountedPager
from sensay_ext._sync._replica_training import ReplicaTraining

if TYPE_CHECKING:
    from typing import Unpack
    from uuid import UUID

    from generated_client.types import Request
    from sensay_ext._ids import UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._params import ReplicaChanges, ReplicaParams

__all__ = ["Replicas"]


class Replicas(ReplicaTraining):
    """The replicas of the organization's users."""

    def create(self, **replica: Unpack[ReplicaParams]) -> models.CreateReplicaResponse:
        """Make a replica.

        Args:
            **replica: What it is made from, and options of the call.

        Returns:
            The uuid of the replica, as `.uuid`.

        Raises:
            ConflictError: The slug is taken, by whomever.
            NotFoundError: There is no such owner.
            QuotaExceededError: The organization must not have more replicas.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(replica)
        return self._transport.send(self._creation(fields, options), options)

    def get(self, replica: UuidLike, **options: Unpack[CallOptions]) -> models.Replica:
        """Look a replica up.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Returns:
            The replica.

        Raises:
            NotFoundError: There is none with this uuid, or not for this user.
            SensayError: Any other of the tree.
        """
        return self._call(options, get_replica.build_request, uuid_of(replica, "replica"))

    def list(self, **filters: Unpack[ReplicaFilters]) -> CountedPager[models.ReplicaListItem]:
        """List replicas: those that the user may see, or all of the organization's where the client has no user.

        Args:
            **filters: Which ones, paging, and what the calls change.

        Returns:
            The list, to be iterated over. Its items hold tokens of bots in clear.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        fields, paging, options = split_list(filters, ReplicaFilters.__optional_keys__)
        request = build(self._transport.config, options, list_replicas.build_request, **fields)
        return CountedPager(self._transport, options, request, style=SNAKE, key=_uuid, **paging)

    def update(self, replica: UuidLike, **changes: Unpack[ReplicaChanges]) -> None:
        """Change a replica.

        The API only replaces a replica as a whole, so it is read first; what somebody else changes in between is lost.

        Args:
            replica: The replica, or its uuid.
            **changes: What is to be changed, and options of the call. None sets what the API takes for a default.

        Raises:
            NotFoundError: There is none with this uuid, or not for this user.
            ConflictError: The slug is taken, by whomever.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(changes)
        uuid = uuid_of(replica, "replica")
        llm = fields.get("llm", {})
        fields["llm"] = given = nested(models.UpdateReplicaLlm, llm, "llm")
        replacement = Replacement(
            *(self._transport.config, options, update_replica.build_request, uuid),
            kind=models.UpdateReplicaRequest,
            changes=fields,
        )
        current = self.get(uuid, **for_reading(options))
        # A mapping says what is to be changed of it, a model is all of it.
        whole = _merged_llm(current.llm, given) if isinstance(llm, Mapping) else given
        self._transport.send(replacement.of(current, llm=whole), options)

    def delete(self, replica: UuidLike, **options: Unpack[CallOptions]) -> None:
        """Delete a replica, with its knowledge base and its conversations.

        Args:
            replica: The replica, or its uuid.
            **options: What this call changes.

        Raises:
            NotFoundError: There is none with this uuid, or not for this user.
            SensayError: Any other of the tree.
        """
        self._delete(options, delete_replica.build_request, uuid_of(replica, "replica"))

    def ensure(self, **replica: Unpack[ReplicaParams]) -> models.Replica:
        """Look a replica up by its slug, and make it where there is none.

        Safe to call from several places at once, and again after a failure: whoever comes second gets the replica that
        the first one made. A replica that exists is returned as it is, whatever else is given.

        Args:
            **replica: What a new replica is made from, and options of the calls.

        Returns:
            The replica.

        Raises:
            ConflictError: The slug belongs to a replica that cannot be seen from here.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(replica)
        creation = self._creation(fields, options)
        found = self._find(fields["slug"], options)
        if found is None:
            found = self._create_or_find(creation, fields["slug"], options)
        return self.get(found, **for_reading(options))

    def _creation(self, fields: dict[str, Any], options: CallOptions) -> Request[models.CreateReplicaResponse]:
        # The API requires the object, though nothing in it.
        fields["llm"] = nested(models.ReplicaLlm, fields.get("llm", {}), "llm")
        body = strict(models.CreateReplicaRequest, fields)
        return build(self._transport.config, options, create_replica.build_request, body=body)

    def _create_or_find(self, creation: Request[models.CreateReplicaResponse], slug: str, options: CallOptions) -> UUID:
        try:
            return (self._transport.send(creation, options)).uuid
        except SensayError as error:
            if not may_exist_after(error):
                raise
            found = self._find(slug, options)
            if found is None:
                raise
            return found

    def _find(self, slug: str, options: CallOptions) -> UUID | None:
        for item in self.list(slug=slug, **for_reading(options)):
            if item.slug == slug:
                return item.uuid
        return None


def _uuid(item: models.ReplicaListItem) -> UUID:
    return item.uuid


def _merged_llm(current: models.ReplicaLlm, changes: models.UpdateReplicaLlm) -> dict[str, Any]:
    return {**overlaid(models.UpdateReplicaLlm, current, {}).to_dict(), **changes.to_dict()}
