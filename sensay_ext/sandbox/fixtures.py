"""A pytest fixture; name this module in `pytest_plugins` to use it."""

from collections.abc import Iterator

import pytest

from sensay_ext.sandbox._server import Sandbox, serve


@pytest.fixture
def sensay_sandbox() -> Iterator[Sandbox]:
    """A sandbox of its own for each test, on a virtual clock and without the network."""
    with serve(virtual_time=True, allow_network=False, seed="sensay_sandbox") as sandbox:
        yield sandbox
