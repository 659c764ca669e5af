# Derived from tests/_async/user_code.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""What a program does with the client for threads. Type checkers read this, nobody runs it.

The checkers refuse every expression whose type is `Any` or unknown, so each result that is looked at here is typed, and
`assert_type` says as what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, assert_type
from uuid import UUID

from sensay_ext import (
    ChatStream,
    CountedPager,
    Drift,
    EntryState,
    File,
    FolderReport,
    Pager,
    Plan,
    PlannedAction,
    RequestEvent,
    Response,
    ResponseEvent,
    RetryEvent,
    RetryPolicy,
    Sensay,
    Source,
    Text,
    Timeout,
    TrainingEntry,
    TrainingReport,
    Verification,
    Website,
    YouTube,
    models,
)
from sensay_ext.streaming import TextDelta, ToolCall

if TYPE_CHECKING:
    from pathlib import Path

    from sensay_ext.params import LLMParams, ReplicaParams, TelegramDataParams


def replicas(sensay: Sensay, uuid: UUID) -> None:
    """Replicas."""
    created = sensay.replicas.create(
        name="Guide",
        short_description="Guides",
        greeting="Hi!",
        owner_id="alice",
        slug="guide",
        llm={"model": "gpt-4o"},
    )
    assert_type(created, models.CreateReplicaResponse)
    assert_type(created.uuid, UUID)
    assert_type(created.additional_properties, dict[str, object])
    assert_type(created.to_dict(), dict[str, object])
    assert_type(models.Replica.from_dict({"uuid": str(uuid), "success": True}), models.Replica)
    assert_type(Text("Open from 9 to 5.").body(), dict[str, object])
    params: ReplicaParams = {
        "name": "Guide",
        "short_description": "Guides",
        "greeting": "Hi!",
        "owner_id": "alice",
        "slug": "guide",
    }
    assert_type(sensay.replicas.ensure(**params), models.Replica)
    replica = sensay.replicas.get(uuid, timeout=5, max_retries=0, user="alice", extra_headers={"X-Trace": "1"})
    assert_type(replica, models.Replica)
    assert_type(replica.name, str)
    assert_type(replica.tags, list[str] | None)
    assert_type(replica.llm, models.ReplicaLlm)
    assert_type(replica.llm.model, models.LanguageModel | None)
    pager = sensay.replicas.list(search="Guide", tags=["Education"], page_size=10, max_items=30, prefetch=True)
    assert_type(pager, CountedPager[models.ReplicaListItem])
    assert_type(pager.total(), int)
    assert_type(pager.first(), models.ReplicaListItem | None)
    for item in pager:
        assert_type(item, models.ReplicaListItem)
        assert_type(item.uuid, UUID)
    for page in pager.pages():
        assert_type(page, list[models.ReplicaListItem])
    llm: LLMParams = {"system_message": "Be brief."}
    sensay.replicas.update(replica, greeting="Hello!", llm=llm, private=None)
    sensay.replicas.delete(replica)


def train(sensay: Sensay, path: Path) -> None:
    """Training of whole replicas."""
    sources: list[Source] = [
        Text("We are open from 9:30 to 18:00.", title="Hours"),
        File(path),
        Website("https://example.com", auto_refresh=True),
        YouTube("https://youtu.be/dQw4w9WgXcQ"),
    ]
    replica = sensay.replicas.create_and_train(
        name="Guide",
        short_description="Guides",
        greeting="Hi!",
        owner_id="alice",
        slug="guide",
        sources=sources,
        max_wait=600,
        on_progress=print,
    )
    assert_type(replica, models.Replica)
    report = sensay.training.train(replica, sources, concurrency=4, return_when="first_failure", until="usable")
    assert_type(report, TrainingReport)
    assert_type(report.entries, tuple[EntryState, ...])
    for outcome in report.failed:
        assert_type(outcome.reason, str)
        assert_type(outcome.source.label, str)
    report.raise_for_failures()
    plan = sensay.training.plan(replica, path, include=["*.pdf", "*.md"], exclude="drafts/*")
    assert_type(plan, Plan)
    assert_type(plan.changes, tuple[PlannedAction, ...])
    folder = sensay.training.apply(plan, prune=True, dry_run=True)
    assert_type(folder, FolderReport)
    assert_type(folder.removed, tuple[int, ...])


def knowledge_base(sensay: Sensay, uuid: UUID) -> None:
    """Entries of a knowledge base."""
    knowledge = sensay.knowledge_base
    entry = knowledge.add_text(uuid, "We are open.", title="Hours")
    assert_type(entry, TrainingEntry)
    assert_type(entry.id, int)
    assert_type(entry.siblings, tuple[TrainingEntry, ...])
    assert_type(knowledge.add_url(uuid, "https://example.com", auto_refresh=False), TrainingEntry)
    assert_type(knowledge.add_file(uuid, b"%PDF", name="a.pdf", mime_type="application/pdf"), TrainingEntry)
    assert_type(knowledge.add(uuid, Text("Hello"), on_progress=print), TrainingEntry)
    knowledge.upload("https://storage.example.com/a?signature=b", b"%PDF", name="a.pdf")
    states = knowledge.wait_until_ready(uuid, [entry, 7], until="ready", poll_interval=lambda age: age / 2)
    assert_type(states, tuple[EntryState, ...])
    assert_type(states[0].timings, tuple[tuple[str, float], ...])
    assert_type(knowledge.retry_failed(uuid, files=["handbook.pdf"]), TrainingReport)
    listed = knowledge.list(uuid, status=["NEW", models.KnowledgeBaseEntryStatus.READY], has_error=False)
    assert_type(listed, CountedPager[models.KnowledgeBaseEntryListItem])
    for item in listed:
        assert_type(item.created_at, dt.datetime)
        assert_type(item.status, models.KnowledgeBaseEntryStatus)
        assert_type(item.website, models.KnowledgeBaseEntryWebsite | None)
    found = knowledge.get(uuid, entry)
    assert_type(found, models.KnowledgeBaseEntry)
    assert_type(found.generated_facts, list[str] | None)
    knowledge.update(uuid, found, title="Opening hours", raw_text="We are closed.")
    knowledge.delete(uuid, found.id)
    groups = knowledge.file_types()
    assert_type(groups, Sequence[models.FileTypeGroup])
    assert_type(groups[0].file_types[0].mime_types, list[str])


def chat(sensay: Sensay, uuid: UUID) -> None:
    """Talking to a replica."""
    answer = sensay.chat.complete(uuid, "When are you open?", skip_chat_history=True, source="web")
    assert_type(answer, models.CreateChatCompletionResponse)
    assert_type(answer.content, str)
    with sensay.chat.stream(uuid, "When are you open?", idle_timeout=30) as stream:
        assert_type(stream, ChatStream)
        for event in stream:
            match event:
                case TextDelta():
                    assert_type(event.text, str)
                case ToolCall():
                    assert_type(event.input, object)
                case _:
                    assert_type(event.__doc__, str | None)
        for text in stream.text_stream():
            assert_type(text, str)
        assert_type(stream.get_final_text(), str)
        assert_type(stream.text, str)
        assert_type(stream.finished, bool)
    history = sensay.chat.history(uuid, "web")
    assert_type(history, list[models.ChatHistoryMessage])
    assert_type(history[0].role, models.ChatMessageRole)
    sensay.chat.add_to_history(uuid, "We met yesterday.")
    verification = sensay.chat.verify(uuid, "When are you open?", lambda answer: "9" in answer, attempts=2)
    assert_type(verification, Verification)
    assert_type(verification.answer, str)
    completion = sensay.experimental.chat_completions(uuid, [{"role": "user", "content": "Hi"}], store=False)
    assert_type(completion, models.CreateExperimentalChatCompletionResponse)
    assert_type(completion.choices[0].message.content, str)


def conversations(sensay: Sensay, uuid: UUID) -> None:
    """What was said."""
    chats = sensay.chats.list(uuid, sort_by="lastMessageAt", sort_order="desc")
    assert_type(chats, CountedPager[models.Chat])
    assert_type(sensay.chats.get(uuid, uuid), models.Chat)
    messages = sensay.chats.messages(uuid, uuid, before=uuid)
    assert_type(messages, Pager[models.ChatMessage])
    assert_type(messages.first(), models.ChatMessage | None)
    assert_type(sensay.conversations.list(uuid), CountedPager[models.ConversationListItem])
    conversation = sensay.conversations.get(uuid, uuid, chat=uuid)
    assert_type(conversation, models.Conversation)
    assert_type(conversation.last_message_at, dt.datetime | None)
    assert_type(sensay.conversations.messages(uuid, conversation), Pager[models.ChatMessage])
    mentions = sensay.conversations.mentions(uuid, conversation, minimum_messages_in_placeholder=2)
    assert_type(mentions, Pager[models.Mention | models.MentionPlaceholder])
    for mention in mentions:
        if isinstance(mention, models.Mention):
            assert_type(mention.messages, list[models.ChatMessage])
        else:
            assert_type(mention.count, int)
    sensay.conversations.update(uuid, conversation, summary=None, common_topics=["hours"])


def users(sensay: Sensay) -> None:
    """Users, and the organization's secret."""
    accounts = [{"account_id": "7", "account_type": "discord"}]
    assert_type(accounts, list[dict[str, str]])
    user = sensay.users.create("alice", email="alice@example.com")
    assert_type(user, models.User)
    assert_type(user.linked_accounts, list[models.LinkedAccount] | None)
    linked: list[models.LinkedAccount] = user.linked_accounts or []
    assert_type(sensay.users.ensure("alice", name="Alice", linked_accounts=linked), models.User)
    assert_type(sensay.users.get("alice"), models.User)
    alice = sensay.as_user("alice", "telegram")
    assert_type(alice, Sensay)
    assert_type(alice.users.me(), models.User)
    assert_type(alice.users.update_me(name=None), models.User)
    usage = alice.users.usage()
    assert_type(usage, models.Usage)
    alice.users.delete_me()
    with Sensay.anonymous() as anybody:
        redeemed = anybody.api_keys.redeem_invite("c", organization_name="O", name="N", email="n@example.com")
        assert_type(redeemed, models.RedeemApiKeyInviteResponse)
        assert_type(redeemed.api_key, str)


def elsewhere(sensay: Sensay, uuid: UUID) -> None:
    """Other services, and figures."""
    where: TelegramDataParams = {"chat_id": 1, "chat_type": "private", "message_id": 2}
    telegram = sensay.integrations.telegram
    connected = telegram.connect(uuid, telegram_token="123:abc", mention="@guide")
    assert_type(connected, models.CreateTelegramIntegrationResponse | models.CreateTelegramIntegrationAcceptedResponse)
    answer = telegram.complete(uuid, "Hi", telegram_data=where, image_url="https://example.com/a.png")
    assert_type(answer, models.CreateChatCompletionResponse)
    telegram.add_to_history(uuid, "Hi", telegram_data=where)
    assert_type(telegram.history(uuid), list[models.ChatHistoryMessage])
    telegram.disconnect(uuid)
    assert_type(sensay.integrations.discord.history(uuid), list[models.ChatHistoryMessage])
    by_source = sensay.analytics.conversations_by_source(uuid)
    assert_type(by_source, list[models.ConversationSourceCount])
    over_time = sensay.analytics.conversations_over_time(uuid)
    assert_type(over_time, list[models.ConversationCountItem])
    assert_type(over_time[0].date, dt.date)


def client(uuid: UUID) -> None:
    """Settings, and a look at replies."""
    requests: list[RequestEvent] = []
    responses: list[ResponseEvent] = []
    retries: list[RetryEvent] = []
    with Sensay(
        "secret",
        user_id="alice",
        base_url="https://api.example.com",
        timeout=Timeout(read=5),
        max_retries=1,
        retry_policy=RetryPolicy(max_delay=1),
        on_request=requests.append,
        on_response=responses.append,
        on_retry=retries.append,
    ) as sensay:
        patient = sensay.with_options(max_wait=None, follow_redirects=True)
        assert_type(patient, Sensay)
        assert_type(sensay.drift, tuple[Drift, ...])
        response = sensay.with_raw_response(sensay.replicas.get, uuid, max_retries=0)
        assert_type(response, Response[models.Replica])
        assert_type(response.parsed, models.Replica)
        raw = sensay.request("POST", "/v1/novelty", params={"a": 1}, json={"b": [2]}, extra_query={"c": 3})
        assert_type(raw, Response[object])
        assert_type(raw.headers, Mapping[str, str])
        assert_type(raw.request_id, str | None)
        assert_type(raw.elapsed, float)
        sensay.close()
