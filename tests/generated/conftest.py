"""The package that the templates make of the sample document, generated and imported once."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts._generator import generate_client
from tests.generated._sample import sample

_NAME = "sample_client"


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the generated package."""
    folder = tmp_path_factory.mktemp("generated")
    document = folder / "client.json"
    document.write_text(json.dumps(sample()), encoding="utf-8")
    generate_client(document, folder / _NAME)
    return folder / _NAME


@pytest.fixture(scope="session")
def load(package: Path) -> Iterator[Callable[[str], Any]]:
    """Return the import of a module of the package by its name inside it."""
    sys.path.insert(0, str(package.parent))
    yield lambda name: importlib.import_module(f"{_NAME}.{name}" if name else _NAME)
    sys.path.remove(str(package.parent))
    for name in [name for name in sys.modules if name.partition(".")[0] == _NAME]:
        del sys.modules[name]


@pytest.fixture(scope="session")
def models(load: Callable[[str], Any]) -> Any:
    """Return the models of the package."""
    return load("models")


@pytest.fixture(scope="session")
def types(load: Callable[[str], Any]) -> Any:
    """Return the shared types of the package."""
    return load("types")


@pytest.fixture(scope="session")
def errors(load: Callable[[str], Any]) -> Any:
    """Return the errors of the package."""
    return load("errors")


@pytest.fixture
def pet() -> dict[str, Any]:
    """Return the smallest reply that fits `Pet`."""
    return {
        "petID": "3d1b9a2c-0c51-4c5e-9f63-2f5c6f0f7d2a",
        "name": "Mimi",
        "kind": "cat",
        "age": 4,
        "weight": 3.5,
        "tame": True,
        "tags": ["soft"],
        "keeper": {"name": "Ann"},
        "bornAt": "2021-11-05T10:11:12+00:00",
        "chip": "985",
    }
