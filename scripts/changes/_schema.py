"""The one form in which schemas are compared, whatever dialect and style they were written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.changes._model import Lifecycle

Raw = dict[str, Any] | bool
"""A schema as the document has it."""
Limit = tuple[float, bool]
"""A bound, and whether it excludes its own value."""

SCALARS = frozenset({"string", "number", "integer", "boolean"})


@dataclass(frozen=True, slots=True)
class Notes:
    """What a schema says that allows or forbids nothing."""

    default: tuple[Any, ...] = ()
    """Empty where there is none, since null can be a default."""
    deprecated: bool = False
    sunset: str | None = None
    read_only: bool = False
    write_only: bool = False
    beta: bool = False
    hidden: bool = False

    @property
    def lifecycle(self) -> Lifecycle:
        """What is said about the end of it."""
        return Lifecycle(self.deprecated, self.sunset)

    def under(self, outer: "Notes") -> "Notes":
        """Return these notes with those of a schema around them, whose default is the nearer one."""
        return Notes(
            default=outer.default or self.default,
            deprecated=outer.deprecated or self.deprecated,
            sunset=outer.sunset or self.sunset,
            read_only=outer.read_only or self.read_only,
            write_only=outer.write_only or self.write_only,
            beta=outer.beta or self.beta,
            hidden=outer.hidden or self.hidden,
        )


NO_NOTES = Notes()


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """One schema, its references and combinations resolved; what is inside is resolved when it is looked at.

    Without `branches`, a value is valid if it meets all that is said here. With `branches`, it must meet one of
    them, and only `types`, `nullable` and `notes` are said here.
    """

    types: frozenset[str] | None = None
    """None stands for any type; `null` is not among them."""
    nullable: bool = True
    formats: frozenset[str] = frozenset()
    enum: Mapping[str, Any] | None = None
    """The values by their JSON text, without null."""
    deprecated_values: frozenset[str] = frozenset()
    bounds: Mapping[str, Limit] = field(default_factory=dict)
    patterns: frozenset[str] = frozenset()
    properties: Mapping[str, Raw] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    closed: bool = False
    values: Raw = True
    """What unlisted properties must be."""
    items: Raw = True
    opaque: Mapping[str, Any] = field(default_factory=dict)
    """Keywords whose effect is not analysed."""
    branches: tuple["Schema", ...] = ()
    choice: str = ""
    """`anyOf` or `oneOf`, if it was written as one, even where the branches have melted into one schema."""
    conjuncts: tuple["Schema", ...] = ()
    """The parts of an `allOf` that have an effect, if there are several."""
    notes: Notes = NO_NOTES

    def only(self, kind: str) -> bool:
        """Return whether that is the one type."""
        return self.types == frozenset({kind})

    @property
    def unrestricted(self) -> bool:
        """Whether any value is valid."""
        return self.types is None and not self.restricted

    @property
    def restricted(self) -> bool:
        """Whether anything but a type is asked for."""
        parts = (self.enum, self.formats, self.bounds, self.patterns, self.properties, self.required)
        return any(parts) or self.closed or bool(self.opaque or self.branches) or self.inner_restricted

    @property
    def inner_restricted(self) -> bool:
        """Whether items or unlisted properties are restricted."""
        return self.values not in (True, {}) or self.items not in (True, {})

    @property
    def only_null(self) -> bool:
        """Whether null is the one valid value."""
        return self.types == frozenset() and self.nullable


ANYTHING = Schema()
NOTHING = Schema(types=frozenset(), nullable=False)
ONLY_NULL = Schema(types=frozenset(), nullable=True)
