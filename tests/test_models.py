"""The models that users see."""

import re
import subprocess
import sys
from collections.abc import Iterable

import attrs
import pytest

import generated_client.models
from sensay_ext import AsyncSensay, models, params
from tests.resource_methods import methods

WORD = re.compile(r"\w+")


def annotations() -> Iterable[str]:
    """All types that stand in the signatures of methods, and in the packs of arguments."""
    for method in methods(AsyncSensay).values():
        yield from map(str, method.__annotations__.values())
    for name in params.__all__:
        yield from map(str, getattr(getattr(params, name), "__annotations__", {}).values())


def reachable() -> set[str]:
    """The models that a user can get hold of."""
    waiting = [name for text in annotations() for name in re.findall(r"models\.(\w+)", re.sub(r"ForwardRef", "", text))]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parts_of(name)
    return found


def parts_of(name: str) -> list[str]:
    model = getattr(generated_client.models, name)
    texts = [str(attribute.type) for attribute in attrs.fields(model)] if attrs.has(model) else []
    known = generated_client.models.__all__
    return [word for text in texts for word in WORD.findall(text) if word in known]


def test_every_model_that_a_user_can_get_hold_of_can_be_imported() -> None:
    assert reachable() <= set(models.__all__)


def test_the_list_is_sorted_and_holds_what_there_is() -> None:
    assert list(models.__all__) == sorted(models.__all__)
    assert set(models.__all__) <= set(dir(models))


@pytest.mark.parametrize("name", models.__all__)
def test_a_model_is_the_one_of_the_generated_client(name: str) -> None:
    assert getattr(models, name) is getattr(generated_client.models, name)


def test_a_name_that_is_not_there_is_missed() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Replicant'"):
        getattr(models, "Replicant")  # noqa: B009 - a type checker would refuse the plain form


def test_a_model_is_loaded_when_it_is_asked_for() -> None:
    code = "import sys; from sensay_ext import models; models.User; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    loaded = {name for name in result.stdout.split() if name.startswith("generated_client.models.")}

    assert loaded == {"generated_client.models.user"}
