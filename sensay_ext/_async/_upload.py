"""Sends files to the signed URLs that the API gives out."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

import httpx

from sensay_ext._async._streaming import raw_chunks
from sensay_ext._deadline import Deadline, bounding
from sensay_ext._errors import SensayError, UploadError
from sensay_ext._retry_after import parse_retry_after
from sensay_ext._timeout import as_timeout
from sensay_ext._training_events import UploadProgress
from sensay_ext._upload import Answer, Upload, upload_watch
from sensay_ext._wire import quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sensay_ext._async._content import AsyncFileContent
    from sensay_ext._async._transport import AsyncTransport
    from sensay_ext._options import CallOptions
    from sensay_ext._telling import Telling
    from sensay_ext._upload import Setback, SignedUrl

__all__ = ["AsyncUploader"]

_LONGEST_ANSWER = 64 * 1024


class AsyncUploader:
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
        self, transport: AsyncTransport, options: CallOptions, tell: Telling, deadline: Deadline | None = None
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

    async def put(self, target: SignedUrl, content: AsyncFileContent, *, content_type: str) -> None:
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
            setback = await self._attempt(target, content, upload, content_type)
            if setback is None:
                return
            delay = self._delay(setback, upload)
            if delay is None:
                raise setback.error
            self._watch.retrying(upload.attempt, delay, setback.error)
            await self._clock.sleep(delay)

    async def _attempt(
        self, target: SignedUrl, content: AsyncFileContent, upload: Upload, content_type: str
    ) -> Setback | None:
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
        async with aclosing(content.chunks(count)) as chunks:
            try:
                answer = await self._send(target, chunks, content_type=content_type, size=content.size)
            except UploadError as problem:
                return upload.given_up(problem)
            except SensayError as problem:
                raise problem.with_traceback(None) from None  # see `given_up`
            except Exception as problem:  # noqa: BLE001 - a transport that the user brought along may raise anything
                upload.can_repeat = content.can_repeat
                return upload.broken(problem)
        upload.can_repeat = content.can_repeat
        return upload.answered(answer)

    async def _send(self, target: SignedUrl, chunks: AsyncIterator[bytes], *, content_type: str, size: int) -> Answer:
        request = httpx.Request(
            "PUT",
            target.text,
            headers={"Content-Type": content_type, "Content-Length": str(size)},
            content=chunks,
            extensions={"timeout": self._timeout.within(self._deadline)},
        )
        with quiet(), bounding(self._deadline):
            response = await self._pool.client().send(request, stream=True, auth=None, follow_redirects=False)
        body = b""
        try:
            async for chunk in raw_chunks(response, self._deadline):
                body += chunk
                if len(body) >= _LONGEST_ANSWER:
                    break
        finally:
            await response.aclose()
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
