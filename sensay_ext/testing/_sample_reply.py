"""Replies for tests that do without HTTP."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from jsonschema import Draft4Validator, FormatChecker, ValidationError  # type: ignore[import-untyped] # it ships no types
from jsonschema.exceptions import best_match  # type: ignore[import-untyped] # it ships no types
from jsonschema.validators import extend  # type: ignore[import-untyped] # it ships no types

from sensay_ext.doctor._bundled import bundled
from sensay_ext.testing._operation_names import operation_id
from sensay_ext.testing._samples import Sampler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["SampleReply", "sample_reply"]


class SampleReply(TypedDict):
    """A reply, as the arguments of whatever makes a response: `httpx.Response(**reply)`, `route.respond(**reply)`."""

    status_code: int
    json: NotRequired[dict[str, Any]]


def sample_reply(operation: str, /, **fields: object) -> SampleReply:
    """Make a reply as the API documents it for an operation that succeeds; each time the same one.

    It has the fields that the API promises, with the name of the field for a text, and one item in each list. Further
    fields are there if they are given. An object that is given changes those of its fields that it names, in a list as
    well: `items=[{}, {"name": "Guide"}]` are two items. `total` follows the number of items.

    Args:
        operation: The method that asks, such as `"replicas.get"`, or an operationId.
        **fields: Fields of the reply, by their names in the API.

    Raises:
        ValueError: There is no such operation, its replies have no such field, or a value does not fit.
    """
    status, schema = _success(operation_id(operation))
    if schema is None:
        if fields:
            raise ValueError(f"{operation} is answered without a body, so without {', '.join(fields)}")
        return {"status_code": status}
    try:
        body: dict[str, Any] = Sampler(bundled("client.json")).value(schema, fields)
    except ValueError as problem:
        message = f"{operation}: {problem}"
    else:
        wrong = best_match(_validator(operation_id(operation)).iter_errors(body))
        if wrong is None:
            return {"status_code": status, "json": body}
        message = f"{operation}: {wrong.json_path.removeprefix('$.')} does not fit: {wrong.message}"
    raise ValueError(message)


@cache
def _operations() -> dict[str, Mapping[str, Any]]:
    paths = bundled("client.json")["paths"].values()
    return {operation["operationId"]: operation for item in paths for operation in item.values()}


def _success(operation: str) -> tuple[int, Mapping[str, Any] | None]:
    """The first status of success that an operation documents, and what it says of the body."""
    responses = _operations()[operation]["responses"]
    status = min(status for status in responses if status.startswith("2"))
    return int(status), responses[status].get("content", {}).get("application/json", {}).get("schema")


@cache
def _validator(operation: str) -> Any:
    _, schema = _success(operation)
    kinds = {name: _or_null(Draft4Validator.VALIDATORS[name]) for name in ("type", "enum", "allOf", "anyOf")}
    document = {**(schema or {}), "components": bundled("client.json")["components"]}
    return extend(Draft4Validator, kinds)(document, format_checker=_formats())


def _or_null(fits: Callable[..., Iterator[ValidationError]]) -> Callable[..., Iterator[ValidationError]]:
    """Let null pass where the document does: it has a word of its own for that."""

    def fits_or_is_null(validator: Any, said: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
        if value is not None or not schema.get("nullable"):
            yield from fits(validator, said, value, schema)

    return fits_or_is_null


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=("date", "email", "uuid"))
    checker.checks("date-time", raises=ValueError)(_is_moment)
    return checker


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))
