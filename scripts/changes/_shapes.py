"""What of a path counts when operations are compared: its literal parts, and where its parameters stand."""

import re

_PLACEHOLDER = re.compile(r"\{[^}/]*\}|(?<=/):[A-Za-z_]\w*(?=/|$)")


def path_shape(path: str) -> str:
    """Return a path without the names of its parameters; a parameter mistyped as `:name` counts as one."""
    return _PLACEHOLDER.sub("{}", path)


def path_names(path: str) -> list[str]:
    """Return the names of a path's parameters, in the order in which they stand there."""
    return [match.strip("{}:") for match in _PLACEHOLDER.findall(path)]
