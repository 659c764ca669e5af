"""Many threads, several users, one client."""

from concurrent.futures import ThreadPoolExecutor

from sensay_ext import Sensay
from tests.fault_server import FaultServer, reply
from tests.requests_to_send import SECRET

USERS = ("alice", "bob", "carol")


def test_every_request_of_every_thread_is_for_its_own_user() -> None:
    with FaultServer(always=reply(200, {})) as server, Sensay(SECRET, base_url=server.url) as client:
        views = {user: client.as_user(user) for user in USERS}

        def call(number: int) -> None:
            user = USERS[number % len(USERS)]
            if number % 2:
                views[user].request("GET", f"/v1/users/{user}")
            else:
                client.request("GET", f"/v1/users/{user}", user=user)

        with ThreadPoolExecutor(50) as threads:
            list(threads.map(call, range(150)))
        client.request("GET", "/v1/admin")

    *of_users, of_admin = server.requests
    assert len(of_users) == 150
    assert [request.headers["x-user-id"] for request in of_users] == [
        request.target.removeprefix("/v1/users/") for request in of_users
    ]
    assert {request.headers["x-organization-secret"] for request in server.requests} == {SECRET}
    assert "x-user-id" not in of_admin.headers
