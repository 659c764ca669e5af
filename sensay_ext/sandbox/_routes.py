"""Finds the operation of a request without serving it."""

import re

from sensay_ext.sandbox._document import Document, Operation


class Routes:
    """The document's paths.

    Args:
        document: The API document.
    """

    def __init__(self, document: Document) -> None:
        # A fixed path wins over one with a parameter in the same place.
        operations = sorted(document.operations.values(), key=lambda operation: operation.path.count("{"))
        self._patterns = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", one.path)), one) for one in operations]

    def methods(self, path: str) -> list[str]:
        """Return the methods of the operations at a path; none if there is nothing at it."""
        # What is fixed in one place hides what has a parameter in the same place, for every method.
        matching = [one for pattern, one in self._patterns if pattern.fullmatch(path)]
        return sorted(one.method for one in matching if one.path == matching[0].path)

    def find(self, method: str, path: str) -> Operation | None:
        """Return the operation at a path, None if there is none."""
        if method not in self.methods(path):
            return None
        return next(one for pattern, one in self._patterns if one.method == method and pattern.fullmatch(path))
