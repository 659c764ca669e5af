"""Taking in a document."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts._lock import Lock, digest, variant
from scripts._normalise import operations
from scripts._paths import HOME, Tree
from tests.fault_server import FaultServer, reply
from tests.scripts.small_documents import STRING, Json, document, operation, thing
from tests.scripts.trees import contents, regenerate, smaller, written

PETS = document(
    {
        "/v1/pets": {"get": operation(thing(items={"type": "array", "items": thing(a=STRING, b={**STRING, "x-hidden": True})}))},
        "/v1/secrets": {"get": {**operation(thing(c=STRING)), "x-hidden": True}},
    }
)  # fmt: skip


def lock_of(tree: Tree) -> Lock:
    lock = Lock.load(tree.lock)
    assert lock is not None
    return lock


def command(*arguments: str, cwd: Path = HOME) -> "subprocess.CompletedProcess[str]":
    """Run the command as people do."""
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-m", "scripts.regenerate", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_a_run_writes_two_folders_and_nothing_else(generated: Tree) -> None:
    files = contents(generated.root)

    assert {name for name in files if "/" not in name} == {"openapi", "generated_client"}
    assert {name for name in files if name.startswith("openapi/")} == {
        "openapi/CHANGELOG.md",
        "openapi/client.json",
        "openapi/ledger.json",
        "openapi/schema.lock",
        "openapi/upstream.json",
    }
    assert not [name for name in files if "cache" in name or name.endswith(".pyc")]


def test_the_command_gives_the_same_bytes_again_and_leaves_nothing_anywhere(
    generated: Tree, upstream: Json, tmp_path: Path, temporary: Path
) -> None:
    checkout = {path: path.stat().st_mtime_ns for path in ours()}
    outcome = command("--schema", str(Tree(HOME).upstream), "--out", str(tmp_path / "out"))

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.splitlines()[0] == f"{len(operations(upstream))} operations"
    assert contents(tmp_path / "out") == contents(generated.root)
    assert {path: path.stat().st_mtime_ns for path in ours()} == checkout
    assert contents(temporary) == {}


def ours() -> list[Path]:
    """Return the files of the checkout that a run might touch, bytecode apart."""
    folders = [HOME / name for name in ("openapi", "generated_client", "scripts")]
    found = [*HOME.iterdir(), *(path for folder in folders for path in folder.rglob("*"))]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


@pytest.mark.usefixtures("fake_generator")
def test_what_is_written_can_be_traced(tmp_path: Path, upstream: Json) -> None:
    tree = Tree(tmp_path / "out")
    assert regenerate(written(tmp_path, upstream), tree.root) == 0
    lock = lock_of(tree)

    assert json.loads(tree.upstream.read_bytes()) == upstream
    assert lock.source == "file schema.json"
    assert lock.variant == variant(upstream)
    assert lock.upstream == digest(tree.upstream.read_bytes())
    assert lock.client == digest(tree.client.read_bytes())
    assert set(lock.tools) == {"oas-patch", "openapi-python-client", "ruff"}
    assert len(lock.snapshots) == 1


@pytest.mark.usefixtures("fake_generator")
def test_a_document_that_has_not_changed_is_not_taken_in_again(
    tree: Tree, upstream: Json, capsys: pytest.CaptureFixture[str]
) -> None:
    with FaultServer(reply(200, upstream, {"ETag": '"one"'}), reply(304)) as server:
        assert regenerate(f"{server.url}/schema", tree.root) == 0
        before = contents(tree.root)
        capsys.readouterr()
        assert regenerate(f"{server.url}/schema", tree.root) == 0

        assert lock_of(tree).source == f"{server.url}/schema"
        assert lock_of(tree).etag == server.requests[1].headers["if-none-match"] == '"one"'
    assert capsys.readouterr().out == "the document has not changed since it was last fetched\n"
    assert contents(tree.root) == before


Change = Callable[[Tree], None]


@pytest.mark.usefixtures("fake_generator")
@pytest.mark.parametrize(
    ("path", "options", "change"),
    [
        ("/other", (), lambda _: None),
        ("/schema", ("--force",), lambda _: None),
        ("/schema", ("--include-hidden",), lambda _: None),
        ("/schema", (), lambda tree: tree.upstream.unlink()),
    ],
    ids=["another address", "forced", "with hidden ones", "no snapshot"],
)
def test_the_tag_is_kept_back_where_the_old_result_would_not_do(
    tree: Tree, upstream: Json, path: str, options: tuple[str, ...], change: Change
) -> None:
    answer = reply(200, upstream, {"ETag": '"one"'})
    with FaultServer(answer, answer) as server:
        assert regenerate(f"{server.url}/schema", tree.root) == 0
        change(tree)
        assert regenerate(f"{server.url}{path}", tree.root, *options) == 0

        assert ["if-none-match" in request.headers for request in server.requests] == [False, False]


@pytest.mark.usefixtures("fake_generator")
def test_what_the_gate_refuses_is_taken_when_it_is_meant(
    tree: Tree, tmp_path: Path, upstream: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, smaller(upstream, 1 / 2))
    monkeypatch.setenv("FORCE", "0")
    assert regenerate(source, tree.root) == 2
    monkeypatch.setenv("FORCE", "1")

    assert regenerate(source, tree.root) == 0
    assert len(json.loads(tree.upstream.read_bytes())["paths"]) == len(smaller(upstream, 1 / 2)["paths"])
    assert len(lock_of(tree).snapshots) == 2


@pytest.mark.usefixtures("fake_generator")
def test_a_damaged_snapshot_is_replaced_when_it_is_meant(tree: Tree, tmp_path: Path, upstream: Json) -> None:
    tree.upstream.write_bytes(b"{")

    assert regenerate(written(tmp_path, upstream), tree.root, "--force") == 0
    assert json.loads(tree.upstream.read_bytes()) == upstream


@pytest.mark.usefixtures("fake_generator")
def test_the_snapshot_at_hand_keeps_its_origin(tree: Tree, upstream: Json) -> None:
    with FaultServer(reply(200, upstream, {"ETag": '"one"'})) as server:
        assert regenerate(f"{server.url}/schema", tree.root) == 0
    before = contents(tree.root)

    assert regenerate(str(tree.upstream), tree.root) == 0
    assert contents(tree.root) == before


@pytest.mark.usefixtures("fake_generator")
def test_a_snapshot_that_was_edited_comes_from_a_file(tree: Tree, upstream: Json) -> None:
    tree.upstream.write_text(json.dumps({**upstream, "info": {**upstream["info"], "version": "2"}}), encoding="utf-8")

    assert regenerate(str(tree.upstream), tree.root) == 0
    assert lock_of(tree).source == "file upstream.json"


@pytest.mark.usefixtures("fake_generator")
def test_a_change_of_variant_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = Tree(tmp_path / "out")
    assert regenerate(written(tmp_path, PETS), tree.root) == 0
    assert lock_of(tree).variant == "full"
    capsys.readouterr()

    public = {**PETS, "paths": {"/v1/pets": PETS["paths"]["/v1/pets"]}}
    assert regenerate(written(tmp_path, public), tree.root) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "1 operations; note: this is the public variant of the document, the last one was full"
    )
    assert lock_of(tree).variant == "public"


@pytest.mark.usefixtures("fake_generator")
@pytest.mark.parametrize(
    ("options", "paths", "fields"),
    [((), ["/v1/pets"], ["a"]), (("--include-hidden",), ["/v1/pets", "/v1/secrets"], ["a", "b"])],
)
def test_what_the_provider_hides_is_left_out_unless_it_is_asked_for(
    tmp_path: Path, options: tuple[str, ...], paths: list[str], fields: list[str]
) -> None:
    tree = Tree(tmp_path / "out")
    assert regenerate(written(tmp_path, PETS), tree.root, *options) == 0
    client = json.loads(tree.client.read_bytes())

    assert list(client["paths"]) == paths
    assert list(client["components"]["schemas"]["Pet"]["properties"]) == fields
    assert lock_of(tree).hidden == bool(options)


@pytest.mark.usefixtures("fake_generator")
def test_a_path_that_stands_elsewhere_is_found(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "out")
    whole = {**PETS, "paths": {**PETS["paths"], "x-note": "text", "/v2/pets": {"$ref": "#/paths/~1v1~1pets"}}}

    assert regenerate(written(tmp_path, whole), tree.root) == 0
    assert list(json.loads(tree.client.read_bytes())["paths"]) == ["/v1/pets", "/v2/pets"]


def test_make_passes_the_source_on_and_fails_with_the_run(tmp_path: Path) -> None:
    checkout = {path: path.read_bytes() for path in ours()}
    make = ["make", "-C", str(HOME), f"BIN={Path(sys.executable).parent}", "-o", "install"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    outcome = subprocess.run(  # noqa: S603 - our own make targets
        [*make, "regenerate", f"SCHEMA={tmp_path}/gone.json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 2
    assert f"regenerate: cannot read {tmp_path}/gone.json: No such file or directory; check the path" in outcome.stderr
    assert {path: path.read_bytes() for path in ours()} == checkout
