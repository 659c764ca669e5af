"""Generating from the snapshot at hand."""

import json
import shutil
from pathlib import Path

import pytest

from scripts import generate as command
from scripts._command import run
from scripts._paths import HOME, Tree
from scripts.generate import generate
from tests.scripts.small_documents import Json, operation
from tests.scripts.trees import contents, regenerate, written


@pytest.fixture
def real(tmp_path: Path, generated: Tree) -> Tree:
    """A folder with a real client, to be changed."""
    return Tree(Path(shutil.copytree(generated.root, tmp_path / "real")))


def test_check_finds_what_was_edited_lost_or_added(real: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    edited, lost, added = (real.package / name for name in ("client.py", "types.py", "models/stale.py"))
    edited.write_text(edited.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    lost.unlink()
    added.write_text("", encoding="utf-8")
    (real.package / "__pycache__").mkdir(exist_ok=True)
    (real.package / "__pycache__" / "client.cpython-311.pyc").write_bytes(b"")
    before = contents(real.root)

    assert generate(real, check=True) == 1
    assert capsys.readouterr().out.splitlines() == [
        "differs from what the snapshot gives: generated_client/client.py",
        "differs from what the snapshot gives: generated_client/models/stale.py",
        "differs from what the snapshot gives: generated_client/types.py",
        "run `make generate` and commit the result on its own",
    ]
    assert contents(real.root) == before


def test_generating_again_gives_the_same_bytes_and_mends_what_was_changed(real: Tree, generated: Tree) -> None:
    (real.package / "client.py").write_text("# mine\n", encoding="utf-8")
    (real.package / "models" / "stale.py").write_text("", encoding="utf-8")
    real.client.unlink()

    assert generate(real, check=False) == 0
    assert contents(real.root) == contents(generated.root)


@pytest.mark.usefixtures("fake_generator")
def test_check_is_content_with_what_was_generated(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    (tree.package / "stale.py").unlink()
    before = contents(tree.root)

    assert generate(tree, check=True) == 0
    assert capsys.readouterr().out == ""
    assert contents(tree.root) == before


@pytest.mark.usefixtures("fake_generator")
@pytest.mark.parametrize("name", ["client.json", "schema.lock"])
def test_check_looks_at_what_stands_beside_the_client(
    tree: Tree, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree.package / "stale.py").unlink()
    file = tree.root / "openapi" / name
    file.write_bytes(file.read_bytes() + b"\n")

    assert generate(tree, check=True) == 1
    assert f"differs from what the snapshot gives: openapi/{name}\n" in capsys.readouterr().out


@pytest.mark.parametrize("check", [True, False])
def test_a_snapshot_that_was_edited_is_refused(
    tree: Tree,
    upstream: Json,
    capsys: pytest.CaptureFixture[str],
    check: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    tree.upstream.write_text(json.dumps({**upstream, "info": {"title": "mine", "version": "1"}}), encoding="utf-8")
    before = contents(tree.root)

    assert run("generate", lambda: generate(tree, check=check)) == 2
    assert capsys.readouterr().err == (
        "generate: openapi/upstream.json is not the document that openapi/schema.lock records; put repairs into "
        "openapi/overlay.yaml; take a new document in with `make regenerate SCHEMA=...`\n"
    )
    assert contents(tree.root) == before


@pytest.mark.parametrize("name", ["upstream.json", "schema.lock"])
def test_without_a_snapshot_there_is_nothing_to_generate_from(
    tree: Tree, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree.root / "openapi" / name).unlink()

    assert run("generate", lambda: generate(tree, check=False)) == 2
    assert capsys.readouterr().err == (
        "generate: there is no snapshot to generate from; fetch one with `make regenerate`\n"
    )


@pytest.mark.usefixtures("fake_generator")
def test_what_was_generated_with_hidden_operations_keeps_them(tmp_path: Path, upstream: Json) -> None:
    paths = {**upstream["paths"], "/v1/inner": {"get": {**operation(), "x-hidden": True}}}
    tree = Tree(tmp_path / "out")
    assert regenerate(written(tmp_path, {**upstream, "paths": paths}), tree.root, "--include-hidden") == 0
    before = contents(tree.root)

    assert generate(tree, check=False) == 0
    assert contents(tree.root) == before
    assert "/v1/inner" in json.loads(tree.client.read_bytes())["paths"]


def test_the_command_works_on_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Tree, bool]] = []

    def generate(tree: Tree, *, check: bool) -> int:
        asked.append((tree, check))
        return 1

    monkeypatch.setattr(command, "generate", generate)

    assert [command.main(["--check"]), command.main([])] == [1, 1]
    assert asked == [(Tree(HOME), True), (Tree(HOME), False)]
