"""Finds out which methods of the client the code in a folder uses, without running it."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sensay_ext._operations import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Uses", "methods_in", "uses_in"]

_METHODS = frozenset(name for names in METHODS.values() for name in names)
_RESOURCES = frozenset(part for name in _METHODS for part in name.split(".")[:-1])
_LONGEST = max(len(name.split(".")) for name in _METHODS)
_NOT_THEIRS = frozenset({"__pycache__", "build", "dist", "node_modules", "site-packages", "venv"})


@dataclass(frozen=True, slots=True)
class Uses:
    """What the code in a folder uses.

    Args:
        places: Where each method is used, as `file:line`, by the method's name.
        unread: Files that could not be read as Python.
    """

    places: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def uses_in(folder: Path) -> Uses:
    """Read all Python files below a folder, or a single file; installed packages and hidden folders are left out.

    Args:
        folder: The folder, or file.
    """
    uses = Uses()
    for path in [folder] if folder.is_file() else sorted(_files(folder)):
        name = path.name if path == folder else path.relative_to(folder).as_posix()
        try:
            found = sorted(methods_in(path.read_text(encoding="utf-8")))
        except (OSError, RecursionError, SyntaxError, ValueError):
            uses.unread.append(name)
            continue
        for line, method in found:
            uses.places.setdefault(method, []).append(f"{name}:{line}")
    return uses


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in _NOT_THEIRS or path.is_symlink():
            continue
        if path.is_dir():
            if not (path / "pyvenv.cfg").exists():
                yield from _files(path)
        elif path.suffix == ".py":
            yield path


def methods_in(source: str) -> set[tuple[int, str]]:
    """Return the lines and names of the methods that a source text mentions.

    Args:
        source: Python. What counts is how an expression ends, `….replicas.get`, as the client may have any name.

    Raises:
        SyntaxError: It is not Python.
    """
    with warnings.catch_warnings(action="ignore"):  # about the code that is read
        tree = ast.parse(source)
    shortcuts = dict(_shortcuts(tree))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            chain = _chain(node, shortcuts)
            for length in range(2, _LONGEST + 1):
                name = ".".join(chain[-length:])
                if name in _METHODS:
                    found.add((node.lineno, name))
    return found


def _shortcuts(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the names that stand for a part of the client: `entries = sensay.knowledge_base`."""
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) else None
        if isinstance(value, ast.Attribute) and value.attr in _RESOURCES:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", None)
                if name is not None:
                    yield name, _chain(value, {})


def _chain(node: ast.expr, shortcuts: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names at the end of an expression: those of `sensay.as_user(…).chat.complete` are chat, complete."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        names.insert(0, node.id)
    for place, name in enumerate(names[:-1]):
        if name in shortcuts:
            return (*shortcuts[name], *names[place + 1 :])
    return tuple(names)
