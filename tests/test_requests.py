"""Requests that are built elsewhere."""

import pytest

from generated_client.api.replicas import get_replica
from generated_client.api.users import get_user
from sensay_ext._errors import ConfigurationError
from sensay_ext._requests import RawRequest, built
from tests.requests_to_send import GET, REPLICA_UUID


def test_a_built_request_is_what_was_built() -> None:
    assert built(get_replica.build_request, REPLICA_UUID) == GET


@pytest.mark.parametrize("user_id", ["", ".", "..", "a\nb", 1.5])
def test_complaints_of_the_generated_code_become_ours(user_id: object) -> None:
    with pytest.raises(ConfigurationError, match="user_id") as caught:
        built(get_user.build_request, user_id)  # type: ignore[arg-type] # wrong on purpose

    assert caught.value.__context__ is None


def test_a_missing_argument_is_a_complaint_as_well() -> None:
    with pytest.raises(ConfigurationError, match="missing"):
        built(get_user.build_request)  # type: ignore[call-arg] # wrong on purpose


def test_a_raw_request_is_sent_and_read_as_it_is() -> None:
    request = RawRequest(method="GET", path="/v1/x")

    assert (request.url, dict(request.params), request.json) == ("/v1/x", {}, None)
    assert request.parse(200, {"a": 1}) == {"a": 1}
