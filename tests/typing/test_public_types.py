"""What type checkers read of everything that is offered, whether our user code touches it or not."""

import importlib
import inspect
import re
from collections.abc import Iterator

import pytest

from sensay_ext import AsyncSensay, Sensay
from tests.resource_methods import resources

MODULES = ("", ".models", ".params", ".streaming", ".progress", ".testing", ".doctor", ".sandbox")

FREE = {
    "SandboxApp.__call__": "an ASGI application is called with what that standard says",
    "Json.value": "the body of a request or reply in a recording, whatever operation it is of",
    "SampleReply.json": "the JSON of any operation, to be put into the reply of a stand-in",
}
"""Where anything goes, and why."""


def offered() -> dict[str, object]:
    """All that is offered, by name: of the modules, and the resources of the clients."""
    found: dict[str, object] = {}
    for name in MODULES:
        module = importlib.import_module(f"sensay_ext{name}")
        found |= {one: getattr(module, one) for one in module.__all__}
    for client in (Sensay, AsyncSensay):
        found |= {f"{client.__name__}.{path}": type(resource) for path, resource in resources(client).items()}
    return found


def annotations(name: str, thing: object) -> Iterator[tuple[str, object]]:
    """What a function or a class says of types, by where it says so."""
    if not inspect.isclass(thing):
        yield from ((name, said) for said in getattr(thing, "__annotations__", {}).values())
        return
    for kind in thing.__mro__:
        if not kind.__module__.startswith(("sensay_ext", "generated_client")):
            continue
        yield from ((f"{name}.{one}", said) for one, said in inspect.get_annotations(kind).items() if one[0] != "_")
        for one, member in vars(kind).items():
            if not one.startswith("_") or one == "__call__":
                yield from (
                    (f"{name}.{one}", said) for said in getattr(_function(member), "__annotations__", {}).values()
                )


def _function(member: object) -> object:
    """The function behind a method, a property, or a method of the class."""
    for wrapped in ("fget", "func", "__func__"):
        member = getattr(member, wrapped, member)
    return member


OFFERED = offered()


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_no_annotation_says_any(name: str) -> None:
    said = [
        (place, annotation)
        for place, annotation in annotations(name, OFFERED[name])
        if re.search(r"\bAny\b", str(annotation)) and place not in FREE
    ]

    assert said == []


def test_an_any_would_be_found() -> None:
    names = {
        place for name in OFFERED for place, annotation in annotations(name, OFFERED[name]) if "Any" in str(annotation)
    }

    assert set(FREE) <= names
