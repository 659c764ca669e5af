"""What `build_request` of an endpoint module describes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

Load = Callable[[str], Any]
PET = UUID("3d1b9a2c-0c51-4c5e-9f63-2f5c6f0f7d2a")


@pytest.fixture(scope="session")
def operation(load: Load) -> Load:
    """Return the import of an endpoint module."""
    return lambda name: load(f"api.{name}")


def test_a_request_says_everything_that_is_sent(operation: Load, models: Any) -> None:
    request = operation("pet_care.create_pet").build_request(body=models.PetCreate(name="Mimi"))

    assert (request.operation_id, request.method) == ("create_pet", "POST")
    assert (request.path, request.url, request.params) == ("/v1/pets", "/v1/pets", {})
    assert request.json == {"name": "Mimi"}


def test_path_arguments_fill_the_url_and_not_the_template(operation: Load) -> None:
    request = operation("shops.get_pet").build_request("my shop/1", PET)

    assert request.path == "/v1/shops/{shop}/pets/{pet_id}"
    assert request.url == f"/v1/shops/my%20shop%2F1/pets/{PET}"
    assert request.json is None


def test_a_uuid_may_be_given_as_text(operation: Load) -> None:
    build = operation("shops.get_pet").build_request

    assert build("s", str(PET)).url == build("s", PET).url


def test_an_optional_body_may_be_left_out(operation: Load, models: Any) -> None:
    build = operation("shops.update_pet").build_request

    assert build("s", PET).json is None
    assert build("s", PET, body=models.PetUpdate()).json == {}


def test_parameters_that_are_not_given_are_not_sent(operation: Load, types: Any) -> None:
    build = operation("pet_care.list_pets").build_request

    assert build().params == {}
    assert build(page_size=None, kind=types.UNSET, tag=None, search=None).params == {}


def test_parameters_are_converted(operation: Load, models: Any) -> None:
    request = operation("pet_care.list_pets").build_request(
        page_size=0,
        kind=[models.PetKind.GUINEA_PIG, models.PetKind("fish"), "cat"],
        tag=["a", "b"],
        born_after=datetime(2025, 11, 5, tzinfo=UTC),
        tame=False,
    )

    assert request.params == {
        "pageSize": 0,
        "kind": ["guinea pig", "fish", "cat"],
        "tag": "a,b",
        "bornAfter": "2025-11-05T00:00:00+00:00",
        "tame": False,
    }
    assert {type(kind) for kind in request.params["kind"]} == {str}


def test_a_list_repeats_its_key_unless_the_schema_joins_it(operation: Load) -> None:
    request = operation("pet_care.list_pets").build_request(kind=["cat", "dog"], tag=["a", "b"])

    sent = httpx.Request("GET", "http://localhost", params=request.params).url

    assert sent.query == b"kind=cat&kind=dog&tag=a%2Cb"


@pytest.mark.parametrize(
    "climber", ["", ".", "..", "a\nb", "a\0", "\x7f", "\x85", "\ud800", None, True, 1.5, b"x", ["x"]]
)
def test_a_path_argument_that_could_climb_is_refused_by_name(operation: Load, climber: Any) -> None:
    with pytest.raises(ValueError, match=r"^shop ") as caught:
        operation("shops.get_pet").build_request(climber, PET)

    assert "pet_id" not in str(caught.value)


@given(argument=st.text(min_size=1))
def test_a_path_argument_is_refused_or_stays_one_segment(operation: Load, argument: str) -> None:
    try:
        request = operation("shops.get_pet").build_request(argument, PET)
    except ValueError as error:
        assert str(error).startswith("shop ")  # noqa: PT017 - a refusal is one of the two right outcomes
        return
    empty, version, shops, shop, pets, pet = httpx.URL(f"https://localhost{request.url}").raw_path.decode().split("/")
    assert (empty, version, shops, pets, pet) == ("", "v1", "shops", "pets", str(PET))
    assert unquote(shop) == argument


def test_each_success_status_is_read_as_its_model(operation: Load, models: Any, pet: dict[str, Any]) -> None:
    request = operation("pet_care.create_pet").build_request(body=models.PetCreate(name="Mimi"))

    assert request.parse(201, pet) == models.Pet.from_dict(pet)
    assert request.parse(207, {"events": []}) == models.History(events=[])


def test_a_success_without_body_reads_as_none(operation: Load) -> None:
    request = operation("shops.delete_pet").build_request("s", PET)

    assert request.parse(204, None) is None
    assert request.parse(202, {"left": 1}).additional_properties == {"left": 1}


@pytest.mark.parametrize("status", [200, 202, 204, 302, 400, 500])
def test_a_status_that_is_no_documented_success_is_refused(
    operation: Load, models: Any, errors: Any, status: int
) -> None:
    request = operation("pet_care.create_pet").build_request(body=models.PetCreate(name="Mimi"))

    with pytest.raises(errors.UnexpectedStatus, match=f"^unexpected status {status}$"):
        request.parse(status, {"secret": "zq-SENTINEL-7f3a"})


def test_a_request_cannot_be_changed(operation: Load) -> None:
    with pytest.raises(AttributeError):
        operation("pet_care.list_pets").build_request().url = "/v1/users"
