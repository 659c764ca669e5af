"""The public methods of a client's resources, and what they take."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import sensay_ext
from sensay_ext import AsyncSensay, CallOptions, Sensay

BASE_URL = "http://127.0.0.1:1"


def resources(client: type[AsyncSensay] | type[Sensay]) -> dict[str, object]:
    """The resources by their path, such as `integrations.telegram`."""
    return dict(_resources(client("a-secret", base_url=BASE_URL), ""))


def _resources(parent: object, path: str) -> Iterator[tuple[str, object]]:
    for name, member in inspect.getmembers(type(parent)):
        if isinstance(member, cached_property) and not name.startswith("_"):
            resource = getattr(parent, name)
            yield path + name, resource
            yield from _resources(resource, f"{path}{name}.")


def methods(client: type[AsyncSensay] | type[Sensay]) -> dict[str, Callable[..., Any]]:
    """The methods by their path, such as `integrations.telegram.connect`."""
    return {
        f"{path}.{name}": method
        for path, resource in resources(client).items()
        for name, method in inspect.getmembers(resource, inspect.ismethod)
        if not name.startswith("_")
    }


def keywords(method: Callable[..., Any]) -> Mapping[str, Any]:
    """The keyword arguments that a method takes as a pack."""
    packs = [
        re.fullmatch(r"Unpack\[(\w+)\]", parameter.annotation)
        for parameter in inspect.signature(method).parameters.values()
        if parameter.kind is parameter.VAR_KEYWORD
    ]
    names = [pack[1] for pack in packs if pack]
    return _annotations(names[0]) if names else {}


@cache
def _annotations(name: str) -> Mapping[str, Any]:
    for module in pkgutil.iter_modules(sensay_ext.__path__, "sensay_ext."):
        found = None if module.ispkg else getattr(importlib.import_module(module.name), name, None)
        if found is not None:
            return dict(found.__annotations__)
    raise LookupError(name)


def arguments(method: Callable[..., Any]) -> set[str]:
    """All that a method takes, options of the call left out."""
    named = {
        name
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.kind is not parameter.VAR_KEYWORD
    }
    return (named | keywords(method).keys()) - CallOptions.__annotations__.keys()
