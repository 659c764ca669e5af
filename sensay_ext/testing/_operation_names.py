"""Operations of the API by the names that users know."""

from __future__ import annotations

from difflib import get_close_matches

from sensay_ext._operations import METHODS

__all__ = ["operation_id"]


def operation_id(name: str) -> str:
    """Return the operationId that a name stands for.

    Args:
        name: An operationId such as `get_replica`, or the method that asks for it, such as `replicas.get`.

    Raises:
        ValueError: No operation, or more than one, has that name.
    """
    if name in METHODS:
        return name
    found = [operation for operation, methods in METHODS.items() if methods[0] == name]
    asked = found or [operation for operation, methods in METHODS.items() if name in methods]
    if len(asked) == 1:
        return asked[0]
    if asked:
        raise ValueError(f"{name} asks for more than one operation; name one of them: {', '.join(asked)}")
    known = [*METHODS, *(methods[0] for methods in METHODS.values())]
    close = get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]}?" if close else ", such as replicas.get, or its operationId"
    raise ValueError(f"no operation has the name {name!r}: write a method as it is called{hint}")
