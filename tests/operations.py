"""The operations of the API, as its document describes them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation.

    Args:
        method: HTTP method.
        path: Path template, with its values named as in Python.
        statuses: The statuses that it documents.
    """

    method: str
    path: str
    statuses: tuple[int, ...]

    @property
    def errors(self) -> tuple[int, ...]:
        """Those of its statuses that are errors."""
        return tuple(status for status in self.statuses if status >= 400)


def _read() -> dict[str, Operation]:
    document = json.loads((Path(__file__).parent.parent / "openapi" / "client.json").read_text(encoding="utf-8"))
    return {
        operation["operationId"]: Operation(
            method=method.upper(), path=_in_python(path), statuses=tuple(sorted(map(int, operation["responses"])))
        )
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _in_python(path: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path).lower()


OPERATIONS: Mapping[str, Operation] = _read()
"""The operations by their operationIds."""

# Those with the fewest values in their paths come first: `/v1/users/me` is no user of that name.
_BY_FIXED_PARTS = sorted(OPERATIONS.items(), key=lambda item: item[1].path.count("{"))


def operation_of(method: str, path: str) -> str | None:
    """The operation that a request asks for; None when there is none."""
    for name, operation in _BY_FIXED_PARTS:
        if operation.method == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", operation.path), path):
            return name
    return None
