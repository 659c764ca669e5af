"""From the arguments of a method to a request that may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from sensay_ext._errors import ConfigurationError, InvalidArgumentError
from sensay_ext._limits import check_request
from sensay_ext._options import CallOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from generated_client.types import OpenStrEnum, Request
    from sensay_ext._config import Config

__all__ = ["build", "check_limits", "for_reading", "needs_user", "or_none"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
_EnumT = TypeVar("_EnumT", bound="OpenStrEnum")

_OPTIONS = frozenset(CallOptions.__annotations__)

# What belongs to the one request of a method that changes something, and must not go along with those that only read.
_ONLY_FOR_WRITING = ("extra_body", "extra_query", "retry_unsafe")


def build(
    config: Config, options: CallOptions, builder: Callable[_P, Request[_T]], /, *args: _P.args, **kwargs: _P.kwargs
) -> Request[_T]:
    """Make a request of the generated client, and check what can be checked before it is sent.

    Args:
        config: The client's settings.
        options: What the call changes.
        builder: Makes the request.
        *args: For the builder.
        **kwargs: For the builder.

    Raises:
        InvalidArgumentError: A value cannot be sent, or is outside of a documented limit.
        TypeError: An option is misspelt.
    """
    unknown = options.keys() - _OPTIONS
    if unknown:
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(unknown))}")
    try:
        request = builder(*args, **kwargs)
    except (TypeError, ValueError) as problem:
        # A value without a form in JSON, or one that would lead to another path; the message quotes neither.
        message = str(problem)
    else:
        check_limits(config, request)
        return request
    raise InvalidArgumentError(message)


def check_limits(config: Config, request: Request[Any]) -> None:
    """Check a request against the documented limits, unless the client was told not to.

    Raises:
        InvalidArgumentError: A value is outside of one.
    """
    if config.validate:
        check_request(request.operation_id, params=request.params, json=request.json)


def needs_user(config: Config, options: CallOptions, method: str) -> None:
    """Refuse to ask who "me" is where there is nobody.

    Args:
        config: The client's settings.
        options: What the call changes.
        method: Name of the method, for the message.

    Raises:
        ConfigurationError: Neither the client nor the call has a user.
    """
    if config.identity.user_id is None and options.get("user") is None:
        raise ConfigurationError(f"{method} acts as a user, and there is none: use as_user(), or give user=")


def for_reading(options: CallOptions) -> CallOptions:
    """The options that also hold for what a method has to read before it changes something."""
    kept = {name: value for name, value in options.items() if name not in _ONLY_FOR_WRITING}
    return cast("CallOptions", kept)


def or_none(kind: type[_EnumT], value: str | None) -> _EnumT | None:
    """The member of an enumeration, unknown ones included; None stays None."""
    return None if value is None else kind(value)
