"""How objects are named."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client.models import EnqueuedEntry, KnowledgeBaseEntryType
from sensay_ext import InvalidArgumentError
from sensay_ext._ids import entry_id_of, uuid_of


@given(st.uuids())
def test_a_uuid_is_named_in_any_form(uuid: UUID) -> None:
    forms: list[Any] = [uuid, str(uuid), str(uuid).upper(), uuid.hex, SimpleNamespace(uuid=uuid)]

    assert {uuid_of(form, "replica") for form in [*forms, SimpleNamespace(uuid=str(uuid))]} == {uuid}


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans()))
def test_what_is_no_uuid_is_refused_without_being_repeated(value: Any) -> None:
    secret = f"{value}-SENTINEL"
    for wrong in (secret, SimpleNamespace(uuid=secret), SimpleNamespace(uuid=7)):
        with pytest.raises(InvalidArgumentError, match="chat is no uuid") as caught:
            uuid_of(wrong, "chat")
        assert "SENTINEL" not in str(caught.value)
        assert caught.value.__context__ is None


@given(st.integers(min_value=1))
def test_an_entry_is_named_by_its_number_or_by_what_has_it(number: int) -> None:
    created = EnqueuedEntry(enqueued=True, knowledge_base_id=number, type_=KnowledgeBaseEntryType.TEXT)

    assert {entry_id_of(form) for form in (number, created, SimpleNamespace(id=number))} == {number}


@pytest.mark.parametrize(
    "wrong", [0, -1, True, 1.5, "7", None, uuid4(), SimpleNamespace(id="7"), SimpleNamespace(id=0)]
)
def test_what_is_no_entry_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="item is no entry") as caught:
        entry_id_of(wrong, "item")
    assert caught.value.field == "item"
