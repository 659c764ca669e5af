"""What is done on a connection ends with the time of the call."""

import threading

import httpcore
import httpx
import pytest

from sensay_ext import File, UploadError, UploadProgress
from sensay_ext._async._content import AsyncFileContent
from sensay_ext._async._network import AsyncBoundedBackend, AsyncBoundedStream, bounded
from sensay_ext._async._upload import AsyncUploader
from sensay_ext._deadline import Deadline, OutOfTimeError, bounding
from sensay_ext._telling import Telling
from sensay_ext._upload import SignedUrl
from tests._async.making import make_client
from tests.clocks import FakeAsyncClock, FakeClock
from tests.fault_server import FaultServer, sliced
from tests.upload_cases import CONTENT, PATH

pytestmark = pytest.mark.anyio

ANSWER = [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b"hello"]


class Stream(httpcore.AsyncMockStream):
    """Remembers what was sent, and the limit of each piece."""

    def __init__(self) -> None:
        super().__init__([])
        self.sent: list[tuple[int, float | None]] = []

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as the library has it
        self.sent.append((len(buffer), timeout))


async def test_an_encrypted_connection_is_bounded_as_well() -> None:
    backend = AsyncBoundedBackend(httpcore.AsyncMockBackend(ANSWER))
    async with httpcore.AsyncConnectionPool(network_backend=backend) as pool:
        reply = await pool.request("GET", "https://api.example/")
        stream = reply.extensions["network_stream"]

    assert reply.content == b"hello"
    assert isinstance(stream, AsyncBoundedStream)
    assert stream.get_extra_info("http_version") is None


async def test_what_is_long_is_sent_in_pieces_each_with_the_time_that_is_left() -> None:
    clock, stream = FakeClock(), Stream()
    deadline = Deadline(clock, 10.0)
    clock.advance(4.0)

    with bounding(deadline):
        await AsyncBoundedStream(stream).write(b"x" * 150_000, 60.0)
        await AsyncBoundedStream(stream).write(b"x", 1.0)
    await AsyncBoundedStream(stream).write(b"x", 60.0)

    assert stream.sent == [(65_536, 6.0), (65_536, 6.0), (18_928, 6.0), (1, 1.0), (1, 60.0)]


async def test_nothing_is_read_or_sent_when_the_time_is_over() -> None:
    clock = FakeClock()
    deadline = Deadline(clock, 10.0)
    clock.advance(10.0)
    stream = AsyncBoundedStream(Stream())

    with bounding(deadline):
        with pytest.raises(OutOfTimeError):
            await stream.read(1)
        with pytest.raises(OutOfTimeError):
            await stream.write(b"x")


async def test_a_client_that_connects_in_its_own_way_is_used_as_it_is() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(204))

    async with bounded(httpx.AsyncClient(transport=transport)) as client:
        reply = await client.get("https://api.example/")

    assert reply.status_code == 204


async def test_an_upload_ends_although_the_storage_goes_on_answering() -> None:
    clock = FakeAsyncClock()
    is_sent = threading.Event()

    def let_time_pass() -> None:
        is_sent.wait()
        clock.advance(1.0)

    def note(event: object) -> None:
        if isinstance(event, UploadProgress) and event.sent == event.size:
            is_sent.set()

    drip = sliced([b"HTTP/1.1 200 OK\r\nServer: ", *[b"x"] * 5000], let_time_pass)
    with FaultServer(drip) as storage:
        async with make_client(storage.url, clock) as client:
            uploader = AsyncUploader(client._transport, {}, Telling(note), Deadline(clock, 30.0))
            content = await AsyncFileContent.of(File(CONTENT, name="a.txt"))
            with pytest.raises(UploadError, match="the time for it is over") as caught:
                await uploader.put(SignedUrl(f"{storage.url}{PATH}"), content, content_type="text/plain")

    assert (caught.value.attempts, caught.value.ambiguous) == (1, True)
