"""The command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sensay_ext._errors import AuthenticationError, PermissionDeniedError, SensayError
from sensay_ext.doctor._bundled import bundled, methods_by_key
from sensay_ext.doctor._calls import Uses, uses_in
from sensay_ext.doctor._differences import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sensay_ext import Response, Sensay

__all__ = ["DESCRIPTION", "add_options", "examine", "main"]

DESCRIPTION = "Tell whether a program that uses this package has what it needs from the API."
_STATUS = """Exit status: 0 if all is well; 1 if the settings or the key are refused, or a difference can break the program; 2 if
that cannot be told."""
_VERSION_HEADER = "x-api-version"
GOOD, BAD, UNKNOWN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The command line without the program's name; the process's own by default.

    Returns:
        0 if all is well; 1 if the settings or the key are refused, or a difference can break the program; 2 if that
        cannot be told.
    """
    parser = argparse.ArgumentParser(prog="python -m sensay_ext.doctor", description=DESCRIPTION)
    add_options(parser)
    return examine(parser.parse_args(arguments), parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command.

    Args:
        parser: Of the command.
    """
    parser.epilog = _STATUS
    parser.add_argument("--uses", type=Path, metavar="FOLDER", help="tell what concerns the code in there")
    parser.add_argument("--base-url", help="where the API is; else SENSAY_BASE_URL")


def examine(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Do what the options say, and return the exit status.

    Args:
        given: The options.
        parser: Where they come from; it ends the program if they make no sense.
    """
    from sensay_ext import Sensay  # noqa: PLC0415 - other commands read their options without loading the client

    if given.uses is not None and not given.uses.exists():
        parser.error(f"{given.uses} does not exist")
    try:
        with Sensay(base_url=given.base_url) as sensay:
            found = _key(sensay), _schema(sensay, None if given.uses is None else uses_in(given.uses))
            return max(found, key=(GOOD, UNKNOWN, BAD).index)
    except SensayError as error:
        _say("settings", str(error))
        return BAD


def _say(topic: str, message: str) -> None:
    sys.stdout.write(f"{topic:<9} {message}\n")


def _key(sensay: Sensay) -> int:
    """Ask for the least that needs the secret."""
    try:
        reply = _ask(sensay)
    except (AuthenticationError, PermissionDeniedError) as error:
        _say("key", f"refused: {error}")
        return BAD
    except SensayError as error:
        _say("key", f"not tested: {error}")
        return UNKNOWN
    _say("key", "accepted")
    answered = reply.headers.get(_VERSION_HEADER)
    newer = [drift.detail for drift in sensay.drift if drift.kind == "version"]
    _say("version", f"{answered or 'not named'}{', which is not the one asked for' if newer else ''}")
    return GOOD


def _ask(sensay: Sensay) -> Response[object]:
    return sensay.with_raw_response(sensay.replicas.list(page_size=1, max_items=1).first)


def _schema(sensay: Sensay, uses: Uses | None) -> int:
    try:
        live = sensay.request("GET", "/schema").parsed
        found = differences(bundled("upstream.json"), live if isinstance(live, dict) else {})
    except SensayError as error:
        _say("schema", f"not compared: {error}")
        return UNKNOWN
    except (AttributeError, KeyError, OverflowError, TypeError):
        _say("schema", "not compared: what the API publishes is no schema that can be read")
        return UNKNOWN
    _say(
        "schema",
        f"differs from that of this release; number of differences: {len(found)}"
        if found
        else "the one of this release",
    )
    methods = methods_by_key()
    touching = [each for each in found if uses is None or _used(methods.get(each.key, ()), uses)]
    for line in _lines(touching, methods, uses):
        sys.stdout.write(f"  {line}\n")
    if uses is not None:
        _tell_uses(uses, len(found) - len(touching))
    return BAD if any(each.breaks for each in touching) else GOOD


def _used(methods: Iterable[str], uses: Uses) -> list[str]:
    return [name for name in methods if name in uses.places]


def _lines(
    found: Iterable[Difference], methods: dict[tuple[str, str], tuple[str, ...]], uses: Uses | None
) -> Iterator[str]:
    for each in found:
        names = methods.get(each.key, ())
        concerned = names if uses is None else _used(names, uses)
        where = ", ".join(f"{name}()" for name in concerned) or "no method"
        yield f"{'breaks ' if each.breaks else 'changes'} {where}: {each.line}: {each.message}"
        if uses is not None:
            yield from (f"        {name}() in {', '.join(uses.places[name])}" for name in concerned)


def _tell_uses(uses: Uses, others: int) -> None:
    _say("uses", f"methods of this package: {len(uses.places)}; differences that concern others only: {others}")
    for name in uses.unread:
        sys.stdout.write(f"  {name} could not be read as Python\n")
