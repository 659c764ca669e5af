"""Validation of requests and replies: the framework's, made strict about formats and hostile bytes."""

import json
from collections.abc import AsyncGenerator, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from jsonschema import FormatChecker, ValidationError  # type: ignore[import-untyped] # it ships no types
from jsonschema.validators import extend  # type: ignore[import-untyped] # it ships no types
from regress import Regex
from starlette.types import Scope

from sensay_ext.sandbox._errors import ApiError
from sensay_ext.sandbox._framework import (
    Draft4RequestValidator,
    Draft4ResponseValidator,
    JSONRequestBodyValidator,
    JSONResponseBodyValidator,
    ParameterValidator,
    format_error_with_path,
)

_FORMATS = FormatChecker(formats=())
_ANYTHING: dict[str, Any] = {}


def _is_format(name: str, check: Any) -> None:
    def conforms(value: object) -> bool:
        return not isinstance(value, str) or bool(check(value))

    _FORMATS.checks(name, raises=ValueError)(conforms)


_is_format("uuid", UUID)
_is_format("date", date.fromisoformat)
_is_format("date-time", datetime.fromisoformat)
_is_format("uri", lambda text: urlsplit(text).scheme and not any(char.isspace() for char in text))
_is_format("email", lambda text: "@" in text[1:-1])


def _fits_pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """Match as ECMAScript does, whose expressions the document's patterns are: Python takes other signs for letters."""
    if isinstance(value, str) and _compiled(pattern).find(value) is None:
        yield ValidationError(f"{value!r} does not match {pattern!r}")


@cache
def _compiled(pattern: str) -> Regex:
    return Regex(pattern)


class _Validator(Protocol):
    def validate(self, instance: object) -> None: ...


class _Validators:
    """Keeps one validator per schema; building one takes longer than most validations."""

    def __init__(self, kind: Any) -> None:
        self._kind = extend(kind, {"pattern": _fits_pattern})
        self._kept: dict[int, tuple[Any, _Validator]] = {}

    def of(self, schema: dict[str, Any]) -> _Validator:
        """Return the validator of a schema, which is kept alive so that its identity stays its own."""
        # The framework makes a new empty schema each time that a reply has none.
        schema = schema or _ANYTHING
        kept = self._kept.get(id(schema))
        if kept is None:
            kept = self._kept[id(schema)] = (schema, self._kind(schema, format_checker=_FORMATS))
        return kept[1]


def validator_map() -> dict[str, Any]:
    """Return the framework's map of validators for one application, whose schemas they keep as long as it lives."""
    requests, replies = _Validators(Draft4RequestValidator), _Validators(Draft4ResponseValidator)
    return {
        "parameter": type("Parameters", (RequestParameterValidator,), {"validators": requests}),
        "body": {"application/json": type("RequestBody", (RequestBodyValidator,), {"validators": requests})},
        "response": {"application/json": type("ReplyBody", (ReplyBodyValidator,), {"validators": replies})},
    }


class RequestBodyValidator(JSONRequestBodyValidator):  # type: ignore[misc] # an untyped base
    """Parses and validates JSON bodies."""

    validators: _Validators

    @property
    def _validator(self) -> _Validator:
        return self.validators.of(self._schema)

    async def _parse(self, stream: AsyncGenerator[bytes, None], scope: Scope) -> Any:  # noqa: ARG002 - the base's signature
        content = b"".join([part async for part in stream])
        if not content and not self._required:
            return {}
        try:
            return parse_json(content)
        except ValueError as error:
            raise ApiError(400, f"The body is not valid JSON: {error}") from error


class ReplyBodyValidator(JSONResponseBodyValidator):  # type: ignore[misc] # an untyped base
    """Validates JSON replies."""

    validators: _Validators

    @property
    def validator(self) -> _Validator:
        """The validator of this reply's schema."""
        return self.validators.of(self._schema)


class RequestParameterValidator(ParameterValidator):  # type: ignore[misc] # an untyped base
    """Validates path and query parameters, formats included."""

    validators: _Validators

    @classmethod
    def validate_parameter(
        cls,
        parameter_type: str,
        value: Any,
        param: dict[str, Any],
    ) -> Any:
        """Return what is wrong with a parameter, None if nothing is."""
        name, schema = param["name"], param["schema"]
        if value is None:
            return f"The {parameter_type} parameter {name} is missing" if param.get("required") else None
        try:
            cls.validators.of(schema).validate(value)
        except ValidationError as error:
            return f"The {parameter_type} parameter {name} is not valid: {error.message}{format_error_with_path(error)}"
        return None


def parse_json(content: bytes) -> Any:
    """Parse JSON the way the API's host does.

    Args:
        content: The body.

    Returns:
        The value.

    Raises:
        ValueError: If it is no JSON text, is nested too deeply, or holds what no text can hold.
    """
    try:
        value = json.loads(content.decode(), parse_constant=_no_constant)
        # A lone surrogate is no character: it could be neither stored nor replied.
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")
