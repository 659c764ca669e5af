"""Brings the schemas of one document into the form in which they are compared, each when it is looked at."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scripts._errors import PipelineError
from scripts._references import Resolver
from scripts.changes._combine import meet, unite
from scripts.changes._keywords import own, value_key
from scripts.changes._schema import ANYTHING, NOTHING, ONLY_NULL, Raw, Schema

_PROSE = frozenset({"title", "description", "example", "examples", "externalDocs", "$comment"})
_MAPS_OF_SCHEMAS = frozenset({"patternProperties", "dependentSchemas"})
_LISTS_OF_SCHEMAS = frozenset({"prefixItems"})
_PLAIN = frozenset({"dependentRequired", "minContains", "maxContains", "$dynamicRef", "$recursiveRef"})
_ANY = "any"
_ANY_MARKS = {"nullable": True}
_SILENT: tuple[Any, ...] = (_ANY, None, False, "", [], {})
"""Marks that say nothing; that there are no types, an empty set, does."""
_LEVELS = 16
_INVALID = "the document is not valid OpenAPI"


class Reader:
    """Reads schemas of one document; two that are the same node of the document are one object.

    Args:
        document: the document that references lead into.
        hidden: count properties that are marked `x-hidden`, too.
    """

    def __init__(self, document: Mapping[str, Any], *, hidden: bool = False) -> None:
        self._resolver = Resolver(document)
        self._hidden = hidden
        self._shallow: dict[int, tuple[Raw, Schema]] = {}
        self._settled: dict[tuple[Schema, int], Schema] = {}
        self._reading: set[int] = set()
        self._keys: dict[tuple[Schema, int], str] = {}

    def follow(self, node: Any) -> dict[str, Any]:
        """Return an object of the document that is no schema, or the one that it refers to."""
        target = self._resolver.follow(node)
        if not isinstance(target, dict):
            raise PipelineError(f"there is {type(target).__name__} where an object should be", _INVALID)
        return target

    def read(self, raw: Raw) -> Schema:
        """Return a schema in the form in which it is compared.

        Raises:
            PipelineError: it is no schema, or refers to something that is not there.
        """
        return self._distinct(self._read(raw))

    def _read(self, raw: Raw) -> Schema:
        """Return a schema of which alternatives may still be written twice.

        Whether two are the same depends on what is inside, which must not be looked at while this is being read.
        """
        if isinstance(raw, bool):
            return ANYTHING if raw else NOTHING
        known = self._shallow.get(id(raw))
        if known is not None:
            return known[1]
        if id(raw) in self._reading:  # a schema that refers to itself says nothing by that
            return ANYTHING
        if not isinstance(raw, dict):
            raise PipelineError(f"there is {type(raw).__name__} where a schema should be", _INVALID)
        self._reading.add(id(raw))
        try:
            schema = self._build(raw)
        finally:
            self._reading.discard(id(raw))
        self._shallow[id(raw)] = (raw, schema)
        return schema

    def _distinct(self, schema: Schema, levels: int = _LEVELS) -> Schema:
        """Return the schema with each alternative once: of several that allow the same, the one that remarks least."""
        if not schema.branches or levels == 0:
            return schema
        if (schema, levels) not in self._settled:
            branches = [self._distinct(branch, levels - 1) for branch in schema.branches]
            kept: dict[Any, Schema] = {}
            for index, branch in enumerate(sorted(branches, key=lambda one: repr(one.notes))):
                kept.setdefault(self.key(branch, levels - 1) if schema.choice == "anyOf" else index, branch)
            united = unite(kept.values(), schema.choice)
            nullable, notes = united.nullable or schema.nullable, united.notes.under(schema.notes)
            settled = replace(united, nullable=nullable, notes=notes, conjuncts=schema.conjuncts)
            self._settled[schema, levels] = settled
        return self._settled[schema, levels]

    def properties(self, schema: Schema) -> dict[str, Schema]:
        """Return the properties of a schema, whether they count or not."""
        return {name: self.read(raw) for name, raw in schema.properties.items()}

    def shown(self, schema: Schema | None) -> bool:
        """Return whether a property is there and counts."""
        return schema is not None and (self._hidden or not schema.notes.hidden)

    def key(self, schema: Schema, levels: int = _LEVELS) -> str:
        """Return a text that is the same for schemas that allow the same, whatever their notes.

        A schema can be inside of itself, so that it is looked into down to so many levels only.
        """
        if schema is ANYTHING or levels == 0:
            return _ANY
        known = self._keys.get((schema, levels))
        if known is None:
            marks = self._marks(self._distinct(schema, levels), levels - 1)
            marks = {name: mark for name, mark in marks.items() if mark not in _SILENT}
            text = json.dumps(marks, sort_keys=True, default=sorted)
            known = _ANY if marks == _ANY_MARKS else hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
            self._keys[schema, levels] = known
        return known

    def _marks(self, schema: Schema, levels: int) -> dict[str, Any]:
        parts = {name: self._read(raw) for name, raw in schema.properties.items()}
        properties = {name: part for name, part in parts.items() if self.shown(part)}
        return {
            "types": schema.types,
            "nullable": schema.nullable,
            "formats": sorted(schema.formats),
            "enum": None if schema.enum is None else sorted(schema.enum),
            "bounds": {name: (float(value), exclusive) for name, (value, exclusive) in schema.bounds.items()},
            "patterns": sorted(schema.patterns),
            "properties": {name: self.key(part, levels) for name, part in properties.items()},
            "required": sorted(schema.required & properties.keys()),
            "closed": schema.closed,
            "values": self.key(self._read(schema.values), levels),
            "items": self.key(self._read(schema.items), levels),
            "opaque": {name: self.opaque_key(name, value, levels) for name, value in schema.opaque.items()},
            "branches": sorted(self.key(branch, levels) for branch in schema.branches),
            "choice": schema.choice if schema.branches else "",
        }

    def opaque_key(self, name: str, value: Any, levels: int = _LEVELS) -> str:
        """Return a text that is the same for values of an unanalysed keyword that say the same."""
        if name in _MAPS_OF_SCHEMAS and isinstance(value, dict):
            return json.dumps({part: self.key(self._read(raw), levels) for part, raw in value.items()}, sort_keys=True)
        if name in _LISTS_OF_SCHEMAS and isinstance(value, list):
            return json.dumps([self.key(self._read(raw), levels) for raw in value])
        if name not in _PLAIN and isinstance(value, dict | bool):
            return self.key(self._read(value), levels)
        return value_key(value)

    def _build(self, raw: dict[str, Any]) -> Schema:
        parts = [self._read(self._resolver.look_up(raw["$ref"]))] if isinstance(raw.get("$ref"), str) else []
        parts += [self._read(part) for part in _listed(raw, "allOf")]
        together = len(parts)
        for choice in ("anyOf", "oneOf"):
            branches = [self._branch(part) for part in _listed(raw, choice)]
            if branches:
                parts.append(unite(branches, choice))
        base = own(raw)
        schema = ANYTHING
        for part in (*parts, base):
            schema = meet(schema, part)
        if parts and raw.get("nullable") is True and "type" not in raw:
            # 3.0.3 gives this no effect, but it is how everybody writes "this model, or null" in 3.0.
            schema = replace(schema, nullable=True)
        return self._with_conjuncts(schema, parts[:together], [*parts[together:], base])

    def _branch(self, raw: Raw) -> Schema:
        """Read a branch; a bare `nullable` there is how 3.0 says null."""
        if isinstance(raw, dict) and raw.get("nullable") is True and raw.keys() <= {"nullable", *_PROSE}:
            return ONLY_NULL
        return self._read(raw)

    @staticmethod
    def _with_conjuncts(schema: Schema, together: list[Schema], beside: list[Schema]) -> Schema:
        if not together or schema is together[0]:
            return schema
        conjuncts = [one for part in together for one in part.conjuncts or (part,)] + beside
        conjuncts = [one for one in conjuncts if not one.unrestricted]
        return replace(schema, conjuncts=tuple(conjuncts)) if len(conjuncts) > 1 else schema


def _listed(raw: Mapping[str, Any], key: str) -> list[Raw]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise PipelineError(f"a schema's {key} is not a list", _INVALID)
    return value
