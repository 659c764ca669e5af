# Derived from sensay_ext/_async/_upload.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Sends files to the signed URLs that the API gives out."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import httpx

from sensay_ext._deadline import Deadline, bounding
from sensay_ext._errors import SensayError, UploadError
from sensay_ext._retry_after import parse_retry_after
from sensay_ext._sync._streaming import raw_chunks
from sensay_ext._timeout import as_timeout
from sensay_ext._training_events import UploadProgress
from sensay_ext._upload import Answer, Upload, upload_watch
from sensay_ext._wire import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sensay_ext._options import CallOptions
    from sensay_ext._sync._content import FileContent
    from sensay_ext._sync._transport import Transport
    from sensay_ext._telling import Telling
    from sensay_ext._upload import Setback, SignedUrl

__all__ = ["Uploader"]

_LONGEST_ANSWER = 64 * 1024


class Uploader:
    """Puts content where a signed URL points to.

    The request carries nothing that says who is asking, and no redirect is followed. Attempts share one URL, and the
    content is read from its beginning for each.

    Args:
        transport: Where settings, connections and time come from.
        options: What the call changes; of these, the time limits and the number of attempts.
        tell: Told after each piece.
        deadline: When to give up; without one, an upload may go on as long as bytes are taken.
    """

    def __init__(
        self, transport: Transport, options: CallOptions, tell: Telling, deadline: Deadline | None = None
    ) -> None:
        config = transport.config
        self._tell = tell
        self._pool = transport.pool
        self._clock = transport.clock
        self._policy = config.retry_policy
        self._max_retries = options.get("max_retries", config.max_retries)
        self._timeout = as_timeout(options["timeout"]) if "timeout" in options else config.timeout
        self._deadline = deadline or Deadline(self._clock, None)
        self._watch = upload_watch(config.hooks)

    def put(self, target: SignedUrl, content: FileContent, *, content_type: str) -> None:
        """Upload.

        Args:
            target: The URL of the entry.
            content: What to send.
            content_type: Its MIME type.

        Raises:
            UploadUrlExpired: The URL is too old.
            FileRejected: The file changed while it was read, or the storage does not take it.
            UploadError: It did not arrive, for another reason.
        """
        target.check()
        upload = Upload(filename=content.filename, host=target.host, can_repeat=content.can_repeat)
        while True:
            upload.attempt += 1
            setback = self._attempt(target, content, upload, content_type)
            if setback is None:
                return
            delay = self._delay(setback, upload)
            if delay is None:
                raise setback.error
            self._watch.retrying(upload.attempt, delay, setback.error)
            self._clock.sleep(delay)

    def _attempt(self, target: SignedUrl, content: FileContent, upload: Upload, content_type: str) -> Setback | None:
        def count(sent: int) -> None:
            self._deadline.check()
            self._tell(
                UploadProgress(
                    filename=content.filename,
                    label=content.label,
                    sent=sent,
                    size=content.size,
                    attempt=upload.attempt,
                )
            )

        # Closed here and now, so that no file stays open until somebody collects garbage.
        with closing(content.chunks(count)) as chunks:
            try:
                answer = self._send(target, chunks, content_type=content_type, size=content.size)
            except UploadError as problem:
                return upload.given_up(problem)
            except SensayError as problem:
                raise problem.with_traceback(None) from None  # see `given_up`
            except Exception as problem:  # noqa: BLE001 - a transport that the user brought along may raise anything
                upload.can_repeat = content.can_repeat
                return upload.broken(problem)
        upload.can_repeat = content.can_repeat
        return upload.answered(answer)

    def _send(self, target: SignedUrl, chunks: Iterator[bytes], *, content_type: str, size: int) -> Answer:
        request = httpx.Request(
            "PUT",
            target.text,
            headers={"Content-Type": content_type, "Content-Length": str(size)},
            content=chunks,
            extensions={"timeout": self._timeout.within(self._deadline)},
        )
        with quiet(), bounding(self._deadline):
            response = self._pool.client().send(request, stream=True, auth=None, follow_redirects=False)
        body = b""
        try:
            for chunk in raw_chunks(response, self._deadline):
                body += chunk
                if len(body) >= _LONGEST_ANSWER:
                    break
        finally:
            response.close()
        return Answer(
            status_code=response.status_code,
            body=body[:_LONGEST_ANSWER],
            retry_after=parse_retry_after(response.headers, now=self._clock.wall()),
            location=response.headers.get("location", ""),
        )

    def _delay(self, setback: Setback, upload: Upload) -> float | None:
        if upload.attempt > self._max_retries:
            return None
        delay = self._policy.delay(setback.failed)
        return delay if delay is not None and self._deadline.allows(delay) else None
