"""A document has not changed by being written in another way."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts._paths import HOME, Tree
from scripts.changes import compare
from tests.scripts.changes._documents import Json
from tests.scripts.changes._rewrites import REWRITES, Rewrite, hoisted, in_3_0, in_3_1, inlined
from tests.scripts.changes._strategies import documents


@pytest.mark.parametrize("name", REWRITES)
@given(document=documents(), random=st.randoms(use_true_random=False))
def test_a_rewritten_document_has_not_changed(name: str, document: Json, random: Random) -> None:
    rewritten = REWRITES[name](document, random)
    assert compare(document, rewritten, hidden=random.choice([False, True])) == []
    assert compare(rewritten, document) == []


@pytest.mark.parametrize("rewrite", [*REWRITES.values(), in_3_1], ids=[*REWRITES, "in 3.1"])
def test_the_providers_document_has_not_changed_by_being_rewritten(rewrite: Rewrite) -> None:
    document: Json = json.loads(Tree(HOME).upstream.read_text(encoding="utf-8"))
    rewritten = rewrite(inlined(document, Random(0)), Random(0))  # noqa: S311 - which way is no secret
    # Writing references out loses the models that nothing refers to.
    models = document.get("components", {}).get("schemas", {}) | rewritten["components"].get("schemas", {})
    rewritten["components"]["schemas"] = models

    assert compare(document, rewritten) == []


@given(document=documents(), random=st.randoms(use_true_random=False))
def test_inlining_what_was_hoisted_changes_nothing(document: Json, random: Random) -> None:
    named = hoisted(in_3_0(document, random), random)
    assert inlined(named, random)["paths"] == in_3_0(document, random)["paths"]
    assert compare(named, inlined(named, random)) == []
