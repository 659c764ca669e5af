"""Compares what travels in one operation: parameters, request body, replies."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scripts.changes._document import Body, Operation, Parameter, Reply
from scripts.changes._model import Finding, Spot
from scripts.changes._objects import added, guarded, hidden, removed, requiredness
from scripts.changes._schema import Raw, Schema
from scripts.changes._shapes import path_names
from scripts.changes._types import describe
from scripts.changes._walk import Walk

_COMPOSED = frozenset({"array", "object"})


def is_success(status: str, statuses: Mapping[str, Reply]) -> bool:
    """Return whether a status tells success; `default` does where no other status does."""
    if status == "default":
        return not any(other.startswith(("1", "2", "3")) for other in statuses)
    return not status.startswith(("4", "5"))


def compare_messages(walk: Walk, old: Operation, new: Operation) -> Iterator[Finding]:
    """Yield what changed of an operation's parameters, body and replies."""
    beta = old.notes.beta
    yield from _path_parameters(walk, old, new)
    before, after = (_without_path(one) for one in (old, new))
    for place, name in sorted(before.keys() | after.keys()):
        pair = (before.get((place, name)), after.get((place, name)))
        yield from _parameter(walk, pair, parameter_spot(place, pair[1] or pair[0], beta=beta))
    yield from _body(walk, old.body, new.body, beta=beta)
    yield from _replies(walk, old.replies, new.replies, beta=beta)
    if _differ(walk, old.callbacks, new.callbacks):
        spot = Spot("request", "operation", "operation.callbacks", beta=beta)
        yield Finding(spot, "callbacks-changed", sorted(old.callbacks), sorted(new.callbacks))


def _differ(walk: Walk, old: Mapping[str, Operation], new: Mapping[str, Operation]) -> bool:
    return old.keys() != new.keys() or any(differs(walk, old[key], new[key]) for key in old)


def differs(walk: Walk, old: Operation, new: Operation) -> bool:
    """Return whether anything that travels in an operation changed."""
    return bool(list(compare_messages(walk, old, new)))


def parameter_spot(place: str, parameter: Parameter | None, *, beta: bool = False) -> Spot:
    """Return the spot of a parameter of a request."""
    name = parameter.name if parameter else ""
    return Spot(
        side="request",
        place="request-parameter",
        location=f"request.{place}.{name}",
        label=f"{place} parameter `{name}`",
        beta=beta,
        text=True,
        exploded=parameter is not None and place == "query" and parameter.style == "form" and parameter.explode,
    )


def body_spot(media: str, *, beta: bool = False) -> Spot:
    """Return the spot of a request body."""
    json = _is_json(media)
    location = "request.body" if json else f"request.body({media})"
    return Spot("request", "request-body", location, "request", beta=beta, text=not json)


def reply_spot(status: str, media: str, *, success: bool, beta: bool = False) -> Spot:
    """Return the spot of a reply's body."""
    location = f"reply.{status}" if _is_json(media) else f"reply.{status}({media})"
    label = "reply" if success else "error reply"
    return Spot("response", "response-body", location, label, error=not success, beta=beta)


def header_spot(status: str, name: str, *, success: bool, beta: bool = False) -> Spot:
    """Return the spot of a reply's header."""
    label = f"{'reply' if success else 'error reply'} header `{name}`"
    location = f"reply.{status}.header.{name}"
    return Spot("response", "response-header", location, label, error=not success, beta=beta, typed=False, text=True)


def _is_json(media: str) -> bool:
    return media.endswith(("/json", "+json")) or media == "*/*"


def _without_path(operation: Operation) -> dict[tuple[str, str], Parameter]:
    return {key: one for key, one in operation.parameters.items() if one.place != "path"}


def _path_parameters(walk: Walk, old: Operation, new: Operation) -> Iterator[Finding]:
    """Compare path parameters by where they stand; they are always sent, so one that is not declared is no change."""
    for before, after in zip(path_names(old.path), path_names(new.path), strict=False):
        pair = (old.parameters.get(("path", before)), new.parameters.get(("path", after)))
        if pair[0] is not None and pair[1] is not None:
            yield from _parameter(walk, pair, parameter_spot("path", pair[1], beta=old.notes.beta))


def _parameter(walk: Walk, pair: tuple[Parameter | None, Parameter | None], spot: Spot) -> Iterator[Finding]:
    old, new = pair
    if old is not None and new is not None:
        yield from _both(walk, old, new, spot)
    elif old is not None:
        schema = walk.old.read(old.schema)
        if walk.old.shown(replace(schema, notes=old.notes)):
            yield removed(describe(schema, walk.old), old.notes, spot, required=old.required)
    elif new is not None:
        schema = walk.new.read(new.schema)
        if walk.new.shown(replace(schema, notes=new.notes)):
            yield added(describe(schema, walk.new), new.notes, spot, required=new.required)


def _both(walk: Walk, old: Parameter, new: Parameter, spot: Spot) -> Iterator[Finding]:
    spot = guarded(spot, old.notes, new.notes)
    yield from hidden(spot, before=old.notes.hidden, after=new.notes.hidden)
    before = replace(walk.old.read(old.schema), notes=old.notes)
    after = replace(walk.new.read(new.schema), notes=new.notes)
    if not (walk.old.shown(before) and walk.new.shown(after)):
        return
    yield from requiredness(spot, before=old.required, after=new.required)
    if old.style != new.style or (old.explode != new.explode and _composed(before) and _composed(after)):
        yield Finding(spot, "style-changed", _style(old), _style(new))
    exploded = spot.exploded and old.style == new.style and old.explode == new.explode
    yield from walk.compare(before, after, replace(spot, exploded=exploded))


def _composed(schema: Schema) -> bool:
    """Return whether values can have parts, so that it matters how those are put together."""
    return schema.types is None or bool(schema.types & _COMPOSED)


def _style(parameter: Parameter) -> str:
    return f"{parameter.style}, {'repeated' if parameter.explode else 'joined'}"


def _body(walk: Walk, old: Body | None, new: Body | None, *, beta: bool) -> Iterator[Finding]:
    spot = body_spot("application/json", beta=beta)
    if old is not None and new is not None:
        yield from requiredness(spot, before=old.required, after=new.required)
        for media in sorted(old.content.keys() - new.content.keys()):
            yield Finding(spot, "request-media-type-removed", media, None)
        for media in sorted(new.content.keys() - old.content.keys()):
            yield Finding(spot, "request-media-type-added", None, media)
        for media in sorted(old.content.keys() & new.content.keys()):
            yield from _schemas(walk, old.content[media], new.content[media], body_spot(media, beta=beta))
    elif old is not None:
        yield Finding(spot, "request-body-removed", _media(old), None)
    elif new is not None:
        rule = "request-body-added-required" if new.required else "request-body-added-optional"
        yield Finding(spot, rule, None, _media(new))


def _media(body: Body) -> str:
    return ", ".join(sorted(body.content)) or "a body"


def _replies(walk: Walk, old: Mapping[str, Reply], new: Mapping[str, Reply], *, beta: bool) -> Iterator[Finding]:
    for status in sorted(old.keys() | new.keys()):
        statuses = new if status in new else old
        success = is_success(status, statuses)
        spot = reply_spot(status, "application/json", success=success, beta=beta)
        kind = "success" if success else "error"
        if status not in new:
            yield Finding(spot, f"response-{kind}-status-removed", status, None)
        elif status not in old:
            yield Finding(spot, f"response-{kind}-status-added", None, status)
        else:
            yield from _reply(walk, old[status], new[status], spot, status)


def _reply(walk: Walk, old: Reply, new: Reply, spot: Spot, status: str) -> Iterator[Finding]:
    for media in sorted(old.content.keys() - new.content.keys()):
        yield Finding(spot, "response-media-type-removed", media, None)
    for media in sorted(new.content.keys() - old.content.keys()):
        yield Finding(spot, "response-media-type-added", None, media)
    for media in sorted(old.content.keys() & new.content.keys()):
        inner = reply_spot(status, media, success=not spot.error, beta=spot.beta)
        yield from _schemas(walk, old.content[media], new.content[media], inner)
    for name in sorted(old.headers.keys() | new.headers.keys()):
        pair = (old.headers.get(name), new.headers.get(name))
        header = pair[1] or pair[0]
        shown = header.name if header else name
        yield from _parameter(walk, pair, header_spot(status, shown, success=not spot.error, beta=spot.beta))


def _schemas(walk: Walk, old: Raw, new: Raw, spot: Spot) -> Iterator[Finding]:
    before, after = walk.old.read(old), walk.new.read(new)
    yield from walk.compare(before, after, guarded(spot, before.notes, after.notes))
