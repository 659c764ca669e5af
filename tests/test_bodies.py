"""How the bodies of requests are made from what callers give."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_client.models import (
    CreateReplicaRequest,
    LinkedAccount,
    LinkedAccountType,
    ReplicaLlm,
    UpdateCurrentUserRequest,
    UpdateReplicaLlm,
    User,
)
from sensay_ext import InvalidArgumentError
from sensay_ext._bodies import bare, nested, nested_list, overlaid, strict

NEEDED: dict[str, Any] = {
    "name": "N",
    "short_description": "D",
    "greeting": "G",
    "owner_id": "O",
    "slug": "S",
    "llm": ReplicaLlm(),
}

texts = st.text(max_size=5)
accounts = st.fixed_dictionaries({"account_id": texts, "account_type": texts}, optional={"colour": texts})


def test_arguments_become_fields_of_the_model() -> None:
    body = strict(CreateReplicaRequest, NEEDED | {"type": "brand", "purpose": None})

    assert (body.name, body.type_, body.purpose) == ("N", "brand", None)


@pytest.mark.parametrize("fields", [NEEDED | {"colour": "red"}, {"name": "N"}, NEEDED | {"additional_properties": {}}])
def test_arguments_that_do_not_fit_are_refused_as_by_any_function(fields: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        strict(CreateReplicaRequest, fields)


def test_a_few_fields_stand_alone_with_none_for_what_is_needed() -> None:
    assert bare(UpdateCurrentUserRequest, {"name": "Bob"}).to_dict() == {"id": None, "name": "Bob"}
    with pytest.raises(TypeError):
        bare(UpdateCurrentUserRequest, {"colour": "red"})


@given(accounts)
def test_a_mapping_is_sent_as_the_api_spells_it(mapping: dict[str, str]) -> None:
    spelled = {"accountID": mapping.pop("account_id"), "accountType": mapping.pop("account_type"), **mapping}

    assert nested(LinkedAccount, spelled, "account").to_dict() == spelled
    ours = {**mapping, "account_id": spelled["accountID"], "account_type": spelled["accountType"]}
    assert nested(LinkedAccount, ours, "account").to_dict() == spelled


def test_a_model_is_taken_as_it_is() -> None:
    model = LinkedAccount(account_id="1", account_type=LinkedAccountType.EMBED)

    assert nested(LinkedAccount, model, "account") is model
    assert nested_list(LinkedAccount, (model, {"account_id": "2", "account_type": "embed"}), "accounts")[0] is model


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("1", "account is neither a mapping nor a LinkedAccount"),
        (None, "account is neither a mapping nor a LinkedAccount"),
        ({}, "account lacks account_id, account_type"),
        ({"accountID": "1"}, "account lacks account_id, account_type"),
        ({"accountID": 1, "accountType": "x"}, "account lacks account_id, account_type"),
        ({"account_id": "1"}, "account lacks account_type"),
    ],
)
def test_what_does_not_fit_is_refused_without_being_repeated(value: Any, message: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        nested(LinkedAccount, value, "account")

    assert str(caught.value) == message
    assert caught.value.__context__ is None


def test_fields_that_both_have_are_kept_and_changes_win() -> None:
    user = User.from_dict({"id": "alice", "name": "Alice", "email": "a@example.com", "success": True, "mood": "good"})
    body = overlaid(UpdateCurrentUserRequest, user, {"name": "Bob", "email": None})

    assert body.to_dict() == {"id": "alice", "name": "Bob"}


def test_fields_that_the_other_lacks_are_left_out() -> None:
    assert overlaid(UpdateReplicaLlm, object(), {"model": "gpt-4o"}).to_dict() == {"model": "gpt-4o"}
    with pytest.raises(TypeError):
        overlaid(UpdateReplicaLlm, ReplicaLlm(), {"colour": "red"})
