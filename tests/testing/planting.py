"""Secrets, the ways to write them, and a server that they are said to and that says them, so that they get recorded."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from sensay_ext.testing import Scrubber, use_cassette
from tests.fault_server import Connection, FaultServer, whole

ORGANIZATION_SECRET = "kq7/Vd+0pLw3=zT9sXb2"
USER = "müller&söhne/4711"
EMAIL = "greta.planted+x@mail.hofladen.test"
INVITE = "INV-9Rm2/xK4+w"
API_KEY = "sk_live_Jw5tQz81NbY"
BOT_TOKEN = "7123456789:AAE-plantedABCDEFGHIJKLmnopqrst0123"
DISCORD_TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GpLaNt.eDzQ4vT7yXw2Kk1Mn8Pj3Rs6Uv9AbCdEf"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJwbGFudGVkLzEifQ.c2lnbmF0dXJlLXBsYW50ZWQ"
SIGNATURE = "9f8e7d6c5b4a3f2e1d0cPlanted"
PASSWORD = "p4ss-Planted:word"
ORGANIZATION = "0f8fad5b-d9cb-469f-a165-70867728950e"
OWNER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"

BY_PLACE = (ORGANIZATION_SECRET, USER, INVITE, OWNER)
"""What nobody would know for a secret but for where it stands."""

_TOKENS = (BOT_TOKEN, DISCORD_TOKEN, JWT)


def by_look(number: int) -> tuple[str, str]:
    """An address and a token, which are known by what they look like wherever they stand; others for each number."""
    return f"{number:03d}{EMAIL}", f"{_TOKENS[number % len(_TOKENS)]}{number:03d}"


def _percent(text: str) -> str:
    return quote(text, safe="")


def _each_percent(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def _each_escaped(text: str) -> str:
    return "".join(f"\\u{ord(character):04X}" for character in text)


def _json(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _gzip(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode())).decode()


ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "percent-encoded": _percent,
    "percent-encoded twice": lambda text: _percent(_percent(text)),
    "each byte percent-encoded": _each_percent,
    "escaped for JSON": _json,
    "JSON in JSON": lambda text: _json(json.dumps({"said": text})),
    "JSON in JSON in JSON": lambda text: _json(json.dumps(json.dumps({"said": text}))),
    "each character escaped": _each_escaped,
    "escaped for HTML": lambda text: "".join(f"&#{ord(character)};" for character in text),
    "base64": _base64,
    "base64 without padding": lambda text: _base64(text).rstrip("="),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64, percent-encoded": lambda text: _percent(_base64(text)),
    "base64 after one byte": lambda text: _base64(f"<{text}>"),
    "base64 after two bytes": lambda text: _base64(f"<<{text}>>"),
    "base64 in lines": lambda text: base64.encodebytes(f"{'padding ' * 9}{text}{' padding' * 9}".encode()).decode(),
    "base64 twice": lambda text: _base64(_base64(text)),
    "base64 of JSON": lambda text: _base64(json.dumps({"said": text})),
    "base64 of what is percent-encoded": lambda text: _base64(_percent(text)),
    "gzip": _gzip,
    "gzip of JSON": lambda text: _gzip(json.dumps({"said": text})),
    "gzip of base64": lambda text: _gzip(_base64(text)),
    "data URL": lambda text: f"data:text/plain;base64,{_base64(text)}",
}
"""Ways to write a secret as a text."""


class Speaker:
    """A server that says whatever it is told to.

    Args:
        client: Asks it.
    """

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.port = 0
        self.answers: list[bytes] = []

    def answer(self, connection: Connection) -> None:
        """Give the next answer, or an empty one."""
        connection.send(self.answers.pop(0) if self.answers else whole(204))


@contextmanager
def speaker() -> Iterator[Speaker]:
    """A server that says whatever it is told to, while this lasts."""
    with httpx.Client() as client:
        speaking = Speaker(client)
        with FaultServer(always=speaking.answer) as server:
            speaking.port = server.port
            yield speaking


class Recording:
    """One recording that is being made over HTTP.

    Args:
        speaking: The server.
    """

    def __init__(self, speaking: Speaker) -> None:
        self._speaking = speaking

    def exchange(
        self,
        method: str = "GET",
        target: str = "/v1/replicas",
        *,
        host: str = "127.0.0.1",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        status: int = 200,
        reply_headers: Mapping[str, str] | None = None,
        reply: bytes = b"",
    ) -> None:
        """Have one request answered."""
        self._speaking.answers = [whole(status, reply, reply_headers)]
        sent = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        self._speaking.client.request(
            method, f"http://{host}:{self._speaking.port}{target}", headers=sent, content=body
        )

    def tell(self, known: Mapping[str, str]) -> None:
        """Let a value be seen where one of its kind belongs, each by the name of a field."""
        self.exchange("POST", headers=JSON, body=json.dumps(known).encode())


JSON = {"Content-Type": "application/json"}


@contextmanager
def recording(speaking: Speaker, path: Path, scrubber: Scrubber | None = None) -> Iterator[Recording]:
    """Record what is said in here."""
    with use_cassette(path, record="rewrite", scrubber=scrubber):
        yield Recording(speaking)
