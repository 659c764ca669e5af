"""A server that does what servers should not do, one instruction for each request, in order.

It speaks through a raw socket, since no HTTP server can be talked into resetting a connection in the middle of a body.
"""

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

PATIENCE = 10.0
"""Seconds after which a server that nobody talks to gives up, so that a broken test fails instead of hanging."""


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; names of headers in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Connection:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(PATIENCE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock = sock
        self._buffer = b""
        self._left = threading.Event()
        self.is_open = True

    def wait_for_request(self) -> bool:
        """Wait until the head of a request is here; False when the client has left."""
        while b"\r\n\r\n" not in self._buffer:
            if not self._more():
                return False
        return True

    def receive(self, most: int | None = None) -> Seen | None:
        """The next request; None when the client has left.

        Args:
            most: How many bytes of its body to wait for; all of them if not given.
        """
        if not self.wait_for_request():
            return None
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        length = length if most is None else min(length, most)
        while len(self._buffer) < length:
            if not self._more():
                return None
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return Seen(method, target, headers, body)

    def _more(self) -> bool:
        try:
            data = self._sock.recv(1 << 16)
        except OSError:
            return False
        self._buffer += data
        return bool(data)

    def send(self, data: bytes) -> bool:
        """Send; False when the client has left."""
        try:
            self._sock.sendall(data)
        except OSError:
            return False
        return True

    def wait_until_client_leaves(self) -> None:
        """Say nothing until the client gives up."""
        while self._more():
            pass

    def wait_until_closed(self) -> None:
        """Wait for this end to be closed."""
        if not self._left.wait(PATIENCE):
            raise AssertionError("the connection was never closed")

    def close(self) -> None:
        """End the connection in good order."""
        self.is_open = False
        # Shutting down wakes up a thread of ours that reads from it.
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()
        self._left.set()

    def reset(self) -> None:
        """End the connection as a crash would."""
        self.is_open = False
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()
        self._left.set()


Instruction = Callable[[Connection], None]


class FaultServer:
    """Serves on a free port of this machine while its `with` block lasts.

    At the end of the block every instruction must have been used.

    Args:
        *instructions: What to do with each request, in order.
        always: What to do with every request that has no instruction of its own.
        host: The name by which the client knows the server.
        listening: False leaves the port closed until `listen` is called.
    """

    def __init__(
        self,
        *instructions: Instruction,
        always: Instruction | None = None,
        host: str = "127.0.0.1",
        listening: bool = True,
    ) -> None:
        self.requests: list[Seen] = []
        self.connections: list[Connection] = []
        self._instructions = list(instructions)
        self._always = always
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.host = host
        self.port: int = self._listener.getsockname()[1]
        if listening:
            self.listen()

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://{self.host}:{self.port}"

    @property
    def unused(self) -> int:
        """Instructions that are left."""
        return len(self._instructions)

    def listen(self) -> None:
        """Open the port."""
        self._listener.listen(128)
        self._start(self._accept)

    def _start(self, target: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            connection = Connection(sock)
            self.connections.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: Connection) -> None:
        while connection.is_open and connection.wait_for_request():
            with self._lock:
                instruction = self._instructions.pop(0) if self._instructions else self._always
            request = connection.receive(most=getattr(instruction, "body_bytes", None))
            if request is None:
                break
            self.requests.append(request)
            if instruction is None:
                break
            instruction(connection)
        if connection.is_open:
            connection.close()

    def close(self) -> None:
        """End everything, and wait for it."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self.connections:
            if connection.is_open:
                connection.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
        if exc_type is None and self._instructions:
            raise AssertionError(f"{self.unused} instructions were not used")


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The start of a reply, up to its empty line."""
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def whole(status: int, body: Any = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """A whole reply; a body that is not bytes is written as JSON."""
    content_type = {} if isinstance(body, bytes) else {"Content-Type": "application/json"}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return head(status, {"Content-Length": str(len(content)), **content_type, **(headers or {})}) + content


def reply(status: int = 200, body: Any = b"", headers: Mapping[str, str] | None = None) -> Instruction:
    """Answer properly."""

    def instruction(connection: Connection) -> None:
        connection.send(whole(status, body, headers))

    return instruction


def raw(data: bytes) -> Instruction:
    """Send these bytes and hang up."""

    def instruction(connection: Connection) -> None:
        connection.send(data)
        connection.close()

    return instruction


def then_reset(data: bytes) -> Instruction:
    """Send these bytes and crash."""

    def instruction(connection: Connection) -> None:
        connection.send(data)
        connection.reset()

    return instruction


def reset() -> Instruction:
    """Crash without a word."""
    return Connection.reset


def hang_up() -> Instruction:
    """Close the connection without a word."""
    return Connection.close


def within_body(after_bytes: int, instruction: Instruction) -> Instruction:
    """Do it when so much of the request's body has come, whether more follows or not."""

    def early(connection: Connection) -> None:
        instruction(connection)

    early.body_bytes = after_bytes  # type: ignore[attr-defined] # functions can have attributes, mypy does not know them
    return early


def stall(data: bytes = b"") -> Instruction:
    """Send these bytes, and then nothing any more."""

    def instruction(connection: Connection) -> None:
        connection.send(data)
        connection.wait_until_client_leaves()

    return instruction


def sliced(pieces: Iterable[bytes], before_each: Callable[[], object] = lambda: None) -> Instruction:
    """Send piece after piece, each in a packet of its own, as long as the client listens.

    Args:
        pieces: What to send.
        before_each: Called before each piece; moves the clock of the test on.
    """

    def instruction(connection: Connection) -> None:
        for piece in pieces:
            before_each()
            if not connection.send(piece):
                return

    return instruction


def after(action: Callable[[], object], instruction: Instruction) -> Instruction:
    """Do something else first."""

    def both(connection: Connection) -> None:
        action()
        instruction(connection)

    return both


def reply_and_hang_up(status: int = 200, body: Any = b"") -> Instruction:
    """Answer as if the connection were kept, and close it."""
    return raw(whole(status, body))
