"""The API document that the sandbox serves and validates against."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True)
class Operation:
    """One operation of the document.

    Attributes:
        id: The operationId.
        method: The method, in upper case.
        path: The path template.
        security: The alternatives of security schemes, as the document has them.
        body: The JSON schema of the request body, None without one.
    """

    id: str
    method: str
    path: str
    security: tuple[frozenset[str], ...]
    body: dict[str, Any] | None


class Document:
    """An OpenAPI document and its operations by id.

    Args:
        content: The document as parsed JSON.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.operations = {operation.id: operation for operation in self._read_operations()}

    def _read_operations(self) -> Iterator[Operation]:
        for path, item in self.content["paths"].items():
            for method in _METHODS:
                if method in item:
                    yield self._read_operation(method, path, item[method])

    def _read_operation(self, method: str, path: str, operation: dict[str, Any]) -> Operation:
        media = operation.get("requestBody", {}).get("content", {}).get("application/json")
        security = operation.get("security", self.content.get("security", []))
        return Operation(
            id=operation["operationId"],
            method=method.upper(),
            path=path,
            security=tuple(frozenset(alternative) for alternative in security),
            body=self.resolve(media["schema"]) if media else None,
        )

    def resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow a local reference to what it stands for."""
        while "$ref" in schema:
            target: Any = self.content
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            schema = target
        return schema

    @cached_property
    def languages(self) -> frozenset[str]:
        """The codes of the languages that an entry can be in."""
        operation = self.operations.get("get_replica_knowledge_base")
        if operation is None:
            return frozenset()
        reply = self.content["paths"][operation.path]["get"]["responses"]["200"]["content"]["application/json"]
        entry = self.resolve(reply["schema"])
        return frozenset(self.resolve(entry["properties"]["language"])["enum"])

    def with_defaults(self, schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
        """Fill in what the document says a missing property means, and leave unknown properties out.

        Args:
            schema: The schema of an object.
            value: An object that is valid under it.

        Returns:
            A new object.
        """
        filled: dict[str, Any] = {}
        for name, declared in self.resolve(schema).get("properties", {}).items():
            declared = self.resolve(declared)  # noqa: PLW2901 - the reference is of no further use
            if name in value:
                given = value[name]
                is_object = isinstance(given, dict) and "properties" in declared
                filled[name] = self.with_defaults(declared, given) if is_object else given
            elif "x-default" in declared:
                filled[name] = declared["x-default"]
        return filled


def load_document(path: Path | None = None) -> Document:
    """Load the document that is served: the given file, or the one that belongs to this package.

    Args:
        path: A file to read instead.

    Returns:
        The document.
    """
    return _parse(_read("client.json") if path is None else path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _parse(text: str) -> Document:
    return Document(json.loads(text))


def published_document(path: Path | None = None) -> str:
    """Return the document in the form the provider publishes it in.

    Args:
        path: The file that is served instead of the one that belongs to this package; it is published as it is.

    Returns:
        The document's text.
    """
    return _read("upstream.json") if path is None else path.read_text(encoding="utf-8")


def _read(name: str) -> str:
    packaged = files("sensay_ext.sandbox") / name
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    # A checkout has the documents only once, where the pipeline writes them; the wheel carries copies.
    return (Path(__file__).parents[2] / "openapi" / name).read_text(encoding="utf-8")
