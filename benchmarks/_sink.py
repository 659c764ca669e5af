"""A storage that takes uploads and forgets them, in a process of its own; it has no list of file types."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_BODY = b'{"success":true,"mediaGroups":[]}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


@contextmanager
def sink() -> Iterator[str]:
    """Run the storage as long as this lasts; gives its base URL."""
    command = [sys.executable, "-m", "benchmarks._sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip() if process.stdout else ''}"
        finally:
            process.terminate()


def _serve(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    buffer, head = bytearray(1 << 18), b""
    while count := connection.recv_into(buffer):
        head += buffer[:count]
        if _END_OF_HEAD not in head:
            continue
        head, _, body = head.partition(_END_OF_HEAD)
        lengths = [int(line[len(_LENGTH) :]) for line in head.lower().split(b"\r\n") if line.startswith(_LENGTH)]
        left = sum(lengths) - len(body)
        while left > 0:
            left -= connection.recv_into(buffer, min(left, len(buffer)))
        connection.sendall(_ANSWER)
        head = b""


def _main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    _main()
