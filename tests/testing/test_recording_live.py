"""Recording with a key in the environment, from a server that stands in for the live API."""

import pytest

from sensay_ext.sandbox import serve
from tests.testing.decoded import parts_in_files
from tests.testing.runs import run

pytest_plugins = "pytester"

SECRET = "harbour/office=7"

SOURCE = """
def test_ensure(sensay, sensay_vcr, sensay_access, request):
    assert sensay.users.ensure("sailor-seven").id == "sailor-seven"
    assert sensay_access.source == {source!r}
    assert "sensay_sandbox" not in request.node.funcargs
"""


@pytest.mark.parametrize("variable", ["SENSAY_API_KEY", "SENSAY_ORGANIZATION_SECRET"])
def test_a_key_in_the_environment_is_used_and_hidden(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with serve(secret=SECRET) as sandbox:
        monkeypatch.setenv(variable, SECRET)
        monkeypatch.setenv("SENSAY_BASE_URL", sandbox.base_url)
        result = run(pytester, SOURCE.format(source="live"), "--sensay-record=once")
        result.assert_outcomes(passed=1)
        assert [request.operation for request in sandbox.requests] == ["get_user", "create_user"]

    monkeypatch.delenv(variable)
    monkeypatch.delenv("SENSAY_BASE_URL")
    assert parts_in_files(pytester.path / "cassettes", [SECRET, "sailor-seven"]) == []
    run(pytester, SOURCE.format(source="cassette")).assert_outcomes(passed=1)
