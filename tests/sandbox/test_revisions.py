"""Changes to entries."""

import asyncio  # noqa: TID251 - what is replaced runs in an event loop
import threading
from typing import Any

import pytest

from tests.sandbox.api import Api, put

_OLD = "The old office is in Springfield, right behind the brewery."
_NEW = "The new office is in Shelbyville, opposite the fire station."


def _change(api: Api, replica: str, number: int, **body: Any) -> dict[str, Any]:
    assert api("PATCH", f"/replicas/{replica}/knowledge-base/{number}", body) == {"success": True}
    return api.entry(replica, number)


def test_a_new_text_is_processed_from_the_start(api: Api) -> None:
    replica = api.replica()
    number = api.learn(replica, _OLD)

    assert _change(api, replica, number, rawText=_NEW)["status"] == "RAW_TEXT"

    assert "enough information" in api.ask(replica, "Where is the office?")
    api.sandbox.advance(48)
    assert api.entry(replica, number)["status"] == "VECTOR_CREATED"
    assert api.entry(replica, number)["generatedTitle"].startswith("The new office")
    assert api.ask(replica, "Where is the office?") == _NEW


def test_a_new_text_counts_even_when_the_old_one_is_being_processed(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_OLD)["knowledgeBaseID"]
    api.sandbox.advance(30)

    _change(api, replica, number, rawText=_NEW)
    api.sandbox.advance(30)
    assert api.entry(replica, number)["status"] == "PROCESSED_TEXT"
    api.sandbox.advance(18)

    assert api.ask(replica, "Where is the office?") == _NEW


def test_a_new_text_saves_an_entry_that_could_not_be_processed(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=" ")["knowledgeBaseID"]
    api.sandbox.advance(20)

    assert "error" not in _change(api, replica, number, rawText=_NEW)
    api.sandbox.advance(48)

    assert api.ask(replica, "Where is the office?") == _NEW


def test_a_text_can_take_the_place_of_a_file_that_was_never_uploaded(api: Api) -> None:
    replica = api.replica()
    result = api.add(replica, filename="office.txt")

    _change(api, replica, result["knowledgeBaseID"], rawText=_NEW)

    assert put(result, _OLD.encode() * 2).status_code == 400
    api.sandbox.advance(3 * 3600)
    assert api.ask(replica, "Where is the office?") == _NEW


@pytest.mark.parametrize("change", ["PATCH", "DELETE"])
def test_a_change_wins_over_a_step_that_is_being_taken(api: Api, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def extract(*_: object) -> str:
        begun.set()
        await asyncio.to_thread(go_on.wait)
        return _OLD

    monkeypatch.setattr("sensay_ext.sandbox._training.steps.extract_text", extract)
    replica = api.replica()
    result = api.add(replica, filename="office.txt")
    put(result, _OLD.encode() * 2)
    path = f"/replicas/{replica}/knowledge-base"
    training = threading.Thread(target=api.sandbox.advance, args=[60])
    training.start()
    begun.wait()

    api(change, f"{path}/{result['knowledgeBaseID']}", {"rawText": _NEW} if change == "PATCH" else None)
    go_on.set()
    training.join()

    kept = [api.entry(replica, item["id"])["rawText"] for item in api("GET", path)["items"]]
    assert kept == ([_NEW] if change == "PATCH" else [])


def test_anything_else_changes_without_processing(api: Api) -> None:
    replica = api.replica()
    number = api.learn(replica, _OLD)
    chunk = {"content": "One", "chunkIndex": 0, "chunkTokens": 1, "chunkChars": 3}
    given = {
        "title": "T",
        "generatedTitle": "GT",
        "summary": "S",
        "language": "de",
        "generatedFacts": ["F"],
        "rawTextChunks": [chunk],
        "error": {"message": "E"},
    }

    entry = _change(api, replica, number, **given)

    assert {name: entry[name] for name in given if name != "error"} == {
        name: value for name, value in given.items() if name != "error"
    }
    assert entry["error"]["message"] == "E"
    assert entry["status"] == "VECTOR_CREATED"
    assert api.ask(replica, "Where is the old office?") == _OLD


def test_only_the_part_of_its_own_type_changes(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, filename="office.txt")["knowledgeBaseID"]

    entry = _change(
        api,
        replica,
        number,
        file={"name": "renamed.txt", "size": None, "screenshot": "AAAA"},
        website={"url": "https://example.com"},
        youtube={"title": "Nothing"},
    )

    assert entry["file"] == {"name": "renamed.txt", "mimeType": "text/plain"}
    assert not entry.keys() & {"website", "youtube", "url"}


def test_what_the_document_does_not_allow_is_refused(api: Api) -> None:
    replica = api.replica()
    number = api.learn(replica, _OLD)

    for body in ({"rawText": ""}, {"language": "xx"}, {"status": "NEW"}, {"file": {"size": "big"}}):
        api("PATCH", f"/replicas/{replica}/knowledge-base/{number}", body, expect=400)
