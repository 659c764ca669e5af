"""Where redirects lead, and what goes along."""

import pytest

from sensay_ext._redirects import Hop, next_hop

HEADERS = {
    "X-ORGANIZATION-SECRET": "zq-SENTINEL-7f3a",
    "x-extra": "zq-SENTINEL-7f3a",
    "ACCEPT": "application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": "u",
    "X-API-Version": "v",
}
GET = Hop(method="GET", url="https://api.example/v1/x?a=1", headers=HEADERS)
POST = Hop(method="POST", url="https://api.example/v1/x", headers=HEADERS, content=b"body")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("status_code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/v2/y", "https://api.example/v2/y"),
        ("y?b=2", "https://api.example/v1/y?b=2"),
        ("https://api.example/z", "https://api.example/z"),
        ("https://API.example:443/z", "https://API.example:443/z"),
    ],
)
def test_reading_follows_within_its_origin_as_it_is(method: str, status_code: int, location: str, url: str) -> None:
    hop = Hop(method=method, url=GET.url, headers=HEADERS, has_user=True)

    assert next_hop(hop, status_code, location) == Hop(method=method, url=url, headers=HEADERS, has_user=True)


@pytest.mark.parametrize("status_code", [307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_follows_within_its_origin_where_it_stays_the_same(method: str, status_code: int) -> None:
    hop = Hop(method=method, url=POST.url, headers=HEADERS, content=b"body")

    assert next_hop(hop, status_code, "/y") == Hop(
        method=method, url="https://api.example/y", headers=HEADERS, content=b"body"
    )


@pytest.mark.parametrize("status_code", [301, 302, 303])
def test_writing_does_not_become_reading(status_code: int) -> None:
    assert next_hop(POST, status_code, "/y") is None


@pytest.mark.parametrize(
    "location",
    ["https://other.example/", "https://api.example:8443/", "https://api.example.evil/", "//other.example/x"],
)
def test_another_origin_learns_nothing(location: str) -> None:
    before = dict(HEADERS)
    hop = next_hop(GET, 302, location)

    assert hop is not None
    assert hop.headers == {"ACCEPT": "application/json", "Accept-Encoding": "gzip", "User-Agent": "u"}
    assert (hop.method, hop.content) == ("GET", None)
    assert before == HEADERS


@pytest.mark.parametrize("status_code", [301, 302, 303, 307, 308])
def test_no_body_goes_to_another_origin(status_code: int) -> None:
    assert next_hop(POST, status_code, "https://other.example/") is None


def test_a_request_for_a_user_does_not_leave_its_origin() -> None:
    hop = Hop(method="GET", url=GET.url, headers=HEADERS, has_user=True)

    assert next_hop(hop, 302, "https://other.example/") is None


def test_what_was_left_out_does_not_come_back() -> None:
    away = next_hop(GET, 302, "https://other.example/")
    assert away is not None
    back = next_hop(away, 302, "https://api.example/v1/x")

    assert back is not None
    assert "X-ORGANIZATION-SECRET" not in back.headers


@pytest.mark.parametrize(
    ("status_code", "location"),
    [
        (302, ""),
        (300, "/y"),
        (304, "/y"),
        (305, "/y"),
        (302, "http://api.example/y"),
        (302, "http://127.0.0.1/y"),
        (302, "ftp://api.example/y"),
        (302, "javascript:alert(1)"),
        (302, "https://user:pass@api.example/y"),
        (302, "https://:pass@api.example/y"),
        (302, "https://[::1"),
        (302, "https://api.example:port/"),
    ],
)
def test_an_unsafe_target_is_not_followed(status_code: int, location: str) -> None:
    assert next_hop(GET, status_code, location) is None


@pytest.mark.parametrize(
    ("location", "followed"),
    [
        ("http://127.0.0.1:9/y", True),
        ("http://localhost:9/y", True),
        ("https://other.example/", True),
        ("http://10.0.0.1/y", False),
    ],
)
def test_plain_http_stays_on_this_machine(location: str, followed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    hop = Hop(method="GET", url="http://127.0.0.1:8000/x", headers=HEADERS)

    assert (next_hop(hop, 302, location) is not None) is followed


def test_plain_http_that_was_asked_for_stays_with_its_host() -> None:
    hop = Hop(method="GET", url="http://10.0.0.1/x", headers=HEADERS)

    assert next_hop(hop, 302, "http://10.0.0.1/y") == Hop(method="GET", url="http://10.0.0.1/y", headers=HEADERS)


def test_a_hop_shows_neither_headers_nor_body_nor_url() -> None:
    assert repr(POST) == "Hop(method='POST', has_user=False)"
