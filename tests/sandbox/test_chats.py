"""Histories, chats, conversations and messages, as they come about by talking."""

from typing import Any

import pytest

from sensay_ext.sandbox import Sandbox
from tests.sandbox.api import Api

_DAY = 24 * 3600
_DISCORD = {
    "channel_id": "c1",
    "channel_name": "general",
    "author_id": "a1",
    "author_name": "Ada",
    "message_id": "m1",
}
_TELEGRAM = {"chat_type": "group", "chat_id": -100, "chat_name": "Fans", "username": "bo", "message_id": 7}


@pytest.fixture
def replica(api: Api) -> str:
    for name in ("owner", "ann", "bob"):
        api.user(id=name, name=name.title())
    return api.replica("owner")


def _history(api: Api, replica: str, channel: str = "") -> list[dict[str, Any]]:
    return list(api("GET", f"/replicas/{replica}/chat/history{channel}")["items"])


def _telegram(api: Api, replica: str, content: str, **data: Any) -> str:
    body = {"content": content, "telegram_data": {**_TELEGRAM, **data}}
    return str(api("POST", f"/replicas/{replica}/chat/completions/telegram", body)["content"])


def test_a_history_holds_question_and_answer_of_one_user(api: Api, replica: str) -> None:
    ann, bob = api.as_user("ann"), api.as_user("bob")
    said = ann.ask(replica, "Hello?")
    bob.ask(replica, "Anyone there?")

    question, reply = _history(ann, replica)

    assert (question["role"], question["content"]) == ("user", "Hello?")
    assert (reply["role"], reply["content"]) == ("assistant", said)
    assert question["source"] == reply["source"] == "web"
    assert question["user_uuid"] == reply["user_uuid"]
    assert question["id"] < reply["id"]
    assert question["is_private"] is False
    assert len(_history(bob, replica)) == 2
    assert len(_history(api, replica)) == 4


def test_what_skips_the_history_is_not_kept(api: Api, replica: str) -> None:
    api.as_user("ann").ask(replica, "Hello?", skip_chat_history=True)

    assert _history(api, replica) == []
    assert api("GET", f"/replicas/{replica}/chats")["total"] == 0


def test_each_channel_has_a_history_of_its_own(api: Api, replica: str) -> None:
    ann = api.as_user("ann")
    ann.ask(replica, "On the web?")
    ann.ask(replica, "In the widget?", source="embed")
    ann.ask(replica, "On Discord?", discord_data=_DISCORD)
    _telegram(ann, replica, "On Telegram?")

    heard = {name: [item["content"] for item in _history(ann, replica, f"/{name}")][:1] for name in
             ("web", "embed", "discord", "telegram")}  # fmt: skip

    assert heard == {
        "web": ["On the web?"],
        "embed": ["In the widget?"],
        "discord": ["On Discord?"],
        "telegram": ["On Telegram?"],
    }
    assert [item["original_message_id"] for item in _history(ann, replica, "/telegram")] == ["7", "7"]
    assert len(_history(ann, replica)) == 8


def test_a_message_can_be_kept_without_an_answer(api: Api, replica: str) -> None:
    ann = api.as_user("ann")
    ann("POST", f"/replicas/{replica}/chat/history", {"content": "A note", "source": "embed"})
    body = {"content": "Said in the group", "telegram_data": _TELEGRAM}
    ann("POST", f"/replicas/{replica}/chat/history/telegram", body)

    assert [(item["role"], item["content"]) for item in _history(ann, replica)] == [
        ("user", "A note"),
        ("user", "Said in the group"),
    ]
    (chat,) = [chat for chat in api("GET", f"/replicas/{replica}/chats")["items"] if chat["source"] == "telegram"]
    assert (chat["messageCount"], chat["replicaReplyCount"]) == (1, 0)
    assert "lastReplicaReplyAt" not in chat


def test_a_chat_is_what_a_user_or_a_group_says_in_one_channel(api: Api, replica: str) -> None:
    ann, bob = api.as_user("ann"), api.as_user("bob")
    for question in ("One?", "Two?"):
        ann.ask(replica, question)
    bob.ask(replica, "Three?")
    _telegram(ann, replica, "Four?")
    _telegram(bob, replica, "Five?")
    _telegram(bob, replica, "Six?", message_thread_id=3)

    page = api("GET", f"/replicas/{replica}/chats")

    assert page["total"] == 4
    chats = {(chat["source"], chat["chatName"], chat["chatType"]): chat for chat in page["items"]}
    assert {key: chat["messageCount"] for key, chat in chats.items() if key[0] == "web"} == {
        ("web", "Ann", "individual"): 4,
        ("web", "Bob", "individual"): 2,
    }
    assert chats[("telegram", "Fans", "group")]["replicaReplyCount"] in {1, 2}
    one = chats[("web", "Ann", "individual")]
    assert api("GET", f"/replicas/{replica}/chats/{one['uuid']}")["chat"] == one


def test_a_day_of_silence_starts_a_new_conversation(sandbox: Sandbox, api: Api, replica: str) -> None:
    ann = api.as_user("ann")
    for pause in (0, _DAY - 1, _DAY, 1):
        sandbox.advance(pause)
        ann.ask(replica, "Hello again?")
    (chat,) = api("GET", f"/replicas/{replica}/chats")["items"]

    page = api("GET", f"/replicas/{replica}/chats/{chat['uuid']}/conversations?sortBy=firstMessageAt&sortOrder=asc")

    assert [conversation["messageCount"] for conversation in page["items"]] == [4, 4]
    assert {conversation["chatUUID"] for conversation in page["items"]} == {chat["uuid"]}
    assert page["total"] == 2
    first = page["items"][0]
    assert first["firstMessageAt"] < first["lastMessageAt"] == first["lastReplicaReplyAt"]
    path = f"/replicas/{replica}/chats/{chat['uuid']}/conversations/{first['uuid']}"
    assert api("GET", path) == {"success": True, **first}
    assert api("GET", f"/replicas/{replica}/conversations/{first['uuid']}") == {"success": True, **first}
    assert len(api("GET", f"{path}/messages")["items"]) == 4
    assert len(api("GET", f"/replicas/{replica}/chats/{chat['uuid']}/messages")["items"]) == 8


def test_chats_and_conversations_are_sorted_and_paged(sandbox: Sandbox, api: Api, replica: str) -> None:
    ann, bob = api.as_user("ann"), api.as_user("bob")
    ann.ask(replica, "First of all?")
    for _ in range(2):
        sandbox.advance(10)
        bob.ask(replica, "And then?")

    def names(path: str, query: str) -> list[str]:
        items = api("GET", f"/replicas/{replica}/{path}?{query}")["items"]
        return [item.get("chatName", item.get("conversationName")) for item in items]

    for path in ("chats", "conversations"):
        assert names(path, "sortBy=replicaReplies") == names(path, "") == ["Bob", "Ann"]
        assert names(path, "sortBy=firstMessageAt&sortOrder=asc") == ["Ann", "Bob"]
        assert names(path, "sortBy=lastReplicaReplyAt&pageSize=1&page=2") == ["Ann"]
        empty = api("GET", f"/replicas/{replica}/{path}?pageSize=0")
        assert (empty["items"], empty["total"]) == ([], 2)


def test_a_user_sees_its_own_chats_and_the_owner_all(api: Api, replica: str) -> None:
    ann, bob = api.as_user("ann"), api.as_user("bob")
    ann.ask(replica, "Mine?")
    bob.ask(replica, "His?")

    (own,) = ann("GET", f"/replicas/{replica}/chats")["items"]

    assert own["chatName"] == "Ann"
    assert api.as_user("owner")("GET", f"/replicas/{replica}/chats")["total"] == 2
    (conversation,) = ann("GET", f"/replicas/{replica}/conversations")["items"]
    for path in (f"chats/{own['uuid']}", f"chats/{own['uuid']}/messages", f"conversations/{conversation['uuid']}"):
        ann("GET", f"/replicas/{replica}/{path}")
        bob("GET", f"/replicas/{replica}/{path}", expect=404)


@pytest.mark.parametrize("listed", ["conversations/{conversation}", "chats/{chat}"])
def test_messages_are_reached_from_both_ends_in_order(api: Api, replica: str, listed: str) -> None:
    ann = api.as_user("ann")
    for number in range(6):
        ann.ask(replica, f"Number {number}?")
    (conversation,) = api("GET", f"/replicas/{replica}/conversations")["items"]
    path = listed.format(conversation=conversation["uuid"], chat=conversation["chatUUID"])

    def page(query: str) -> list[dict[str, Any]]:
        return list(api("GET", f"/replicas/{replica}/{path}/messages?{query}")["items"])

    everything = page("limit=100")
    assert [item["content"] for item in everything if item["role"] == "user"] == [f"Number {at}?" for at in range(6)]
    uuids = [item["uuid"] for item in everything]
    assert page("limit=5") == everything[-5:]
    assert page(f"limit=4&beforeUUID={uuids[7]}") == everything[3:7]
    assert page(f"limit=4&afterUUID={uuids[7]}") == everything[8:12]
    assert page(f"limit=2&afterUUID={uuids[3]}") == everything[4:6]
    assert page(f"limit=2&beforeUUID={uuids[3]}&afterUUID={uuids[0]}") == everything[1:3]
    assert page(f"afterUUID={uuids[-1]}") == page(f"beforeUUID={uuids[0]}") == []
    assert (everything[0]["senderName"], everything[1]["senderName"]) == ("Ann", "My Replica")
    for bad in ("limit=0", "limit=101", "beforeUUID=x"):
        api("GET", f"/replicas/{replica}/{path}/messages?{bad}", expect=400)
    api("GET", f"/replicas/{replica}/{path}/messages?beforeUUID={conversation['uuid']}", expect=404)


def test_a_conversation_belongs_to_its_chat_and_replica(api: Api, replica: str) -> None:
    for name in ("ann", "bob"):
        api.as_user(name).ask(replica, "Hello?")
    ann, bob = api("GET", f"/replicas/{replica}/conversations?sortBy=firstMessageAt&sortOrder=asc")["items"]

    api("GET", f"/replicas/{replica}/chats/{bob['chatUUID']}/conversations/{ann['uuid']}", expect=404)
    api("GET", f"/replicas/{api.replica()}/conversations/{ann['uuid']}", expect=404)


def test_a_conversation_takes_notes_from_the_owner_only(api: Api, replica: str) -> None:
    ann = api.as_user("ann")
    ann.ask(replica, "Hello?")
    (conversation,) = api("GET", f"/replicas/{replica}/conversations")["items"]
    path = f"/replicas/{replica}/conversations/{conversation['uuid']}"
    notes = {"summary": "A greeting", "commonQuestions": ["Hello?"], "commonTopics": []}

    assert api("PATCH", path, notes) == {"success": True}
    api("PATCH", path, {"summary": None})
    api("PATCH", path, {"summary": "x" * 701}, expect=400)
    ann("PATCH", path, notes, expect=403)


def _mentions(api: Api, replica: str, query: str = "") -> dict[str, Any]:
    (conversation,) = api("GET", f"/replicas/{replica}/conversations")["items"]
    return dict(api("GET", f"/replicas/{replica}/conversations/{conversation['uuid']}/mentions?{query}"))


def test_mentions_show_what_surrounds_them_and_fold_the_rest(api: Api, replica: str) -> None:
    def chatter(count: int) -> None:
        for number in range(count):
            body = {"content": f"Chatter {number}", "telegram_data": _TELEGRAM}
            api("POST", f"/replicas/{replica}/chat/history/telegram", body)

    chatter(8)
    _telegram(api, replica, "First?")
    chatter(9)
    _telegram(api, replica, "Second?")

    def outline(query: str) -> list[int]:
        # A placeholder counts as minus the messages it stands for.
        items = _mentions(api, replica, query)["items"]
        return [len(item["messages"]) if item["type"] == "mention" else -item["count"] for item in items]

    assert outline("") == [4, -5, 6, -6]
    assert outline("minimumMessagesInPlaceholder=6") == [15, -6]
    assert outline("minimumMessagesInPlaceholder=100") == [21]
    assert outline("limit=2") == [4, -5]
    page = _mentions(api, replica, "limit=3")
    assert page["hasMore"] is True
    assert _mentions(api, replica)["hasMore"] is False
    group = page["items"][2]["messages"]
    assert [message["content"] for message in group][2] == "First?"
    assert outline(f"beforeUUID={group[0]['uuid']}") == [-6]
    assert outline(f"afterUUID={group[-1]['uuid']}") == [4, -5]


def test_the_shape_that_other_vendors_libraries_read(api: Api, replica: str) -> None:
    ann = api.as_user("ann")
    api.learn(replica, "The museum opens at ten and closes at six.")
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "When does the museum open?"}]
    path = f"/experimental/replicas/{replica}/chat/completions"

    made = ann("POST", path, {"messages": messages})

    assert made["object"] == "chat.completion"
    assert made["model"] == "gpt-4o"
    assert made["id"].startswith("chatcmpl-")
    (choice,) = made["choices"]
    assert choice["message"] == {"role": "assistant", "content": "The museum opens at ten and closes at six."}
    assert choice["finish_reason"] == "stop"
    usage = made["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert _history(ann, replica)[0]["content"] == "When does the museum open?"
    ann("POST", path, {"messages": messages, "store": False})
    assert len(_history(ann, replica)) == 2
    assert "enough information" in ann("POST", path, {"messages": []})["choices"][0]["message"]["content"]
    api("POST", path, {"messages": messages}, expect=401)
