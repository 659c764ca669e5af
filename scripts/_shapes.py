"""What two canonical schemas have in common, and which of them are classes."""

import json
from typing import Any

Schema = dict[str, Any]

PLACE_KEYS = ("nullable", "x-default", "deprecated", "x-beta", "readOnly", "writeOnly")
"""What is said of the place where a schema stands, not of the schema: one class serves places that differ in it."""

ANNOTATIONS = ("description", "deprecated", "x-default", "x-beta", "x-deprecated-values")
"""What decides no type, wherever it stands."""


def shape(schema: Schema) -> str:
    """Return what decides the Python type of a canonical schema, as text: two alike are one type."""
    return json.dumps(_bare(schema), sort_keys=True)


def class_key(schema: Schema) -> str:
    """Return what two schemas have in common if one class serves both."""
    return shape({key: value for key, value in schema.items() if key not in PLACE_KEYS})


def _bare(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    form = {key: value for key, value in schema.items() if key not in ANNOTATIONS}
    for key in ("items", "additionalProperties"):
        if key in form:
            form[key] = _bare(form[key])
    for key in ("anyOf", "allOf"):
        if key in form:
            form[key] = [_bare(part) for part in form[key]]
    if "properties" in form:
        form["properties"] = {key: _bare(part) for key, part in form["properties"].items()}
    return form


def is_class(schema: Schema) -> bool:
    """Return whether a schema becomes a class of its own: every object, and every enumeration."""
    return schema.get("type") == "object" or "enum" in schema
