"""What the sandbox stands on, without it: a server, and a framework that answers by a document's examples."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import connexion
import uvicorn
from connexion.mock import MockResolver


class BareServer(uvicorn.Server):
    """A server that can be waited for.

    Args:
        application: What it serves.
    """

    def __init__(self, application: Any) -> None:
        super().__init__(uvicorn.Config(application, port=0, log_config=None))
        self.base_url = ""
        self._is_up = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        """Start to listen."""
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()
        self.base_url = f"http://{host}:{port}"
        self._is_up.set()

    @contextmanager
    def in_thread(self) -> Iterator[None]:
        """Serve from another thread as long as this lasts."""
        thread = threading.Thread(target=self.run)
        thread.start()
        self._is_up.wait()
        try:
            yield
        finally:
            self.should_exit = True
            thread.join()


async def nothing(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers each request with nothing."""
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


def _main(document: str) -> None:
    application = connexion.AsyncApp(__name__)
    application.add_api(Path(document), resolver=MockResolver(mock_all=True))
    server = BareServer(application)
    with server.in_thread():
        print(server.base_url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _main(sys.argv[1])
