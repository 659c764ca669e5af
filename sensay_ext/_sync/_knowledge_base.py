# Derived from sensay_ext/_async/_knowledge_base.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Knowledge bases: what replicas are trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generated_client import models
from generated_client.api.knowledge_base import (
    create_replica_knowledge_base,
    delete_replica_knowledge_base,
    get_replica_knowledge_base,
    list_knowledge_base_file_types,
    list_replica_knowledge_base,
    update_replica_knowledge_base,
)
from sensay_ext._bodies import nested, nested_list, strict
from sensay_ext._building import build
from sensay_ext._ids import entry_id_of, uuid_of
from sensay_ext._paging import CAMEL
from sensay_ext._params import EntryFilters, split, split_list
from sensay_ext._sources import Text, source_for_url
from sensay_ext._sync._knowledge_base_training import KnowledgeBaseTraining
from sensay_ext._sync._pager import CountedPager
from sensay_ext._training_entry import TrainingEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from sensay_ext._ids import EntryLike, UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._params import EntryChanges

    Results = Sequence[models.EnqueuedEntry | models.RefusedEntry]

__all__ = ["KnowledgeBase"]


class KnowledgeBase(KnowledgeBaseTraining):
    """The entries that a replica is trained on, one for each text, file, web page and video.

    Training goes on after an entry is made. A replica can use an entry from `VECTOR_CREATED` on, which takes minutes;
    `READY` follows within a day. Only `UNPROCESSABLE` is a failure.
    """

    def add_text(
        self, replica: UuidLike, text: str, *, title: str | None = None, **options: Unpack[CallOptions]
    ) -> TrainingEntry:
        """Train a replica on a text.

        Sending the same text twice makes two entries: the API does not compare texts.

        Args:
            replica: The replica, or its uuid.
            text: The text.
            title: A name for the entry, for people; the replica does not learn it.
            **options: What this call changes.

        Returns:
            The entry, whose training begins.

        Raises:
            TrainingFailed: The API did not take it.
            QuotaExceededError: The organization must not have more entries.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        return self._add(replica, Text(text, title=title).body(), options)

    def add_url(
        self,
        replica: UuidLike,
        url: str,
        *,
        title: str | None = None,
        auto_refresh: bool | None = None,
        **options: Unpack[CallOptions],
    ) -> TrainingEntry:
        """Train a replica on a web page, or on a video, short or playlist on YouTube.

        Args:
            replica: The replica, or its uuid.
            url: Address of a page that can be read without a login, by the text it shows; or one on YouTube.
            title: A name for the entry, for people; the replica does not learn it.
            auto_refresh: Whether the API is to read a web page again from time to time.
            **options: What this call changes.

        Returns:
            The entry, whose training begins; for a playlist that of its first video, with the others as `.siblings`.

        Raises:
            ConflictError: The replica has an entry for this address.
            TrainingFailed: The API did not take it.
            PartialFailure: It took only some of a playlist's videos.
            QuotaExceededError: The organization must not have more entries.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        return self._add(replica, source_for_url(url, title=title, auto_refresh=auto_refresh).body(), options)

    def get(self, replica: UuidLike, entry: EntryLike, **options: Unpack[CallOptions]) -> models.KnowledgeBaseEntry:
        """Look an entry up, with all that was made of it.

        Args:
            replica: The replica, or its uuid.
            entry: The entry, or its number.
            **options: What this call changes.

        Returns:
            The entry.

        Raises:
            NotFoundError: The replica has no such entry.
            SensayError: Any other of the tree.
        """
        builder = get_replica_knowledge_base.build_request
        return self._call(options, builder, uuid_of(replica, "replica"), entry_id_of(entry))

    def list(
        self, replica: UuidLike, **filters: Unpack[EntryFilters]
    ) -> CountedPager[models.KnowledgeBaseEntryListItem]:
        """List the entries of a replica.

        An entry that was deleted may stay in the list for up to a day.

        Args:
            replica: The replica, or its uuid.
            **filters: Which ones, paging, and what the calls change.

        Returns:
            The list, to be iterated over.

        Raises:
            InvalidArgumentError: A value is outside of its limit.
        """
        fields, paging, options = split_list(filters, EntryFilters.__optional_keys__)
        builder, uuid = list_replica_knowledge_base.build_request, uuid_of(replica, "replica")
        request = build(self._transport.config, options, builder, uuid, **_in_query(fields))
        return CountedPager(self._transport, options, request, style=CAMEL, key=_id, **paging)

    def update(self, replica: UuidLike, entry: EntryLike, **changes: Unpack[EntryChanges]) -> None:
        """Change an entry. With another `raw_text` its training begins anew.

        Args:
            replica: The replica, or its uuid.
            entry: The entry, or its number.
            **changes: What is to be changed, and options of the call.

        Raises:
            NotFoundError: The replica has no such entry.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        fields, options = split(changes)
        body = strict(models.UpdateKnowledgeBaseEntryRequest, _with_parts(fields))
        builder = update_replica_knowledge_base.build_request
        self._call(options, builder, uuid_of(replica, "replica"), entry_id_of(entry), body=body)

    def delete(self, replica: UuidLike, entry: EntryLike, **options: Unpack[CallOptions]) -> None:
        """Delete an entry. The replica forgets it at once, or within a day; until then it may still be listed.

        Args:
            replica: The replica, or its uuid.
            entry: The entry, or its number.
            **options: What this call changes.

        Raises:
            NotFoundError: The replica has no such entry.
            SensayError: Any other of the tree.
        """
        builder = delete_replica_knowledge_base.build_request
        self._delete(options, builder, uuid_of(replica, "replica"), entry_id_of(entry))

    def file_types(self, **options: Unpack[CallOptions]) -> Sequence[models.FileTypeGroup]:
        """Ask which types of files the API takes at present.

        Args:
            **options: What this call changes.

        Returns:
            The types in groups, with their MIME types, extensions and how well each is supported.

        Raises:
            SensayError: Any of the tree.
        """
        return (self._call(options, list_knowledge_base_file_types.build_request)).media_groups

    def _add(self, replica: UuidLike, body: Mapping[str, Any], options: CallOptions) -> TrainingEntry:
        uuid = uuid_of(replica, "replica")
        results = self._create(uuid, body, options)
        return TrainingEntry.of(uuid, results, identity=self._transport.config.identity)

    def _create(self, replica: UuidLike, body: Mapping[str, Any], options: CallOptions) -> Results:
        """Make the entries of one source, and return what the API says of each; a file also gets its signed URL.

        Args:
            replica: The replica, or its uuid.
            body: What a source gives as its body, in the API's spelling.
            options: What this call changes.
        """
        request = models.CreateKnowledgeBaseEntryRequest.from_dict(body)
        builder = create_replica_knowledge_base.build_request
        return (self._call(options, builder, uuid_of(replica, "replica"), body=request)).results


def _id(item: models.KnowledgeBaseEntryListItem) -> int:
    return item.id


def _with_parts(fields: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(fields)
    if fields.get("raw_text_chunks") is not None:
        made["raw_text_chunks"] = nested_list(models.RawTextChunk, fields["raw_text_chunks"], "raw_text_chunks")
    if fields.get("error") is not None:
        made["error"] = nested(models.UpdateKnowledgeBaseEntryError, fields["error"], "error")
    if fields.get("file") is not None:
        made["file"] = nested(models.UpdateKnowledgeBaseEntryFile, fields["file"], "file")
    if fields.get("website") is not None:
        made["website"] = nested(models.UpdateKnowledgeBaseEntryWebsite, fields["website"], "website")
    if fields.get("youtube") is not None:
        made["youtube"] = nested(models.UpdateKnowledgeBaseEntryYoutube, fields["youtube"], "youtube")
    return made


def _in_query(filters: Mapping[str, Any]) -> dict[str, Any]:
    status, type_, has_error = (filters.get(name) for name in ("status", "type", "has_error"))
    return {
        **{name: value for name, value in filters.items() if name != "type"},
        "status": _several(status),
        "type_": _several(type_),
        # The API takes a text here, where Python has a truth value.
        "has_error": None if has_error is None else str(has_error).lower(),
    }


def _several(values: str | Sequence[str] | None) -> Sequence[str] | None:
    return [values] if isinstance(values, str) else values
