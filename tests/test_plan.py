"""What has to be done so that a knowledge base holds what a folder holds."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensay_ext import Plan, PlannedAction
from sensay_ext._folder import FolderFile
from sensay_ext._known import Known
from sensay_ext._marker import Marker
from sensay_ext._mime import FileTypes
from sensay_ext._plan import files_to_send, plan_actions, refusal_of
from sensay_ext._sources import FileState

NAME = "docs"
CONTENTS = [digit * 32 for digit in "abc"]
PATHS = ["a.md", "b/c.md", "d.md"]
STATUSES = ["NEW", "FILE_UPLOADED", "RAW_TEXT", "VECTOR_CREATED", "READY", "UNPROCESSABLE", "A_NEW_ONE"]
REPLICA = UUID(int=1)


def file(path: str, content: str = CONTENTS[0], problem: str = "") -> FolderFile:
    return FolderFile(path=path, location=f"/{path}", state=FileState(100, 1), digest=content, problem=problem)


def entry(number: int, path: str, content: str = CONTENTS[0], status: str = "READY") -> Known:
    marker = Marker.at(NAME, path, content)
    return Known(number, "file", status, marker.title(path), replace(marker, attempt=f"{number:08x}"))


def planned(files: list[FolderFile], entries: list[Known], refused: str = "") -> list[PlannedAction]:
    return plan_actions(files, entries, name=NAME, refusal=lambda _: refused)


def carried_out(actions: list[PlannedAction], entries: list[Known]) -> list[Known]:
    """The entries after a run that goes well, with pruning."""
    left = {known.id: known for known in entries}
    for number, action in enumerate(actions, 1000):
        if action.file is not None and action.kind in {"add", "replace", "retry"} and action.entry is None:
            left[number] = entry(number, action.path, action.file.digest)
        elif action.entry is not None:
            left[action.entry] = replace(left[action.entry], status="READY")
        if action.kind != "skip":
            for old in action.old:
                del left[old]
    return list(left.values())


FILES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS)).map(
    lambda found: [file(path, content) for path, content in sorted(found.items())]
)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(CONTENTS), st.sampled_from(STATUSES)), max_size=8
).map(lambda found: [entry(number, *each) for number, each in enumerate(found, 1)])


@given(FILES, ENTRIES)
def test_after_a_run_the_knowledge_base_equals_the_folder(files: list[FolderFile], entries: list[Known]) -> None:
    after = carried_out(planned(files, entries), entries)

    held = sorted((known.title.partition(" [")[0], known.marker.content) for known in after if known.marker)
    assert held == sorted((one.path, one.digest) for one in files)
    assert {action.kind for action in planned(files, after)} <= {"keep"}


@given(FILES, ENTRIES)
def test_what_is_there_is_not_sent_again(files: list[FolderFile], entries: list[Known]) -> None:
    there = {
        (known.marker.place, known.marker.content)
        for known in entries
        if known.marker and not known.is_dead and not known.awaits_upload
    }
    for action in planned(files, entries):
        if action.file is not None:
            is_there = (action.place, action.file.digest) in there
            assert is_there == (action.entry is not None)
    sent = {one.path for one in files_to_send(files, entries, name=NAME)}
    assert sent == {action.path for action in planned(files, entries) if action.kind in {"add", "replace", "retry"}} - {
        action.path for action in planned(files, entries) if action.entry is not None
    }


@given(FILES, ENTRIES)
def test_nothing_goes_that_is_the_best_there_is(files: list[FolderFile], entries: list[Known]) -> None:
    actions = planned(files, entries)
    going = [number for action in actions for number in action.old]

    assert len(going) == len(set(going))
    assert not set(going) & {action.entry for action in actions}
    for action in actions:
        if action.kind in {"keep", "skip"}:
            assert not action.old


@pytest.mark.parametrize(
    ("entries", "kind", "kept", "old"),
    [
        ([], "add", None, ()),
        ([entry(1, "a.md")], "keep", 1, ()),
        ([entry(1, "a.md", status="RAW_TEXT")], "wait", 1, ()),
        ([entry(1, "a.md", CONTENTS[1])], "replace", None, (1,)),
        ([entry(1, "a.md", CONTENTS[1]), entry(2, "a.md", status="RAW_TEXT")], "replace", 2, (1,)),
        ([entry(1, "a.md", status="UNPROCESSABLE")], "retry", None, (1,)),
        ([entry(1, "a.md", status="NEW")], "add", None, (1,)),
        ([entry(1, "a.md", CONTENTS[1], "UNPROCESSABLE")], "add", None, (1,)),
        ([entry(1, "a.md"), entry(2, "a.md")], "clean", 1, (2,)),
        ([entry(1, "a.md", status="RAW_TEXT"), entry(2, "a.md")], "clean", 2, (1,)),
        ([entry(1, "a.md"), entry(2, "a.md", status="NEW")], "clean", 1, (2,)),
    ],
)
def test_each_situation_has_its_action(entries: list[Known], kind: str, kept: int | None, old: tuple[int, ...]) -> None:
    (action,) = planned([file("a.md")], entries)

    assert (action.kind, action.entry, action.old) == (kind, kept, old)


def test_what_is_gone_from_the_folder_is_to_be_removed() -> None:
    (action,) = planned([], [entry(1, "b/c.md"), entry(2, "b/c.md", CONTENTS[1])])

    assert (action.kind, action.path, action.old, action.file) == ("remove", "b/c.md", (1, 2), None)


def test_what_the_api_does_not_take_is_skipped_and_its_older_content_stays() -> None:
    (refused,) = planned([file("a.md")], [entry(1, "a.md", CONTENTS[1])], refused="it is empty")
    (unreadable,) = planned([file("a.md", "", "it cannot be read")], [entry(1, "a.md")])
    (there,) = planned([file("a.md")], [entry(1, "a.md")], refused="it is empty")

    assert (refused.kind, refused.reason, refused.old) == ("skip", "it is empty", ())
    assert (unreadable.kind, unreadable.reason, unreadable.old) == ("skip", "it cannot be read", ())
    assert there.kind == "keep"


def plan() -> Plan:
    entries = [
        entry(1, "keep.md"),
        entry(2, "changed.md", CONTENTS[1]),
        entry(3, "gone.md"),
        entry(4, "broken.md", status="UNPROCESSABLE"),
    ]
    files = [file(f"{name}.md") for name in ("broken", "changed", "keep", "new")]
    return Plan(replica_uuid=REPLICA, folder="docs", name=NAME, actions=tuple(planned(files, entries)), others=7)


def test_a_plan_reads_well() -> None:
    assert str(plan()).splitlines() == [
        "folder docs → replica 00000000-0000-0000-0000-000000000001",
        "  ! retry   broken.md (100 bytes), entry 4",
        "  ~ replace changed.md (100 bytes), entry 2",
        "  + add     new.md (100 bytes)",
        "  - remove  gone.md, entry 3",
        "  1 to add, 1 to replace, 1 to retry, 1 to remove, 1 unchanged, 7 of other origin",
    ]


def test_a_plan_can_be_written_as_json() -> None:
    read = json.loads(plan().to_json())

    assert read["replica"] == str(REPLICA)
    assert read["counts"] == Counter(action.kind for action in plan().actions)
    assert read["actions"][1] == {"kind": "replace", "path": "changed.md", "size": 100, "old": [2]}
    assert read["others"] == 7


def test_a_plan_without_changes_says_so() -> None:
    empty = Plan(replica_uuid=REPLICA, folder="docs", name="", actions=())

    assert str(empty).endswith("\n  nothing to do")
    assert (empty.changes, empty.removals, empty.skipped) == ((), (), ())


def test_the_parts_of_a_plan() -> None:
    assert [action.path for action in plan().changes] == ["broken.md", "changed.md", "new.md", "gone.md"]
    assert [action.path for action in plan().removals] == ["gone.md"]


class TestRefusal:
    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.txt", b"x" * 50, ""),
            ("a.txt", b"x" * 49, "it has 49 characters"),
            ("a.txt", "ä".encode() * 49, "it has 49 characters"),
            ("a.md", b"x", ""),
            ("a.md", b"", "it is empty"),
            ("a.exe", b"x" * 50, "the API does not take files of type .exe"),
        ],
    )
    def test_the_limits_of_the_api(self, name: str, content: bytes, reason: str, tmp_path: Path) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        state = FileState(len(content), 1)
        found = FolderFile(path=name, location=str(path), state=state, digest="")

        assert refusal_of(found, FileTypes()).startswith(reason)
        assert bool(refusal_of(found, FileTypes())) == bool(reason)

    def test_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        found = FolderFile(path="a.txt", location=str(tmp_path / "a.txt"), state=FileState(60, 1), digest="")

        assert refusal_of(found, FileTypes()) == "it cannot be read: No such file or directory"


def test_an_entry_without_a_marker_is_left_out_of_account() -> None:
    other = Known(7, "file", "READY", "a.md", None)

    assert planned([], [other]) == []
