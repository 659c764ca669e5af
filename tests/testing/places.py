"""The places where the API has a secret, or something that identifies somebody."""

import gzip
import html
import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote

from tests.testing import planting as planted
from tests.testing.planting import JSON, Recording

Place: TypeAlias = tuple[str, Callable[[Recording, str], None]]
"""A secret, and what brings it to one place."""

TEXT = {"Content-Type": "text/plain; charset=utf-8"}
STREAM = {"Content-Type": "text/event-stream"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=limit"}


def _sent(name: str) -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(headers={name: secret})


def _replied(name: str) -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(reply_headers={name: secret})


def _target(form: str) -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(target=form.format(quote(secret, safe="")))


def _request(value: Callable[[str], Any], target: str = "/v1/replicas") -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(
        "POST", target, headers=JSON, body=json.dumps(value(secret)).encode()
    )


def _reply(value: Callable[[str], Any], target: str = "/v1/replicas") -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(
        target=target, reply_headers=JSON, reply=json.dumps(value(secret)).encode()
    )


def _said(headers: Mapping[str, str], write: Callable[[str], bytes]) -> Callable[[Recording, str], None]:
    return lambda recording, secret: recording.exchange(status=500, reply_headers=headers, reply=write(secret))


PLACES: Mapping[str, Place] = {
    # Headers of requests
    "the organization's secret": (planted.ORGANIZATION_SECRET, _sent("X-ORGANIZATION-SECRET")),
    "the user": (planted.USER, _sent("X-USER-ID")),
    "the user, by e-mail": (planted.EMAIL, _sent("X-USER-ID")),
    "the user, being the secret by mistake": (planted.API_KEY, _sent("X-USER-ID")),
    "authorization": (f"Bearer {planted.API_KEY}", _sent("Authorization")),
    "authorization by password": (
        "cGxhbnRlZDpQQHNzdzByZC1wbGFudGVk",
        lambda r, s: _sent("Authorization")(r, f"Basic {s}"),
    ),
    "authorization of a proxy": (planted.API_KEY, _sent("Proxy-Authorization")),
    "a way past the protection": (planted.SIGNATURE, _sent("X-Vercel-Protection-Bypass")),
    "a cookie": (planted.SIGNATURE, lambda r, s: _sent("Cookie")(r, f"theme=dark; session={s}")),
    "an API key": (planted.API_KEY, _sent("X-API-Key")),
    "a header that nobody knows": (planted.SIGNATURE, _sent("X-Request-Signature")),
    # Headers of replies
    "a new cookie": (planted.SIGNATURE, lambda r, s: _replied("Set-Cookie")(r, f"session={s}; HttpOnly")),
    "a header of a reply that nobody knows": (planted.SIGNATURE, _replied("X-Debug")),
    "where to go on": (planted.JWT, lambda r, s: _replied("Location")(r, f"https://storage.test/f?token={s}")),
    "where to go on, for a user": (
        planted.USER,
        lambda r, s: _replied("Location")(r, f"/v1/users/{quote(s, safe='')}"),
    ),
    "where to go on, with a password": (
        planted.PASSWORD,
        lambda r, s: _replied("Location")(r, f"https://planter:{s}@storage.test/f"),
    ),
    # URLs
    "a user in a path": (planted.USER, _target("/v1/users/{}")),
    "an address in a path": (planted.EMAIL, _target("/v1/users/{}")),
    "an invite in a path": (planted.INVITE, _target("/v1/api-keys/invites/{}/redeem")),
    "a bot's token in a path": (planted.BOT_TOKEN, _target("/bot{}/getMe")),
    "a user in a query": (planted.USER, _target("/v1/replicas?ownerID={}&page=1")),
    "a user in a query, by the other name": (planted.OWNER, _target("/v1/replicas?owner_uuid={}")),
    "an address in a query": (planted.EMAIL, _target("/v1/replicas?search={}")),
    "the token of a signed URL": (planted.JWT, _target("/object/upload/sign/f.pdf?token={}")),
    "an opaque token of a signed URL": (planted.SIGNATURE, _target("/object/upload/sign/f.pdf?token={}")),
    "the signature of a signed URL": (planted.SIGNATURE, _target("/f.pdf?X-Goog-Algorithm=A&X-Goog-Signature={}")),
    "the signature of another": (planted.SIGNATURE, _target("/f.pdf?X-Amz-Date=1&X-Amz-Signature={}&a=b")),
    "the credential of another": (planted.SIGNATURE, _target("/f.pdf?X-Amz-Credential={}&X-Amz-Date=1")),
    "the signature of a third": (planted.SIGNATURE, _target("/f.pdf?sv=2024-11-04&sig={}")),
    "a key in a query": (planted.API_KEY, _target("/v1/replicas?api_key={}")),
    "credentials in front of the host": (
        planted.SIGNATURE,
        lambda r, s: r.exchange(target="/", host=f"planter:{s}@127.0.0.1"),
    ),
    "a fragment": (planted.JWT, _target("/v1/replicas#access_token={}")),
    # Bodies of requests
    "a user's id": (planted.USER, _request(lambda s: {"id": s, "name": "Greta"}, "/v1/users")),
    "a user's address": (planted.EMAIL, _request(lambda s: {"email": s}, "/v1/users")),
    "an address that is not one": ("Greta Planted, Hofladen", _request(lambda s: {"email": s}, "/v1/users")),
    "an account elsewhere": (
        "884201337",
        _request(lambda s: {"linkedAccounts": [{"accountID": s, "accountType": "discord"}]}, "/v1/users"),
    ),
    "the owner of a replica": (planted.OWNER, _request(lambda s: {"ownerID": s})),
    "who may come in": (planted.EMAIL, _request(lambda s: {"whitelistEmails": [s]})),
    "who may come in, in other words": ("Greta Planted", _request(lambda s: {"whitelistEmails": ["a@b.test", s]})),
    "the token of a bot": (planted.BOT_TOKEN, _request(lambda s: {"telegram_token": s, "mention": "@guide"})),
    "the token of a bot that looks like none": (planted.API_KEY, _request(lambda s: {"telegram_token": s})),
    "a chat on Telegram": (
        "6610042333",
        _request(lambda s: {"telegram_data": {"user_id": int(s), "chat_id": int(s), "username": "g"}}),
    ),
    "an invite in a body": (planted.INVITE, _request(lambda s: {"inviteCode": s})),
    "what somebody says": (planted.EMAIL, _request(lambda s: {"content": f"Write to {s}, please."})),
    # Bodies of replies
    "a new API key": (planted.API_KEY, _reply(lambda s: {"apiKey": s, "validUntil": None})),
    "the organization": (planted.ORGANIZATION, _reply(lambda s: {"organizationID": s})),
    "the id of whoever asks": (planted.USER, _reply(lambda s: {"id": s, "linkedAccounts": []}, "/v1/users/me")),
    "the owner of each replica": (planted.OWNER, _reply(lambda s: {"items": [{"ownerID": s}, {"owner_uuid": s}]})),
    "bots of a replica": (
        planted.DISCORD_TOKEN,
        _reply(lambda s: {"items": [{"discord_integration": {"token": s, "is_active": True}}]}),
    ),
    "bots whose tokens look like none": (
        planted.API_KEY,
        _reply(lambda s: {"items": [{"telegram_integration": {"token": s}}]}),
    ),
    "a signed URL": (planted.JWT, _reply(lambda s: {"results": [{"signedURL": f"https://s.test/f?token={s}"}]})),
    "a signed URL of another kind": (
        planted.SIGNATURE,
        _reply(lambda s: {"signedURL": f"https://s.test/f?GoogleAccessId=x&Signature={s}&Expires=1"}),
    ),
    "a URL to download from": (planted.SIGNATURE, _reply(lambda s: {"downloadURL": f"https://s.test/f?sig={s}&se=1"})),
    "an error that says the header": (
        planted.SIGNATURE,
        _reply(lambda s: {"success": False, "error": f"Bad header X-ORGANIZATION-SECRET: {s}"}),
    ),
    "an error that says the headers": (
        planted.SIGNATURE,
        _reply(lambda s: {"error": f"{{'authorization': 'Bearer {s}', 'accept': '*/*'}}"}),
    ),
    "the stack of an error": (
        planted.SIGNATURE,
        _reply(lambda s: {"inner_exception": {"stack": f"Error: {s}\n    at Object.<anonymous>"}}),
    ),
    "JSON in JSON": (planted.API_KEY, _reply(lambda s: {"body": json.dumps({"apiKey": s})})),
    "the name of a field": (planted.EMAIL, _reply(lambda s: {"byUser": {s: 3}})),
    # Bodies of other types
    "an error in plain text": (planted.JWT, _said(TEXT, lambda s: f"upstream said: token {s} expired".encode())),
    "a page of HTML": (planted.EMAIL, _said({"Content-Type": "text/html"}, lambda s: f"<b>{s}</b>".encode())),
    "a page that says a URL": (
        planted.SIGNATURE,
        _said({"Content-Type": "text/html"}, lambda s: f'<a href="/f?a=1&amp;token={s}&amp;b=2">'.encode()),
    ),
    "JSON that says it is text": (planted.API_KEY, _said(TEXT, lambda s: json.dumps({"apiKey": s}).encode())),
    "JSON with a name twice": (planted.API_KEY, _said(JSON, lambda s: f'{{"apiKey": "{s}", "apiKey": 1}}'.encode())),
    "JSON that is cut off": (planted.API_KEY, _said(JSON, lambda s: f'{{"items": [{{"apiKey": "{s}"'.encode())),
    "a stream": (planted.USER, _said(STREAM, lambda s: f"data: {json.dumps({'user_id': s})}\n\n".encode())),
    "a stream of parts": (planted.EMAIL, _said(STREAM, lambda s: f'0:"I am {s}"\nd:{{"a":1}}\n'.encode())),
    "a stream of parts with fields": (planted.API_KEY, _said(STREAM, lambda s: f'8:[{{"apiKey":"{s}"}}]\n'.encode())),
    "a form": (
        planted.EMAIL,
        _said(MULTIPART, lambda s: f"--limit\r\nContent-Disposition: form-data\r\n\r\n{s}\r\n--limit--".encode()),
    ),
    "a form that is not text": (
        planted.JWT,
        _said(MULTIPART, lambda s: b"--limit\r\n\r\n\x89PNG\x00\xff" + s.encode() + b"\xfe\r\n--limit--"),
    ),
    "a file": (
        planted.EMAIL,
        _said({"Content-Type": "application/pdf"}, lambda s: b"%PDF\xff\x00 (" + s.encode() + b")\xfe"),
    ),
    "a compressed file": (
        planted.EMAIL,
        _said({"Content-Type": "application/gzip"}, lambda s: gzip.compress(s.encode())),
    ),
    "a compressed reply": (
        planted.API_KEY,
        _said(JSON | {"Content-Encoding": "gzip"}, lambda s: gzip.compress(json.dumps({"apiKey": s}).encode())),
    ),
    "a reply that is compressed in another way": (
        planted.API_KEY,
        _said(JSON | {"Content-Encoding": "deflate"}, lambda s: zlib.compress(json.dumps({"apiKey": s}).encode())),
    ),
    "a compressed request": (
        planted.OWNER,
        lambda r, s: r.exchange(
            "POST",
            headers=JSON | {"Content-Encoding": "gzip"},
            body=gzip.compress(json.dumps({"ownerID": s}).encode()),
        ),
    ),
}
"""Each is the only one in its recording that tells the secret."""


def tell(recording: Recording) -> None:
    """Let each that is known by its place be seen once where one of its kind belongs."""
    named = {"ownerID": planted.OWNER, "inviteCode": planted.INVITE}
    headers = JSON | {"X-ORGANIZATION-SECRET": planted.ORGANIZATION_SECRET, "X-USER-ID": planted.USER}
    recording.exchange("POST", headers=headers, body=json.dumps(named).encode())


ECHOES: Mapping[str, Callable[[Recording, str], None]] = {
    "a path": _target("/v1/{}/more"),
    "the value of a parameter": _target("/v1/replicas?search={}&page=1"),
    "the name of a parameter": _target("/v1/replicas?a=1&{}=1"),
    "a kept header of a request": lambda r, s: r.exchange(headers={"Accept": f"text/plain; a={_in_header(s)}"}),
    "a kept header of a reply": lambda r, s: r.exchange(reply_headers={"Content-Type": f"a/b; c={_in_header(s)}"}),
    "where to go on": lambda r, s: _replied("Location")(r, f"https://storage.test/f/{quote(s, safe='')}?a=b"),
    "JSON of a request": _request(lambda s: {"content": f"Is it {s} ?", "list": [[s]]}),
    "JSON of a reply": _reply(lambda s: {"error": f"It is {s} ."}),
    "JSON that is no object": _reply(lambda s: s),
    "the name of a field": _reply(lambda s: {"by": {s: {"count": 1}}}),
    "text": _said(TEXT, lambda s: f"It is <{s}>.\nAnd {s}".encode()),
    "JSON within text": _said(TEXT, lambda s: f"a\n{json.dumps({'said': s})}\nb".encode()),
    "a stream": _said(STREAM, lambda s: f'data: {{"a": "b"}}\n\ndata: {json.dumps({"content": s})}\n\n'.encode()),
    "HTML": _said({"Content-Type": "text/html"}, lambda s: f'<a title="{html.escape(s)}">'.encode()),
    "a form": _said(MULTIPART, lambda s: f"--limit\r\nContent-Disposition: form-data\r\n\r\n{s}\r\n--limit--".encode()),
    "a form of a request that is not text": lambda r, s: r.exchange(
        "PUT",
        headers=MULTIPART,
        body=b"--limit\r\n\r\n\x89PNG\x00\xff\r\n--limit\r\n\r\n" + s.encode() + b"\r\n--limit--",
    ),
    "a file": _said({}, lambda s: b"%PDF\xff\x00 (" + s.encode() + b")\xfe"),
    "a compressed file": _said({}, lambda s: gzip.compress(b"\x00\xff (" + s.encode() + b")\xfe")),
    "a compressed reply": _said(
        JSON | {"Content-Encoding": "gzip"}, lambda s: gzip.compress(json.dumps({"error": f"It is {s} ."}).encode())
    ),
    "a reply that is compressed twice": _said(
        TEXT | {"Content-Encoding": "deflate, gzip"}, lambda s: gzip.compress(zlib.compress(s.encode()))
    ),
}
"""Where anything may stand: what a server repeats, and what people say."""


def _in_header(text: str) -> str:
    return text.replace("\n", "")
