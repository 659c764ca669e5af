"""The package of OpenAI, pointed at a replica."""

from collections.abc import Iterator

import openai
import pytest

from sensay_ext import Sensay
from sensay_ext.sandbox import Sandbox, serve

ANSWER = "We are open from 9 to 5."


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox on a virtual clock, without the network."""
    with serve(virtual_time=True, allow_network=False) as sandbox:
        yield sandbox


@pytest.fixture
def base_url(sandbox: Sandbox) -> str:
    """Where a replica that knows something answers in the shape of OpenAI."""
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay:
        sensay.users.create("alice")
        replica = sensay.replicas.create(
            name="Guide", short_description="Guides", greeting="Hi!", owner_id="alice", slug="guide", llm={}
        )
        sensay.knowledge_base.add_text(replica, ANSWER)
    sandbox.advance(60)
    return f"{sandbox.base_url}/v1/experimental/replicas/{replica.uuid}"


def client(base_url: str, secret: str, **headers: str) -> openai.OpenAI:
    return openai.OpenAI(
        base_url=base_url,
        api_key="unused",
        default_headers={"X-ORGANIZATION-SECRET": secret, "X-USER-ID": "alice", **headers},
        max_retries=0,
    )


def test_talks_to_a_replica(sandbox: Sandbox, base_url: str) -> None:
    with client(base_url, sandbox.organization_secret) as them:
        completion = them.chat.completions.create(
            model="gpt-4o",
            messages=[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "When are you open?"}],
        )

    assert completion.choices[0].message.content == ANSWER
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.total_tokens > 0
    with Sensay(sandbox.organization_secret, base_url=sandbox.base_url, user_id="alice") as sensay:
        replica = sensay.replicas.list().first()
        assert replica is not None
        said = [message.content for message in sensay.chat.history(replica)]
    assert said == ["When are you open?", ANSWER]


def test_understands_why_it_is_refused(base_url: str) -> None:
    with client(base_url, "wrong") as them, pytest.raises(openai.AuthenticationError):
        them.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hi"}])
