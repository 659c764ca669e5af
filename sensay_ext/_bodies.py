"""Makes the bodies of requests from what callers give: models, or plain mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Protocol, Self, TypeVar, cast

import attrs

from sensay_ext._errors import InvalidArgumentError

__all__ = ["bare", "nested", "nested_list", "overlaid", "strict"]


class _Model(Protocol):
    """What the generated models have."""

    additional_properties: dict[str, Any]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...


_M = TypeVar("_M", bound=_Model)


@cache
def _attributes(kind: type) -> Mapping[str, str]:
    """The attributes of a model, by the names that callers use: without the line after what Python has already."""
    names = [attribute.name for attribute in attrs.fields(kind) if attribute.init]
    return {name.removesuffix("_"): name for name in names}


def strict(kind: type[_M], fields: Mapping[str, Any]) -> _M:
    """The model with these fields, which are the arguments of a method.

    Raises:
        TypeError: A field is missing or has another name, as for any other function.
    """
    names = _attributes(kind)
    return kind(**{names.get(name, name): value for name, value in fields.items()})


def bare(kind: type[_M], fields: Mapping[str, Any]) -> _M:
    """The model with these fields alone, and None for others that it needs: for a look at it, not to be sent.

    Raises:
        TypeError: A field has another name, as for any other function.
    """
    return strict(kind, {**dict.fromkeys(_needed(kind)), **fields})


def nested(kind: type[_M], value: Any, field: str) -> _M:
    """The model that a caller gave, as such or as a mapping.

    A mapping has the names of the model's fields, or the API's own. What the model does not have is passed on as it
    stands, so that what the API learns tomorrow can be sent today.

    Args:
        kind: The model.
        value: What the caller gave. Other models are taken as they are.
        field: Name of the argument.

    Raises:
        InvalidArgumentError: It is neither, or lacks a field.
    """
    if not isinstance(value, Mapping):
        if attrs.has(type(value)):
            return cast("_M", value)
        raise InvalidArgumentError(f"{field} is neither a mapping nor a {kind.__name__}", field=field)
    names = _attributes(kind)
    known = {name: part for name, part in value.items() if name in names}
    missing = [name for name in _needed(kind) if name not in known]
    if missing:
        return _spelled_by_the_api(kind, value, field, missing)
    model = strict(kind, known)
    model.additional_properties = {name: part for name, part in value.items() if name not in names}
    return model


def _spelled_by_the_api(kind: type[_M], value: Mapping[str, Any], field: str, missing: list[str]) -> _M:
    try:
        return kind.from_dict(value)
    except ValueError:
        pass  # it speaks of the API's spelling, where the caller used ours
    raise InvalidArgumentError(f"{field} lacks {', '.join(missing)}", field=field, limit=", ".join(_needed(kind)))


@cache
def _needed(kind: type) -> list[str]:
    return [attribute.name for attribute in attrs.fields(kind) if attribute.init and attribute.default is attrs.NOTHING]


def nested_list(kind: type[_M], values: Iterable[Any], field: str) -> list[_M]:
    """The models that a caller gave, each as for `nested`.

    Raises:
        InvalidArgumentError: One of them does not fit.
    """
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise InvalidArgumentError(f"{field} is no list", field=field)
    return [nested(kind, value, f"{field}[{place}]") for place, value in enumerate(values)]


def overlaid(kind: type[_M], current: object, changes: Mapping[str, Any]) -> _M:
    """The model with the fields of another one, where both have them, and these changes.

    What only the other one has is left out: the API does not take it back.

    Args:
        kind: The model.
        current: The other one.
        changes: Arguments of a method; None leaves the field out.

    Raises:
        TypeError: A change has a name that the model does not have, as for any other function.
    """
    kept = {name: getattr(current, attribute, None) for name, attribute in _attributes(kind).items()}
    return strict(kind, {**kept, **changes})
