"""New knowledge base entries."""

import json
from dataclasses import dataclass, field
from typing import Any

from sensay_ext.sandbox._call import Call
from sensay_ext.sandbox._clock import later
from sensay_ext.sandbox._database import Row
from sensay_ext.sandbox._errors import ApiError
from sensay_ext.sandbox._file_types import extension_of, file_type_of
from sensay_ext.sandbox._quotas import check_quota
from sensay_ext.sandbox._signed_urls import signed_upload_url
from sensay_ext.sandbox._training import machine
from sensay_ext.sandbox._training.links import read_link
from sensay_ext.sandbox._training.outcomes import Temporary, Unprocessable
from sensay_ext.sandbox._training.videos import watch_url

Result = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """An entry that is asked for.

    Attributes:
        type: Its type.
        refusal: Why it cannot be made, if it cannot.
        columns: What is stored of it at once.
        source: Its part of the API's shape that its type decides.
    """

    type: machine.EntryType
    refusal: str | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)


async def draft_entries(call: Call) -> list[Draft]:
    """Tell which entries a body asks for; a playlist asks for one per video.

    Args:
        call: The request.

    Returns:
        The entries, those that cannot be made included.
    """
    body = call.body
    given = [name for name in ("text", "filename", "url") if name in body]
    if len(given) != 1:
        return [Draft("text", refusal="Exactly one of text, filename and url is needed")]
    if "text" in body:
        return [Draft("text", columns={"raw_text": body["text"]})]
    if "filename" in body:
        return [_draft_file(call, body["filename"])]
    return await _draft_link(call, body["url"])


def store_entries(call: Call, replica: Row, drafts: list[Draft]) -> list[Result]:
    """Store entries.

    Args:
        call: The request.
        replica: The replica to train.
        drafts: The entries.

    Returns:
        What became of each one, in the API's shape.

    Raises:
        ApiError: 409 when the only URL is in the knowledge base already, 429 when there would be too many entries.
    """
    wanted = [draft for draft in drafts if draft.refusal is None]
    check_quota(call, "entry", replica["owner_uuid"], adding=len(wanted))
    if len(drafts) == 1 and _is_known(call, replica, drafts[0]):
        raise ApiError(409, "URL already exists in the knowledge base")
    return [_store(call, replica, draft) for draft in drafts]


def _draft_file(call: Call, filename: str) -> Draft:
    kind = file_type_of(filename)
    if kind is None:
        return Draft("file", refusal=f"Files of type {extension_of(filename) or 'unknown'} are not supported")
    # Only the ending of the given name gets into the address, so no name can lead anywhere else.
    upload_name = f"{call.state.identifiers.uuid()}{extension_of(filename)}"
    source = {"file": {"name": filename, "mimeType": kind.mime_types[0]}}
    return Draft("file", columns={"upload_name": upload_name}, source=source)


async def _draft_link(call: Call, url: str) -> list[Draft]:
    link = read_link(url)
    if link.refusal is not None:
        return [Draft(link.type, refusal=link.refusal)]
    if link.video is not None:
        return [Draft("youtube", columns={"url": url}, source={"youtube": {"url": url}})]
    if link.playlist is None:
        refresh: bool = call.body.get("autoRefresh", False)
        source = {"website": {"url": url, "autoRefresh": refresh}}
        return [Draft("website", columns={"url": url, "auto_refresh": refresh}, source=source)]
    try:
        videos = await call.state.videos.in_playlist(link.playlist)
    except (Unprocessable, Temporary) as error:
        return [Draft("youtube", refusal=str(error))]
    return [_draft_listed(watch_url(video), link.playlist) for video in videos]


def _draft_listed(url: str, playlist: str) -> Draft:
    return Draft("youtube", columns={"url": url}, source={"youtube": {"url": url, "playlistID": playlist}})


def _is_known(call: Call, replica: Row, draft: Draft) -> bool:
    return draft.columns.get("url") is not None and (
        call.database.value(
            "SELECT 1 FROM entries WHERE replica_uuid = ? AND url = ? AND removed_at IS NULL",
            replica["uuid"],
            draft.columns["url"],
        )
        is not None
    )


def _store(call: Call, replica: Row, draft: Draft) -> Result:
    refusal = draft.refusal
    if refusal is None and _is_known(call, replica, draft):
        refusal = "URL already exists in the knowledge base"
    if refusal is not None:
        return {"type": draft.type, "enqueued": False, "error": refusal}
    state = call.state
    status = machine.first_status(draft.type)
    stay = machine.time_in(draft.type, status, state.settings.timings)
    due = state.upload_deadline() if stay is None else later(state.clock, stay)
    values: dict[str, Any] = {
        "replica_uuid": replica["uuid"],
        "type": draft.type,
        "status": status,
        "due_at": due,
        "title": call.body.get("title"),
        "source": json.dumps(draft.source),
        "created_at": state.now(),
        "updated_at": state.now(),
        **draft.columns,
    }
    number = call.database.insert("entries", values)
    state.trainer.wake()
    result: Result = {"type": draft.type, "enqueued": True, "knowledgeBaseID": number}
    if draft.type == "file":
        result["signedURL"] = signed_upload_url(state, call.base_url, draft.columns["upload_name"], due)
    return result
