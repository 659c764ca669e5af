"""Single cases of scrubbing and replaying, each of which could go wrong on its own."""

from pathlib import Path
from typing import Any

import httpx
import pytest

import sensay_ext.testing
from sensay_ext.testing import CassetteError, CassetteMismatch, Interaction, Json, Message, Scrubber, use_cassette
from sensay_ext.testing._file import write_cassette
from sensay_ext.testing._interaction import read_body, write_body
from sensay_ext.testing._player import Player
from sensay_ext.testing._pseudonyms import PSEUDONYM, Kind, Pseudonyms
from sensay_ext.testing._recorder import Recorder
from sensay_ext.testing._rules import shapes
from tests.fault_server import FaultServer, reply

JSON = {"content-type": ("application/json; charset=utf-8",)}


def found(text: str) -> list[tuple[Kind, str]]:
    return [(kind, text[start:end]) for kind, start, end in shapes(text)]


def asking(*, user: str = "", sent: Any = None, replied: Any = None) -> Interaction:
    return Interaction(
        method="POST",
        url="https://api.test/v1/replicas",
        request=Message(headers={"x-user-id": (user,)} if user else {}, body=Json(sent)),
        reply=Message(body=Json(replied)),
    )


def play(recorded: Interaction, live: Interaction) -> Any:
    pseudonyms = PSEUDONYM.findall(write_cassette([recorded], "a test"))
    body = Player([recorded], Scrubber(), pseudonyms).play(live).reply.body
    assert isinstance(body, Json)
    return body.value


def test_the_package_tells_what_it_has() -> None:
    assert set(sensay_ext.testing.__all__) <= set(dir(sensay_ext.testing))


@pytest.mark.parametrize("number", ["1e400", "NaN", "-Infinity", "1" * 5000, "[" * 100_000])
def test_json_that_python_would_change_stays_a_text(number: str) -> None:
    assert read_body(number.encode(), JSON) == number


@pytest.mark.parametrize("content", [b"", b'{"a":"\xc3\xa9","b":[1.5,null]}', b"text\r\n", b"\x00", b"\xff\xfe"])
def test_bodies_come_out_as_they_went_in(content: bytes) -> None:
    assert write_body(read_body(content, JSON)) == content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\nada@harbour.test", [(Kind.EMAIL, "ada@harbour.test")]),
        ("%0Aada@harbour.test", [(Kind.EMAIL, "ada@harbour.test")]),
        ("\\u000aada@harbour.test\\u003e", [(Kind.EMAIL, "ada@harbour.test")]),
        ('?key=\\"', []),
        ("authorization: Bearer harbour", [(Kind.SECRET, "harbour")]),
        (f"A title [sensay-ext:{'1f0c2a3b4d5e6f70' * 2}~5e1a0b2c]", [(Kind.ATTEMPT, "5e1a0b2c")]),
        (
            f"A title [sensay-ext:{'5e1a0b2c' * 4}~5e1a0b2c]",
            [(Kind.ATTEMPT, "5e1a0b2c"), (Kind.CONTENT, "5e1a0b2c" * 4)],
        ),
    ],
)
def test_what_looks_like_something_to_hide_takes_no_escape_apart(text: str, expected: list[tuple[Kind, str]]) -> None:
    assert found(text) == expected


def test_pseudonyms_that_are_there_already_are_not_given_out_again() -> None:
    (scrubbed,) = Scrubber().scrub(
        [asking(user="sailor-7", sent={"said": "scrubbed-user-0001 is not scrubbed-user-0003"})]
    )

    assert scrubbed.request.header("x-user-id") == "scrubbed-user-0002"


def test_there_are_not_endless_pseudonyms() -> None:
    pseudonyms = Pseudonyms(f"scrubbed-user-{number:04d}" for number in range(1, 10_000))

    with pytest.raises(CassetteError, match="too many different values to hide; record less in one cassette"):
        pseudonyms.of(Kind.USER, "sailor-7")


def test_short_ids_are_hidden_where_they_stand_and_nowhere_else() -> None:
    (scrubbed,) = Scrubber().scrub([asking(user="of", sent={"said": "the end of it", "userID": "of", "n": 7})])

    assert scrubbed.request.header("x-user-id") == "scrubbed-user-0001"
    assert scrubbed.request.body == Json({"said": "the end of it", "userID": "scrubbed-user-0001", "n": 7})


def test_short_ids_are_not_looked_for_between_bytes() -> None:
    made = Interaction(
        method="PUT", url="https://h/p", request=Message(headers={"x-user-id": ("seven",)}, body=b"\x00\xff seven \xfe")
    )

    assert Scrubber().scrub([made])[0].request.body == made.request.body


def test_what_overlaps_is_hidden_as_a_whole() -> None:
    token = "eyJhbGciOiJI.eyJ1cmwiOiJ4.c2lnbmF0dXJl"
    (scrubbed,) = Scrubber().scrub([asking(sent={"said": f"?token={token}@harbour.test"})])

    assert isinstance(scrubbed.request.body, Json)
    assert PSEUDONYM.sub("", scrubbed.request.body.value["said"]) == "?token="


def test_a_url_in_a_reply_has_the_value_of_this_run_quoted() -> None:
    recorded = asking(user="scrubbed-user-0001", replied={"url": "https://h/u/scrubbed-user-0001?a=b"})

    assert play(recorded, asking(user="a b/ç")) == {"url": "https://h/u/a%20b%2F%C3%A7?a=b"}


def test_numbers_in_requests_stand_for_other_numbers() -> None:
    recorded = asking(sent={"chat_id": 555000000000001}, replied={"to": 555000000000001})

    assert play(recorded, asking(sent={"chat_id": 4711})) == {"to": 4711}


@pytest.mark.parametrize(("said", "is_the_same"), [("ada and ada", True), ("ada and bob", False)])
def test_what_stands_twice_in_a_text_is_the_same_twice(said: str, *, is_the_same: bool) -> None:
    recorded = asking(sent={"said": "scrubbed-user-0001 and scrubbed-user-0001"}, replied=["scrubbed-user-0001"])
    live = asking(sent={"said": said})

    if is_the_same:
        assert play(recorded, live) == ["ada"]
    else:
        with pytest.raises(CassetteMismatch, match="Different: body, said"):
            play(recorded, live)


def test_another_pseudonym_is_not_what_one_stands_for() -> None:
    recorded = asking(user="scrubbed-user-0001")

    with pytest.raises(CassetteMismatch, match="Different: x-user-id"):
        play(recorded, asking(user="scrubbed-user-0002"))


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("http://localhost:8080/", "sandbox"),
        ("http://[::1]/", "sandbox"),
        ("https://api.sensay.io/v1", "api.sensay.io"),
    ],
)
def test_a_recording_says_what_it_was_made_from(tmp_path: Path, url: str, source: str) -> None:
    recorder = Recorder()
    recorder.record(Interaction(method="GET", url=url))
    recorder.save(tmp_path / "cassette.yaml", Scrubber())

    assert f"recorded_from: {source}\n" in (tmp_path / "cassette.yaml").read_text()


def test_what_is_being_recorded_cannot_be_played() -> None:
    with pytest.raises(CassetteError, match="GET: what is being recorded cannot be played yet"):
        Recorder().play(Interaction(method="GET", url="https://h/p"))


def test_what_a_sandbox_reads_on_the_web_is_not_recorded(tmp_path: Path) -> None:
    path = tmp_path / "cassette.yaml"
    with FaultServer(reply(200), reply(200)) as server, use_cassette(path, record="once"):
        httpx.get(f"{server.url}/page", headers={"User-Agent": "sensay-sandbox"})
        httpx.get(f"{server.url}/v1/replicas")

    assert path.read_text().count("method: GET") == 1


@pytest.mark.parametrize("location", ["http://[", "//", "?a", "#a", "/a b?c=d&c=e"])
def test_where_to_go_on_may_be_nonsense(location: str) -> None:
    made = Interaction(method="GET", url="https://h/p", reply=Message(headers={"location": (location,)}))

    assert Scrubber().scrub(Scrubber().scrub([made])) == Scrubber().scrub([made])
