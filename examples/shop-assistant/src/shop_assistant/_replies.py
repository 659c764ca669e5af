"""Replies to customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sensay_ext import APIConnectionError, QuotaExceededError, SensayError

if TYPE_CHECKING:
    from uuid import UUID

    from sensay_ext import Sensay

__all__ = ["HANDED_OVER", "Reply", "reply"]

HANDED_OVER = "I have passed your question on to my colleagues. They will write to you today."

_FOR_A_PERSON = re.compile(r"\b(speak|talk) to (a|some) ?(person|human|body|one)\b|\bcomplain", re.IGNORECASE)
_MOST_SECONDS = 20


@dataclass(frozen=True)
class Reply:
    """What a customer is told.

    Args:
        text: The reply.
        for_staff: Why a person has to see to it; empty if nobody has to.
    """

    text: str
    for_staff: str = ""


def reply(sensay: Sensay, replica: UUID, customer: str, question: str) -> Reply:
    """Reply to a question, whatever happens.

    Args:
        sensay: A client with administrator's rights.
        replica: Knows the answers.
        customer: The customer's id; the replica remembers what each one said.
        question: The question.
    """
    if _FOR_A_PERSON.search(question):
        return Reply(HANDED_OVER, for_staff="the customer wants a person")
    try:
        sensay.users.ensure(customer)
        answer = sensay.as_user(customer).chat.complete(replica, question, timeout=_MOST_SECONDS)
    except QuotaExceededError:
        return Reply(HANDED_OVER, for_staff="the conversations of this month are used up")
    except APIConnectionError:
        return Reply(HANDED_OVER, for_staff="the API could not be reached in time")
    except SensayError as error:
        return Reply(HANDED_OVER, for_staff=str(error))
    return Reply(answer.content)
