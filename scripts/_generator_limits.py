"""What our templates do not generate; it stops the run instead of coming out wrong."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import EnumProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.strings import ClassName

from scripts._errors import PipelineError

REPAIR = "repair it with an entry in openapi/overlay.yaml or a rule of the normaliser"

_UNSUPPORTED_KINDS = {
    "ConstProperty": "a constant",
    "FileProperty": "binary content",
    "LiteralEnumProperty": "a literal enumeration",
}
_REPLY_SOURCES = {"response.json()", "None"}


def check_findings(findings: Iterable[GeneratorError]) -> None:
    """Refuse what the generator warns about: it leaves out the operation or the class, and goes on.

    Raises:
        PipelineError: there is a finding.
    """
    found = list(findings)
    if found:
        raise refusal(found)


def refusal(findings: Iterable[GeneratorError]) -> PipelineError:
    """Put findings of the generator into one line."""
    lines = sorted({" ".join(f"{finding.header} {finding.detail or ''}".split()) for finding in findings})
    return PipelineError(f"the generator warns: {' / '.join(lines)}", REPAIR)


def check_supported(content: dict[str, Any], data: GeneratorData) -> None:
    """Refuse what the package could not express.

    Args:
        content: the document.
        data: what the generator made of it.

    Raises:
        PipelineError: names everything that has to be repaired.
    """
    collections = data.endpoint_collections_by_tag.values()
    check_findings([*data.errors, *chain.from_iterable(collection.parse_errors for collection in collections)])
    found = sorted({*_unsupported_operations(data), *_unsupported_classes(content, data)})
    if found:
        raise PipelineError(f"the client cannot express: {' / '.join(found)}", REPAIR)


def _unsupported_operations(data: GeneratorData) -> Iterator[str]:
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            yield from (f"{endpoint.name}: {problem}" for problem in _problems(endpoint))


def _problems(endpoint: Endpoint) -> Iterator[str]:
    if endpoint.header_parameters or endpoint.cookie_parameters:
        yield "a header or cookie parameter, which the transport owns"
    if len(endpoint.bodies) > 1 or any(body.body_type != "json" for body in endpoint.bodies):
        yield "a body that is not JSON"
    for response in endpoint.responses:
        if response.status_code.range is None or response.status_code.is_range():
            yield f"a reply for {response.status_code.pattern} instead of a status"
        if response.source["attribute"] not in _REPLY_SOURCES:
            yield f"a reply to {response.status_code.pattern} that is not JSON"
        yield from _unsupported_kinds(response.prop)
    for parameter in endpoint.list_all_parameters():
        yield from _unsupported_kinds(parameter)
    for parameter in endpoint.query_parameters:
        if isinstance(parameter, ModelProperty):
            yield f"the object {parameter.python_name} in a query"


def _unsupported_classes(content: dict[str, Any], data: GeneratorData) -> Iterator[str]:
    schemas = content.get("components", {}).get("schemas", {})
    components = {ClassName(name, ""): schema for name, schema in schemas.items()}
    for known in (*data.models, *data.enums):
        if known.class_info.name not in components:
            # Its name would depend on where it stands, and change with the next field that looks alike.
            yield f"{known.class_info.name}: an inline shape that is no named component"
    for model in data.models:
        for field in (*(model.required_properties or ()), *(model.optional_properties or ())):
            yield from (f"{model.class_info.name}.{field.python_name}: {kind}" for kind in _unsupported_kinds(field))
    for enum in data.enums:
        yield from _unsupported_values(enum, components.get(enum.class_info.name, {}))


def _unsupported_values(enum: EnumProperty | LiteralEnumProperty, schema: dict[str, Any]) -> Iterator[str]:
    values = {value for value in schema.get("enum", []) if value is not None}
    if enum.value_type is not str:
        yield f"{enum.class_info.name}: an enumeration of numbers"
    elif len(enum.values) < len(values):
        yield f"{enum.class_info.name}: values whose names are the same"


def _unsupported_kinds(known: PropertyProtocol) -> Iterator[str]:
    """Yield what is unsupported in a type, at any depth but without entering other classes."""
    kind = type(known).__name__
    if kind in _UNSUPPORTED_KINDS:
        yield _UNSUPPORTED_KINDS[kind]
    inner = [known.inner_property] if hasattr(known, "inner_property") else getattr(known, "inner_properties", [])
    for part in inner:
        yield from _unsupported_kinds(part)
