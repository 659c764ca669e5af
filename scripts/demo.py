"""The main job from end to end: create a user and a replica, train it, wait until it is usable, ask, get the facts.

Runs on the embedded sandbox, or on the live API when a key is in the environment. Exit status 0 if every answer holds
the fact that it was trained on, 1 if not, 2 if something failed on the way.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from rich.console import Console

from sensay_ext import File, Sensay, SensayError, Text
from sensay_ext.progress import display
from sensay_ext.sandbox import serve

_DATA = Path(__file__).parent / "demo_data"
_KEYS = ("SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET")
_SPEED = 40
"""How many times as fast as the real thing the sandbox trains."""


@contextmanager
def client(console: Console) -> Iterator[Sensay]:
    """Give a client of the live API if there is a key, else one of a sandbox that runs as long as it is used."""
    if any(os.environ.get(name) for name in _KEYS):
        with Sensay() as live:
            console.print(f"on the live API: {live!r}", highlight=False)
            yield live
        return
    with serve(speed=_SPEED) as sandbox, Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as local:
        console.print(f"on a sandbox at {sandbox.base_url}, which trains {_SPEED} times as fast as the real thing")
        yield local


def run(sensay: Sensay, console: Console) -> bool:
    """Do the job; return whether all answers hold their facts."""
    marker = secrets.token_hex(4)
    user_id = f"demo-{marker}"
    began = time.perf_counter()
    sensay.users.ensure(user_id)
    try:
        with display(console.file, verbose=True) as show:
            replica = sensay.replicas.create_and_train(
                name="Meridian assistant",
                short_description="Knows the bicycle works",
                greeting="Hello! What would you like to know?",
                owner_id=user_id,
                slug=f"meridian-{marker}",
                sources=[
                    Text((_DATA / "opening-hours.txt").read_text(encoding="utf-8"), title="opening hours"),
                    File(_DATA / "handbook.pdf"),
                ],
                on_progress=show,
            )
        console.print(f"replica {replica.uuid} is usable after {time.perf_counter() - began:.1f} s", highlight=False)
        questions = json.loads((_DATA / "questions.json").read_text(encoding="utf-8"))
        user = sensay.as_user(user_id)
        answers = [ask(user, replica.uuid, one["question"], one["expect"], console) for one in questions]
        return all(answers)
    finally:
        sensay.as_user(user_id).users.delete_me()  # the replica and all it learned go with its owner


def ask(user: Sensay, replica: UUID, question: str, fact: str, console: Console) -> bool:
    """Ask, print the answer, and return whether it holds the fact."""
    began = time.perf_counter()
    answer = user.chat.complete(replica, question).content
    holds = fact in answer
    verdict = f"[green]holds {fact!r}[/]" if holds else f"[red]does not hold {fact!r}[/]"
    console.print(
        f"\n[bold]{question}[/]\n  {answer}\n  {verdict}, {time.perf_counter() - began:.1f} s", highlight=False
    )
    return holds


def main() -> int:
    """Run the command."""
    console = Console(soft_wrap=True)
    try:
        with client(console) as sensay:
            return 0 if run(sensay, console) else 1
    except SensayError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
