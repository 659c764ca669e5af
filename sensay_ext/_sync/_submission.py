# Derived from sensay_ext/_async/_submission.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Turns sources into entries of a knowledge base: asks for the entry, and for a file sends the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sensay_ext._building import for_reading
from sensay_ext._concurrency import Shield
from sensay_ext._deadline import Deadline
from sensay_ext._errors import FileRejected, InvalidArgumentError, SensayError, UploadError, UploadUrlExpired
from sensay_ext._marker import Marker, digest, new_attempt
from sensay_ext._sources import File, Source, Text
from sensay_ext._sync._content import FileContent
from sensay_ext._sync._entry_creation import EntryCreation, Made
from sensay_ext._sync._file_types import current_file_types
from sensay_ext._sync._upload import Uploader
from sensay_ext._training_options import in_time
from sensay_ext._uncertain import SETTLING, is_uncertain
from sensay_ext._upload import upload_watch

if TYPE_CHECKING:
    from uuid import UUID

    from sensay_ext._folder import FolderFile
    from sensay_ext._journal import Journal
    from sensay_ext._options import CallOptions
    from sensay_ext._sync._catalog import Catalog
    from sensay_ext._sync._transport import Transport
    from sensay_ext._telling import Telling
    from sensay_ext._training_entry import TrainingEntry

__all__ = ["Submission"]

_RENEWALS = 2
"""Times that a new signed URL is asked for when one has expired."""


class Submission:
    """Submits sources to one knowledge base.

    Args:
        transport: What to send with.
        replica_uuid: Whose knowledge base it is.
        options: What the calls change.
        catalog: What is in the knowledge base; as far as it has been read, sources that are there are not sent again.
        tell: Told how far uploads are.
        deadline: When to give up uploads.
        journal: Told what is begun, so that another process can go on with it.
    """

    def __init__(
        self,
        transport: Transport,
        replica_uuid: UUID,
        options: CallOptions,
        *,
        catalog: Catalog,
        tell: Telling,
        deadline: Deadline | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._transport = transport
        self._replica_uuid = replica_uuid
        self._options = options
        self._catalog = catalog
        self._tell = tell
        self._deadline = deadline or Deadline(transport.clock, None)
        self._journal = journal
        self._uploads = upload_watch(transport.config.hooks)

    def submit(self, source: Source) -> TrainingEntry:
        """Make the entries of a source.

        Raises:
            InvalidArgumentError: It is no source, or not one that the API takes.
            FileRejected: The file is not one that the API takes.
            UploadError: The file could not be sent; its entry is gone again.
            TrainingFailed: The API refused all of it.
            PartialFailure: It refused some videos of a playlist.
            SensayError: Any other of the tree.
        """
        if isinstance(source, File):
            return self.submit_file(source)
        _check_kind(source)
        if self._transport.config.validate:
            source.check()
        marker = None
        if isinstance(source, Text):
            marker = Marker(content=digest("text", "", [source.text.encode(errors="surrogatepass")]))
        return (self._creation(source, marker).run_unless_known()).entry

    def submit_file(self, file: File, known: FolderFile | None = None, place: str = "") -> TrainingEntry:
        """Make the entry of a file, and send its bytes.

        Args:
            file: The file.
            known: What the file was when it was looked at before, if it was.
            place: Where in which folder it stands, as a marker says it.

        Raises:
            FileRejected: The file is not one that the API takes.
            UploadError: The file could not be sent; its entry is gone again.
            SensayError: Any other of the tree.
        """
        content = FileContent.of(file)
        options = in_time(for_reading(self._options), self._transport.config, self._deadline)
        types = current_file_types(self._transport, options)
        content_type = file.content_type(types, validate=self._transport.config.validate)
        if self._transport.config.validate:
            content.check(types)
        identity = self._identity(content, known)
        renewals = 0
        while True:
            # The URL is asked for when nothing but the upload is left to do: it is good for a limited time only.
            marker = Marker(content=identity, place=place, attempt=new_attempt())
            made = self._make(file, marker)
            if not made.is_new:
                return made.entry
            try:
                self._upload(made, marker, content, content_type)
            except UploadUrlExpired as error:
                if renewals == _RENEWALS or not content.can_repeat:
                    raise
                renewals += 1
                self._uploads.retrying(error.attempts, 0.0, error)
            else:
                return made.entry

    def _identity(self, content: FileContent, known: FolderFile | None) -> str:
        if known is None:
            return content.digest() or new_attempt() * 4
        if content.state != known.state:
            raise FileRejected("it changed since it was looked at", filename=content.filename)
        return known.digest

    def _make(self, file: File, marker: Marker) -> Made:
        creation = self._creation(file, marker)
        if self._journal is not None:
            self._journal.began(marker, self._transport.clock.wall())
        try:
            made = creation.run_unless_known()
        except SensayError as error:
            if self._journal is not None and not is_uncertain(error):
                self._journal.given_up(marker)
            raise
        except BaseException:
            # Interrupted: whether there is an entry now can only be found out by looking.
            with Shield.raised():
                creation.discard_attempt()
            raise
        if self._journal is not None:
            self._journal.made(marker, made.entry.id)
        return made

    def _upload(self, made: Made, marker: Marker, content: FileContent, content_type: str) -> None:
        uploader = Uploader(self._transport, self._options, self._tell, self._deadline)
        try:
            try:
                uploader.put(made.target, content, content_type=content_type)
            except UploadError as error:
                if not (error.ambiguous and self._has_arrived(made.entry.id, error)):
                    raise
        except BaseException:
            # An entry that waits for a file that will not come would stay in the knowledge base for hours.
            with Shield.raised():
                self._catalog.discard(made.entry.id)
            if self._journal is not None:
                self._journal.given_up(marker)
            raise
        if self._journal is not None:
            self._journal.uploaded(marker)

    def _has_arrived(self, entry_id: int, error: UploadError) -> bool:
        """Whether the storage has taken the file of an entry although it did not say so: then the entry gets on."""
        for delay in SETTLING:
            if delay and not self._deadline.allows(delay):
                return False
            self._uploads.looking(error.attempts, delay, error)
            self._transport.clock.sleep(delay)
            try:
                is_there = self._catalog.confirm(entry_id)
            except SensayError:
                return False
            if not is_there or not self._catalog.entries.awaits_upload(entry_id):
                return is_there
        return False

    def _creation(self, source: Source, marker: Marker | None) -> EntryCreation:
        return EntryCreation(
            self._transport,
            self._options,
            replica_uuid=self._replica_uuid,
            source=source,
            marker=marker,
            catalog=self._catalog,
            deadline=self._deadline,
        )


def _check_kind(source: object) -> None:
    kinds = get_args(Source)
    if not isinstance(source, kinds):
        names = ", ".join(kind.__name__ for kind in kinds)
        raise InvalidArgumentError(f"a source is one of {names}, not {type(source).__name__}", field="sources")
