"""Lists what the callers of an operation have to give."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts._normalise import operations

Schema = Mapping[str, Any]


def needed(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what each operation requires, by operationId; those that require nothing are left out.

    Args:
        document: the client's document, in its normal form.
    """
    reader = _Reader(document)
    found = {one["operationId"]: sorted(set(reader.of_operation(one))) for one in operations(document).values()}
    return {name: fields for name, fields in sorted(found.items()) if fields}


class _Reader:
    """Reads requirements out of one document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, Schema] = document["components"]["schemas"]

    def of_operation(self, operation: Mapping[str, Any]) -> Iterator[str]:
        for parameter in operation["parameters"]:
            if parameter.get("required") and parameter["in"] != "path":
                yield parameter["name"]
        for media in operation.get("requestBody", {}).get("content", {}).values():
            yield from self._of_schema(media.get("schema", {}), "", ())

    def _of_schema(self, schema: Schema, prefix: str, within: tuple[str, ...]) -> Iterator[str]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name not in within:  # a model that holds itself requires nothing new further down
                yield from self._of_schema(self._schemas[name], prefix, (*within, name))
            return
        for name in schema.get("required", ()):
            yield prefix + name
        for name, inner in schema.get("properties", {}).items():
            yield from self._of_schema(inner, f"{prefix}{name}.", within)
        if "items" in schema:
            yield from self._of_schema(schema["items"], f"{prefix.removesuffix('.')}[].", within)
        for part in schema.get("allOf", ()):
            yield from self._of_schema(part, prefix, within)
        branches = [branch for key in ("anyOf", "oneOf") for branch in schema.get(key, ())]
        if branches:
            yield from set.intersection(*(set(self._of_schema(branch, prefix, within)) for branch in branches))
