"""What type checkers say of user code; they run on the wheel as well, by `make types-wheel`."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from sensay_ext import AsyncSensay, Sensay
from tests.resource_methods import methods
from tests.typing.user_code import FILES, FOLDER_OF_TASKS, FOLDER_OF_THREADS, HOME

HIDDEN_ANY = """
import json

from sensay_ext import Sensay


def unknown(sensay: Sensay) -> None:
    print(json.loads(sensay.users.me().id)["novelty"])
"""


def mypy(*files: Path) -> str:
    flags = ("--strict", "--disallow-any-expr", "--config-file", "", "--no-error-summary", "--explicit-package-bases")
    command = [sys.executable, "-m", "mypy", *flags, *map(str, files)]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=HOME).stdout  # noqa: S603 - our own command


def test_no_any_reaches_a_user() -> None:
    assert mypy(*FILES) == ""


def test_an_any_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "hidden.py"
    file.write_text(HIDDEN_ANY)

    assert 'Expression has type "Any"' in mypy(file)


@pytest.mark.parametrize(("client", "folder"), [(AsyncSensay, FOLDER_OF_TASKS), (Sensay, FOLDER_OF_THREADS)])
def test_user_code_uses_every_method(client: type[AsyncSensay] | type[Sensay], folder: Path) -> None:
    used = _paths(ast.parse((folder / "user_code.py").read_text(encoding="utf-8")))

    assert [name for name in methods(client) if name not in used] == []


def _paths(tree: ast.AST) -> set[str]:
    """What is looked up on a client, such as `users.get`; also by a short name for one of its resources."""
    short = {
        node.targets[0].id: ast.unparse(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Attribute)
    }
    found = [ast.unparse(node).partition(".") for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {f"{short.get(head, head)}.{rest}".partition(".")[2] for head, _, rest in found}
