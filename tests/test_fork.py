"""A process that forks while it holds a client."""

import subprocess
import sys

from tests.fault_server import FaultServer, reply

PROGRAM = """
import os, sys
from sensay_ext import Sensay

sensay = Sensay("not-a-secret", base_url=sys.argv[1])
sensay.request("GET", "/v1/parent")
child = os.fork()
if not child:
    try:
        sensay.request("GET", "/v1/child")
        sensay.close()
    except BaseException:
        os._exit(1)
    os._exit(0)
_, status = os.waitpid(child, 0)
sensay.request("GET", "/v1/parent")
sensay.close()
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_parent_and_child_each_have_connections_of_their_own() -> None:
    with FaultServer(always=reply(200, {})) as server:
        command = [sys.executable, "-W", "error", "-c", PROGRAM, server.url]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert [request.target for request in server.requests] == ["/v1/parent", "/v1/child", "/v1/parent"]
    assert len(server.connections) == 2
