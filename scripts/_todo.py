"""What a person still has to do after the API has changed."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError
from scripts._needed import needed
from scripts._normalise import operations
from scripts._paths import METHODS, SETTLED
from scripts.changes._methods import load_methods


@dataclass(frozen=True)
class Settled:
    """What people have looked at and settled: `openapi/settled.toml`.

    Attributes:
        deprecated: reasons to go on using deprecated operations, by operationId.
        required: what callers have to give, by operationId.
    """

    deprecated: Mapping[str, str]
    required: Mapping[str, list[str]]

    @classmethod
    def load(cls, path: Path) -> "Settled":
        """Read the file.

        Raises:
            PipelineError: it is damaged.
        """
        try:
            return cls(**tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            hint = "it must have the tables `deprecated` and `required`, and nothing else"
            raise PipelineError(f"{path.name} could not be read ({error})", hint) from error


def open_points(document: Mapping[str, Any]) -> list[str]:
    """Return what there is to do for the client's document; one line each.

    Raises:
        PipelineError: what is settled, or which method serves what, cannot be read.
    """
    return list(_points(document, load_methods(METHODS), Settled.load(SETTLED)))


def shown(points: list[str]) -> str:
    """Return the list for a terminal."""
    if not points:
        return "nothing is left to do by hand"
    return "\n".join(["left to do by hand:", *(f"  - {point}" for point in points)])


def _points(document: Mapping[str, Any], methods: Mapping[str, list[str]], settled: Settled) -> Iterator[str]:
    served = {one["operationId"]: one for one in operations(document).values()}
    lines = {one["operationId"]: f"{method.upper()} {path}" for (method, path), one in operations(document).items()}
    for name in sorted(served.keys() - methods.keys()):
        yield (
            f"new operation without a method: {name} ({lines[name]}); write one, and enter it in sensay_ext/_operations.py"
        )
    for name in sorted(methods.keys() - served.keys()):
        users = ", ".join(f"{method}()" for method in methods[name])
        yield f"removed operation still in use: {name}, by {users}; take it out of them and of sensay_ext/_operations.py"
    yield from _required(needed(document), settled.required, served.keys() & methods.keys())
    deprecated = {name for name, one in served.items() if one.get("deprecated") and name in methods}
    for name in sorted(deprecated - settled.deprecated.keys()):
        users = ", ".join(f"{method}()" for method in methods[name])
        yield (
            f"deprecated operation in use: {name} ({lines[name]}), by {users}; use another one, or give a reason in {_FILE}"
        )
    for name in sorted(settled.deprecated.keys() - deprecated):
        now = "no longer deprecated" if name in served else "gone"
        yield f"{_FILE} gives a reason to use {name} although it is deprecated; it is {now}: take the reason out"


_FILE = "openapi/settled.toml"


def _required(now: Mapping[str, list[str]], settled: Mapping[str, list[str]], names: set[str]) -> Iterator[str]:
    for name in sorted(settled.keys() - names):
        yield f"{_FILE} says what {name} needs, which is gone or has no method; take it out"
    for name in sorted(names):
        before, after = set(settled.get(name, ())), set(now.get(name, ()))
        for field in sorted(after - before):
            yield f"new required field: `{field}` of {name}; let the methods ask for it, and enter it in {_FILE}"
        for field in sorted(before - after):
            yield f"no longer required: `{field}` of {name}; let the methods do without, and take it out of {_FILE}"
