"""Reads which methods of the client serve which operation, without importing the client.

While the client is being regenerated it may not be importable, and the report must not depend on that.
"""

import ast
import json
from pathlib import Path
from typing import Any

from scripts._errors import PipelineError

NAME = "METHODS"
"""The constant of a Python file that holds the mapping."""


def load_methods(path: Path) -> dict[str, list[str]]:
    """Return the methods by operationId, as a Python file's literal `METHODS` or a JSON file has them.

    The mapping's values are names, or lists of names, of methods as users write them: `replicas.get`.

    Raises:
        PipelineError: the file cannot be read, or holds no such mapping.
    """
    hint = f"it must hold operationIds with the methods that serve them, in JSON or as a literal `{NAME}` in Python"
    try:
        text = path.read_text(encoding="utf-8")
        data = _literal(text) if path.suffix == ".py" else json.loads(text)
    except (OSError, ValueError, SyntaxError) as error:
        raise PipelineError(f"{path} does not tell which methods serve which operation ({error})", hint) from error
    if not isinstance(data, dict):
        raise PipelineError(f"{path} does not tell which methods serve which operation", hint)
    return {str(operation): _names(methods) for operation, methods in data.items()}


def _names(methods: Any) -> list[str]:
    return [methods] if isinstance(methods, str) else [str(name) for name in methods]


def _literal(text: str) -> Any:
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == NAME for target in targets):
            value = getattr(node, "value", None)
            return ast.literal_eval(value) if value is not None else None
    return None
