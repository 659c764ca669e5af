"""`sensay sandbox`: serve a stand-in of the API until interrupted."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import _SubParsersAction

# What is not given is left to the sandbox itself, so that its defaults stand in one place.
_ABSENT = argparse.SUPPRESS


def add_command(commands: "_SubParsersAction[Any]") -> None:
    """Add the command to the `sensay` parser."""
    command = commands.add_parser(
        "sandbox",
        help="serve a local stand-in of the API",
        description="Serve a local stand-in of the API until interrupted.",
        argument_default=_ABSENT,
    )
    add = command.add_argument
    add("--host", help="address to listen on; loopback unless told otherwise")
    add("--port", type=int, help="port to listen on; a free one without it")
    add("--db", dest="database", type=Path, help="SQLite file to keep everything in; memory without it")
    add("--secret", help="secret of the first organisation; sandbox-secret without it")
    add("--speed", type=float, help="how many times faster than the real service to train")
    add("--virtual-time", action="store_true", help="let time stand still until it is moved")
    add("--seed", help="make identifiers and chance repeatable")
    add("--stream", help="stream dialect: vercel-v4, vercel-v5, openai, text or json")
    add("--invite", help="invitation code that can be redeemed once")
    add("--conversation-quota", type=int, help="conversations per month")
    add("--entry-quota", type=int, help="knowledge base entries")
    add("--replica-quota", type=int, help="replicas")
    add("--offline", dest="allow_network", action="store_false", help="fetch no websites and no videos")
    add("--allow-private-addresses", action="store_true", help="fetch websites from private networks too")
    command.set_defaults(run=_run, command=command)


def _run(chosen: argparse.Namespace) -> int:
    options = vars(chosen)
    options.pop("run")
    command: argparse.ArgumentParser = options.pop("command")
    try:
        from sensay_ext.sandbox import serve  # noqa: PLC0415 - other commands do without the sandbox's dependencies
    except ImportError as error:
        command.error(f"{error.name} is not installed: install sensay-ext[sandbox]")
    try:
        sandbox = serve(**options)
    except (ValueError, OSError) as error:
        command.error(str(error))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with sandbox:
        sys.stdout.write(f"base URL: {sandbox.base_url}\nsecret:   {sandbox.organization_secret}\n")
        sys.stdout.flush()
        stop.wait()
    return 0
