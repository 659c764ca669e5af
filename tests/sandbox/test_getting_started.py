"""The provider's first steps, sent by curl."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sensay_ext.sandbox import serve

_HERE = Path(__file__).parent
_CLIENTS = [f"{sys.executable} {_HERE / 'plain_client.py'}", *filter(None, [shutil.which("curl")])]

Replies = dict[str, tuple[int, Any]]


@pytest.fixture(scope="module", params=_CLIENTS, ids=lambda command: Path(command).name)
def replies(request: pytest.FixtureRequest) -> Replies:
    """The last reply of each step."""
    with serve(speed=500, allow_network=False) as sandbox:
        environment = {
            **os.environ,
            "CURL": request.param,
            "BASE_URL": sandbox.base_url,
            "ORGANIZATION_SECRET": sandbox.organization_secret,
        }
        script = subprocess.run(  # noqa: S603 - our own script
            ["/bin/sh", str(_HERE / "getting_started.sh")], env=environment, capture_output=True, text=True, check=True
        )
    lines = (line.split("\t", 2) for line in script.stdout.splitlines())
    return {step: (int(status), json.loads(body)) for step, status, body in lines}


def test_a_user_is_created_with_an_id_given_or_made(replies: Replies) -> None:
    assert replies["create-user"] == (200, {"success": True, "id": "test_user_id", "linkedAccounts": []})
    status, made = replies["create-unnamed-user"]
    assert status == 200
    assert UUID(made["id"]).version == 4


def test_a_replica_is_created_and_its_uuid_returned(replies: Replies) -> None:
    status, body = replies["create-replica"]

    assert status == 201
    assert body.keys() == {"success", "uuid"}
    assert str(UUID(body["uuid"])) == body["uuid"]


def test_replicas_are_listed_for_the_user_and_for_the_organization(replies: Replies) -> None:
    own, everyones = replies["list-own-replicas"], replies["list-all-replicas"]

    assert own == everyones
    status, body = own
    assert (status, body["success"], body["type"], body["total"]) == (200, True, "array", 1)
    (item,) = body["items"]
    assert item["uuid"] == replies["create-replica"][1]["uuid"]
    assert (item["name"], item["slug"]) == ("My Replica", "my-replica")
    assert item["short_description"] == "A helpful assistant"
    assert item["introduction"] == "Hi there! How can I help?"
    assert (item["chat_history_count"], item["system_message"], item["tags"]) == (0, "", [])
    assert item["telegram_integration"] is item["discord_integration"] is None


def test_the_history_is_empty_before_the_first_chat(replies: Replies) -> None:
    assert replies["read-empty-history"] == (200, {"success": True, "type": "array", "items": []})


def test_an_untrained_replica_says_that_it_does_not_know(replies: Replies) -> None:
    status, body = replies["chat"]

    assert (status, body["success"]) == (200, True)
    assert "don't have enough information" in body["content"]


def test_the_history_then_has_the_question_and_its_answer(replies: Replies) -> None:
    status, body = replies["read-history"]

    question, reply = body["items"]
    assert status == 200
    assert (question["role"], reply["role"]) == ("user", "assistant")
    assert question["content"].startswith("How did you handle")
    assert reply["content"] == replies["chat"][1]["content"]
    assert {question["source"], reply["source"]} == {"web"}
    assert question["replica_uuid"] == replies["create-replica"][1]["uuid"]


def test_a_trained_replica_answers_from_what_it_learnt(replies: Replies) -> None:
    status, created = replies["train"]
    assert status == 207
    (result,) = created["results"]
    assert result == {"enqueued": True, "type": "text", "knowledgeBaseID": result["knowledgeBaseID"]}
    status, entry = replies["read-trained-entry"]
    assert (status, entry["id"], entry["status"]) == (200, result["knowledgeBaseID"], "VECTOR_CREATED")
    assert entry["rawTextChunks"][0]["content"] == entry["rawText"]
    assert replies["chat-again"] == (
        200,
        {"success": True, "content": "Our business hours are Monday to Friday, 9 AM to 5 PM Eastern Time."},
    )
