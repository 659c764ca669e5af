# Derived from tests/_async/test_upload_content.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Content that is not what it should be, and answers of the storage that are not either."""

import io
from collections.abc import Iterator

import pytest

from sensay_ext import File, FileRejected, UploadError
from tests._sync.making import make_client
from tests.fault_server import FaultServer, Instruction, reply
from tests.upload_cases import CONTENT, PATH, STORED


class Unseekable(io.BytesIO):
    """A file object that goes forward only."""

    def seekable(self) -> bool:
        """Say so."""
        return False


@pytest.fixture
def api() -> Iterator[FaultServer]:
    """An API that does not say which file types it takes."""
    with FaultServer(always=reply(404)) as server:
        yield server


def send(api: FaultServer, file: File, *answers: Instruction, validate: bool = True) -> list[bytes]:
    """Upload, and return what the storage got."""
    with FaultServer(*answers) as storage:
        with make_client(api.url, validate=validate) as client:
            client.knowledge_base.upload(f"{storage.url}{PATH}", file)
        return [request.body for request in storage.requests]


def test_the_size_of_what_goes_forward_only_is_needed(api: FaultServer) -> None:
    with pytest.raises(FileRejected, match="its size is needed"):
        send(api, File(Unseekable(CONTENT), name="a.txt"))


def test_what_is_longer_than_it_was_said_to_be_is_not_sent(api: FaultServer) -> None:
    with pytest.raises(FileRejected, match="it does not have the 60 bytes"):
        send(api, File(io.BytesIO(b"x" * 100), name="a.txt", size=60))


def test_an_error_of_ours_from_the_content_is_passed_on(api: FaultServer) -> None:
    def read(_: int) -> bytes:
        raise FileRejected("not today", filename="a.txt")

    with pytest.raises(FileRejected, match="not today"):
        send(api, File(map(read, range(2)), name="a.txt", size=1000))


def test_the_storage_can_be_left_to_judge(api: FaultServer) -> None:
    assert send(api, File(b"short", name="a.txt"), STORED, validate=False) == [b"short"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<p>no</p> " * 20_000, "<p>no</p>"),
        (b'{"statusCode": "soon", "message": "come again"}', "come again"),
    ],
    ids=["without end", "without a status"],
)
def test_an_answer_that_makes_no_sense_is_an_error(body: bytes, said: str, api: FaultServer) -> None:
    with pytest.raises(UploadError, match=said) as caught:
        send(api, File(CONTENT, name="a.txt"), reply(400, body))

    assert caught.value.status_code == 400
    assert len(str(caught.value)) < 500
