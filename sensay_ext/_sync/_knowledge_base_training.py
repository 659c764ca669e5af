# Derived from sensay_ext/_async/_knowledge_base_training.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What of a knowledge base takes more than one request: files, and waiting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sensay_ext._failed_entry import FailedEntry
from sensay_ext._ids import entry_id_of, uuid_of
from sensay_ext._sources import File
from sensay_ext._sync._catalog import Catalog
from sensay_ext._sync._content import FileContent
from sensay_ext._sync._file_types import current_file_types
from sensay_ext._sync._resource import Resource
from sensay_ext._sync._retrial import Retrial
from sensay_ext._sync._submission import Submission
from sensay_ext._sync._trainer import Trainer
from sensay_ext._sync._upload import Uploader
from sensay_ext._sync._waiting import Waiter
from sensay_ext._telling import Telling
from sensay_ext._training import UNPROCESSABLE
from sensay_ext._training_entry import TrainingEntry
from sensay_ext._training_options import WaitSettings, no_others
from sensay_ext._upload import SignedUrl

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Unpack

    from sensay_ext._ids import EntryLike, UuidLike
    from sensay_ext._options import CallOptions
    from sensay_ext._report import TrainingReport
    from sensay_ext._sources import Content, Source
    from sensay_ext._telling import OnProgress
    from sensay_ext._training_options import TrainOptions, WaitOptions
    from sensay_ext._training_watch import EntryState

__all__ = ["KnowledgeBaseTraining"]


class KnowledgeBaseTraining(Resource):
    """What of a knowledge base takes more than one request."""

    def add(
        self,
        replica: UuidLike,
        source: Source,
        *,
        on_progress: OnProgress | None = None,
        **options: Unpack[CallOptions],
    ) -> TrainingEntry:
        """Train a replica on a text, a file, a web page or a video.

        Where the answer is lost, the entry is looked for before it is asked for again, so that there are never two. To
        tell it from others, the title of a text or file ends with a marker such as `[sensay-ext:1f0c…]`, a digest of
        the content; the replica does not learn titles. An address that is in the knowledge base already is not added
        again.

        Args:
            replica: The replica, or its uuid.
            source: A `Text`, `File`, `Website` or `YouTube` object.
            on_progress: Told how far the upload of a file is.
            **options: What the calls change.

        Returns:
            The entry, whose training begins; for a playlist that of its first video, with the others as `.siblings`.

        Raises:
            TrainingFailed: The API did not take it.
            PartialFailure: It took only some of a playlist's videos.
            FileRejected: The file is not one that the API takes, or it changed while it was read.
            UploadError: The file could not be sent; its entry is gone again.
            QuotaExceededError: The organization must not have more entries.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        uuid = uuid_of(replica, "replica")
        catalog = Catalog(self._transport, uuid, options)
        submission = Submission(self._transport, uuid, options, catalog=catalog, tell=Telling(on_progress))
        return submission.submit(source)

    def add_file(
        self,
        replica: UuidLike,
        content: Content | File,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        title: str | None = None,
        on_progress: OnProgress | None = None,
        **options: Unpack[CallOptions],
    ) -> TrainingEntry:
        """Train a replica on a file, which is read and sent piece by piece.

        An upload that breaks off is repeated; if it cannot be done, the entry that was made for it is removed.

        Args:
            replica: The replica, or its uuid.
            content: Path of the file; or its bytes; or a file object open for reading bytes; or an iterable of pieces;
                or a `File`, which has all that follows.
            name: Name under which it is uploaded; its ending tells the API what it is. Taken from the path or the file
                object unless given.
            mime_type: MIME type, where the ending does not tell it.
            size: Length in bytes. Needed for pieces, and for a file object that cannot seek.
            title: A name for the entry, for people; a marker is added, see `add`.
            on_progress: Told how many bytes are sent.
            **options: What the calls change.

        Returns:
            The entry, whose training begins.

        Raises:
            TrainingFailed: The API did not take it.
            FileRejected: The file is not one that the API takes, or it changed while it was read.
            UploadError: The file could not be sent; its entry is gone again.
            QuotaExceededError: The organization must not have more entries.
            InvalidArgumentError: A value is outside of its limit.
            SensayError: Any other of the tree.
        """
        file = content
        if not isinstance(file, File):
            file = File(file, name=name, mime_type=mime_type, size=size, title=title)
        return self.add(replica, file, on_progress=on_progress, **options)

    def upload(
        self,
        signed_url: str,
        content: Content | File,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        on_progress: OnProgress | None = None,
        **options: Unpack[CallOptions],
    ) -> None:
        """Send a file to the address that the API gave for its entry; `add_file` does this and all around it.

        Nothing that says who is asking goes along. An upload that breaks off is repeated at the same address, and "it
        is there already" counts as success if an earlier attempt may have arrived.

        Args:
            signed_url: The address.
            content: The file, as for `add_file`.
            name: Name of the file; its ending tells the MIME type.
            mime_type: MIME type, where the ending does not tell it.
            size: Length in bytes. Needed for pieces, and for a file object that cannot seek.
            on_progress: Told how many bytes are sent.
            **options: What the upload changes; of these, the time limits and the number of attempts.

        Raises:
            UploadUrlExpired: The address is too old.
            FileRejected: The file is not one that the API takes, or it changed while it was read.
            UploadError: It did not arrive, for another reason.
            SensayError: Any other of the tree.
        """
        target = SignedUrl(signed_url)
        del signed_url  # tools that report errors print what functions hold
        file = content if isinstance(content, File) else File(content, name=name, mime_type=mime_type, size=size)
        source = FileContent.of(file)
        types = current_file_types(self._transport, options)
        validate = self._transport.config.validate
        content_type = file.content_type(types, validate=validate)
        if validate:
            source.check(types)
        uploader = Uploader(self._transport, options, Telling(on_progress))
        uploader.put(target, source, content_type=content_type)

    def wait_until_ready(
        self,
        replica: UuidLike,
        entries: EntryLike | TrainingEntry | Iterable[EntryLike | TrainingEntry],
        **options: Unpack[WaitOptions],
    ) -> tuple[EntryState, ...]:
        """Wait until a replica can use entries.

        All of them are looked at with one request (one for each hundred), at intervals that grow with their age. An
        error beside an unchanged status may pass, and is waited out; so is a look that fails. The numbers of the
        entries are all that is needed to go on with a wait in another process.

        Args:
            replica: The replica, or its uuid.
            entries: What is waited for: entries, or their numbers; one, or several.
            **options: How to wait, and what the calls change.

        Returns:
            The entries as they are then, with the time at which each status was first seen.

        Raises:
            TrainingFailed: All of them failed.
            PartialFailure: Some failed; the error has them.
            TrainingTimeout: The time was over first; the error has those that are not usable.
            InvalidArgumentError: An option cannot work.
            SensayError: The API refuses to say.
        """
        settings, others, call = WaitSettings.take(options, self._transport.config.max_wait)
        no_others(others)
        waiter = Waiter(self._transport, uuid_of(replica, "replica"), call, settings)
        for entry_id, entry_type in _numbers(entries):
            waiter.watch.add(entry_id, entry_type, now=waiter.clock.now())
        waiter.wait()
        waiter.watch.raise_for_failures(waiter.clock.now())
        return waiter.watch.states

    def retry_failed(
        self, replica: UuidLike, *, files: Iterable[File | Path | str] = (), **options: Unpack[TrainOptions]
    ) -> TrainingReport:
        """Try again to train a replica on the entries that failed, and wait until it can use them.

        What the API has the text of is processed again from there. A web page or video is read again, as a new entry
        that takes the place of the old one. A file of which the API has no text has to be sent again.

        Args:
            replica: The replica, or its uuid.
            files: Files that may be needed again, or their paths; an entry is matched by the name of its file.
            **options: How to train, and what the calls change.

        Returns:
            What became of each entry that had failed; the sources are `FailedEntry` objects.

        Raises:
            InvalidArgumentError: An option cannot work.
            SensayError: The knowledge base cannot be read. What fails for an entry is in the report.
        """
        settings, others, call = WaitSettings.take(options, self._transport.config.max_wait)
        no_others(others)
        uuid = uuid_of(replica, "replica")
        waiter = Waiter(self._transport, uuid, call, settings)
        catalog = Catalog(self._transport, uuid, call, deadline=waiter.deadline)
        given = [file if isinstance(file, File) else File(file) for file in files]
        failed = [FailedEntry.of(item) for item in catalog.failed()]
        retrial = Retrial(
            self._transport,
            uuid,
            call,
            submission=Submission(
                self._transport, uuid, call, catalog=catalog, tell=waiter.tell, deadline=waiter.deadline
            ),
            catalog=catalog,
            files={file.filename: file for file in given},
        )
        return Trainer(retrial, waiter, settings, before=UNPROCESSABLE).train(failed)


def _numbers(
    entries: EntryLike | TrainingEntry | Iterable[EntryLike | TrainingEntry],
) -> Iterable[tuple[int, str | None]]:
    for entry in entries if isinstance(entries, Iterable) else [entries]:
        if isinstance(entry, TrainingEntry):
            yield from ((number, str(entry.type)) for number in entry.ids)
        else:
            kind = getattr(entry, "type_", None)
            yield entry_id_of(entry), None if kind is None else str(kind)
