"""A server that answers without thinking, in a process of its own: what is measured beside it is the client.

It keeps connections, and has one canned answer for each path; what stands after the path makes no difference.
"""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from benchmarks._samples import ANSWERS

_END_OF_HEAD = b"\r\n\r\n"


@contextmanager
def loopback() -> Iterator[str]:
    """Run the server as long as this lasts; gives its base URL."""
    command = [sys.executable, "-m", "benchmarks._loopback"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip() if process.stdout else ''}"
        finally:
            process.terminate()


def _as_http(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _serve(connection: socket.socket, answers: Mapping[bytes, bytes]) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
        head, end, body = received.partition(_END_OF_HEAD)
        if end and len(body) >= _length(head):
            path = head.split(b" ", 2)[1].partition(b"?")[0]
            connection.sendall(answers[path])
            received = b""


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _main() -> None:
    answers = {path.encode(): _as_http(body) for path, body in ANSWERS.items()}
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve, args=(connection, answers), daemon=True).start()


if __name__ == "__main__":
    _main()
