"""A document has not changed by being written in another way."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.changes import compare
from tests.scripts.changes._documents import Json
from tests.scripts.changes._rewrites import REWRITES, hoisted, in_3_0, inlined
from tests.scripts.changes._strategies import documents

_SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", REWRITES)
@_SLOW
@given(document=documents(), random=st.randoms(use_true_random=False))
def test_a_rewritten_document_has_not_changed(name: str, document: Json, random: Random) -> None:
    rewritten = REWRITES[name](document, random)
    assert compare(document, rewritten, hidden=random.choice([False, True])) == []
    assert compare(rewritten, document) == []


@_SLOW
@given(document=documents(), random=st.randoms(use_true_random=False))
def test_inlining_what_was_hoisted_changes_nothing(document: Json, random: Random) -> None:
    named = hoisted(in_3_0(document, random), random)
    assert inlined(named, random)["paths"] == in_3_0(document, random)["paths"]
    assert compare(named, inlined(named, random)) == []
