"""What a step of the pipeline fails with."""


class PipelineError(Exception):
    """A step refused to go on; the commands print it as one line and exit with status 2."""

    def __init__(self, message: str, hint: str) -> None:
        """Say what is wrong and what to do.

        Args:
            message: what is wrong, and where.
            hint: what the reader can do about it.
        """
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return one line with both."""
        return f"{self.message}; {self.hint}"
