"""Answers the questions of a shop's customers from the texts of its policies."""

from shop_assistant._learning import hire, learn
from shop_assistant._replies import HANDED_OVER, Reply, reply

__all__ = ["HANDED_OVER", "Reply", "hire", "learn", "reply"]
