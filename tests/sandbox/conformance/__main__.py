"""Runs schemathesis with all checks over a sandbox; further arguments go to schemathesis."""

import os
import subprocess
import sys

from sensay_ext.sandbox import serve
from tests.sandbox.conformance.world import BASE_URL, SECRET, USER


def main(arguments: list[str]) -> int:
    """Serve a sandbox, run schemathesis over it, and return its exit status."""
    with serve(secret=SECRET, allow_network=False, seed="conformance") as sandbox:
        sandbox.add_playlist("PL-conformance", ["video-1", "video-2"])
        headers = {
            "Content-Type": "application/json",
            "X-ORGANIZATION-SECRET": SECRET,
            "X-USER-ID": USER,
            "X-USER-ID-TYPE": "embed",
        }
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{sandbox.base_url}/schema/sandbox"]
        options = [option for name, value in headers.items() for option in ("--header", f"{name}: {value}")]
        environment = {
            **os.environ,
            BASE_URL: sandbox.base_url,
            "SCHEMATHESIS_HOOKS": "tests.sandbox.conformance.hooks",
        }
        run = [*command, "--checks", "all", *options, *arguments]
        return subprocess.run(run, env=environment, check=False).returncode  # noqa: S603 - our own command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
