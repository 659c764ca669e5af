"""What is asked of the HTTP library besides sending."""

import logging
import ssl
import sys
from pathlib import Path
from typing import Any

import certifi
import httpx
import pytest

from sensay_ext._errors import ConfigurationError
from sensay_ext._redirects import Hop
from sensay_ext._wire import ConnectionSettings, headers_of, quiet, to_httpx, with_query


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "/v1/x"),
        ({"a": 1, "b": "x y&z", "c": True}, "/v1/x?a=1&b=x+y%26z&c=true"),
        ({"tags": ["a", "b"]}, "/v1/x?tags=a&tags=b"),
    ],
)
def test_parameters_become_a_query(params: dict[str, Any], expected: str) -> None:
    assert expected == with_query("/v1/x", params)


def test_a_parameter_that_is_no_text_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="take lone surrogates out") as caught:
        with_query("/v1/x", {"search": "\ud800"})

    assert caught.value.__context__ is None


def test_headers_are_found_in_lower_case_and_joined() -> None:
    response = httpx.Response(200, headers=[("X-Request-ID", "r1"), ("Vary", "a"), ("vary", "b")])

    assert headers_of(response) == {"x-request-id": "r1", "vary": "a, b"}


def test_a_request_carries_its_limits_and_no_cookie() -> None:
    limits = {"connect": 1.0, "read": None}
    request = to_httpx(Hop(method="POST", url="https://h/p", headers={"a": "b"}, content=b"x"), limits)

    assert (request.method, str(request.url), request.content) == ("POST", "https://h/p", b"x")
    assert request.headers["content-length"] == "1"
    assert request.extensions["timeout"] is limits
    assert "cookie" not in request.headers


def test_a_url_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="cannot be used") as caught:
        to_httpx(Hop(method="GET", url="https://h/" + "x" * 70_000, headers={}), {})

    assert caught.value.__context__ is None


class TestSettings:
    @pytest.mark.parametrize(
        ("base_url", "trust_env", "expected"),
        [
            ("https://api.example", True, True),
            ("https://api.example", False, False),
            ("http://127.0.0.1", True, False),
        ],
    )
    def test_no_proxy_of_the_environment_sees_plain_requests(
        self,
        base_url: str,
        trust_env: bool,  # noqa: FBT001 - a parameter of the test
        expected: bool,  # noqa: FBT001 - a parameter of the test
    ) -> None:
        settings = ConnectionSettings.for_base_url(base_url, trust_env=trust_env)

        assert settings.arguments()["trust_env"] is expected

    def test_certificates_are_read_once(self) -> None:
        first, second = ConnectionSettings().arguments(), ConnectionSettings().arguments()

        assert first["verify"] is second["verify"]
        assert first["verify"].verify_mode is ssl.CERT_REQUIRED

    def test_other_certificates_can_be_trusted(self, tmp_path: Path) -> None:
        bundle = tmp_path / "bundle.pem"
        bundle.write_text(_some_certificate())
        context = ConnectionSettings(ca_bundle=str(bundle)).arguments()["verify"]

        assert len(context.get_ca_certs()) == 1
        assert context.verify_mode is ssl.CERT_REQUIRED

    def test_certificates_are_read_anew_when_the_environment_names_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
            monkeypatch.delenv(name, raising=False)
        usual = ConnectionSettings().arguments()["verify"]
        bundle = tmp_path / "bundle.pem"
        bundle.write_text(_some_certificate())
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))

        assert len(ConnectionSettings().arguments()["verify"].get_ca_certs()) == 1
        assert len(ConnectionSettings(trust_env=False).arguments()["verify"].get_ca_certs()) == len(
            usual.get_ca_certs()
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
        with pytest.raises(ConfigurationError, match="SSL_CERT_FILE or SSL_CERT_DIR cannot be read: FileNotFoundError"):
            ConnectionSettings().arguments()
        assert len(ConnectionSettings(ca_bundle=str(bundle)).arguments()["verify"].get_ca_certs()) == 1
        monkeypatch.delenv("SSL_CERT_FILE")
        assert ConnectionSettings().arguments()["verify"] is usual

    @pytest.mark.parametrize("content", [None, "no certificate"])
    def test_certificates_that_cannot_be_read_are_refused(self, content: str | None, tmp_path: Path) -> None:
        bundle = tmp_path / "bundle.pem"
        if content is not None:
            bundle.write_text(content)
        with pytest.raises(ConfigurationError, match="ca_bundle cannot be read"):
            ConnectionSettings(ca_bundle=str(bundle)).arguments()

    def test_every_connection_that_can_be_made_can_be_kept(self) -> None:
        limits = ConnectionSettings().arguments()["limits"]

        assert limits.max_keepalive_connections == limits.max_connections

    def test_a_proxy_is_passed_on(self) -> None:
        proxy = ConnectionSettings(proxy="http://user:pass@proxy.example:3128").arguments()["proxy"]

        assert str(proxy.url) == "http://proxy.example:3128"

    def test_the_password_of_a_proxy_is_not_shown(self) -> None:
        assert "SENTINEL" not in repr(ConnectionSettings(proxy="http://user:zq-SENTINEL@proxy.example"))

    @pytest.mark.parametrize("proxy", ["http://" + "x" * 64, "http://a..b"])
    def test_a_proxy_that_nobody_can_look_up_is_refused(self, proxy: str) -> None:
        with pytest.raises(ConfigurationError, match="proxy is not the URL of a proxy"):
            ConnectionSettings.for_base_url("https://api.example", proxy=proxy)

    @pytest.mark.parametrize("kind", [httpx.Client, httpx.AsyncClient])
    def test_a_client_is_made_of_either_kind(self, kind: Any) -> None:
        assert type(ConnectionSettings().client(kind)) is kind

    @pytest.mark.parametrize("kind", [httpx.Client, httpx.AsyncClient])
    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("HTTPS_PROXY", "foo://user:zq-SENTINEL@proxy.example"),
            ("HTTP_PROXY", "http://proxy.example:zq-SENTINEL"),
            ("ALL_PROXY", "socks5://user:zq-SENTINEL@proxy.example"),
        ],
    )
    def test_a_proxy_of_the_environment_that_cannot_be_used_is_refused(
        self, kind: Any, variable: str, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "socksio", None)
        monkeypatch.setenv(variable, value)
        with pytest.raises(ConfigurationError, match="a proxy that the environment names cannot be used") as caught:
            ConnectionSettings().client(kind)

        assert "SENTINEL" not in str(caught.value)
        assert caught.value.__context__ is None
        assert type(ConnectionSettings(trust_env=False).client(kind)) is kind


class TestQuiet:
    LINES = (
        ("httpx", logging.INFO, "HTTP Request: PUT https://h/p?token=zq-SENTINEL"),
        ("httpcore.http11", logging.DEBUG, "receive_response_headers.complete return_value=zq-SENTINEL"),
        ("httpcore.http2", logging.DEBUG, "receive_response_headers.complete return_value=zq-SENTINEL"),
        ("httpcore.http11", logging.DEBUG, "receive_response_body.failed exception=zq-SENTINEL"),
        ("httpcore.http11", logging.DEBUG, "send_request_headers.started request=<Request [b'GET']>"),
        ("httpcore.connection", logging.DEBUG, "connect_tcp.started host='h'"),
        ("elsewhere", logging.INFO, "zq-SENTINEL"),
    )

    def say(self) -> None:
        for name, level, line in self.LINES:
            logging.getLogger(name).log(level, line)

    def test_our_requests_are_not_logged_by_the_library(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with quiet():
            self.say()

        assert [record.message for record in caplog.records] == [line for _, _, line in self.LINES[4:]]

    def test_requests_of_others_are_logged_as_ever(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        with quiet():
            pass
        self.say()

        assert [record.message for record in caplog.records] == [line for _, _, line in self.LINES]


def _some_certificate() -> str:
    bundle = Path(certifi.where()).read_text(encoding="utf-8")
    start, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    return bundle[bundle.index(start) : bundle.index(end) + len(end)] + "\n"
