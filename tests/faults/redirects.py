"""Answers that point elsewhere."""

from sensay_ext import UnexpectedRedirectError
from tests.fault_server import Instruction, reply
from tests.faults.case import OK, Faults, Scene, fails, succeeds
from tests.requests_to_send import CREATE_USER, GET, SECRET

STATUSES = (301, 302, 303, 307, 308)

_FOLLOWING = {"follow_redirects": True}


def _away(status: int) -> Faults:
    """An answer that points to the other server."""

    def instructions(scene: Scene) -> tuple[Instruction, ...]:
        return (reply(status, headers={"Location": scene.elsewhere, "Set-Cookie": "sid=1"}),)

    return instructions


REDIRECTS = (
    *(
        fails(
            None,
            f"{status} to a host that is not there",
            UnexpectedRedirectError,
            reply(status, headers={"Location": f"https://login.example/?token={SECRET}"}),
            details={"location_host": "login.example", "status_code": status},
        )
        for status in STATUSES
    ),
    *(
        fails(
            31,
            f"{status} to another server",
            UnexpectedRedirectError,
            faults=_away(status),
            seen=1,
            elsewhere=OK,
            details={"location_host": "localhost"},
            says="redirected to localhost, not followed",
        )
        for status in STATUSES
    ),
    *(
        fails(
            32,
            f"{status} to another server, followed with a body",
            UnexpectedRedirectError,
            request=CREATE_USER,
            faults=_away(status),
            seen=1,
            elsewhere=OK,
            client_options=_FOLLOWING,
        )
        for status in STATUSES
    ),
    *(
        succeeds(
            33,
            f"{status} to another server, followed",
            faults=_away(status),
            seen=1,
            elsewhere=OK,
            seen_elsewhere=1,
            client_options=_FOLLOWING,
            options={"extra_headers": {"X-Mine": SECRET}},
        )
        for status in STATUSES
    ),
    fails(
        33,
        "a redirect to another server, followed for a user",
        UnexpectedRedirectError,
        faults=_away(302),
        seen=1,
        elsewhere=OK,
        client_options={**_FOLLOWING, "user_id": "alice"},
    ),
    fails(
        34,
        "a circle of redirects, followed",
        UnexpectedRedirectError,
        *[reply(302, headers={"Location": "/v1/again"})] * 6,
        client_options=_FOLLOWING,
    ),
    fails(34, "a redirect that leads nowhere", UnexpectedRedirectError, reply(302), details={"location_host": ""}),
    fails(34, "a redirect to itself", UnexpectedRedirectError, reply(302, headers={"Location": GET.url})),
    fails(None, "304", UnexpectedRedirectError, reply(304)),
    fails(
        None,
        "a creation is redirected",
        UnexpectedRedirectError,
        reply(307, headers={"Location": "https://other.example/"}),
        request=CREATE_USER,
    ),
)
