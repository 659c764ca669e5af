"""Looks through documents of YAML, and JSON which is YAML as well, for what only their structure tells."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Any

import yaml

from sensay_ext.testing._layers import as_bytes
from sensay_ext.testing._pseudonyms import Kind, holds_pseudonym
from sensay_ext.testing._rules import kind_of_field, kind_of_header

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["folded_values", "named_secrets", "nodes_in"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR, _BINARY = "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary"
# Others identify somebody, and it takes more than a name to tell whether they do.
_GRANTS = frozenset({Kind.ORGANIZATION_SECRET, Kind.API_KEY, Kind.BOT_TOKEN, Kind.TOKEN, Kind.SECRET})
_SHORTEST = 4
# What people write in the place of a secret, or where one is to be found.
_PLACEHOLDER = re.compile(
    r"(?i)\W*(?:dummy|fake|filtered|hidden|masked|none|redacted|removed|x+)?\W*|[$<{].*", re.DOTALL
)


def nodes_in(text: str) -> list[yaml.Node]:
    """All nodes of all documents; none of what is no YAML."""
    try:
        waiting = list(yaml.compose_all(text, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError):
        return []
    found: dict[int, yaml.Node] = {}
    while waiting:
        node = waiting.pop()
        if id(node) not in found:
            found[id(node)] = node
            if isinstance(node, yaml.MappingNode):
                waiting += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
    return sorted(found.values(), key=lambda node: (node.start_mark.line, node.start_mark.column))


def named_secrets(nodes: list[yaml.Node]) -> Iterator[tuple[int, Kind]]:
    """In which lines there is something under a name that tells that it is secret, as `X-ORGANIZATION-SECRET`."""
    for node in nodes:
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                kind = _kind(name)
                values = value.value if isinstance(value, yaml.SequenceNode) else [value]
                if kind is not None:
                    yield from ((_line(one), kind) for one in values if _is_secret(one))


def folded_values(nodes: list[yaml.Node]) -> Iterator[tuple[int, int, bytes]]:
    """Values that are written in several lines: the first and the last one, and the value."""
    for node in nodes:
        if isinstance(node, yaml.ScalarNode) and node.end_mark.line > node.start_mark.line:
            yield _line(node), node.end_mark.line + 1, _content(node)


def _kind(name: yaml.Node) -> Kind | None:
    if not isinstance(name, yaml.ScalarNode):
        return None
    kind = kind_of_header(name.value.lower()) or kind_of_field(name.value)
    return kind if kind in _GRANTS else None


def _is_secret(node: yaml.Node) -> bool:
    if not isinstance(node, yaml.ScalarNode) or node.tag != _STR or len(node.value) < _SHORTEST:
        return False
    # Sentences are about secrets.
    is_said = any(character.isspace() for character in node.value.removeprefix("Bearer ").removeprefix("Basic "))
    return not (is_said or holds_pseudonym(node.value) or _PLACEHOLDER.fullmatch(node.value))


def _content(node: yaml.ScalarNode) -> bytes:
    if node.tag == _BINARY:
        try:
            return binascii.a2b_base64(node.value)
        except ValueError:
            pass
    return as_bytes(node.value)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
