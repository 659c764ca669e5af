"""Our repairs: each has a reason, and each has to bite."""

import json
from pathlib import Path

import pytest
import yaml

from scripts._build import client_document
from scripts._errors import PipelineError
from scripts._overlay import Overlay
from scripts._paths import OVERLAY
from scripts.regenerate import main
from tests.scripts.small_documents import STRING, Json, document, operation, thing
from tests.scripts.trees import written

PETS = document({"/v1/pets": {"get": operation(thing(a=STRING))}})


def overlay(*actions: Json, names: list[Json] | None = None) -> Json:
    return {
        "overlay": "1.0.0",
        "info": {"title": "t", "version": "1"},
        "actions": list(actions),
        "x-naming": names or [],
    }


def action(target: str = "$.info", reason: str = "because", **what: object) -> Json:
    return {"target": target, "description": reason, **(what or {"update": {"x-mark": 1}})}


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Use":
    """Puts an overlay of the test in the place of ours."""
    return Use(tmp_path / "overlay.yaml", monkeypatch)


class Use:
    """Writes an overlay and lets the pipeline use it."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        monkeypatch.setattr("scripts._build.OVERLAY", path)

    def __call__(self, text: str | Json) -> None:
        self.path.write_text(text if isinstance(text, str) else yaml.safe_dump(text), encoding="utf-8")


def test_actions_update_and_remove_and_leave_the_document_given_as_it_is() -> None:
    given = json.loads(json.dumps(PETS))
    repairs = Overlay(overlay(action(), action("$.paths['/v1/pets'].get.responses", remove=True)))

    repaired = repairs.apply(given)

    assert given == PETS
    assert repaired["info"]["x-mark"] == 1
    assert repaired["paths"]["/v1/pets"]["get"] == {}
    assert repairs.unused() == set()


@pytest.mark.parametrize(
    "idle",
    [
        action("$.paths['/v1/gone']"),
        action("$.info", update={"title": "Small"}),
        action("$..parameters[?(@.name == 'gone')].schema", remove=True),
    ],
)
def test_an_action_that_changes_nothing_is_noticed(idle: Json) -> None:
    repairs = Overlay(overlay(action(), idle))
    repairs.apply(PETS)

    assert repairs.unused() == {f"the action on {idle['target']}"}


def test_an_entry_that_bites_no_more_stops_the_run_at_home(use: Use) -> None:
    use(overlay(action("$.paths['/v1/gone']"), names=[{"reason": "because", "classes": {"Gone": "Here"}}]))

    with pytest.raises(PipelineError) as caught:
        client_document(PETS, at_home=True)
    assert str(caught.value) == (
        "entries of openapi/overlay.yaml change nothing any more: "
        "the action on $.paths['/v1/gone'], the name of 'Gone'; remove them, or correct them to what the document says now"
    )


def test_another_document_is_taken_while_every_entry_bites_on_the_committed_one(use: Use) -> None:
    use(overlay(action("$.paths['/v1/replicas'].get"), names=[{"reason": "because", "nouns": {"replica": "copy"}}]))

    assert set(client_document(PETS, at_home=False)["components"]["schemas"]) == {"ErrorResponse", "ListPetsResponse"}


def test_another_document_is_refused_when_an_entry_bites_nowhere(use: Use) -> None:
    use(overlay(action("$.paths['/v1/replicas'].get"), action("$.paths['/v1/gone']")))

    with pytest.raises(PipelineError, match=r"any more: the action on \$\.paths\['/v1/gone'\]; remove"):
        client_document(PETS, at_home=False)


def test_our_own_overlay_bites_on_the_committed_document(upstream: Json) -> None:
    assert client_document(upstream, at_home=True)["openapi"] == "3.0.3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("actions: [", "overlay.yaml is no overlay document (ParserError)"),
        ("[]", "overlay.yaml is no overlay document (TypeError)"),
        ("overlay: 1.0.0", "overlay.yaml is no overlay document (KeyError)"),
        (overlay({"description": "no target"}), "overlay.yaml is no overlay document (KeyError)"),
        (overlay({"target": "$.info"}), "overlay.yaml: $.info has no reason; say why the entry is needed"),
        (overlay(names=[{"classes": {"A": "B"}}]), "overlay.yaml: a group of names has no reason"),
    ],
)
def test_an_overlay_that_is_none_is_refused(use: Use, text: str | Json, problem: str) -> None:
    use(text)

    with pytest.raises(PipelineError) as caught:
        client_document(PETS, at_home=False)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (action("$.paths["), "the overlay action on $.paths[ cannot be applied (Parse error near the end of string!)"),
        (action("$.info[?(@.a == )]"), "the overlay action on $.info[?(@.a == )] cannot be applied (Parse error at 1:"),
        (action("$", remove=True), "the overlay action on $ cannot be applied (Cannot remove the root"),
        (action("$", update="text"), "the overlay action on $ cannot be applied (Cannot perform non-dict update"),
    ],
)
def test_an_action_that_cannot_be_applied_is_named(wrong: Json, problem: str) -> None:
    with pytest.raises(PipelineError) as caught:
        Overlay(overlay(wrong)).apply(PETS)
    assert problem in str(caught.value)
    assert str(caught.value).endswith("; repair it in openapi/overlay.yaml")


def test_a_wrong_overlay_stops_the_command_before_anything_is_written(
    use: Use, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(overlay(action("$.paths[")))

    assert main(["--schema", written(tmp_path, PETS), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith("regenerate: the overlay action on $.paths[ cannot be applied")
    assert not (tmp_path / "out").exists()


def test_our_overlay_is_an_openapi_overlay() -> None:
    ours = yaml.safe_load(OVERLAY.read_text(encoding="utf-8"))

    assert ours["overlay"].startswith("1.")
    assert {"title", "version"} <= ours["info"].keys()
