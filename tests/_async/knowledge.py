"""What tests train on, what the API calls it, and what a knowledge base has in the end."""

from uuid import UUID

from sensay_ext import AsyncSensay
from sensay_ext._known import Known

CREATE = "create_replica_knowledge_base"
LIST = "list_replica_knowledge_base"
DELETE = "delete_replica_knowledge_base"
GET = "get_replica_knowledge_base"
TYPES = "list_knowledge_base_file_types"

PROSE = b"The workshop is in Harbour Street, behind the old customs house. " * 10


async def listed(sensay: AsyncSensay, replica: UUID) -> list[Known]:
    """What a knowledge base has."""
    return [Known.of(item) async for item in sensay.knowledge_base.list(replica)]


async def titles(sensay: AsyncSensay, replica: UUID) -> list[str]:
    """The titles in a knowledge base, without their markers."""
    return sorted([known.title.partition(" [sensay-ext:")[0] for known in await listed(sensay, replica)])
