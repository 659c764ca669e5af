"""Turns what goes wrong while documents are compared into a refusal that people can read."""

from collections.abc import Iterator
from contextlib import contextmanager

from scripts._errors import PipelineError


@contextmanager
def comparing() -> Iterator[None]:
    """Compare documents within.

    Raises:
        PipelineError: some part of a document has not the type that OpenAPI gives it. Left alone, the command would end
            with a traceback, and with the status of "changes".
    """
    try:
        yield
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        problem = f"the documents could not be compared ({type(error).__name__}: {error})"
        raise PipelineError(problem, "check that both are valid OpenAPI") from error
