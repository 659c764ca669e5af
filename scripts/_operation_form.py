"""One operation of the document in its normal form."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts._dialect import canonical
from scripts._errors import PipelineError
from scripts._naming import Names
from scripts._operation_ids import Operation, is_parameter, segments, snake
from scripts._places import Nouns, Root, parameter_root, reply_roots, request_root
from scripts._repairs import TRANSPORT_HEADERS, success_flag, whole_numbers
from scripts._shapes import Schema

_COPIED = ("summary", "description", "deprecated", "x-beta", "tags")
_JSON = "application/json"
_EVENT_STREAM = "text/event-stream"


class OperationForm:
    """Reads an operation whose references are resolved, and writes it with references to named components.

    Args:
        key: method and path.
        operation_id: its name.
        operation: the operation, the parameters of its path item among its own.
        security: what holds where the operation itself says nothing of security.
    """

    def __init__(
        self, key: Operation, operation_id: str, operation: Mapping[str, Any], security: list[dict[str, Any]]
    ) -> None:
        self.key = key
        self._id = operation_id
        self._copied = {name: operation[name] for name in _COPIED if operation.get(name)}
        self._security = sorted(operation.get("security", security), key=lambda ways: (-len(ways), sorted(ways)))
        self._parameters = sorted(_parameters(key, operation.get("parameters", [])), key=_parameter_order)
        body = operation.get("requestBody") or {}
        self._body = _media(body)
        self._body_required = bool(body.get("required"))
        replies = {str(status): reply for status, reply in operation.get("responses", {}).items()}
        self._replies = {status: (reply, _media(reply)) for status, reply in sorted(replies.items())}

    def errors(self) -> Iterator[Schema]:
        """Yield the schemas of the documented error replies."""
        for status, (_, media) in self._replies.items():
            if _is_error(status):
                yield from media.values()

    def roots(self, nouns: Nouns) -> Iterator[Root]:
        """Yield the schemas that names start from, errors excepted."""
        for schema in self._body.values():
            yield request_root(self.key, nouns, schema)
        for parameter in self._parameters:
            yield parameter_root(self.key, nouns, parameter["name"], parameter["schema"])
        successes = [media for status, (_, media) in self._replies.items() if not _is_error(status)]
        for index, media in enumerate(successes):
            for schema in media.values():
                yield from reply_roots(self.key, nouns, success_flag(schema), first=index == 0)

    def render(self, names: Names, error: Schema) -> dict[str, Any]:
        """Return the operation with references to the components of `names`."""
        form: dict[str, Any] = {**self._copied, "operationId": self._id, "security": self._security}
        form["parameters"] = [{**one, "schema": names.reference(one["schema"])} for one in self._parameters]
        if self._body:
            required = self._body_required or any(schema.get("required") for schema in self._body.values())
            content = {media: {"schema": names.reference(schema)} for media, schema in self._body.items()}
            form["requestBody"] = {"required": required, "content": content}
        single = {status for status in self._replies if status.isdecimal()} or set(self._replies)
        form["responses"] = {
            status: _reply(status, reply, media, names, error)
            for status, (reply, media) in self._replies.items()
            if status in single or not _is_error(status)  # failures at large: the client expects them anyway
        }
        return form


def _reply(
    status: str, reply: Mapping[str, Any], media: Mapping[str, Schema], names: Names, error: Schema
) -> dict[str, Any]:
    form: dict[str, Any] = {"description": reply.get("description", "")}
    if media:
        schemas = {kind: error if _is_error(status) else success_flag(schema) for kind, schema in media.items()}
        form["content"] = {kind: {"schema": names.reference(schema)} for kind, schema in schemas.items()}
    return form


def _is_error(status: str) -> bool:
    return status[:1] in "45" or status == "default"


def _media(holder: Mapping[str, Any]) -> dict[str, Schema]:
    """Return the schemas of a body by media type: JSON alone where there is JSON.

    A stream of events beside it has a shape that no schema here describes; the client reads it by itself.
    """
    content = {kind.partition(";")[0].strip().lower(): media for kind, media in holder.get("content", {}).items()}
    kinds = [_JSON] if _JSON in content else sorted(kind for kind in content if kind != _EVENT_STREAM)
    return {kind: canonical(whole_numbers(content[kind].get("schema", {}))) for kind in kinds}


def _parameters(key: Operation, given: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the parameters in normal form; one of the operation replaces one of its path, as OpenAPI says."""
    unique = {(one["in"], one["name"].lower() if one["in"] == "header" else one["name"]): one for one in given}
    for (where, name), one in unique.items():
        if where == "header" and name in TRANSPORT_HEADERS:
            continue
        schema = next((media.get("schema", {}) for media in one.get("content", {}).values()), one.get("schema", {}))
        form_of_value = canonical(whole_numbers(schema, one["name"]))
        form_of_value.pop("nullable", None)  # an argument that is None is not sent
        form = {"name": one["name"], "in": where, "required": where == "path" or bool(one.get("required"))}
        kept = {key: one[key] for key in ("description", "deprecated") if one.get(key)}
        yield {**form, **kept, **_style(where, one), "schema": form_of_value}
    _check_path(key, {name for where, name in unique if where == "path"})


def _style(where: str, parameter: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a parameter is written, as far as that is not what OpenAPI assumes."""
    usual = "form" if where in ("query", "cookie") else "simple"
    style = parameter.get("style", usual)
    explode = parameter.get("explode", style == "form")
    form = {} if style == usual else {"style": style}
    return form if explode == (style == "form") else {**form, "explode": explode}


def _check_path(key: Operation, declared: set[str]) -> None:
    """Refuse a path whose parameters are not declared: the generator would leave the operation out."""
    named = {part[1:-1] for part in segments(key[1]) if is_parameter(part)}
    if named != declared:
        missing = ", ".join(sorted(named ^ declared))
        raise PipelineError(
            f"{key[0].upper()} {key[1]} does not declare its path parameters as the path names them ({missing})",
            "repair it in openapi/overlay.yaml",
        )


def _parameter_order(parameter: Mapping[str, Any]) -> tuple[str, str]:
    return parameter["in"], snake(parameter["name"])
