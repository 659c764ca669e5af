"""The settings that a client keeps."""

import math
from dataclasses import FrozenInstanceError

import pytest

from sensay_ext._config import Config
from sensay_ext._errors import ConfigurationError
from sensay_ext._hooks import Hooks
from sensay_ext._retry import RetryPolicy
from sensay_ext._timeout import Timeout


def test_options_change_a_copy() -> None:
    config = Config(max_retries=1, hooks=Hooks(on_retry=print))
    policy = RetryPolicy(max_delay=1.0)
    changed = config.with_options(
        {
            "api_version": "2026-01-01",
            "timeout": 3.0,
            "max_retries": 0,
            "max_wait": None,
            "retry_policy": policy,
            "follow_redirects": True,
            "on_request": print,
        }
    )

    assert changed == Config(
        api_version="2026-01-01",
        timeout=Timeout(connect=3.0, read=3.0, write=3.0, pool=3.0),
        max_retries=0,
        max_wait=None,
        retry_policy=policy,
        follow_redirects=True,
        hooks=Hooks(on_request=print, on_retry=print),
    )
    assert config == Config(max_retries=1, hooks=Hooks(on_retry=print))


def test_no_options_change_nothing() -> None:
    config = Config()

    assert config == config.with_options({})


@pytest.mark.parametrize("name", ["tiemout", "identity", "hooks", "base_url"])
def test_a_setting_that_a_view_cannot_have_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=f"unexpected option: {name}"):
        Config().with_options({name: 1})  # type: ignore[misc] # wrong on purpose


def test_a_hook_can_be_taken_away() -> None:
    assert Config(hooks=Hooks(on_retry=print)).with_options({"on_retry": None}).hooks == Hooks()


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Config().max_retries = 5  # type: ignore[misc]


@pytest.mark.parametrize("max_wait", [0.0, -1.0, math.nan])
def test_a_wait_that_is_none_is_refused(max_wait: float) -> None:
    with pytest.raises(ConfigurationError, match="max_wait"):
        Config(max_wait=max_wait)


def test_a_negative_number_of_retries_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        Config(max_retries=-1)


def test_a_version_that_is_no_date_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="api_version"):
        Config(api_version="1")
