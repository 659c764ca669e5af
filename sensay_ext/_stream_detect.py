"""Which dialect a streamed reply comes in.

The API documents neither its stream nor the content type of it, so the first characters of the body decide, and the
headers only decide how far to trust them: a plain text may begin with what looks like a field of an event stream.
"""

from itertools import product

from sensay_ext._stream_dialects import DataStream, Dialect, EventStream, JsonReply, PlainText

_DATA_STREAM = {f"{code}:{start}" for code, start in product("0123456789abcdefghijk", '"[{')}
_SSE_FIELDS = {":", "data:", "event:", "id:", "retry:"}
_SSE_JSON = {f"data:{space}{start}" for space, start in product(("", " "), '"[{')}

_MARKS: dict[bool, dict[str, type[DataStream | EventStream]]] = {
    # The media types under which an event stream may begin with any of its fields, and those under which it must
    # begin with data that cannot be prose.
    True: dict.fromkeys(_DATA_STREAM, DataStream) | dict.fromkeys(_SSE_FIELDS, EventStream),
    False: dict.fromkeys(_DATA_STREAM, DataStream) | dict.fromkeys(_SSE_JSON, EventStream),
}


def media_type(content_type: str) -> str:
    """Return the media type of a Content-Type header, in lower case and without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    """Return whether a media type stands for JSON."""
    return media == "application/json" or media.endswith("+json")


def detect(head: str, media: str) -> Dialect | None:
    """Choose the dialect of a body whose beginning has arrived.

    The choice never changes when more of the body arrives, so it does not depend on how the body was cut.

    Args:
        head: The beginning of the body, as far as it has arrived.
        media: Media type of the reply; empty if unknown.

    Returns:
        The dialect, or `None` as long as the beginning fits several.
    """
    start = head.lstrip()
    undecided = not start or any(mark.startswith(start) for mark in _marks(media) if mark != start)
    return None if undecided else choose(head, media)


def choose(body: str, media: str) -> Dialect:
    """Choose the dialect of a body that is all there.

    Args:
        body: The body, or as much of its beginning as decides.
        media: Media type of the reply; empty if unknown.
    """
    start = body.lstrip()
    for mark, dialect in _marks(media).items():
        if start.startswith(mark):
            return dialect()
    if start.startswith("{"):
        return JsonReply(or_text=not is_json(media))
    return JsonReply(or_text=False) if start and is_json(media) else PlainText()


def _marks(media: str) -> dict[str, type[DataStream | EventStream]]:
    return _MARKS[media in ("", "text/event-stream")]
