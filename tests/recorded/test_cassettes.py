"""What the cassettes are, all together."""

from pathlib import Path

import pytest

from sensay_ext.testing import scan
from tests.recorded.check import cassettes, differences

HERE = Path(__file__).parent
CLIENTS = {client: cassettes(HERE / client / "cassettes") for client in ("_async", "_sync")}


def test_the_client_for_threads_says_the_same_as_that_for_tasks() -> None:
    assert CLIENTS["_async"] == CLIENTS["_sync"]


@pytest.mark.parametrize("client", CLIENTS)
def test_each_says_what_it_was_recorded_from(client: str) -> None:
    heads = [text.splitlines()[1:4] for text in CLIENTS[client].values()]

    assert heads
    assert {tuple(line.partition(":")[0] for line in head) for head in heads} == {
        ("version", "recorded_from", "recorded_with")
    }


@pytest.mark.parametrize("client", CLIENTS)
def test_nothing_is_left_in_them_that_must_not_be(client: str) -> None:
    assert scan(HERE / client / "cassettes") == []


def test_what_is_different_is_told() -> None:
    told = list(differences({"a": "1", "b": "2\n", "c": "3"}, {"b": "4\n", "c": "3", "d": "5"}))

    assert told == [
        "no test records a any more",
        "--- b",
        "+++ b, recorded now",
        "@@ -1 +1 @@",
        "-2",
        "+4",
        "d is not there yet",
    ]
