"""What a call costs beside the same call by the bare HTTP library, and beside a well-known package's."""

import json

import httpx
import openai

from benchmarks._loopback import loopback
from benchmarks._ratio import Ratio
from benchmarks._rounds import typical
from benchmarks._samples import COMPLETIONS_PATH, ENTRIES, ENTRIES_PATH, REPLICA_PATH, REPLICA_UUID
from benchmarks._stock import stock_models
from generated_client import models
from sensay_ext import Sensay

_SECRET = "not-a-secret"  # noqa: S105 - the server lets everybody in
_USER = "front-desk"
_QUESTION = "When are you open?"
_ROUNDS = 60
_PAGE_ROUNDS = 30

_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "Content-Type": "application/json",
    "User-Agent": "sensay-ext/0.1.0 python/3.11.0",
    "X-API-Version": "2025-03-25",
    "X-Client-Attempt": "attempt=1; max=3",
    "X-Client-Request-Id": "8f6e54ab-1f0f-4f5d-8a2c-4a86a6b5f0d8",
    "X-ORGANIZATION-SECRET": _SECRET,
    "X-USER-ID": _USER,
}


def measure() -> list[Ratio]:
    """Compare calls over the same kept connection to the same server, and the reading of what came."""
    with loopback() as base_url, Sensay(_SECRET, user_id=_USER, base_url=base_url) as sensay:
        return [
            _replica(sensay, base_url),
            _page(sensay, base_url),
            _parsing(),
            _completion(sensay, base_url),
        ]


def _replica(sensay: Sensay, base_url: str) -> Ratio:
    with httpx.Client() as bare:
        ours, theirs = typical(
            lambda: sensay.replicas.get(REPLICA_UUID),
            lambda: json.loads(bare.get(base_url + REPLICA_PATH, headers=_HEADERS).content),
            rounds=_ROUNDS,
        )
    return Ratio("replicas.get, µs", ours, "httpx and json.loads", theirs, limit=1.25)


def _page(sensay: Sensay, base_url: str) -> Ratio:
    url = f"{base_url}{ENTRIES_PATH}?page=1&pageSize=100"
    with httpx.Client() as bare:
        ours, theirs = typical(
            lambda: list(sensay.knowledge_base.list(REPLICA_UUID)),
            lambda: json.loads(bare.get(url, headers=_HEADERS).content),
            rounds=_PAGE_ROUNDS,
        )
    return Ratio(
        "a page of 100 entries with their texts (320 kB), to models, µs",
        ours,
        "httpx and json.loads",
        theirs,
        limit=1.6,
    )


def _parsing() -> Ratio:
    with stock_models() as stock:
        ours, theirs = typical(
            lambda: models.ListKnowledgeBaseEntriesResponse.from_dict(ENTRIES),
            lambda: stock.ListKnowledgeBaseEntriesResponse.from_dict(ENTRIES),
            rounds=_PAGE_ROUNDS,
        )
    return Ratio("100 entries from JSON to models, µs", ours, "the generator's own templates", theirs, limit=0.5)


def _completion(sensay: Sensay, base_url: str) -> Ratio:
    address = base_url + COMPLETIONS_PATH.removesuffix("/chat/completions")
    with openai.OpenAI(base_url=address, api_key="unused", default_headers=_HEADERS) as them:
        ours, theirs = typical(
            lambda: sensay.experimental.chat_completions(REPLICA_UUID, [{"role": "user", "content": _QUESTION}]),
            lambda: them.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": _QUESTION}]),
            rounds=_ROUNDS,
        )
    return Ratio("a chat completion, µs", ours, "openai", theirs, limit=1.0)
