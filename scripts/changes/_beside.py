"""Compares what stands beside the operations: version, servers, ways to authenticate, webhooks, shared models."""

from collections.abc import Iterable, Iterator
from typing import Any

from scripts.changes._document import Document, listed, server_urls
from scripts.changes._messages import differs
from scripts.changes._model import Finding, Spot
from scripts.changes._reach import reached, schemas_of
from scripts.changes._schema import Schema
from scripts.changes._walk import Walk

_SCHEME_FACTS = ("type", "in", "name", "scheme", "flows", "openIdConnectUrl")
"""What decides how a secret is sent; descriptions and hints do not."""


def beside(location: str) -> Spot:
    """Return the spot of a part of the document that belongs to no operation."""
    return Spot(side="request", place="document", location=location)


def compare_beside(walk: Walk, old: Document, new: Document, *, hidden: bool) -> Iterator[Finding]:
    """Yield what changed besides the operations and the shared models."""
    before, after = (one.part("info").get("version") for one in (old, new))
    if before != after:
        yield Finding(beside("info.version"), "version-changed", before, after)
    yield from _servers(old, new)
    yield from _security_schemes(old, new)
    yield from _webhooks(walk, old, new)
    if old.variant != new.variant:
        rule = "variant-mixed" if hidden else "variant-changed"
        yield Finding(beside("x-hidden"), rule, old.variant, new.variant)


def _servers(old: Document, new: Document) -> Iterator[Finding]:
    """Yield whether the addresses changed; beside the first one, which is the default, their order is no matter."""
    before, after = (server_urls(listed(one.raw, "servers")) for one in (old, new))
    if set(before) != set(after) or before[:1] != after[:1]:
        yield Finding(beside("servers"), "servers-changed", list(before), list(after))


def _security_schemes(old: Document, new: Document) -> Iterator[Finding]:
    before, after = (_schemes(one) for one in (old, new))
    for name in sorted(before.keys() | after.keys()):
        spot = beside(f"components.securitySchemes.{name}")
        if name not in after:
            yield Finding(spot, "security-scheme-removed", name, None, keyword=name)
        elif name not in before:
            yield Finding(spot, "security-scheme-added", None, name, keyword=name)
        elif before[name] != after[name]:
            yield Finding(spot, "security-scheme-changed", before[name], after[name], keyword=name)


def _schemes(document: Document) -> dict[str, dict[str, Any]]:
    schemes = document.part("components", "securitySchemes")
    read = {name: document.reader.follow(scheme) for name, scheme in schemes.items()}
    return {name: {key: scheme[key] for key in _SCHEME_FACTS if key in scheme} for name, scheme in read.items()}


def _webhooks(walk: Walk, old: Document, new: Document) -> Iterator[Finding]:
    before, after = old.webhooks, new.webhooks
    for name in sorted(before.keys() | after.keys()):
        spot = beside(f"webhooks.{name}")
        if name not in after:
            yield Finding(spot, "webhook-removed", name, None)
        elif name not in before:
            yield Finding(spot, "webhook-added", None, name)
        elif differs(walk, before[name], after[name]):
            yield Finding(spot, "webhook-changed", name, name)


def compare_components(old: Document, new: Document, *, hidden: bool) -> Iterator[Finding]:
    """Yield shared models that came or went, unless their shape stands, named or not, in the other document.

    To write a schema where it is used, or to give it a name, changes nothing for anybody.
    """
    before, after = _components(old, hidden=hidden), _components(new, hidden=hidden)
    for name, schema in _missing(old, before.keys() - after.keys(), new):
        spot = beside(f"components.schemas.{name}")
        yield Finding(spot, "component-schema-removed", name, None, typed=_is_class(schema))
    for name, schema in _missing(new, after.keys() - before.keys(), old):
        spot = beside(f"components.schemas.{name}")
        yield Finding(spot, "component-schema-added", None, name, typed=_is_class(schema))


def _components(document: Document, *, hidden: bool) -> dict[str, Any]:
    """Return the shared models, those aside that only hidden operations use."""
    models = document.part("components", "schemas")
    public, secret = (_used(document, hidden=flag) for flag in (False, True))
    return {name: raw for name, raw in models.items() if hidden or id(raw) in public or id(raw) not in secret}


def _used(document: Document, *, hidden: bool) -> dict[int, dict[str, Any]]:
    operations = (one for one in document.operations.values() if one.notes.hidden == hidden)
    return reached(document, (raw for one in operations for raw in schemas_of(one)))


def _missing(document: Document, names: Iterable[str], other: Document) -> Iterator[tuple[str, Schema]]:
    """Yield the models of these names whose shape is nowhere in the other document."""
    models = document.part("components", "schemas")
    schemas = {name: document.reader.read(models[name]) for name in sorted(names)}
    if not schemas or _written_out(document, other):
        return
    shapes = _shapes(other)
    for name, schema in schemas.items():
        if document.reader.key(schema) not in shapes:
            yield name, schema


def _written_out(document: Document, other: Document) -> bool:
    """Return whether the other document writes out what this one refers to: it then has no place for models.

    Those that nothing refers to are lost by that, but nobody had them.
    """
    models = {id(raw) for raw in document.part("components", "schemas").values()}
    used = _used(document, hidden=False).keys() | _used(document, hidden=True).keys()
    return not other.part("components", "schemas") and bool(models & used)


def _shapes(document: Document) -> frozenset[str]:
    models = document.part("components", "schemas").values()
    raws = [*models, *(raw for one in document.operations.values() for raw in schemas_of(one))]
    schemas = [document.reader.read(raw) for raw in reached(document, raws).values()]
    return frozenset(document.reader.key(one) for schema in schemas for one in (schema, *_single(schema)))


def _single(schema: Schema) -> Iterator[Schema]:
    """Yield the single types of a list of types; 3.0 writes each as a schema, which can be given a name."""
    if schema.types and len(schema.types) > 1 and not schema.restricted:
        for kind in schema.types:
            yield Schema(types=frozenset({kind}), nullable=schema.nullable)


def _is_class(schema: Schema) -> bool:
    return bool(schema.properties or schema.enum)
