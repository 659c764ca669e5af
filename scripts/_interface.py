"""Compares the public interface of the packages with an older one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import griffe

PACKAGES = ("sensay_ext", "generated_client")
"""What users import, or get objects of."""

_RESOURCES = ("sensay_ext._async._resources.AsyncResources", "sensay_ext._sync._resources.Resources")
"""Parts of the clients: users get them from a client, so they are public although their modules are private."""

_Thing: TypeAlias = griffe.Object | griffe.Alias


def breaks(old: Path, new: Path) -> list[str]:
    """Return what of the interface in `new` breaks code written for that in `old`, one line each.

    Args:
        old: a folder that has the packages as they were.
        new: a folder that has them as they are.
    """
    before, after = _load(old), _load(new)
    found: set[str] = set()
    for package in PACKAGES:
        if package in before.members:
            found.update(_between(before.members[package], after.members.get(package)))
    for path in _RESOURCES:
        if path.partition(".")[0] in before.members:
            for name in (path, *_parts(before, path)):
                found.update(_between(_find(before, name), _find(after, name), gone=name))
    return sorted(found)


def _load(folder: Path) -> griffe.ModulesCollection:
    loader = griffe.GriffeLoader(search_paths=[folder], allow_inspection=False)
    for package in PACKAGES:
        if (folder / package).is_dir():
            loader.load(package, try_relative_path=False)
    loader.resolve_aliases(external=False)
    return loader.modules_collection


def _find(modules: griffe.ModulesCollection, path: str) -> _Thing | None:
    try:
        found: _Thing = modules[path]
    except KeyError:
        return None
    return found


def _parts(modules: griffe.ModulesCollection, path: str) -> Iterator[str]:
    """Yield the classes that the properties of a class return, and those of theirs."""
    found = _find(modules, path)
    for member in found.all_members.values() if found is not None else ():
        annotation = getattr(member, "annotation", None)
        if {"cached", "property"} <= member.labels and isinstance(annotation, griffe.ExprName):
            yield annotation.canonical_path
            yield from _parts(modules, annotation.canonical_path)


def _between(old: _Thing | None, new: _Thing | None, *, gone: str = "") -> Iterator[str]:
    if old is None:
        return
    if new is None:
        yield f"{gone or old.path}: is gone"
        return
    for breakage in griffe.find_breaking_changes(old, new):
        yield _line(breakage.as_dict())
    yield from _newly_required(old, new)


def _line(breakage: dict[str, Any]) -> str:
    parameter = breakage["old_value"] or breakage["new_value"]
    inside = f"({parameter.name})" if isinstance(parameter, griffe.Parameter) else ""
    return f"{breakage['object_path']}{inside}: {breakage['kind'].value}"


def _newly_required(old: _Thing, new: _Thing) -> Iterator[str]:
    """Yield the fields that the models of requests require, and did not before; of `attrs` classes griffe sees none."""
    models = new.members.get("models")
    for module in models.members.values() if models is not None else ():
        for name, model in module.members.items() if not module.is_alias and module.is_module else ():
            if model.is_alias or not model.is_class or not name.endswith("Request"):
                continue
            before = _model(old, module.name, name)
            if before is not None:
                for field in sorted(_required(model) - _required(before)):
                    yield f"{model.path}({field}): is required now"


def _model(package: _Thing, module: str, name: str) -> _Thing | None:
    try:
        found: _Thing = package[f"models.{module}.{name}"]
    except KeyError:
        return None
    return found


def _required(model: _Thing) -> set[str]:
    fields = {name: member for name, member in model.members.items() if isinstance(member, griffe.Attribute)}
    return {name for name, field in fields.items() if field.value is None}
