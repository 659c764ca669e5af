"""From any dialect and style of the provider's document to the one form that the client is generated from."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts._dialect import canonical
from scripts._errors import PipelineError
from scripts._naming import Names
from scripts._operation_form import OperationForm
from scripts._operation_ids import Operation, collections, operation_ids
from scripts._overlay import NamingTable
from scripts._places import Nouns, Place, Role, Root
from scripts._references import Resolver
from scripts._repairs import one_error, whole_numbers
from scripts._shapes import Schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ERROR = Place((Role.RESOURCE, 0, "", ""), (("", ("error", "response")),), ("error",))


def operations(document: Mapping[str, Any], *, hidden: bool = False) -> dict[Operation, dict[str, Any]]:
    """Return the operations of a document by method and path, the parameters of a path among each one's own.

    Args:
        document: an OpenAPI document.
        hidden: count those that the provider marks `x-hidden`, too.
    """
    found = {}
    for path, item in path_items(document):
        for method in METHODS:
            operation = item.get(method)
            if operation is None or (not hidden and (operation.get("x-hidden") or item.get("x-hidden"))):
                continue
            parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
            found[method, path] = {**operation, "parameters": parameters}
    return found


def path_items(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the paths of a document with what stands under them, wherever it is written.

    Raises:
        PipelineError: a path refers to something that is not there.
    """
    resolver = Resolver(document)
    for path, item in document.get("paths", {}).items():
        if path.startswith("/"):  # anything else is an extension
            yield path, resolver.follow(item)


def normalise(document: Mapping[str, Any], naming: NamingTable, *, hidden: bool = False) -> dict[str, Any]:
    """Return the document in its one form, with operationIds and named components.

    Args:
        document: a valid OpenAPI 3.0 or 3.1 document, the overlay being applied already.
        naming: the naming table; what of it was used is noted there.
        hidden: keep the operations and properties that the provider marks `x-hidden`.

    Raises:
        PipelineError: a reference leads nowhere, a path does not declare its parameters, or nesting has no end.
    """
    try:
        return _normalise(document, naming, hidden=hidden)
    except RecursionError as error:
        raise PipelineError("the document is nested without end", "it is no usable API description") from error


def _normalise(document: Mapping[str, Any], naming: NamingTable, *, hidden: bool) -> dict[str, Any]:
    resolver = Resolver(document, reveal=hidden)
    found = {key: resolver.resolve(operation) for key, operation in operations(document, hidden=hidden).items()}
    ids = operation_ids(found)
    security = document.get("security", [])
    forms = [OperationForm(key, ids[key], operation, security) for key, operation in sorted(found.items())]
    error = one_error([reply for form in forms for reply in form.errors()])
    names = Names(naming, {name: canonical(whole_numbers(target)) for name, target in resolver.recursive.items()})
    names.assign(_roots(forms, error, naming))
    paths: dict[str, dict[str, Any]] = {}
    for form in forms:
        method, path = form.key
        paths.setdefault(path, {})[method] = form.render(names, error)
    return {
        "openapi": "3.0.3",
        "info": {"title": document["info"]["title"], "version": str(document["info"]["version"])},
        "servers": [{"url": server["url"]} for server in document.get("servers", [])],
        "paths": paths,
        "components": {"schemas": names.components(), "securitySchemes": _security_schemes(document, resolver)},
    }


def _roots(forms: list[OperationForm], error: Schema, naming: NamingTable) -> Iterator[Root]:
    holders = collections(form.key[1] for form in forms)
    yield Root(error, _ERROR, "reply")
    for form in forms:
        yield from form.roots(Nouns.of(form.key, holders, naming))


def _security_schemes(document: Mapping[str, Any], resolver: Resolver) -> dict[str, Any]:
    schemes = resolver.resolve(document.get("components", {}).get("securitySchemes", {}))
    return {name: {key: value for key, value in one.items() if key != "description"} for name, one in schemes.items()}
