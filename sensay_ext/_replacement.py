"""Changes of what the API can only replace as a whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from sensay_ext._bodies import bare, overlaid
from sensay_ext._building import build
from sensay_ext._limits import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generated_client.types import Request
    from sensay_ext._config import Config
    from sensay_ext._options import CallOptions

__all__ = ["Replacement"]

_T = TypeVar("_T")


class Replacement(Generic[_T]):
    """A request that replaces something, where a caller changes only some of its fields.

    What the caller gave is checked at once, before anything is read.

    Args:
        config: The client's settings.
        options: What the call changes.
        builder: Makes the request.
        *args: For the builder, besides the body.
        kind: The model of the body.
        changes: The fields that the caller gave.

    Raises:
        InvalidArgumentError: A value cannot be sent, or is outside of a documented limit.
        TypeError: There is no such field, or no such option.
    """

    def __init__(
        self,
        config: Config,
        options: CallOptions,
        builder: Callable[..., Request[_T]],
        *args: Any,
        kind: type[Any],
        changes: Mapping[str, Any],
    ) -> None:
        self._config = config
        self._builder = partial(builder, *args)
        self._kind = kind
        self._changes = changes
        alone = build(config, options, self._builder, body=bare(kind, changes))
        # What is required stands in it as well.
        self._indispensable = frozenset(alone.json or ())

    def of(self, current: object, **merged: Any) -> Request[_T]:
        """The request that leaves everything else as it is.

        Args:
            current: What is to be replaced, as it was read.
            **merged: Fields that were made of what is there and of what the caller gave.
        """
        request = self._builder(body=overlaid(self._kind, current, {**self._changes, **merged}))
        return attrs.evolve(request, json=self._fitting(request)) if self._config.validate else request

    def _fitting(self, request: Request[_T]) -> dict[str, Any]:
        """The body without empty texts that the API would not take back.

        All else goes as it was read, though today's limits may be other ones: whether it still fits is for the API to
        say, and for what is missing it takes its default, for a picture the standard one.
        """
        return {
            name: value
            for name, value in request.json.items()
            if value != "" or name in self._indispensable or is_within(request.operation_id, name, value)
        }
