"""The report of a training."""

from sensay_ext import EntryState, PartialFailure, SensayError, SourceOutcome, Text, TrainingReport, TrainingTimeout


def outcome(name: str, *states: str, error: str = "") -> SourceOutcome:
    entries = tuple(
        EntryState(number, "text", name, state, "RAW_TEXT", None, None, ())  # type: ignore[arg-type] # states are literals
        for number, state in enumerate(states)
    )
    return SourceOutcome(source=Text(name), entries=entries, error=SensayError(error) if error else None)


def report(*outcomes: SourceOutcome) -> TrainingReport:
    return TrainingReport(outcomes=outcomes, elapsed=1.5)


def test_a_source_is_as_good_as_its_worst_entry() -> None:
    assert outcome("a", "done", "done").state == "done"
    assert outcome("a", "done", "pending").state == "pending"
    assert outcome("a", "pending", "failed").state == "failed"
    assert outcome("a", "done", error="refused").state == "failed"
    assert outcome("a").state == "unsent"


def test_it_says_what_is_wrong() -> None:
    assert str(outcome("a", "done")) == "a: done"
    assert str(outcome("a", "pending")) == "a: it is at RAW_TEXT"
    assert str(outcome("a", error="refused")) == "a: refused"
    assert str(outcome("a", error="a: refused")) == "a: refused"
    assert str(outcome("a")) == "a: it was not sent any more"


def test_it_reads_well() -> None:
    whole = report(outcome("a", "done"), outcome("b", "failed"), outcome("c", "done"))

    assert str(whole) == "3 sources in 1.5 s: 2 done, 1 failed"
    assert str(report()) == "0 sources in 1.5 s: none"


def test_a_few_troubles_are_named_and_the_others_counted() -> None:
    error = report(*(outcome(f"source {n}", "failed") for n in range(12)), outcome("z", "done")).error("Look: ")

    assert isinstance(error, PartialFailure)
    assert str(error).startswith("Look: 12 of 13 sources are not usable: source 0: it is at RAW_TEXT; ")
    assert str(error).endswith("; and 7 more")
    assert len(error.entries) == 12


def test_what_is_only_unfinished_is_a_matter_of_time() -> None:
    assert isinstance(report(outcome("a", "pending"), outcome("b")).error(), TrainingTimeout)
    assert isinstance(report(outcome("a", "pending"), outcome("b", error="no")).error(), PartialFailure)
    assert report(outcome("a", "done")).error() is None
