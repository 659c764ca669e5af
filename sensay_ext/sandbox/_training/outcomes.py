"""How a step of training can go wrong."""


class Unprocessable(Exception):  # noqa: N818 - named for the status it leads to
    """The entry can never be processed."""


class Temporary(Exception):  # noqa: N818 - as above: it is what the API calls a temporary error
    """The step failed, but may succeed when it is tried again; the status stays."""
