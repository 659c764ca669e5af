# Derived from tests/_async/knowledge.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What tests train on, what the API calls it, and what a knowledge base has in the end."""

from uuid import UUID

from sensay_ext import Sensay
from sensay_ext._known import Known

CREATE = "create_replica_knowledge_base"
LIST = "list_replica_knowledge_base"
DELETE = "delete_replica_knowledge_base"
GET = "get_replica_knowledge_base"
TYPES = "list_knowledge_base_file_types"

PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 10


def listed(sensay: Sensay, replica: UUID) -> list[Known]:
    """What a knowledge base has."""
    return [Known.of(item) for item in sensay.knowledge_base.list(replica)]


def titles(sensay: Sensay, replica: UUID) -> list[str]:
    """The titles in a knowledge base, without their markers."""
    return sorted([known.title.partition(" [sensay-ext:")[0] for known in listed(sensay, replica)])
