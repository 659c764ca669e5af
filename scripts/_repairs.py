"""Repairs of what the provider's document says, by rules that hold wherever the pattern stands."""

from typing import Any

from scripts._dialect import canonical
from scripts._operation_ids import snake
from scripts._shapes import Schema
from scripts._unions import united

TRANSPORT_HEADERS = frozenset({"x-api-version", "content-encoding", "content-type", "accept", "authorization"})
"""Header parameters that the client's transport owns: no operation takes them as arguments."""

_WHOLE = frozenset({"id", "count", "total", "page", "size", "limit", "quota", "index", "number", "offset"})


def whole_numbers(schema: Any, name: str = "") -> Any:
    """Retype every `number` that by its name counts or identifies things as `integer`.

    The provider types ids, totals and page numbers `number`; in Python they would be floats.
    """
    if not isinstance(schema, dict):
        return schema
    form = dict(schema)
    kinds = form.get("type")
    if snake(name).rsplit("_", 1)[-1] in _WHOLE and kinds is not None and "number" in kinds:
        form["type"] = (
            "integer" if isinstance(kinds, str) else ["integer" if kind == "number" else kind for kind in kinds]
        )
        form.pop("format", None)  # float or double
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        if isinstance(form.get(key), list):
            form[key] = [whole_numbers(part, name) for part in form[key]]
    for key in ("items", "additionalProperties"):
        if key in form:
            form[key] = whole_numbers(form[key], name if key == "items" else "")
    if isinstance(form.get("properties"), dict):
        form["properties"] = {key: whole_numbers(part, key) for key, part in form["properties"].items()}
    return form


def success_flag(reply: Schema) -> Schema:
    """Free a reply's `success` of being required and constant.

    The status code decides; the provider's own examples leave the flag out, or show `true` in error replies.
    """
    flag = reply.get("properties", {}).get("success")
    if flag is None or flag.get("type") != "boolean":
        return reply
    plain = {key: value for key, value in flag.items() if key != "x-values"}
    required = [name for name in reply.get("required", []) if name != "success"]
    form = {**reply, "properties": {**reply["properties"], "success": plain}, "required": required}
    return form if required else {key: value for key, value in form.items() if key != "required"}


def one_error(errors: list[Schema]) -> Schema:
    """Merge all error replies into one: what all have is required, what one has is optional.

    They differ from status to status and from operation to operation by an optional field or two; callers
    handle them in one place.
    """
    return canonical(united([error for error in errors if "properties" in error], deep=True))


def member_names(values: list[str]) -> list[str] | None:
    """Return Python names for the values of an enumeration, if those that the generator makes would not do.

    It numbers values that do not begin with a letter by where they stand, so that a new value renames others,
    and it cannot tell values apart that differ in case or punctuation only.
    """
    plain = [_member_name(value) for value in values]
    if len(set(plain)) == len(values) and all(value[:1].isalpha() for value in values):
        return None
    names: list[str] = []
    for value, name in zip(values, plain, strict=True):
        wanted = [name, f"{name}_{_case(value)}", *(f"{name}_{number}" for number in range(2, len(values) + 2))]
        names.append(next(candidate for candidate in wanted if candidate not in names))
    return names


def _member_name(value: str) -> str:
    name = snake(value).upper() or "EMPTY"
    return name if name[0].isalpha() else f"VALUE_{name}"


def _case(value: str) -> str:
    return "LOWERCASE" if value.islower() else "UPPERCASE" if value.isupper() else "MIXED_CASE"
