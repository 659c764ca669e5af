"""Our repairs of the provider's document (`openapi/overlay.yaml`), each of which has to bite.

The actions are an OpenAPI Overlay, which oas-patch applies; beside them stands the naming table.
"""

import copy
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml

from scripts._errors import PipelineError


class _Apply(Protocol):
    def __call__(self, openapi_doc: dict[str, Any], overlay: dict[str, Any], /) -> dict[str, Any]: ...


@cache
def _library() -> _Apply:
    """Load the one module of oas-patch that applies overlays.

    Its package would load what compares documents too, and with that pandas: more than a tenth of a run's time.
    """
    package = importlib.util.find_spec("oas_patch")
    module = Path(package.origin or "").with_name("overlay.py") if package else Path("oas_patch")
    spec = importlib.util.spec_from_file_location("oas_patch_overlay", module)
    if spec is None or spec.loader is None:
        raise PipelineError("oas-patch is not installed", "run `make install`")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    apply: _Apply = loaded.apply_overlay
    return apply


class NamingTable:
    """Better names than the derived ones, for what operations act on and for classes; notes which were asked for.

    Args:
        groups: each with a `reason`, and `nouns` or `classes`: what is derived, and what it is called instead.
    """

    def __init__(self, groups: list[dict[str, Any]]) -> None:
        self._nouns: dict[str, str] = {
            words: better for group in groups for words, better in group.get("nouns", {}).items()
        }
        self._classes: dict[str, str] = {
            name: better for group in groups for name, better in group.get("classes", {}).items()
        }
        self._asked: set[str] = set()

    def noun(self, words: str) -> str | None:
        """Return the better noun for the words of a path, if there is one."""
        self._asked.add(words)
        return self._nouns.get(words)

    def class_name(self, derived: str) -> str:
        """Return the name that a class gets whose derived name is `derived`."""
        self._asked.add(derived)
        return self._classes.get(derived, derived)

    def unused(self) -> set[str]:
        """Return the entries that nothing asked for."""
        return {f"the name of {entry!r}" for entry in {*self._nouns, *self._classes} - self._asked}


class Overlay:
    """The overlay document: applies its actions, and knows afterwards which entries changed nothing."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._actions: list[dict[str, Any]] = document.get("actions", [])
        self._idle: set[str] = set()
        self.naming = NamingTable(document.get("x-naming", []))

    @classmethod
    def load(cls, path: Path) -> "Overlay":
        """Read an overlay file; every entry of it must say its reason.

        Raises:
            PipelineError: the file is no overlay, or an entry has no reason.
        """
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            entries = [(one["target"], one.get("description")) for one in document["actions"]]
            entries += [("a group of names", group.get("reason")) for group in document.get("x-naming", [])]
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise PipelineError(f"{path.name} is no overlay document ({type(error).__name__})", "repair it") from error
        for entry, reason in entries:
            if not reason:
                raise PipelineError(f"{path.name}: {entry} has no reason", "say why the entry is needed")
        return cls(document)

    def apply(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return the document with all actions applied; the one given is left as it is.

        Raises:
            PipelineError: a target is no JSONPath, or an update does not fit what it targets.
        """
        patched = copy.deepcopy(document)
        for action in self._actions:
            before = copy.deepcopy(patched)
            try:
                patched = _library()(patched, {"actions": [action]})
            except Exception as error:  # the library and its JSONPath parser raise plain exceptions of many kinds
                message = f"the overlay action on {action['target']} cannot be applied ({str(error)[:200]})"
                raise PipelineError(message, "repair it in openapi/overlay.yaml") from error
            if patched == before:
                self._idle.add(f"the action on {action['target']}")
        return patched

    def unused(self) -> set[str]:
        """Return the entries that changed nothing in the document that went through."""
        return self._idle | self.naming.unused()
