"""What is masked, and what is left alone."""

import copy
import json
import pickle
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext._redact import MASK, host_of, is_sensitive_name, redact_headers, redact_json, redact_text

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJ4In0.c2lnbmF0dXJl"
BOT_TOKEN = "7123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing to hide", "nothing to hide"),
        (f"token {JWT} here", f"token {MASK} here"),
        (f"https://x.supabase.co/o/f?token={JWT}&a=1", f"https://x.supabase.co/o/f?token={MASK}&a=1"),
        ("https://h/p?size=1&access_token=abc&b=2", f"https://h/p?size=1&access_token={MASK}&b=2"),
        ("https://h/p?se=1&sig=abc", f"https://h/p?se=1&sig={MASK}"),
        ("https://h/p?X-Amz-Credential=abc&a=1", f"https://h/p?X-Amz-Credential={MASK}&a=1"),
        ("https://h/p?X-Amz-Signature=abc", f"https://h/p?X-Amz-Signature={MASK}"),
        ("http://user:pass@proxy:8080/", f"http://{MASK}@proxy:8080/"),
        (f"bot {BOT_TOKEN}", f"bot {MASK}"),
        (f"https://h/bot{BOT_TOKEN}/getMe", f"https://h/bot{MASK}/getMe"),
        (f"<%22{JWT}.{JWT}", f"<%22{MASK}.{MASK}"),
        ("X-ORGANIZATION-SECRET: abc def", f"X-ORGANIZATION-SECRET: {MASK} def"),
        ("{'x-organization-secret': 'abc'}", f"{{'x-organization-secret': '{MASK}'}}"),
        ('"Authorization": "Bearer abc.def"', f'"Authorization": "{MASK}"'),
        ("authorization=Basic YWJj", f"authorization={MASK}"),
        ("[(b'set-cookie', b'sid=1'), (b'x', b'y')]", f"[(b'set-cookie', b'{MASK}'), (b'x', b'y')]"),
        ("a cookie, and a password, please", "a cookie, and a password, please"),
        ("api-key=k, apikey: bk", f"api-key={MASK}, apikey: {MASK}"),
        ("Set-Cookie: sid=1; path=/", f"Set-Cookie: {MASK}; path=/"),
        ("12:30 and 2025-03-25T10:00:00Z", "12:30 and 2025-03-25T10:00:00Z"),
        ("9c5b94b1-35ad-49bb-b118-8e8fc24abf80", "9c5b94b1-35ad-49bb-b118-8e8fc24abf80"),
    ],
)
def test_text_is_masked_where_it_looks_like_a_secret(text: str, expected: str) -> None:
    assert expected == redact_text(text)


@given(
    secret=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=40),
    before=st.text(max_size=10),
    after=st.text(max_size=10),
)
def test_a_known_secret_never_survives(secret: str, before: str, after: str) -> None:
    assert secret not in redact_text(before + secret + after, [secret]).replace(MASK, "")


@pytest.mark.parametrize("written", ['se"cr\\et/x', "se%22cr%5Cet%2Fx", 'se\\"cr\\\\et/x'])
def test_a_known_secret_is_found_in_other_spellings(written: str) -> None:
    assert redact_text(f"<{written}>", ['se"cr\\et/x']) == f"<{MASK}>"


def test_a_secret_too_short_to_protect_anything_masks_no_words() -> None:
    assert redact_text("abc", ["a"]) == "abc"


def test_headers_are_masked_by_the_known_secrets_alone() -> None:
    headers = {
        "x-request-id": "zq-SENTINEL-7f3a",
        "location": "https://h/?token=t",
        "set-cookie": "sid=1",
        "etag": "abc",
    }

    assert redact_headers(headers, ("zq-SENTINEL-7f3a", "abc")) == {
        "x-request-id": MASK,
        "location": "https://h/?token=t",
        "set-cookie": "sid=1",
        "etag": "abc",
    }


def test_json_is_masked_by_name_and_by_content() -> None:
    value = {
        "telegram_token": "x",
        "signedURL": "https://h/p",
        "apiKey": "k",
        "chunkTokens": 5,
        "token": None,
        "items": [{"text": "zq-SENTINEL-7f3a"}, JWT, 1, True, None],
        "zq-SENTINEL-7f3a": 1,
    }

    assert redact_json(value, ("zq-SENTINEL-7f3a",)) == {
        "telegram_token": MASK,
        "signedURL": MASK,
        "apiKey": MASK,
        "chunkTokens": 5,
        "token": None,
        "items": [{"text": MASK}, MASK, 1, True, None],
        MASK: 1,
    }


@pytest.mark.parametrize("kind", ["lists", "objects"])
@pytest.mark.parametrize("depth", [99, 100, 101, 500, sys.getrecursionlimit(), 100_000])
def test_json_of_any_depth_is_masked_and_can_be_shown(kind: str, depth: int) -> None:
    value: Any = "zq-SENTINEL-7f3a"
    for _ in range(depth):
        value = [value] if kind == "lists" else {"zq-SENTINEL-7f3a": value}
    redacted = redact_json({"near": ["zq-SENTINEL-7f3a"], "far": value}, ("zq-SENTINEL-7f3a",))

    assert redacted["near"] == [MASK]
    assert "SENTINEL" not in repr(redacted)
    assert redacted == pickle.loads(pickle.dumps(redacted)) == copy.deepcopy(redacted)  # noqa: S301 - our own


def test_json_is_kept_as_deep_as_an_error_of_the_api_goes() -> None:
    assert redact_json([[[[[{"a": [7]}]]]]]) == [[[[[{"a": [7]}]]]]]
    assert redact_json(json.loads("[" * 100 + "]" * 100)) == json.loads("[" * 100 + "]" * 100)
    assert redact_json(json.loads("[" * 99 + "[7, {}]" + "]" * 99)) == json.loads("[" * 100 + "]" * 100)


@pytest.mark.parametrize("name", ["X-ORGANIZATION-SECRET", "Set-Cookie", "api_key", "discordBotToken", "Authorization"])
def test_names_that_hold_secrets_are_known(name: str) -> None:
    assert is_sensitive_name(name)


@pytest.mark.parametrize("name", ["content", "tokens", "uuid", "keyword"])
def test_names_that_hold_none_are_left_alone(name: str) -> None:
    assert not is_sensitive_name(name)


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://h.example/p?token=x", "h.example"), ("/relative", ""), ("", ""), ("http://[::1", "")],
)
def test_of_an_unknown_url_only_the_host_is_shown(url: str, expected: str) -> None:
    assert expected == host_of(url)
