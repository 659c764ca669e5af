"""Changes to entries."""

import asyncio  # noqa: TID251 - what is replaced runs in an event loop
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.outcomes import Unprocessable
from sensay_ext.sandbox._training.steps import Steps
from tests.sandbox.api import Api, put

_StepUnderWay = Callable[[str, Any], AbstractContextManager[None]]

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


@pytest.fixture
def step_under_way(api: Api, monkeypatch: pytest.MonkeyPatch) -> _StepUnderWay:
    """Let the entries' next step begin, and end with an outcome when the block does."""

    @contextmanager
    def under_way(step: str, outcome: Any) -> Iterator[None]:
        begun, go_on = threading.Event(), threading.Event()

        async def take(*_: object) -> Any:
            begun.set()
            await asyncio.to_thread(go_on.wait)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(f"sensay_ext.sandbox._training.steps.{step}", take)
        training = threading.Thread(target=api.sandbox.advance, args=[60])
        training.start()
        begun.wait()
        try:
            yield
        finally:
            go_on.set()
            training.join()

    return under_way


@pytest.mark.parametrize("change", ["PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ({"filename": "office.txt"}, ("extract_text", _OLD)),
        ({"url": "https://office.example/"}, ("read_website", {"text": _OLD})),
    ],
)
def test_a_change_wins_over_a_step_that_is_being_taken(
    api: Api, step_under_way: _StepUnderWay, change: str, source: dict[str, str], taken: tuple[str, Any]
) -> None:
    replica = api.replica()
    result = api.add(replica, **source)
    if "signedURL" in result:
        put(result, _OLD.encode())
    path = f"/replicas/{replica}/knowledge-base"

    with step_under_way(*taken):
        api(change, f"{path}/{result['knowledgeBaseID']}", {"rawText": _NEW} if change == "PATCH" else None)

    kept = [api.entry(replica, item["id"])["rawText"] for item in api("GET", path)["items"]]
    assert kept == ([_NEW] if change == "PATCH" else [])


@pytest.mark.parametrize(
    ("outcome", "status", "error"),
    [(_OLD, "RAW_TEXT", None), (Unprocessable("The file is damaged"), "UNPROCESSABLE", "The file is damaged")],
    ids=["goes well", "goes wrong"],
)
def test_a_step_whose_entry_got_another_title_meanwhile_is_taken_again(
    api: Api, step_under_way: _StepUnderWay, outcome: Any, status: str, error: str | None
) -> None:
    replica = api.replica()
    result = api.add(replica, filename="office.txt")
    put(result, _OLD.encode())

    with step_under_way("extract_text", outcome):
        _change(api, replica, result["knowledgeBaseID"], title="Moved")

    entry = api.entry(replica, result["knowledgeBaseID"])
    assert (entry["title"], entry["status"]) == ("Moved", status)
    assert entry.get("error", {}).get("message") == error


def test_a_step_for_an_entry_that_has_changed_since_does_nothing(api: Api) -> None:
    replica = api.replica()
    number = api.add(replica, text=_OLD)["knowledgeBaseID"]
    api.sandbox.advance(20)
    state = api.sandbox._state
    before = state.database.row("SELECT * FROM entries WHERE id = ?", number)
    assert before is not None
    entry = _change(api, replica, number, title="Moved")

    asyncio.run(Steps(state, Fetcher(allow_network=False, allow_private=False)).take(before))

    assert api.entry(replica, number) == entry
    assert "enough information" in api.ask(replica, "Where is the office?")


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
