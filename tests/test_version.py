"""What we call ourselves."""

import importlib.metadata
import platform
from collections.abc import Iterator

import pytest

from sensay_ext._version import user_agent, version


@pytest.fixture
def _nothing_remembered() -> Iterator[None]:
    version.cache_clear()
    yield
    version.cache_clear()


def test_the_version_is_the_installed_one() -> None:
    assert version() == importlib.metadata.version("sensay-ext")


def test_the_user_agent_names_the_package_and_python() -> None:
    assert user_agent() == f"sensay-ext/{version()} python/{platform.python_version()}"


@pytest.mark.usefixtures("_nothing_remembered")
def test_code_that_is_not_installed_has_a_version_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", not_installed)

    assert version() == "0"
