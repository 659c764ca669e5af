"""Regenerating tells what is new before it changes anything, and what is left to do at the end."""

import json
from pathlib import Path

import pytest

from scripts import regenerate as command
from scripts._errors import PipelineError
from scripts._paths import HOME, Tree
from scripts.regenerate import regenerate


@pytest.fixture
def _no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an empty package instead of generating one, which is not the point here."""
    monkeypatch.setattr("scripts._build.generate_client", lambda _document, target: target.mkdir())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The committed document, in a file."""
    path = tmp_path / "schema.json"
    path.write_bytes(Tree(HOME).upstream.read_bytes())
    return path


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def without_usage(source: Path) -> None:
    document = json.loads(source.read_text(encoding="utf-8"))
    del document["paths"]["/v1/users/me/usage"]
    source.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.usefixtures("_no_package")
def test_the_report_comes_first_and_the_list_last(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = Tree(tmp_path / "out")
    regenerate(str(source), tree)
    without_usage(source)
    capsys.readouterr()
    regenerate(str(source), tree)

    told = capsys.readouterr().out
    order = [
        "BREAKING",
        "GET /v1/users/me/usage - users.usage()",
        "generated ",
        "left to do by hand:",
        "get_user_me_usage",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "users.usage()" in tree.changelog.read_text("utf-8")
    assert "page_index" in tree.ledger.read_text("utf-8")


@pytest.mark.usefixtures("_no_package")
def test_the_same_again_changes_no_byte(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = Tree(tmp_path / "out")
    regenerate(str(source), tree)
    before = contents(tree.root)
    regenerate(str(source), tree)

    assert contents(tree.root) == before
    assert "No changes." in capsys.readouterr().out
    assert {path.name for path in tree.root.iterdir()} == {"openapi", "generated_client"}


@pytest.mark.usefixtures("_no_package")
def test_force_takes_what_is_refused_and_still_reports_it(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = Tree(tmp_path / "out")
    regenerate(str(source), tree)
    before = contents(tree.root)
    document = json.loads(source.read_text(encoding="utf-8"))
    keep = {path: item for path, item in document["paths"].items() if "replica" not in path}
    source.write_text(json.dumps({**document, "paths": {**keep, "/v1/replicas": document["paths"]["/v1/replicas"]}}))
    capsys.readouterr()
    with pytest.raises(PipelineError, match="FORCE=1"):
        regenerate(str(source), tree)
    assert contents(tree.root) == before
    assert "replicas.delete()\n    - The operation is gone" in capsys.readouterr().out

    regenerate(str(source), tree, force=True)

    assert "BREAKING" in capsys.readouterr().out
    assert "replicas.get()" in tree.changelog.read_text("utf-8")


@pytest.mark.usefixtures("_no_package")
def test_what_the_provider_repaired_stops_the_run_after_the_report(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PipelineError("entries of openapi/overlay.yaml change nothing any more", "remove them")

    tree = Tree(tmp_path / "out")
    regenerate(str(source), tree)
    without_usage(source)
    capsys.readouterr()
    monkeypatch.setattr(command, "client_document", refuse)
    with pytest.raises(PipelineError):
        regenerate(str(source), tree)

    assert "GET /v1/users/me/usage - users.usage()" in capsys.readouterr().out


def test_nothing_is_changed_when_generating_fails(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert "there is no earlier document" in capsys.readouterr().out
        raise PipelineError("no", "never mind")

    monkeypatch.setattr(command, "build", fail)
    with pytest.raises(PipelineError):
        regenerate(str(source), Tree(tmp_path / "out"))

    assert not (tmp_path / "out").exists()
