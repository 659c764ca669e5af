# Derived from tests/_async/test_network.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What is done on a connection ends with the time of the call."""

import threading

import httpcore
import httpx
import pytest

from sensay_ext import File, UploadError, UploadProgress
from sensay_ext._deadline import Deadline, OutOfTimeError, bounding
from sensay_ext._sync._content import FileContent
from sensay_ext._sync._network import BoundedBackend, BoundedStream, bounded
from sensay_ext._sync._upload import Uploader
from sensay_ext._telling import Telling
from sensay_ext._upload import SignedUrl
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, sliced
from tests.upload_cases import CONTENT, PATH

ANSWER = [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b"hello"]


class Stream(httpcore.MockStream):
    """Remembers what was sent, and the limit of each piece."""

    def __init__(self) -> None:
        super().__init__([])
        self.sent: list[tuple[int, float | None]] = []

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as the library has it
        self.sent.append((len(buffer), timeout))


def test_an_encrypted_connection_is_bounded_as_well() -> None:
    backend = BoundedBackend(httpcore.MockBackend(ANSWER))
    with httpcore.ConnectionPool(network_backend=backend) as pool:
        reply = pool.request("GET", "https://api.example/")
        stream = reply.extensions["network_stream"]

    assert reply.content == b"hello"
    assert isinstance(stream, BoundedStream)
    assert stream.get_extra_info("http_version") is None


def test_what_is_long_is_sent_in_pieces_each_with_the_time_that_is_left() -> None:
    clock, stream = FakeClock(), Stream()
    deadline = Deadline(clock, 10.0)
    clock.advance(4.0)

    with bounding(deadline):
        BoundedStream(stream).write(b"x" * 150_000, 60.0)
        BoundedStream(stream).write(b"x", 1.0)
    BoundedStream(stream).write(b"x", 60.0)

    assert stream.sent == [(65_536, 6.0), (65_536, 6.0), (18_928, 6.0), (1, 1.0), (1, 60.0)]


def test_nothing_is_read_or_sent_when_the_time_is_over() -> None:
    clock = FakeClock()
    deadline = Deadline(clock, 10.0)
    clock.advance(10.0)
    stream = BoundedStream(Stream())

    with bounding(deadline):
        with pytest.raises(OutOfTimeError):
            stream.read(1)
        with pytest.raises(OutOfTimeError):
            stream.write(b"x")


def test_a_client_that_connects_in_its_own_way_is_used_as_it_is() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(204))

    with bounded(httpx.Client(transport=transport)) as client:
        reply = client.get("https://api.example/")

    assert reply.status_code == 204


def test_an_upload_ends_although_the_storage_goes_on_answering() -> None:
    clock = FakeClock()
    is_sent = threading.Event()

    def let_time_pass() -> None:
        is_sent.wait()
        clock.advance(1.0)

    def note(event: object) -> None:
        if isinstance(event, UploadProgress) and event.sent == event.size:
            is_sent.set()

    drip = sliced([b"HTTP/1.1 200 OK\r\nServer: ", *[b"x"] * 5000], let_time_pass)
    with FaultServer(drip) as storage:
        with make_client(storage.url, clock) as client:
            uploader = Uploader(client._transport, {}, Telling(note), Deadline(clock, 30.0))
            content = FileContent.of(File(CONTENT, name="a.txt"))
            with pytest.raises(UploadError, match="the time for it is over") as caught:
                uploader.put(SignedUrl(f"{storage.url}{PATH}"), content, content_type="text/plain")

    assert (caught.value.attempts, caught.value.ambiguous) == (1, True)
