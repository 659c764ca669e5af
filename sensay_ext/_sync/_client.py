# Derived from sensay_ext/_async/_client.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, ParamSpec, Self, TypeVar

from sensay_ext._config import Config
from sensay_ext._errors import ConfigurationError
from sensay_ext._identity import Identity
from sensay_ext._recorder import recording
from sensay_ext._requests import RawRequest
from sensay_ext._secret import Secret
from sensay_ext._settings import Settings
from sensay_ext._sync._pool import Pool
from sensay_ext._sync._resources import Resources
from sensay_ext._sync._transport import Transport
from sensay_ext._wire import ConnectionSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Unpack

    import httpx

    from sensay_ext._concurrency import Clock
    from sensay_ext._drift import Drift
    from sensay_ext._options import CallOptions, ClientOptions
    from sensay_ext._response import Response

__all__ = ["Sensay"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Sensay(Resources):
    """A client of the Sensay API.

    What is not given comes from the environment, then from the configuration files of the provider's command line tool,
    then from the defaults. A client may be shared between threads and tasks, and used after a fork.

    Failed attempts are repeated, twice by default, with growing delays: any request that surely did not reach the API,
    and lost answers, time-outs and passing errors (408, 429, 500, 502, 503, 504) of those that do no harm twice. A
    request that creates something is never sent again once it may have arrived, unless the call says
    `retry_unsafe=True`.

    Args:
        organization_secret: The organization's secret; else `SENSAY_API_KEY` or `SENSAY_ORGANIZATION_SECRET`.
        user_id: The user to act as; else `SENSAY_USER_ID`. Without a user, calls have administrator's rights.
        user_id_type: What kind of id that is, such as `telegram`; None for the organization's own ids.
        base_url: Where the API is; else `SENSAY_BASE_URL`.
        http_client: A client of the HTTP library to send with. Only its connections, proxies and certificates are used.
            Whoever made it closes it.
        proxy: URL of a proxy.
        ca_bundle: File of certificates to trust instead of the usual ones.
        trust_env: Whether the environment may name proxies and certificates. It is never asked where `base_url` is
            plain `http`, since a proxy would then read the secret.
        allow_insecure: Take plain `http` for a host that is not this machine.
        **options: Further settings, all of them described at `ClientOptions`: `api_version` (else `SENSAY_API_VERSION`),
            `timeout`, `max_retries` (2), `max_wait` (1800 seconds), `retry_policy`, `follow_redirects` (no), `validate`
            (yes), and the hooks `on_request`, `on_response` and `on_retry`.

    Raises:
        ConfigurationError: The secret is missing or malformed, or another setting cannot work.
    """

    def __init__(
        self,
        organization_secret: str | None = None,
        *,
        user_id: str | None = None,
        user_id_type: str | None = None,
        base_url: str | None = None,
        http_client: httpx.Client | None = None,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        trust_env: bool = True,
        allow_insecure: bool = False,
        _clock: Clock | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        settings = Settings.find(organization_secret=organization_secret, user_id=user_id, base_url=base_url)
        identity = Identity(
            secret=Secret.required(settings.organization_secret), user_id=settings.user_id, user_id_type=user_id_type
        )
        config = Config.of(settings, identity, allow_insecure=allow_insecure).with_options(options)
        connections = ConnectionSettings.for_base_url(
            config.base_url, proxy=proxy, ca_bundle=ca_bundle, trust_env=trust_env
        )
        self._transport = Transport(config, Pool(connections, http_client), _clock)
        self._owns_pool = True

    @classmethod
    def anonymous(
        cls,
        *,
        base_url: str | None = None,
        allow_insecure: bool = False,
        http_client: httpx.Client | None = None,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        trust_env: bool = True,
        **options: Unpack[ClientOptions],
    ) -> Self:
        """A client without a secret, for the few operations that need none, such as redeeming an invite.

        Args:
            base_url: Where the API is; else `SENSAY_BASE_URL`.
            allow_insecure: Take plain `http` for a host that is not this machine.
            http_client: A client of the HTTP library to send with.
            proxy: URL of a proxy.
            ca_bundle: File of certificates to trust instead of the usual ones.
            trust_env: Whether the environment may name proxies and certificates.
            **options: As for `with_options`.

        Raises:
            ConfigurationError: A setting cannot work.
        """
        # The empty secret is "given", so that no file is asked for one, or for a user to go with it.
        settings = Settings.find(organization_secret="", base_url=base_url)
        config = Config.of(settings, Identity(), allow_insecure=allow_insecure).with_options(options)
        connections = ConnectionSettings.for_base_url(
            config.base_url, proxy=proxy, ca_bundle=ca_bundle, trust_env=trust_env
        )
        return cls._of(Transport(config, Pool(connections, http_client)), owns_pool=True)

    @classmethod
    def _of(cls, transport: Transport, *, owns_pool: bool = False) -> Self:
        client = cls.__new__(cls)
        client._transport = transport  # noqa: SLF001 - its own class
        client._owns_pool = owns_pool  # noqa: SLF001 - its own class
        return client

    def as_user(self, user_id: str, id_type: str | None = None) -> Self:
        """The same client, acting as a user. It shares the connections, and this client stays as it is.

        Args:
            user_id: The user.
            id_type: What kind of id that is, such as `telegram`; None for the organization's own ids.

        Raises:
            ConfigurationError: The id cannot be sent.
        """
        config = self._transport.config
        identity = config.identity.as_user(user_id, id_type)
        return self._of(self._transport.with_config(replace(config, identity=identity)))

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """The same client with other settings. It shares the connections, and this client stays as it is.

        Args:
            **options: Settings as for the client; those left out stay.

        Raises:
            ConfigurationError: A setting cannot work.
        """
        return self._of(self._transport.with_config(self._transport.config.with_options(options)))

    @property
    def drift(self) -> tuple[Drift, ...]:
        """What the API sent, to this client and its views, that this release does not know; nothing of it is lost.

        A look at it now and then, or at the log, says when an update of this package is due.
        """
        return self._transport.config.drift.seen

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: object = None,
        **options: Unpack[CallOptions],
    ) -> Response[object]:
        """Send any request; for what this package has no method for.

        Args:
            method: HTTP method.
            path: Path, beginning with `/v1`; values in it are already quoted.
            params: Query parameters; those that are None are left out.
            json: The body.
            **options: What this call changes.

        Returns:
            The reply; `.parsed` is its JSON value, None when it is not JSON.

        Raises:
            SensayError: Any of the tree.
        """
        request = RawRequest(method=method.upper(), path=path, params=params or {}, json=json)
        return self._transport.respond(request, options)

    def with_raw_response(self, method: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Response[_T]:
        """Call a method of this client and see the reply that it got.

        Args:
            method: A method, such as `client.replicas.get`.
            *args: Its arguments.
            **kwargs: Its arguments.

        Returns:
            The method's result as `.parsed`, with status, headers, request id and times of the last reply.

        Raises:
            ConfigurationError: The method sent nothing.
            SensayError: Whatever the method raises.
        """
        with recording() as responses:
            result = method(*args, **kwargs)
        if not responses:
            raise ConfigurationError("with_raw_response: the method sent no request")
        return replace(responses[-1], parsed=result)

    def close(self) -> None:
        """Close the connections; a second time does nothing.

        On what `as_user` and `with_options` return it does nothing: the connections belong to the client they came
        from.
        """
        if self._owns_pool:
            self._transport.pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        config = self._transport.config
        identity = config.identity
        return f"{type(self).__name__}({identity.secret!r}, user_id={identity.user_id!r}, base_url={config.base_url!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client cannot be pickled: it holds a secret and connections")
