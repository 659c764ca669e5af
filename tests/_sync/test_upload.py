# Derived from tests/_async/test_upload.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""Sending files to signed URLs, through a storage that does what storages do."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sensay_ext import (
    ConfigurationError,
    File,
    FileRejected,
    InvalidArgumentError,
    Sensay,
    SensayError,
    Timeout,
    UploadError,
    UploadProgress,
)
from tests._sync.making import make_client
from tests.clocks import FakeClock
from tests.fault_server import FaultServer, reply, reset, stall, within_body
from tests.leaks import check_error, check_logs
from tests.upload_cases import CASES, CONTENT, PATH, REDIRECTS, STORED, UploadCase, expected_bodies

GROUPS = reply(
    200,
    {
        "success": True,
        "mediaGroups": [
            {
                "label": "Documents",
                "mediaType": "document",
                "fileTypes": [
                    {"mimeTypes": ["text/x-new"], "extensions": [".new"], "supportLevel": "production"},
                    {"mimeTypes": ["text/plain"], "extensions": [".txt"], "supportLevel": "disabled"},
                ],
            }
        ],
    },
)


@pytest.fixture
def api() -> Iterator[FaultServer]:
    """An API that does not say which file types it takes."""
    with FaultServer(always=reply(404)) as server:
        yield server


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_has_its_outcome(case: UploadCase, api: FaultServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    clock, error = FakeClock(), None
    with FaultServer(*case.faults) as storage:
        with make_client(api.url, clock) as client:
            try:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="hours.txt")
            except SensayError as raised:
                error = raised
            check_idle(client)

    assert type(error) is (case.error or type(None))
    assert expected_bodies(case, [request.body for request in storage.requests])
    assert case.slept is None or clock.slept == list(case.slept)
    if error is not None:
        assert {name: getattr(error, name) for name in case.details} == case.details
        assert case.says in str(error)
        assert "hours.txt" in str(error)
        assert len(str(error)) < 400
        check_error(error)
    check_logs(caplog)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_attempt_says_the_length_and_nothing_of_who_is_asking(case: UploadCase, api: FaultServer) -> None:
    with FaultServer(*case.faults) as storage:
        with make_client(api.url, user_id="alice") as client:
            client._transport.pool.client().cookies.set("session", "SENTINEL")
            client._transport.pool.client().headers["X-ORGANIZATION-SECRET"] = "SENTINEL"
            try:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="hours.txt")
            except UploadError:
                assert case.error is not None

    assert len(storage.requests) == len(case.faults)
    for request in storage.requests:
        assert (request.method, request.target) == ("PUT", PATH)
        assert request.headers.keys() == {"host", "content-type", "content-length"}
        assert request.headers["content-length"] == str(len(CONTENT))
        assert request.headers["content-type"] == "text/plain"


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_is_not_followed(status: int, api: FaultServer) -> None:
    with FaultServer(host="localhost") as elsewhere:
        with FaultServer(reply(status, headers={"Location": f"{elsewhere.url}/?token=SENTINEL"})) as storage:
            with make_client(api.url, follow_redirects=True) as client:
                with pytest.raises(UploadError, match="points to localhost, which is not followed") as caught:
                    client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="hours.txt")
        assert elsewhere.requests == []
    assert caught.value.status_code == status
    check_error(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://storage.example/x?token=SENTINEL",
        "ftp://storage.example/x?token=SENTINEL",
        "https://user:SENTINEL@storage.example/x",
        "https://[SENTINEL/x",
        "/storage/x?token=SENTINEL",
        "https://storage.example:99999999/SENTINEL",
    ],
)
def test_an_address_that_is_not_safe_is_refused_and_not_shown(url: str, api: FaultServer) -> None:
    with make_client(api.url) as client:
        with pytest.raises(UploadError, match="is not an https URL") as caught:
            client.knowledge_base.upload(url, CONTENT, name="hours.txt")
    check_error(caught.value)


class TestContent:
    """Whatever the content is at hand as, the storage gets the same."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "hours.txt"
        path.write_bytes(CONTENT)
        return path

    def send(self, api: FaultServer, *faults: Any, always: Any = None, **file: Any) -> list[bytes]:
        with FaultServer(*faults, always=always or STORED) as storage:
            with make_client(api.url) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", **file)
        return [request.body for request in storage.requests]

    def test_a_path(self, api: FaultServer, path: Path) -> None:
        assert self.send(api, content=path) == [CONTENT]
        assert self.send(api, content=str(path)) == [CONTENT]

    def test_bytes(self, api: FaultServer) -> None:
        assert self.send(api, content=CONTENT, name="hours.txt") == [CONTENT]
        assert self.send(api, content=bytearray(CONTENT), name="hours.txt") == [CONTENT]

    def test_a_file_object_from_where_it_stands(self, api: FaultServer, path: Path) -> None:
        with path.open("rb") as opened:
            opened.seek(100)
            assert self.send(api, reply(503), STORED, content=opened) == [CONTENT[100:]] * 2
            assert not opened.closed

    def test_a_file_object_that_cannot_seek_is_sent_once(self, api: FaultServer) -> None:
        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def seek(self, *_: object) -> int:
                raise io.UnsupportedOperation

        file = {"name": "hours.txt", "size": len(CONTENT)}
        assert self.send(api, content=Pipe(CONTENT), **file) == [CONTENT]
        with pytest.raises(UploadError, match="refused it") as caught:
            self.send(api, reply(503), content=Pipe(CONTENT), **file)
        assert caught.value.attempts == 1

    def test_pieces_are_sent_once(self, api: FaultServer) -> None:
        def pieces() -> Iterator[bytes]:
            for start in range(0, len(CONTENT), 1000):
                yield CONTENT[start : start + 1000]

        file = {"name": "hours.txt", "size": len(CONTENT)}
        assert self.send(api, content=pieces(), **file) == [CONTENT]
        with pytest.raises(UploadError, match="refused it"):
            self.send(api, reply(503), content=pieces(), **file)

    def test_what_was_not_even_begun_can_be_repeated(self, api: FaultServer) -> None:
        storage = FaultServer(STORED, listening=False)
        clock = FakeClock(storage.listen)
        with storage:
            with make_client(api.url, clock) as client:
                file = File(iter([CONTENT]), name="hours.txt", size=len(CONTENT))
                client.knowledge_base.upload(f"{storage.url}{PATH}", file)
        assert [request.body for request in storage.requests] == [CONTENT]

    def test_a_file_that_grows_is_not_stored(self, api: FaultServer, path: Path) -> None:
        def grow(progress: object) -> None:
            assert isinstance(progress, UploadProgress)
            with path.open("ab") as opened:
                opened.write(b"!")

        with FaultServer(always=within_body(1, stall())) as storage:
            with make_client(api.url) as client:
                with pytest.raises(FileRejected, match=r"hours\.txt: it does not have the 1240000 bytes"):
                    client.knowledge_base.upload(f"{storage.url}{PATH}", path, on_progress=grow)
                check_idle(client)

    def test_a_file_that_shrinks_is_not_stored(self, api: FaultServer, path: Path) -> None:
        def shrink(_: object) -> None:
            path.write_bytes(CONTENT[:300_000])

        with FaultServer(always=within_body(1, stall())) as storage:
            with make_client(api.url) as client:
                with pytest.raises(FileRejected, match="does not have the 1240000 bytes"):
                    client.knowledge_base.upload(f"{storage.url}{PATH}", path, on_progress=shrink)

    def test_a_file_that_is_written_to_is_not_stored(self, api: FaultServer, path: Path) -> None:
        def rewrite(_: object) -> None:
            path.write_bytes(CONTENT[::-1])

        with FaultServer(always=within_body(1, stall())) as storage:
            with make_client(api.url) as client:
                with pytest.raises(FileRejected, match="it changed while it was read"):
                    client.knowledge_base.upload(f"{storage.url}{PATH}", path, on_progress=rewrite)
        assert all(len(request.body) < len(CONTENT) for request in storage.requests)

    @pytest.mark.parametrize("claimed", [len(CONTENT) - 1, len(CONTENT) + 1])
    def test_pieces_of_another_length_are_not_stored(self, claimed: int, api: FaultServer) -> None:
        with pytest.raises(FileRejected, match=f"does not have the {claimed} bytes"):
            self.send(api, always=within_body(1, stall()), content=iter([CONTENT]), name="hours.txt", size=claimed)

    def test_pieces_that_fail_are_an_error_of_ours(self, api: FaultServer) -> None:
        def pieces() -> Iterator[bytes]:
            yield CONTENT
            raise ZeroDivisionError

        with pytest.raises(FileRejected, match="it cannot be read: ZeroDivisionError") as caught:
            self.send(api, always=within_body(1, stall()), content=pieces(), name="hours.txt", size=2 * len(CONTENT))
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
        check_error(caught.value)

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "it is empty"),
            (b"too short", "it has 9 characters"),
            ("Grüße ".encode() * 8, "it has 48 characters"),
            (bytes(50 * 1024 * 1024 + 1), "it has 52428801 bytes"),
        ],
    )
    def test_what_the_api_would_not_take_is_not_sent(
        self, content: bytes, problem: str, api: FaultServer, tmp_path: Path
    ) -> None:
        path = tmp_path / "hours.txt"
        path.write_bytes(content)
        with make_client(api.url) as client:
            for file in (File(path), File(content, name="hours.txt"), File(io.BytesIO(content), name="hours.txt")):
                with pytest.raises(FileRejected, match=f"hours.txt: {problem}"):
                    client.knowledge_base.upload("https://storage.example", file)

    def test_the_check_can_be_left_to_the_api(self, api: FaultServer) -> None:
        with FaultServer(STORED) as storage:
            with make_client(api.url, validate=False) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", b"short", name="hours.txt")
        assert [request.body for request in storage.requests] == [b"short"]

    def test_a_file_that_is_not_there_is_an_error_of_ours(self, api: FaultServer, tmp_path: Path) -> None:
        with make_client(api.url) as client:
            with pytest.raises(FileRejected, match=r"gone\.txt: it cannot be read: No such file"):
                client.knowledge_base.upload("https://storage.example", tmp_path / "gone.txt")
        assert api.requests == []

    def test_a_file_without_a_name_is_refused(self, api: FaultServer) -> None:
        with make_client(api.url) as client:
            with pytest.raises(InvalidArgumentError, match="name is needed"):
                client.knowledge_base.upload("https://storage.example", b"")


class TestFileTypes:
    """The MIME type is the one that the API names."""

    def test_the_list_is_asked_for_once(self) -> None:
        clock = FakeClock()
        with FaultServer(GROUPS, GROUPS) as api, FaultServer(always=STORED) as storage:
            with make_client(api.url, clock) as client:
                for view in (client, client.as_user("alice"), client):
                    view.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="a.new")
                clock.advance(3600)
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="a.new")

        assert {request.headers["content-type"] for request in storage.requests} == {"text/x-new"}
        assert len(api.requests) == 2

    def test_what_is_not_in_the_list_is_refused(self) -> None:
        with FaultServer(GROUPS) as api:
            with make_client(api.url) as client:
                for name, problem in {"a.txt": "at present", "a.exe": r"\.exe, only \.new"}.items():
                    with pytest.raises(FileRejected, match=problem):
                        client.knowledge_base.upload("https://storage.example", CONTENT, name=name)

    def test_what_is_not_in_the_list_can_be_left_to_the_api(self) -> None:
        with FaultServer(GROUPS) as api, FaultServer(always=STORED) as storage:
            with make_client(api.url, validate=False) as client:
                for name in ("a.exe", "a", "a.txt"):
                    client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name=name)
                with pytest.raises(FileRejected, match="MIME type"):
                    client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="a", mime_type="a\r\nb: c")

        assert [request.headers["content-type"] for request in storage.requests] == [
            "application/octet-stream",
            "application/octet-stream",
            "text/plain",
        ]

    def test_a_type_that_is_given_wins(self) -> None:
        with FaultServer(GROUPS) as api, FaultServer(STORED) as storage:
            with make_client(api.url) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="notes", mime_type="text/markdown")
        assert storage.requests[0].headers["content-type"] == "text/markdown"

    def test_without_a_list_the_bundled_one_is_used(self, api: FaultServer) -> None:
        with FaultServer(STORED) as storage:
            with make_client(api.url) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="HANDBOOK.PDF")
        assert storage.requests[0].headers["content-type"] == "application/pdf"


class TestProgress:
    def test_every_piece_is_told_of_and_attempts_are_told_apart(self, api: FaultServer) -> None:
        told: list[Any] = []
        with FaultServer(within_body(1_100_000, reset()), STORED) as storage:
            with make_client(api.url) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="hours.txt", on_progress=told.append)
        last = [event for event in told if event.attempt == 2]

        assert [event.sent for event in last] == [1_048_576, 1_240_000]
        first = UploadProgress(filename="hours.txt", label="hours.txt", sent=1_048_576, size=1_240_000, attempt=1)
        assert told[0] == first
        assert str(last[-1]) == "hours.txt: 1240000 of 1240000 bytes sent, attempt 2"

    def test_a_mistake_in_watching_does_not_break_the_upload(
        self, api: FaultServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(_: object) -> None:
            raise ZeroDivisionError

        with FaultServer(STORED) as storage:
            with make_client(api.url) as client:
                client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="a.txt", on_progress=broken)
        assert "on_progress failed on UploadProgress" in caplog.text


class TestLimits:
    def test_a_storage_that_takes_nothing_is_given_up(self, api: FaultServer) -> None:
        with FaultServer(always=within_body(1, stall())) as storage:
            with make_client(api.url) as client:
                with pytest.raises(UploadError, match=r"WriteTimeout|ReadTimeout") as caught:
                    client.knowledge_base.upload(
                        f"{storage.url}{PATH}",
                        bytes(20_000_000),
                        name="a.pdf",
                        timeout=Timeout(write=0.05, read=0.05),
                        max_retries=0,
                    )
        assert (caught.value.attempts, caught.value.ambiguous) == (1, True)

    def test_retries_can_be_switched_off(self, api: FaultServer) -> None:
        with FaultServer(reply(503)) as storage:
            with make_client(api.url) as client:
                with pytest.raises(UploadError) as caught:
                    client.knowledge_base.upload(f"{storage.url}{PATH}", CONTENT, name="hours.txt", max_retries=0)
        assert caught.value.attempts == 1

    def test_a_closed_client_says_so(self, api: FaultServer) -> None:
        client = make_client(api.url)
        client.close()
        with pytest.raises(ConfigurationError, match="closed") as caught:
            client.knowledge_base.upload(f"{api.url}{PATH}", CONTENT, name="hours.txt")
        check_error(caught.value)


def check_idle(client: Sensay) -> None:
    """Fail when a connection to the storage is still in use."""
    for http_client in client._transport.pool._clients.values():
        pool: Any = http_client._transport
        assert all(connection.is_idle() for connection in pool._pool.connections)
