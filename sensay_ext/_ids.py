"""What methods take to name an object: its id, or the object itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from sensay_ext._errors import InvalidArgumentError

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["EntryLike", "HasId", "HasKnowledgeBaseId", "HasUuid", "UuidLike", "entry_id_of", "uuid_of"]

_UUID = "a uuid, or an object that has one"
_ENTRY = "the number of an entry, or an entry"


class HasUuid(Protocol):
    """An object that the API knows by a uuid."""

    @property
    def uuid(self) -> UUID | str:
        """Its uuid."""


class HasId(Protocol):
    """An object that the API knows by a number."""

    @property
    def id(self) -> int:
        """Its number."""


class HasKnowledgeBaseId(Protocol):
    """The API's answer to the creation of an entry, which spells the number in its own way."""

    @property
    def knowledge_base_id(self) -> int:
        """The entry's number."""


UuidLike: TypeAlias = "UUID | str | HasUuid"
"""A uuid, as an object or as text, or an object that has one as `.uuid`."""

EntryLike: TypeAlias = "int | HasId | HasKnowledgeBaseId"
"""The number of a knowledge base entry, or an object that has it."""


def uuid_of(value: UuidLike, field: str) -> UUID:
    """The uuid that is meant.

    Args:
        value: What the caller gave.
        field: Name of the argument.

    Raises:
        InvalidArgumentError: It is no uuid. The value is not repeated, since it may be a secret in the wrong place.
    """
    found = value if isinstance(value, UUID | str) else getattr(value, "uuid", None)
    if isinstance(found, UUID):
        return found
    if isinstance(found, str):
        try:
            return UUID(found)
        except ValueError:
            pass  # the message of this exception is not ours
    raise InvalidArgumentError(f"{field} is no uuid; give {_UUID}", field=field, limit=_UUID)


def entry_id_of(value: EntryLike, field: str = "entry") -> int:
    """The number of the entry that is meant.

    Args:
        value: What the caller gave.
        field: Name of the argument.

    Raises:
        InvalidArgumentError: It is no whole number from 1 up.
    """
    found: object = value
    if not isinstance(value, int):
        found = getattr(value, "id", None) or getattr(value, "knowledge_base_id", None)
    if isinstance(found, int) and not isinstance(found, bool) and found > 0:
        return found
    raise InvalidArgumentError(f"{field} is no entry; give {_ENTRY}", field=field, limit=_ENTRY)
