"""What the transport needs to know of a request; the generated requests have this shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from sensay_ext._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["RawRequest", "RequestLike", "built"]

_T_co = TypeVar("_T_co", covariant=True)
_P = ParamSpec("_P")
_R = TypeVar("_R")


class RequestLike(Protocol[_T_co]):
    """One request of the API, and how its reply is read.

    A request may also have an attribute `secured`; where it is False, nothing that identifies the caller is sent.
    """

    @property
    def method(self) -> str:
        """HTTP method, in upper case."""

    @property
    def path(self) -> str:
        """Path template, such as `/v1/replicas/{replica_uuid}`; this is what is shown in messages."""

    @property
    def url(self) -> str:
        """The path with its values filled in and quoted."""

    @property
    def params(self) -> Mapping[str, Any]:
        """Query parameters; those that are None are left out."""

    @property
    def json(self) -> Any:
        """The body, ready to be written as JSON; None for no body."""

    def parse(self, status_code: int, data: Any, /) -> _T_co:
        """Read the body of a success reply; whatever this raises means that the body does not fit."""


def built(build: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """The request that a generated function builds, with its complaints as ours.

    Raises:
        ConfigurationError: An argument cannot be sent.
    """
    try:
        return build(*args, **kwargs)
    except (TypeError, ValueError) as problem:
        error = ConfigurationError(str(problem))
    raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """A request that no operation of the schema stands behind."""

    method: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None

    @property
    def url(self) -> str:
        """The path: what is given here has its values already."""
        return self.path

    def parse(self, _status_code: int, data: Any, /) -> Any:
        """The JSON value as it is."""
        return data
