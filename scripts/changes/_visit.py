"""Visits every schema of an operation with the place where it stands."""

from collections.abc import Iterator

from scripts._errors import PipelineError
from scripts.changes._document import Document, Operation
from scripts.changes._messages import body_spot, header_spot, is_success, parameter_spot, reply_spot
from scripts.changes._model import Spot
from scripts.changes._reader import Reader
from scripts.changes._schema import Schema

MAX_PLACES = 100_000
"""Of one operation; nested references alone multiply to more."""


def places(document: Document, operation: Operation) -> Iterator[tuple[Spot, Schema]]:
    """Yield every schema of an operation with its place; one inside of itself is not entered again.

    Raises:
        PipelineError: there are more than any operation has.
    """
    count = 0
    for spot, schema in _roots(document.reader, operation):
        for place in _below(document.reader, spot, schema, ()):
            count += 1
            if count > MAX_PLACES:
                what = f"{operation.method.upper()} {operation.path}"
                raise PipelineError(f"{what} has more than {MAX_PLACES:,} fields", "it is no usable API description")
            yield place


def _roots(reader: Reader, operation: Operation) -> Iterator[tuple[Spot, Schema]]:
    for parameter in operation.parameters.values():
        yield parameter_spot(parameter.place, parameter), reader.read(parameter.schema)
    if operation.body is not None:
        for media, raw in operation.body.content.items():
            yield body_spot(media), reader.read(raw)
    for status, reply in operation.replies.items():
        success = is_success(status, operation.replies)
        for media, raw in reply.content.items():
            yield reply_spot(status, media, success=success), reader.read(raw)
        for header in reply.headers.values():
            yield header_spot(status, header.name, success=success), reader.read(header.schema)


def _below(reader: Reader, spot: Spot, schema: Schema, above: tuple[Schema, ...]) -> Iterator[tuple[Spot, Schema]]:
    if schema in above:
        return
    yield spot, schema
    for inner, part in _parts(reader, spot, schema):
        yield from _below(reader, inner, part, (*above, schema))


def _parts(reader: Reader, spot: Spot, schema: Schema) -> Iterator[tuple[Spot, Schema]]:
    for name, part in reader.properties(schema).items():
        if reader.shown(part):
            yield spot.property(name), part
    yield spot.items(), reader.read(schema.items)
    yield spot.values(), reader.read(schema.values)
    yield from ((spot, branch) for branch in schema.branches)
