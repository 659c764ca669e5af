"""What vcrpy puts between a program and the network."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from vcr.cassette import Cassette
from vcr.patch import PATCHER_NAMES
from vcr.persisters.filesystem import CassetteNotFoundError

from sensay_ext.testing._errors import CassetteError
from sensay_ext.testing._interaction import Interaction, Message, headers_from, read_body, write_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vcr.request import Request

__all__ = ["Deck", "taping"]

# The clients use no other library; and whatever a program says to others by these is not said to the API.
_LEFT_ALONE = tuple(name for name in PATCHER_NAMES if name != "httpx")

# A sandbox in this process visits web pages by the same library.
_SANDBOX_AGENT = "sensay-sandbox"


class Deck(Protocol):
    """Answers requests, or notes how they were answered."""

    @property
    def is_playing(self) -> bool:
        """Whether it answers."""
        ...

    def play(self, request: Interaction) -> Interaction:
        """The interaction that answers a request, which comes as one without a reply."""
        ...

    def record(self, interaction: Interaction) -> None:
        """Note an interaction."""
        ...

    def spoil(self, problem: CassetteError) -> None:
        """Note why an interaction cannot be noted."""
        ...


@contextmanager
def taping(deck: Deck) -> Iterator[None]:
    """While this lasts, requests of httpx go to the deck, or are noted by it."""
    # It logs requests and replies as they are.
    logger = logging.getLogger("vcr")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        with _Tape.use(path="-", persister=_NoFile, skip_patchers=_LEFT_ALONE, deck=deck):
            yield
    finally:
        logger.setLevel(level)


class _NoFile:
    """Files are not for vcrpy to read and write: it would keep them as they are, and one interaction at a time."""

    @staticmethod
    def load_cassette(cassette_path: object, serializer: object) -> Any:  # noqa: ARG004 - vcrpy's signature
        """Say that there is none."""
        raise CassetteNotFoundError


class _Tape(Cassette):  # type: ignore[misc] # a library without type information
    """Hands over what the stubs of vcrpy ask for."""

    def __init__(self, deck: Deck, **settings: Any) -> None:
        super().__init__(**settings)
        self._deck = deck

    @property
    def write_protected(self) -> bool:
        """Never: what cannot be answered is for the deck to refuse."""
        return False

    def can_play_response_for(self, request: Request) -> bool:
        """Whether the deck is to answer."""
        return self._deck.is_playing and _concerns_us(request)

    def play_response(self, request: Request) -> dict[str, Any]:
        """The answer of the deck."""
        answer = self._deck.play(
            Interaction(method=request.method, url=request.uri, request=_message(request.headers.items(), request.body))
        )
        return {
            "status": {"code": answer.status, "message": ""},
            "headers": {name: list(values) for name, values in answer.reply.headers.items()},
            "body": {"string": write_body(answer.reply.body)},
        }

    def append(self, request: Request, response: dict[str, Any]) -> None:
        """Hand an answer of the network to the deck."""
        if not _concerns_us(request):
            return
        headers = [(name, value) for name, values in response["headers"].items() for value in values]
        try:
            interaction = Interaction(
                method=request.method,
                url=request.uri,
                request=_message(request.headers.items(), request.body),
                status=response["status"]["code"],
                reply=_message(headers, response["body"]["string"]),
            )
        except CassetteError as problem:
            # The program may take it for a failure of the API, and go on.
            self._deck.spoil(problem)
            raise
        self._deck.record(interaction)


def _concerns_us(request: Request) -> bool:
    return bool(request.headers.get("user-agent") != _SANDBOX_AGENT)


def _message(headers: Iterable[tuple[str, str]], content: bytes | None) -> Message:
    found = headers_from(headers)
    return Message(headers=found, body=read_body(content or b"", found))
