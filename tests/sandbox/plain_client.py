"""Stands in for curl where there is none: understands what the script of the first steps says to it."""

import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def main(arguments: list[str]) -> None:
    """Send one request, and print the body and the status of the reply."""
    headers: dict[str, str] = {}
    method, url, content = "GET", "", None
    words = iter(arguments)
    for word in words:
        if word == "-X":
            method, url = next(words), next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            content = next(words).encode()
    request = Request(url, content, headers, method=method)  # noqa: S310 - the address of the sandbox
    try:
        with urlopen(request) as reply:  # noqa: S310 - as above
            status, body = reply.status, reply.read()
    except HTTPError as error:
        status, body = error.code, error.read()
    sys.stdout.write(f"{body.decode()}\n{status}")


if __name__ == "__main__":
    main(sys.argv[1:])
