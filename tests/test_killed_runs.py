"""Runs over a folder that are killed, again and again, while the network is bad; `python -m tests.kills` kills more."""

from tests.kills import run


def test_after_the_last_run_the_knowledge_base_equals_the_folder() -> None:
    report = run(seed="killed", files=30, kills=8)

    assert report.missing == report.doubled == report.strangers == []
    assert report.stored_again == []  # what was stored was not stored again, although answers were lost
    assert report.asked_again.keys() == {"list_replica_knowledge_base"}
    assert report.is_good
