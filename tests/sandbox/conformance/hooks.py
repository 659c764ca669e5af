"""Points a part of the generated requests at things that exist, so that they get further than a 404."""

from typing import Any
from uuid import UUID

import schemathesis

from tests.sandbox.conformance.world import USER, World

_WORLD = World()


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:  # noqa: ARG001 - the hook's signature
    """Make something exist before the first request."""
    if not _WORLD.known:
        _WORLD.ensure()


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:  # noqa: ARG001 - the hook's signature
    """Make it exist again when a request may have removed it."""
    if case.method == "DELETE" or case.path == "/v1/users/me":
        _WORLD.ensure()


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:  # noqa: ARG001 - the hook's signature
    """Let replicas belong to the user that exists."""
    if isinstance(body, dict) and isinstance(body.get("ownerID"), str):
        body["ownerID"] = USER
    return body


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:  # noqa: ARG001 - the hook's signature
    """Let every other request be about what exists."""
    try:
        chosen = UUID(path_parameters["replicaUUID"]).int % 2
    except (TypeError, KeyError, AttributeError, ValueError):
        # There is none, or it is one that the sandbox is to refuse.
        return path_parameters
    known = _WORLD.known if chosen else {}
    return {name: known.get(name, value) for name, value in path_parameters.items()}
