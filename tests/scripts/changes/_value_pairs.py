"""What a pair of schemas is, and the pairs that differ in which values are valid."""

from dataclasses import dataclass, field
from typing import Any

from tests.scripts.changes._documents import PLACES

STRING = {"type": "string"}
EVERYWHERE = frozenset(PLACES)


@dataclass(frozen=True)
class SchemaPair:
    """Two schemas that differ in one thing.

    The expectations are `rule level`, with an `S` where source code breaks; forward, then back.
    """

    name: str
    before: Any
    after: Any
    request: tuple[str, str] | None
    reply: tuple[str, str] | None
    places: frozenset[str] = field(default=EVERYWHERE)

    def expected(self, place: str) -> tuple[str, str] | None:
        """Return what is to be told at a place; headers have no type in the client."""
        both = self.request if place.startswith("request") else self.reply
        if both is None or place not in self.places:
            return None
        source = "" if place == "response-header" else " S"
        forward, back = (f"{place}-{one.removesuffix(' S')}{source if one.endswith(' S') else ''}" for one in both)
        return forward, back


def bound(keyword: str, kind: str, value: Any, tighter: Any, tight_name: str = "tightened") -> list[SchemaPair]:
    """Return the pairs of a bound: set, and made stricter."""
    types = {"Items": "array", "Length": "string", "Properties": "object"}
    schema = {"type": next((name for end, name in types.items() if keyword.endswith(end)), "number")}
    return [
        SchemaPair(
            f"{keyword} set",
            schema,
            {**schema, keyword: value},
            (f"{kind}-set breaking", f"{kind}-removed info"),
            (f"{kind}-set info", f"{kind}-removed breaking"),
        ),
        SchemaPair(
            f"{keyword} {tight_name}",
            {**schema, keyword: value},
            {**schema, keyword: tighter},
            (f"{kind}-tightened breaking", f"{kind}-relaxed info"),
            (f"{kind}-tightened info", f"{kind}-relaxed breaking"),
        ),
    ]


VALUE_PAIRS = [
    SchemaPair(
        "values listed",
        STRING,
        {"type": "string", "enum": ["a", "b"]},
        ("became-enum breaking S", "enum-dropped info"),
        ("became-enum info", "enum-dropped warning S"),
    ),
    SchemaPair(
        "constant set",
        STRING,
        {"const": "a"},
        ("became-enum breaking S", "enum-dropped info"),
        ("became-enum info", "enum-dropped warning S"),
    ),
    SchemaPair(
        "value added",
        {"type": "string", "enum": ["a"]},
        {"type": "string", "enum": ["b", "a"]},
        ("enum-value-added info", "enum-value-removed breaking S"),
        ("enum-value-added warning", "enum-value-removed info"),
    ),
    SchemaPair(
        "value deprecated",
        {"type": "string", "enum": ["a", "b"]},
        {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"], "deprecated": True}]},
        ("enum-value-deprecated info", "enum-value-reactivated info"),
        ("enum-value-deprecated info", "enum-value-reactivated info"),
    ),
    SchemaPair(
        "deprecated value removed",
        {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"], "deprecated": True}]},
        {"type": "string", "enum": ["a"]},
        ("enum-value-removed-with-deprecation info S", "enum-value-added info"),
        ("enum-value-removed-with-deprecation info", "enum-value-added warning"),
    ),
    SchemaPair(
        "pattern",
        STRING,
        {"type": "string", "pattern": "^a+$"},
        ("pattern-added breaking", "pattern-removed info"),
        ("pattern-added info", "pattern-removed breaking"),
    ),
    SchemaPair(
        "pattern changed",
        {"type": "string", "pattern": "^a+$"},
        {"type": "string", "pattern": "^b+$"},
        ("pattern-changed warning", "pattern-changed warning"),
        ("pattern-changed warning", "pattern-changed warning"),
    ),
    SchemaPair(
        "pattern surely wider",
        {"type": "string", "pattern": "^(a|b)$"},
        {"type": "string", "pattern": "^(?:a|b|c)$"},
        ("pattern-generalized info", "pattern-specialized breaking"),
        ("pattern-generalized breaking", "pattern-specialized info"),
    ),
    SchemaPair(
        "pattern of everything",
        {"type": "string", "pattern": "^a+$"},
        {"type": "string", "pattern": ".*"},
        ("pattern-generalized info", "pattern-specialized breaking"),
        ("pattern-generalized breaking", "pattern-specialized info"),
    ),
    *bound("minimum", "minimum", 1, 2),
    *bound("maximum", "maximum", 9, 8),
    *bound("exclusiveMinimum", "minimum", 0.5, 1.5),
    *bound("exclusiveMaximum", "maximum", 9.5, 8.5),
    *bound("minLength", "min-length", 1, 2),
    *bound("maxLength", "max-length", 9, 8),
    *bound("minItems", "min-items", 1, 2),
    *bound("maxItems", "max-items", 9, 8),
    *bound("minProperties", "min-properties", 1, 2),
    *bound("maxProperties", "max-properties", 9, 8),
    *bound("multipleOf", "multiple-of", 5, 10),
    SchemaPair(
        "multipleOf changed",
        {"type": "number", "multipleOf": 3},
        {"type": "number", "multipleOf": 2},
        ("multiple-of-changed breaking", "multiple-of-changed breaking"),
        ("multiple-of-changed breaking", "multiple-of-changed breaking"),
    ),
    SchemaPair(
        "bound excludes itself",
        {"type": "number", "minimum": 0},
        {"type": "number", "exclusiveMinimum": 0},
        ("minimum-tightened breaking", "minimum-relaxed info"),
        ("minimum-tightened info", "minimum-relaxed breaking"),
    ),
    SchemaPair(
        "items unique",
        {"type": "array"},
        {"type": "array", "uniqueItems": True},
        ("unique-items-set breaking", "unique-items-removed info"),
        ("unique-items-set info", "unique-items-removed breaking"),
    ),
    SchemaPair(
        "condition that is not analysed",
        STRING,
        {"type": "string", "not": {"const": "a"}},
        ("constraint-changed warning", "constraint-changed warning"),
        ("constraint-changed warning", "constraint-changed warning"),
    ),
]
