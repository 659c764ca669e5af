"""The public face of the package."""

import ast
import inspect
import pickle
from pathlib import Path

import pytest

import sensay_ext
from sensay_ext import SensayError

TREE = ast.parse(Path(sensay_ext.__file__).read_text(encoding="utf-8"))


def test_what_is_imported_is_what_is_offered() -> None:
    imported = {
        alias.name
        for node in ast.walk(TREE)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sensay_ext.")
        and node.col_offset in {0, 4}
        for alias in node.names
        if not (alias.asname or "").startswith("_")
    }

    assert {*imported, "__version__"} - {"version"} == set(sensay_ext.__all__)


def test_the_list_is_sorted_and_complete() -> None:
    assert sorted(sensay_ext.__all__) == list(sensay_ext.__all__)
    assert set(sensay_ext.__all__) <= set(dir(sensay_ext))


@pytest.mark.parametrize("name", sensay_ext.__all__)
def test_every_name_is_there_and_says_where_it_is_imported_from(name: str) -> None:
    found = getattr(sensay_ext, name)

    assert not inspect.isclass(found) or found.__module__ == "sensay_ext"


def test_a_name_that_is_not_there_is_missed() -> None:
    with pytest.raises(AttributeError, match="module 'sensay_ext' has no attribute 'Sensei'"):
        getattr(sensay_ext, "Sensei")  # noqa: B009 - a type checker would refuse the plain form


@pytest.mark.parametrize(
    "name", [name for name in sensay_ext.__all__ if inspect.isclass(getattr(sensay_ext, name, None))]
)
def test_public_errors_are_unpickled_by_their_public_name(name: str) -> None:
    found = getattr(sensay_ext, name)
    if issubclass(found, SensayError):
        assert pickle.loads(pickle.dumps(found)) is found  # noqa: S301 - our own bytes
    assert found.__qualname__ == name


def test_both_clients_offer_the_same() -> None:
    def surface(client: type) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in inspect.getmembers(client, callable)
            if not name.startswith("_")
        }

    assert surface(sensay_ext.Sensay) == surface(sensay_ext.AsyncSensay)


@pytest.mark.parametrize("name", sensay_ext.__all__)
def test_the_library_underneath_is_named_only_where_a_client_of_it_is_taken(name: str) -> None:
    found = getattr(sensay_ext, name)
    members = [found, *vars(found).values()] if inspect.isclass(found) else [found]
    functions = [getattr(member, "__func__", getattr(member, "fget", member)) for member in members]
    annotations = [inspect.get_annotations(found)] if inspect.isclass(found) else []
    annotations += [function.__annotations__ for function in functions if inspect.isfunction(function)]
    naming = {argument for each in annotations for argument, type_ in each.items() if "httpx" in str(type_)}

    assert naming <= {"http_client"}
