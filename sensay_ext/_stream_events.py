"""What a streamed reply can contain, in one vocabulary for all the dialects a server may speak.

The text of the reply is the `TextDelta`s put together; everything else is detail that a caller may ignore:

    for event in stream:
        match event:
            case TextDelta(text=text):
                show(text)
            case Finish(reason=reason, usage=usage):
                note(reason, usage)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a reply cost, as far as the server counted them."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """Anything that happens in a streamed reply."""


@dataclass(frozen=True, slots=True)
class TextDelta(StreamEvent):
    """The next piece of the reply's text; `id` tells several text blocks apart where the server numbers them."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ReasoningDelta(StreamEvent):
    """The next piece of the model's reasoning, which is no part of the reply's text."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCallDelta(StreamEvent):
    """A tool call in the making: its name comes first, then its input as pieces of JSON text."""

    id: str | None
    name: str | None = None
    input_text: str = ""
    index: int | None = None


@dataclass(frozen=True, slots=True)
class ToolCall(StreamEvent):
    """A tool that the replica calls, with its whole input."""

    id: str
    name: str
    input: object = None


@dataclass(frozen=True, slots=True)
class ToolResult(StreamEvent):
    """What a tool gave back to the replica."""

    id: str
    output: object = None
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Source(StreamEvent):
    """A page or document that the reply rests on."""

    url: str | None
    title: str | None = None
    raw: object = None


@dataclass(frozen=True, slots=True)
class DataPart(StreamEvent):
    """Data that the server sends beside the text, under the name it gives it."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Finish(StreamEvent):
    """The reply is complete.

    `reason` is spelled with underscores whatever the dialect (`stop`, `length`, `content_filter`, `tool_calls`),
    and is `None` where the server gave none.
    """

    reason: str | None = None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class ErrorEvent(StreamEvent):
    """The server broke off with an error; no event follows."""

    message: str
    code: str | None = None
    raw: object = None


@dataclass(frozen=True, slots=True)
class UnknownPart(StreamEvent):
    """A part that this release has no type for, as it came."""

    kind: str
    raw: object
