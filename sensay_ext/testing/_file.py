"""Cassettes as files: YAML that people can read, and review."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sensay_ext._version import version
from sensay_ext.testing._errors import CassetteError
from sensay_ext.testing._interaction import Body, Interaction, Json, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["read_cassette", "save", "write_cassette"]

_VERSION = 1
_HEAD = "# Recorded HTTP requests and replies. What grants or identifies something is replaced by pseudonyms.\n"
_NO_FOLDING = 1_000_000
_ODD_LINE_END = re.compile("[\r\x85\u2028\u2029]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(yaml.SafeDumper):
    """Writes the same YAML everywhere: texts of several lines as such, and no references."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class's signature
        """Whether a value is written out again where it occurs again."""
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # What else ends a line in YAML would come back as a plain line end, or as a space.
    style = '"' if _ODD_LINE_END.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_cassette(interactions: Sequence[Interaction], recorded_from: str) -> str:
    """The text of a cassette.

    Args:
        interactions: What it holds; it is written as it is.
        recorded_from: What answered the requests.
    """
    content = {
        "version": _VERSION,
        "recorded_from": recorded_from,
        "recorded_with": f"sensay-ext {version()}",
        "interactions": [_written(interaction) for interaction in interactions],
    }
    return _HEAD + yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_NO_FOLDING)


def read_cassette(text: str) -> list[Interaction]:
    """What a cassette holds.

    Raises:
        CassetteError: The text is not that of a cassette.
    """
    try:
        content = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
        if content["version"] != _VERSION:
            raise CassetteError(f"it is of version {content['version']}, which this version of sensay-ext cannot read")
        return [_read(interaction) for interaction in content["interactions"]]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as problem:
        kind = type(problem).__name__
    # Outside of the handler, as the problem may quote the file.
    raise CassetteError(f"it is not a cassette of this package ({kind})")


def save(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _written(interaction: Interaction) -> dict[str, Any]:
    return {
        "request": {
            "method": interaction.method,
            "url": interaction.url,
            **_written_message(interaction.request),
        },
        "reply": {"status": interaction.status, **_written_message(interaction.reply)},
    }


def _written_message(message: Message) -> dict[str, Any]:
    headers = {name: values[0] if len(values) == 1 else list(values) for name, values in message.headers.items()}
    match message.body:
        case Json():
            body: dict[str, Any] = {"json": message.body.value}
        case str():
            body = {"text": message.body}
        case bytes():
            body = {"binary": message.body}
        case _:
            body = {}
    return ({"headers": headers} if headers else {}) | body


def _read(interaction: dict[str, Any]) -> Interaction:
    request, reply = interaction["request"], interaction["reply"]
    return Interaction(
        method=str(request["method"]),
        url=str(request["url"]),
        request=_read_message(request),
        status=int(reply["status"]),
        reply=_read_message(reply),
    )


def _read_message(message: dict[str, Any]) -> Message:
    headers = {
        str(name).lower(): tuple(str(value) for value in (values if isinstance(values, list) else [values]))
        for name, values in message.get("headers", {}).items()
    }
    return Message(headers=headers, body=_read_body(message))


def _read_body(message: dict[str, Any]) -> Body:
    if "json" in message:
        return Json(message["json"])
    if "text" in message:
        return str(message["text"])
    if "binary" in message:
        return bytes(message["binary"])
    return None
