"""The budget for retries; the numbers are those that others publish for the same bucket."""

from concurrent.futures import ThreadPoolExecutor

from sensay_ext._retry_budget import RetryBudget


def test_a_retry_costs_and_its_success_gives_back() -> None:
    budget = RetryBudget()

    assert budget.take()
    assert budget.tokens == 486

    budget.succeeded(retried=True)
    assert budget.tokens == 500


def test_the_last_tokens_buy_one_retry() -> None:
    budget = RetryBudget(capacity=14)

    assert [budget.take(), budget.take()] == [True, False]
    assert budget.tokens == 0


def test_a_plain_success_earns_one_token_up_to_the_capacity() -> None:
    budget = RetryBudget(capacity=15)
    budget.take()
    budget.succeeded(retried=False)

    assert budget.tokens == 2

    for _ in range(20):
        budget.succeeded(retried=False)
    assert budget.tokens == 15


def test_a_dead_server_costs_thirty_five_retries() -> None:
    budget = RetryBudget()

    assert sum(budget.take() for _ in range(100)) == 35


def test_threads_share_the_budget_without_losing_tokens() -> None:
    budget = RetryBudget()
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda _: budget.take(), range(200)))

    assert (sum(taken), budget.tokens) == (35, 10)
