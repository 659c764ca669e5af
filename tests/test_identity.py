"""Who a request is sent for."""

import pytest

from sensay_ext._errors import ConfigurationError
from sensay_ext._identity import Identity
from sensay_ext._secret import Secret

SECRET = Secret("zq-SENTINEL-7f3a")


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (Identity(), {}),
        (Identity(secret=SECRET), {"X-ORGANIZATION-SECRET": "zq-SENTINEL-7f3a"}),
        (
            Identity(secret=SECRET, user_id="alice"),
            {"X-ORGANIZATION-SECRET": "zq-SENTINEL-7f3a", "X-USER-ID": "alice"},
        ),
        (
            Identity(secret=SECRET, user_id="42", user_id_type="telegram"),
            {"X-ORGANIZATION-SECRET": "zq-SENTINEL-7f3a", "X-USER-ID": "42", "X-USER-ID-TYPE": "telegram"},
        ),
    ],
)
def test_the_headers_say_who_is_asking(identity: Identity, expected: dict[str, str]) -> None:
    assert expected == identity.headers()


def test_another_user_does_not_inherit_the_type_of_the_id() -> None:
    identity = Identity(secret=SECRET, user_id="42", user_id_type="telegram")

    assert Identity(secret=SECRET, user_id="alice") == identity.as_user("alice")
    assert identity.user_id == "42"


@pytest.mark.parametrize("user_id", ["", " alice", "alice ", "a\nb", "a\r\nX-Evil: 1", "jürgen", "nul\0"])
def test_an_id_that_cannot_be_sent_as_it_is_is_refused(user_id: str) -> None:
    with pytest.raises(ConfigurationError, match="the user id must be"):
        Identity(secret=SECRET).as_user(user_id)


def test_an_id_that_is_no_text_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="the user id must be"):
        Identity(secret=SECRET).as_user(42)  # type: ignore[arg-type]


@pytest.mark.parametrize("user_id_type", ["", "tele\ngram"])
def test_a_type_that_cannot_be_sent_is_refused(user_id_type: str) -> None:
    with pytest.raises(ConfigurationError, match="the type of the user id must be"):
        Identity(secret=SECRET, user_id="42", user_id_type=user_id_type)


def test_a_type_without_an_id_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="without a user id"):
        Identity(secret=SECRET, user_id_type="telegram")


def test_the_secret_in_the_place_of_the_user_id_is_noticed() -> None:
    with pytest.raises(ConfigurationError, match="the user id is the organization secret") as caught:
        Identity(secret=SECRET, user_id="zq-SENTINEL-7f3a")

    assert "SENTINEL" not in str(caught.value)


def test_what_must_not_be_shown_is_the_secret_if_there_is_one() -> None:
    assert (Identity(secret=SECRET).secrets(), Identity().secrets()) == (("zq-SENTINEL-7f3a",), ())
    assert "SENTINEL" not in repr(Identity(secret=SECRET))
