"""What holds for every recording that is scrubbed, whatever is in it."""

import json
import string
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sensay_ext.testing import Interaction, Json, Message, Scrubber, SecretLeft
from sensay_ext.testing._file import read_cassette, write_cassette
from tests.testing.decoded import everything_in
from tests.testing.planting import ENCODINGS


def asking(user: str, body: Any, reply: Any, **headers: str) -> Interaction:
    sent = {"x-user-id": (user,), **{name.replace("_", "-"): (value,) for name, value in headers.items()}}
    return Interaction(
        method="POST",
        url="https://api.sensay.io/v1/replicas",
        request=Message(headers=sent, body=Json(body)),
        reply=Message(headers={"content-type": ("application/json",)}, body=Json(reply)),
    )


def text_of(interactions: Sequence[Interaction]) -> str:
    return write_cassette(interactions, "a test")


def is_apart(text: str) -> bool:
    """Whether a text is no part of what stands in every recording, and the value of a header."""
    return text.strip() == text and text.lower() not in COMMON


COMMON = f"{'0' * 20} 555000000000001 scrubbed-organization-secret-0001 {text_of([asking('', {}, {})])}".lower()
UNBOUND = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=8, max_size=20).filter(is_apart)
WORDS = st.text(string.ascii_letters + string.digits, min_size=9, max_size=16).filter(is_apart)
WRITINGS = st.lists(st.sampled_from(sorted(ENCODINGS)), min_size=1, max_size=2)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def same_shape(one: Any, other: Any) -> bool:
    """Whether two JSON values differ in texts and whole numbers alone."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = zip(one.values(), other.values(), strict=False)
        return len(one) == len(other) and all(same_shape(*pair) for pair in pairs)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same_shape(*pair) for pair in zip(one, other, strict=False))
    return type(one) is type(other) and (isinstance(one, str | int) or one == other)


def written(secret: str, writings: Sequence[str]) -> str:
    for writing in writings:
        secret = ENCODINGS[writing](secret)
    return secret


@settings(max_examples=60, deadline=None)
@given(secret=UNBOUND, writings=WRITINGS, before=TEXTS, after=TEXTS)
def test_no_secret_survives(secret: str, writings: list[str], before: str, after: str) -> None:
    said = f"{before} {written(secret, writings)} {after}"
    made = [asking("alice", {"content": said}, {secret: said}, x_organization_secret=secret)]
    try:
        scrubbed = Scrubber().scrub(made)
    except SecretLeft:
        # Of what is written in no sensible way, there is no recording.
        assert len(writings) > 1
        return

    left = b"\n".join(everything_in(text_of(scrubbed).encode()))
    assert secret.encode() not in left


@settings(max_examples=60, deadline=None)
@given(user=UNBOUND, secret=WORDS, body=VALUES, reply=VALUES, said=TEXTS)
def test_scrubbing_twice_is_scrubbing_once(user: str, secret: str, body: Any, reply: Any, said: str) -> None:
    made = [
        asking(user, body, {"said": f"{said}{user} {secret}"}, x_organization_secret=secret),
        asking(secret, {"email": said, "ownerID": user}, reply),
    ]
    once = Scrubber().scrub(made)

    assert Scrubber().scrub(once) == once


@settings(max_examples=60, deadline=None)
@given(user=WORDS, body=VALUES, reply=VALUES)
def test_what_was_json_is_json_of_the_same_types(user: str, body: Any, reply: Any) -> None:
    made = asking(user, {"value": body}, {"value": reply, "said": user})
    (scrubbed,) = Scrubber().scrub([made])

    for before, after in ((made.request.body, scrubbed.request.body), (made.reply.body, scrubbed.reply.body)):
        assert isinstance(before, Json)
        assert isinstance(after, Json)
        assert same_shape(before.value, after.value)
        assert json.loads(json.dumps(after.value)) == after.value


@settings(max_examples=60, deadline=None)
@given(body=VALUES, text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), data=st.binary(min_size=1))
def test_what_is_written_down_is_read_again(body: Any, text: str, data: bytes) -> None:
    made = [
        asking("scrubbed-user-0001", body, body),
        Interaction(method="GET", url="https://h/p", reply=Message(body=text)),
        Interaction(method="PUT", url="https://h/p", request=Message(body=data), status=204),
    ]

    assert read_cassette(text_of(made)) == made


IDS: dict[str, Callable[[int], str]] = {
    "words": "sailor-{}".format,
    "numbers": "88420133{:04d}".format,
    "UUIDs": "7c9e6679-7425-40de-944b-e07fc1f9{:04d}".format,
    "addresses": "sailor.{}@harbour.test".format,
}


def everywhere(user: str) -> Interaction:
    """A user in all places where users are."""
    number = int(user) if user.isdigit() else user
    return Interaction(
        method="POST",
        url=f"https://api.sensay.io/v1/users/{user}?ownerID={user}",
        request=Message(
            headers={"x-user-id": (user,)},
            body=Json({"ownerID": user, "chat_id": number, "linkedAccounts": [{"accountID": user}]}),
        ),
        reply=Message(
            headers={"location": (f"/v1/users/{user}",)}, body=Json({"id": user, "by": {user: 1}, "said": f"({user})"})
        ),
    )


def in_places(interaction: Interaction) -> list[str]:
    """What stands in each of those places."""
    assert isinstance(interaction.request.body, Json)
    assert isinstance(interaction.reply.body, Json)
    sent, reply = interaction.request.body.value, interaction.reply.body.value
    path, _, query = interaction.url.removeprefix("https://api.sensay.io/v1/users/").partition("?ownerID=")
    return [
        path,
        query,
        interaction.request.header("x-user-id"),
        sent["ownerID"],
        str(sent["chat_id"]),
        sent["linkedAccounts"][0]["accountID"],
        interaction.reply.header("location").removeprefix("/v1/users/"),
        reply["id"],
        next(iter(reply["by"])),
        reply["said"].strip("()"),
    ]


@pytest.mark.parametrize("kind", IDS)
def test_ids_still_match_up(kind: str) -> None:
    users = [IDS[kind](number) for number in range(30)]
    scrubbed = Scrubber().scrub([everywhere(user) for user in [*users, *users]])
    names = [set(in_places(interaction)) for interaction in scrubbed]

    assert all(len(one) == 1 for one in names)
    assert names[:30] == names[30:]
    assert len(set.union(*names)) == len(users)
    assert not set.union(*names) & set(users)


def test_pseudonyms_are_of_the_same_form() -> None:
    user, number, uuid, address = (IDS[kind](7) for kind in IDS)
    (scrubbed,) = Scrubber().scrub([asking(user, {"user_id": int(number)}, {"ownerID": uuid, "email": address})])

    assert scrubbed.request.header("x-user-id") == "scrubbed-user-0001"
    assert scrubbed.request.body == Json({"user_id": 555000000000001})
    assert scrubbed.reply.body == Json(
        {"ownerID": "5c4bbed0-0000-4000-8000-000000000001", "email": "scrubbed-email-0001@example.com"}
    )
