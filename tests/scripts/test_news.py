"""What a fetched document brings: a report, an entry in the change log, and days in the ledger."""

import json
from datetime import date
from pathlib import Path

import pytest

from scripts import _news
from scripts._errors import PipelineError
from scripts._lock import Lock, meaning
from scripts._news import News
from scripts._paths import Tree
from tests.scripts.small_documents import Json, document, operation, thing

FIRST = document({"/v1/hours": {"get": operation(thing(a={"type": "string"}, b={"type": "string"}))}})
OLD_AGE = document({"/v1/hours": {"get": operation(thing(a={"type": "string"}), deprecated=True)}})
GONE = document({"/v1/days": {"get": operation()}})
MONDAY, TUESDAY, FRIDAY = date(2025, 9, 1), date(2025, 9, 2), date(2025, 9, 5)
LOCK = Lock(source="", variant="public", upstream="", client="", tools={}, snapshots={meaning(OLD_AGE): "2025-08-01"})
KEY = "GET /v1/hours"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """An empty tree, whose client has one method."""
    (tmp_path / "_operations.py").write_text('METHODS = {"list_hours": ["hours.list"]}', encoding="utf-8")
    monkeypatch.setattr(_news, "METHODS", tmp_path / "_operations.py")
    (tmp_path / "openapi").mkdir()
    return Tree(tmp_path)


def take_in(tree: Tree, new: Json, current: Json | None, on: date, lock: Lock | None = None) -> News:
    news = News.of(new, current, tree, lock, on=on, hidden=False)
    news.write(tree)
    return news


def headings(tree: Tree) -> list[str]:
    return [line for line in tree.changelog.read_text("utf-8").splitlines() if line.startswith("#")]


def test_the_first_document_is_counted(tree: Tree) -> None:
    news = take_in(tree, FIRST, None, MONDAY)

    assert news.changes == []
    assert "\n## 2025-09-01\n\nThe first document; number of operations: 1.\n" in tree.changelog.read_text("utf-8")


def test_a_change_is_told_by_its_level_and_the_methods_concerned(tree: Tree) -> None:
    take_in(tree, FIRST, None, MONDAY)
    news = take_in(tree, OLD_AGE, FIRST, TUESDAY)

    assert "`b`" in news.report()
    text = tree.changelog.read_text("utf-8").split("\n## ")[1]
    assert text.startswith("2025-09-02\n")
    assert "- **GET /v1/hours - hours.list()**\n" in text


def test_the_newest_stands_first_below_one_title(tree: Tree) -> None:
    take_in(tree, FIRST, None, MONDAY)
    take_in(tree, OLD_AGE, FIRST, TUESDAY)
    take_in(tree, GONE, OLD_AGE, FRIDAY)

    assert [line for line in headings(tree) if not line.startswith("###")] == [
        "# What changed in the API",
        "## 2025-09-05",
        "## 2025-09-02",
        "## 2025-09-01",
    ]


def test_the_same_again_changes_no_byte(tree: Tree) -> None:
    take_in(tree, FIRST, None, MONDAY)
    take_in(tree, OLD_AGE, FIRST, TUESDAY)
    before = tree.changelog.read_bytes(), tree.ledger.read_bytes()
    news = take_in(tree, OLD_AGE, OLD_AGE, FRIDAY)

    assert (tree.changelog.read_bytes(), tree.ledger.read_bytes()) == before
    assert news.report() == "No changes."


def test_what_is_announced_keeps_its_first_day_and_its_removal_is_no_surprise(tree: Tree) -> None:
    take_in(tree, OLD_AGE, FIRST, MONDAY)
    take_in(tree, OLD_AGE, OLD_AGE, TUESDAY)
    assert json.loads(tree.ledger.read_text("utf-8")) == {KEY: "2025-09-01"}
    # A document in between no longer says it, but it was said.
    take_in(tree, FIRST, OLD_AGE, TUESDAY)
    news = take_in(tree, GONE, FIRST, FRIDAY)

    assert [change.kind for change in news.changes if change.path == "/v1/hours"] == [
        "operation-removed-with-deprecation"
    ]
    assert json.loads(tree.ledger.read_text("utf-8")) == {KEY: "2025-09-01"}


@pytest.mark.parametrize(("lock", "day"), [(LOCK, "2025-08-01"), (None, "2025-09-05")])
def test_a_tree_without_a_ledger_gets_one_from_the_document_at_hand(tree: Tree, lock: Lock | None, day: str) -> None:
    take_in(tree, GONE, OLD_AGE, FRIDAY, lock)

    assert json.loads(tree.ledger.read_text("utf-8")) == {KEY: day}


def test_a_damaged_ledger_is_refused(tree: Tree) -> None:
    tree.ledger.write_text("[]", encoding="utf-8")

    with pytest.raises(PipelineError, match="ledger"):
        take_in(tree, FIRST, None, MONDAY)


def test_what_cannot_be_compared_is_never_taken_for_unchanged(tree: Tree) -> None:
    broken = document({"/v1/hours": {"get": {**operation(), "parameters": [{"name": 1, "in": []}]}}})

    with pytest.raises(PipelineError, match="valid OpenAPI"):
        take_in(tree, broken, FIRST, MONDAY)


def test_a_document_after_one_that_was_lost_leaves_the_log_as_it_is(tree: Tree) -> None:
    take_in(tree, FIRST, None, MONDAY)
    before = tree.changelog.read_bytes()
    take_in(tree, GONE, None, FRIDAY)

    assert tree.changelog.read_bytes() == before
