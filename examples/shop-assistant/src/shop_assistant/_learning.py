"""Has a replica know what the policies say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sensay_ext import FolderReport, Sensay

__all__ = ["hire", "learn"]

_OWNER = "harbour-street-shop"
_SLUG = "shop-assistant"
# The same policies, wherever their folder is.
_NAME = "policies"
# Nobody waits for it; and one text after the other makes the same recording each time.
_LOOK_EVERY = 15.0
_AT_ONCE = 1


def hire(sensay: Sensay) -> UUID:
    """The replica that answers for the shop; made if there is none yet.

    Args:
        sensay: A client with administrator's rights.
    """
    sensay.users.ensure(_OWNER)
    return sensay.replicas.ensure(
        name="Shop assistant",
        short_description="Knows the policies of the shop",
        greeting="Hello! What would you like to know?",
        owner_id=_OWNER,
        slug=_SLUG,
        llm={"system_message": "Answer from what you were trained on, in two sentences."},
    ).uuid


def learn(sensay: Sensay, replica: UUID, folder: Path) -> FolderReport:
    """Let the replica know what the texts in a folder say, and nothing that they say no longer.

    What has not changed is not sent again, so it can be run as often as one likes.

    Args:
        sensay: A client with administrator's rights.
        replica: The replica.
        folder: Has the texts.

    Raises:
        TrainingError: A text could not be used; the others are.
    """
    plan = sensay.training.plan(replica, folder, include="*.txt", name=_NAME)
    report = sensay.training.apply(plan, prune=True, poll_interval=_LOOK_EVERY, concurrency=_AT_ONCE)
    report.raise_for_failures()
    return report
