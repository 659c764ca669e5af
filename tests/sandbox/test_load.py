"""Many clients at once; `python -m tests.sandbox.load` sends more."""

from tests.sandbox.load import CLIENTS, run


def test_many_clients_at_once_lose_and_double_nothing() -> None:
    report = run(clients=CLIENTS, requests=1_000)

    assert report.statuses.total() == 1_000
    assert set(report.statuses) <= {200, 207}
    assert (report.lost, report.doubled, report.strangers) == (0, 0, 0)
