"""What a streamed answer of a replica is made of; `chat.stream` gives them out."""

from sensay_ext._stream_events import (
    DataPart,
    ErrorEvent,
    Finish,
    ReasoningDelta,
    Source,
    StreamEvent,
    TextDelta,
    ToolCall,
    ToolCallDelta,
    ToolResult,
    UnknownPart,
    Usage,
)

__all__ = [
    "DataPart",
    "ErrorEvent",
    "Finish",
    "ReasoningDelta",
    "Source",
    "StreamEvent",
    "TextDelta",
    "ToolCall",
    "ToolCallDelta",
    "ToolResult",
    "UnknownPart",
    "Usage",
]
