"""What the templates need from the document and the generator does not pass on: identity headers, joined lists."""

from collections.abc import Iterator
from typing import Any, TypedDict

from openapi_python_client.strings import snake_case

from scripts._errors import PipelineError

_METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


class IdentityArgument(TypedDict):
    """A header that tells for whom the owner of the secret acts."""

    name: str
    header: str


class Identity(TypedDict):
    """How the client says who it is."""

    header: str
    prefix: str
    arguments: list[IdentityArgument]


def iterate_operations(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation with a label for messages, such as `GET /v1/users`."""
    for path, item in content["paths"].items():
        for method, operation in item.items():
            if method in _METHODS:
                yield f"{method.upper()} {path}", operation


def find_identity(content: dict[str, Any]) -> Identity:
    """Find the header of the secret, which every alternative of every operation asks for, and those beside it.

    Raises:
        PipelineError: the operations have no header in common, or more than one.
    """
    schemes = content.get("components", {}).get("securitySchemes", {})
    headers = {name: scheme["name"] for name, scheme in schemes.items() if scheme.get("in") == "header"}
    if not headers:
        return {"header": "Authorization", "prefix": "Bearer", "arguments": []}
    alternatives = [
        set(alternative)
        for _, operation in iterate_operations(content)
        for alternative in operation.get("security", content.get("security", []))
        if alternative
    ]
    common = sorted(set(headers).intersection(*alternatives)) if alternatives else sorted(headers)
    if len(common) != 1:
        raise PipelineError(
            f"{len(common)} security schemes are asked for by every operation, where one should carry the secret",
            "say in openapi/overlay.yaml which scheme every operation asks for",
        )
    beside: list[IdentityArgument] = [
        {"name": snake_case(name), "header": header} for name, header in headers.items() if name != common[0]
    ]
    return {"header": headers[common[0]], "prefix": "", "arguments": beside}


def find_joined_parameters(content: dict[str, Any]) -> set[tuple[str, str]]:
    """Find the query parameters that take a list as one text with commas: pairs of operationId and name.

    Raises:
        PipelineError: a parameter is written in a style that the client cannot write.
    """
    joined: set[tuple[str, str]] = set()
    for label, operation in iterate_operations(content):
        for parameter in operation.get("parameters", []):
            place, style = parameter.get("in"), parameter.get("style")
            if style not in {None, "form" if place == "query" else "simple"}:
                raise PipelineError(
                    f"{label}: the parameter {parameter['name']} has the style {style}",
                    "the client writes form queries and simple paths: describe the parameter as text in the overlay",
                )
            if place == "query" and parameter.get("explode") is False:
                joined.add((operation.get("operationId", label), parameter["name"]))
    return joined
