"""What a person has to do after the API has changed: found, and nothing of it left."""

import json
from pathlib import Path

import pytest

from scripts import _todo, todo
from scripts._errors import PipelineError
from scripts._needed import needed
from scripts._paths import HOME, Tree
from scripts._paths import METHODS as METHODS_FILE
from scripts._paths import SETTLED as SETTLED_FILE
from scripts._todo import Settled, open_points, shown
from scripts.changes._methods import load_methods
from tests.scripts.small_documents import Json, client, document, listing, operation, parameter, ref, thing

HOURS = document(
    {
        "/v1/hours": {
            "get": operation(),
            "post": operation(body={**thing(day={"type": "string"}), "required": ["day"]}),
        },
        "/v1/days": {"get": operation(deprecated=True)},
    }
)
METHODS = 'METHODS = {"list_hours": ["hours.list"], "create_hour": ["hours.add"], "list_days": ["days.list"]}'
SETTLED = '[deprecated]\nlist_days = "nothing takes its place"\n[required]\ncreate_hour = ["day"]\n'


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A client of three operations, with nothing left to do; returns what is settled about them."""
    (tmp_path / "_operations.py").write_text(METHODS, encoding="utf-8")
    (tmp_path / "settled.toml").write_text(SETTLED, encoding="utf-8")
    monkeypatch.setattr(_todo, "METHODS", tmp_path / "_operations.py")
    monkeypatch.setattr(_todo, "SETTLED", tmp_path / "settled.toml")
    return tmp_path / "settled.toml"


def test_nothing_is_left_to_do() -> None:
    """When this fails, the API has changed: do what the list says, and see docs/when-the-api-changes.md."""
    assert open_points(json.loads(Tree(HOME).client.read_text(encoding="utf-8"))) == []


def test_all_reasons_are_given() -> None:
    assert all(len(reason) > len("because") for reason in Settled.load(SETTLED_FILE).deprecated.values())
    assert Settled.load(SETTLED_FILE).deprecated.keys() <= load_methods(METHODS_FILE).keys()


@pytest.mark.usefixtures("settled")
def test_a_settled_document_leaves_nothing() -> None:
    assert open_points(client(HOURS)) == []
    assert shown([]) == "nothing is left to do by hand"


def hours(path: str, method: str, form: Json | None) -> Json:
    """The document with one operation replaced, or removed."""
    paths: Json = json.loads(json.dumps(HOURS["paths"]))
    paths.setdefault(path, {})[method] = form
    if form is None:
        del paths[path][method]
    return client(document({where: item for where, item in paths.items() if item}))


NEEDS_MORE = {**thing(day={"type": "string"}, open={"type": "string"}), "required": ["day", "open"]}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (hours("/v1/hours", "delete", operation()), "new operation without a method: delete_hour"),
        (hours("/v1/hours", "get", None), "removed operation still in use: list_hours, by hours.list();"),
        (hours("/v1/hours", "post", operation(body=NEEDS_MORE)), "new required field: `open` of create_hour;"),
        (hours("/v1/hours", "post", operation(body=thing(day={}))), "no longer required: `day` of create_hour;"),
        (
            hours("/v1/hours", "get", operation(parameters=[parameter("year", required=True)])),
            "new required field: `year` of list_hours;",
        ),
        (
            hours("/v1/hours", "get", operation(deprecated=True)),
            "deprecated operation in use: list_hours (GET /v1/hours)",
        ),
        (
            hours("/v1/days", "get", operation()),
            "list_days although it is deprecated; it is no longer deprecated: take",
        ),
    ],
)
@pytest.mark.usefixtures("settled")
def test_each_thing_to_do_is_told(changed: Json, words: str) -> None:
    points = open_points(changed)

    assert len(points) == 1
    assert words in points[0]
    assert shown(points).splitlines() == ["left to do by hand:", f"  - {points[0]}"]


@pytest.mark.usefixtures("settled")
def test_what_was_settled_about_operations_that_are_gone_is_to_be_taken_out() -> None:
    listed = hours("/v1/hours", "post", None)
    del listed["paths"]["/v1/days"]

    assert [point.partition(" by ")[0] for point in open_points(listed)] == [
        "removed operation still in use: create_hour,",
        "removed operation still in use: list_days,",
        "openapi/settled.toml says what create_hour needs, which is gone or has no method; take it out",
        "openapi/settled.toml gives a reason to use list_days although it is deprecated; it is gone: take the reason out",
    ]


def test_what_is_needed_is_found_however_deep() -> None:
    part = {**thing(size={"type": "string"}), "required": ["size"]}
    one = {**thing(a={"type": "string"}, b={"type": "string"}), "required": ["a", "b"]}
    other = {**thing(a={"type": "string"}), "required": ["a"]}
    body = {"allOf": [{**thing(parts=listing(ref("Part")), choice={"oneOf": [one, other]}), "required": ["parts"]}]}

    found = needed(client(document({"/v1/things": {"post": operation(body=body)}}, {"Part": part})))

    assert found == {"create_thing": ["choice.a", "parts", "parts[].size"]}


def test_a_model_within_itself_ends() -> None:
    node = {**thing(next=ref("Node")), "required": ["next"]}
    assert needed(client(document({"/v1/nodes": {"post": operation(body=ref("Node"))}}, {"Node": node}))) == {
        "create_node": ["next"]
    }


@pytest.mark.parametrize("text", ["x", "[required]", "[deprecated]\n[required]\n[more]"])
def test_a_damaged_file_is_refused(settled: Path, text: str) -> None:
    settled.write_text(text, encoding="utf-8")

    with pytest.raises(PipelineError, match=r"settled\.toml could not be read"):
        Settled.load(settled)


@pytest.mark.parametrize(("points", "status"), [([], 0), (["something"], 1)])
def test_the_command_fails_while_something_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], points: list[str], status: int
) -> None:
    monkeypatch.setattr(todo, "open_points", lambda _document: points)

    assert todo.main() == status
    assert capsys.readouterr().out == shown(points) + "\n"


def test_the_command_needs_a_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(todo, "HOME", tmp_path)

    assert todo.main() == 2
    assert "make generate" in capsys.readouterr().err
