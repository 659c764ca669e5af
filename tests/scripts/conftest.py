"""What the tests of the pipeline share."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from scripts._overlay import Overlay
from scripts._paths import HOME, OVERLAY, Tree
from tests.scripts.trees import fake_client, regenerate


@pytest.fixture(scope="session")
def upstream() -> dict[str, Any]:
    """The committed document; not to be changed."""
    document: dict[str, Any] = json.loads(Tree(HOME).upstream.read_bytes())
    return document


@pytest.fixture(scope="session")
def repaired(upstream: dict[str, Any]) -> dict[str, Any]:
    """The committed document as the overlay leaves it; not to be changed."""
    return Overlay.load(OVERLAY).apply(upstream)


@pytest.fixture
def fake_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a package appear without generating it, where generating is not the point."""
    monkeypatch.setattr("scripts._build.generate_client", fake_client)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty at first, of this process and of those that it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a run leaves it, with files beside those of the pipeline; to be copied, not changed."""
    root = tmp_path_factory.mktemp("template") / "tree"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scripts._build.generate_client", fake_client)
        assert regenerate(str(Tree(HOME).upstream), root) == 0
    (root / "openapi" / "overlay.yaml").write_text("mine", encoding="utf-8")
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    (root / "generated_client" / "stale.py").write_text("", encoding="utf-8")
    return root


@pytest.fixture
def tree(tmp_path: Path, template: Path) -> Tree:
    """A folder in which a client was generated before, from the committed document."""
    return Tree(Path(shutil.copytree(template, tmp_path / "tree")))


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A folder with a real client of the committed document; not to be changed."""
    root = tmp_path_factory.mktemp("generated") / "tree"
    assert regenerate(str(Tree(HOME).upstream), root) == 0
    return Tree(root)
