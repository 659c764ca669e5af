"""A refresh that looks like an accident is stopped."""

from typing import Any

import pytest

from scripts._errors import PipelineError
from scripts._gate import check_refresh, variant_note
from scripts._lock import Lock, variant, with_snapshot
from tests.scripts.small_documents import Json, document, operation
from tests.scripts.twins import prose_dropped


def api(count: int, *, parameter: str = "id", **more: Any) -> Json:
    """Return a document with so many operations."""
    return document({f"/v1/things{number}/{{{parameter}}}": {"get": operation(**more)} for number in range(count)})


def lock(*snapshots: Json, kind: str = "public") -> Lock:
    known: dict[str, str] = {}
    for snapshot in snapshots:
        known = with_snapshot(known, snapshot)
    return Lock(source="", variant=kind, upstream="", client="", snapshots=known)


@pytest.mark.parametrize(("before", "after"), [(10, 8), (10, 10), (10, 30), (0, 1), (5, 4)])
def test_a_fifth_of_the_operations_may_go(before: int, after: int) -> None:
    check_refresh(api(after), api(before), lock(api(before)))
    check_refresh(api(after), api(before), None)

    assert len(api(after)["paths"]) == after


@pytest.mark.parametrize(("before", "after"), [(10, 7), (3, 2), (1, 0), (43, 29)])
def test_more_may_not_go_unless_it_is_meant(before: int, after: int) -> None:
    with pytest.raises(PipelineError) as caught:
        check_refresh(api(after), api(before), None)
    lost = before - after
    assert str(caught.value) == (
        f"the document lost {lost} of {before} operations; if this is meant to be, run again with FORCE=1"
    )


def test_a_parameter_under_another_name_is_no_loss() -> None:
    check_refresh(api(10, parameter="thingID"), api(10), lock(api(10)))

    with pytest.raises(PipelineError, match="lost 10 of 10"):
        check_refresh(document({"/other": {"get": operation()}}), api(10), lock(api(10)))


def test_operations_that_were_hidden_do_not_count() -> None:
    hidden = {**api(10)["paths"], **{f"/h{number}": {"get": {**operation(), "x-hidden": True}} for number in range(10)}}

    check_refresh(api(10), {**api(10), "paths": hidden}, lock())
    with pytest.raises(PipelineError, match="lost 10 of 10"):
        check_refresh(
            {**api(10), "paths": {path: {**item, "x-hidden": True} for path, item in hidden.items()}}, api(10), lock()
        )


def test_an_older_document_is_known_again_whatever_its_formatting() -> None:
    old, new = api(10), api(11)
    reordered = dict(reversed(old.items()))

    with pytest.raises(
        PipelineError, match=r"the document is the one of \d{4}-\d\d-\d\d again, older than the one at hand"
    ):
        check_refresh(reordered, new, lock(old, new))
    check_refresh(new, new, lock(old, new))
    check_refresh(prose_dropped(api(12)) | {"info": {"title": "t", "version": "9"}}, new, lock(old, new))


def test_a_document_seen_again_keeps_the_day_when_it_was_first_seen() -> None:
    (known,) = with_snapshot({}, api(1))

    assert with_snapshot({known: "2025-01-01"}, api(1)) == {known: "2025-01-01"}


def test_the_variant_of_a_document_shows_in_what_it_hides() -> None:
    hidden = {"/a": {"get": {**operation(), "x-hidden": True}}, "/b": {"get": operation()}}

    assert variant(api(1)) == "public"
    assert variant(document(hidden)) == "full"
    assert (
        variant({**document({"/b": {"get": operation()}}), "paths": {"x-note": "text", "/b": {"get": operation()}}})
        == "public"
    )


def test_a_change_of_variant_is_noted() -> None:
    assert variant_note(api(1), None) == variant_note(api(1), lock()) == ""
    assert variant_note(api(1), lock(kind="full")) == (
        "; note: this is the public variant of the document, the last one was full"
    )
