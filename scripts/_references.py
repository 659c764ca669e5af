"""Replaces every `$ref` by what it points to, so that inline and referenced styles become one."""

from typing import Any
from urllib.parse import unquote

from scripts._errors import PipelineError

MAX_NODES = 500_000
"""Above this many nodes a document is a bomb of nested references, not an API."""


class Resolver:
    """Expands local references; a reference into its own expansion stays one, and is listed in `recursive`."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._nodes = 0
        self.recursive: dict[str, Any] = {}

    def resolve(self, node: Any, within: tuple[str, ...] = ()) -> Any:
        """Return `node` with all references expanded; keywords beside a `$ref` override what it points to.

        Raises:
            PipelineError: a reference leads nowhere or out of the document, or expansion has no end in sight.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise PipelineError(
                f"the document expands to more than {MAX_NODES:,} nodes", "it is no usable API description"
            )
        if isinstance(node, list):
            return [self.resolve(item, within) for item in node]
        if not isinstance(node, dict):
            return node
        reference = node.get("$ref")
        if not isinstance(reference, str):
            return {key: self.resolve(value, within) for key, value in node.items()}
        if reference in within:
            name = reference.rsplit("/", 1)[-1]
            self.recursive.setdefault(name, reference)
            return {"$ref": f"#/components/schemas/{name}"}
        target = self.resolve(self.look_up(reference), (*within, reference))
        beside = {key: self.resolve(value, within) for key, value in node.items() if key != "$ref"}
        return {**target, **beside} if isinstance(target, dict) else target

    def look_up(self, reference: str) -> Any:
        """Return the node that a local JSON pointer (`#/components/schemas/Replica`) names."""
        if not reference.startswith("#/"):
            raise PipelineError(f"the reference {reference!r} leads out of the document", "bundle the schema first")
        node: Any = self._document
        for part in reference[2:].split("/"):
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or key not in node:
                raise PipelineError(f"the reference {reference!r} leads nowhere", "the document is incomplete")
            node = node[key]
        return node
