"""Content that is not what it should be, and answers of the storage that are not either."""

import io
from collections.abc import Iterator

import pytest

from sensay_ext import File, FileRejected, UploadError
from tests._async.making import make_client
from tests.fault_server import FaultServer, Instruction, reply
from tests.upload_cases import CONTENT, PATH, STORED

pytestmark = pytest.mark.anyio


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


async def send(api: FaultServer, file: File, *answers: Instruction, validate: bool = True) -> list[bytes]:
    """Upload, and return what the storage got."""
    with FaultServer(*answers) as storage:
        async with make_client(api.url, validate=validate) as client:
            await client.knowledge_base.upload(f"{storage.url}{PATH}", file)
        return [request.body for request in storage.requests]


async def test_the_size_of_what_goes_forward_only_is_needed(api: FaultServer) -> None:
    with pytest.raises(FileRejected, match="its size is needed"):
        await send(api, File(Unseekable(CONTENT), name="a.txt"))


async def test_what_is_longer_than_it_was_said_to_be_is_not_sent(api: FaultServer) -> None:
    with pytest.raises(FileRejected, match="it does not have the 60 bytes"):
        await send(api, File(io.BytesIO(b"x" * 100), name="a.txt", size=60))


async def test_an_error_of_ours_from_the_content_is_passed_on(api: FaultServer) -> None:
    def read(_: int) -> bytes:
        raise FileRejected("not today", filename="a.txt")

    with pytest.raises(FileRejected, match="not today"):
        await send(api, File(map(read, range(2)), name="a.txt", size=1000))


async def test_the_storage_can_be_left_to_judge(api: FaultServer) -> None:
    assert await send(api, File(b"short", name="a.txt"), STORED, validate=False) == [b"short"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<p>no</p> " * 20_000, "<p>no</p>"),
        (b'{"statusCode": "soon", "message": "come again"}', "come again"),
    ],
    ids=["without end", "without a status"],
)
async def test_an_answer_that_makes_no_sense_is_an_error(body: bytes, said: str, api: FaultServer) -> None:
    with pytest.raises(UploadError, match=said) as caught:
        await send(api, File(CONTENT, name="a.txt"), reply(400, body))

    assert caught.value.status_code == 400
    assert len(str(caught.value)) < 500
