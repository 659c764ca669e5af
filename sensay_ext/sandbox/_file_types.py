"""The files that can be uploaded."""

from pathlib import PurePosixPath
from typing import Any, Literal, NamedTuple

Support = Literal["production", "preview", "disabled"]


class FileType(NamedTuple):
    """One kind of file.

    Attributes:
        extensions: File name endings, with the dot; the first one is the usual one.
        mime_types: Its media types; the first one is the usual one.
        support: How well the sandbox reads it.
    """

    extensions: tuple[str, ...]
    mime_types: tuple[str, ...]
    support: Support


class Group(NamedTuple):
    """Kinds of files that are listed together.

    Attributes:
        label: The heading.
        media_type: The API's word for the group.
        limitation: What holds for the whole group, if anything does.
        types: The kinds.
    """

    label: str
    media_type: str
    limitation: str | None
    types: tuple[FileType, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_UNREAD = "The sandbox takes these files but cannot read them: their entries end as UNPROCESSABLE."

GROUPS = (
    Group(
        "Documents",
        "document",
        "A plain text needs 50 characters or more.",
        (
            FileType((".pdf",), ("application/pdf",), "production"),
            FileType((".docx",), (f"{_OFFICE}.wordprocessingml.document",), "production"),
            FileType((".pptx",), (f"{_OFFICE}.presentationml.presentation",), "production"),
            FileType((".txt", ".text", ".log"), ("text/plain",), "production"),
            FileType((".md", ".markdown"), ("text/markdown",), "production"),
            FileType((".html", ".htm"), ("text/html",), "production"),
            FileType((".css",), ("text/css",), "preview"),
            FileType((".js",), ("text/javascript",), "preview"),
            FileType((".doc",), ("application/msword",), "disabled"),
            FileType((".ppt",), ("application/vnd.ms-powerpoint",), "disabled"),
            FileType((".rtf",), ("application/rtf",), "disabled"),
        ),
    ),
    Group(
        "Data",
        "data",
        None,
        (
            FileType((".csv",), ("text/csv",), "production"),
            FileType((".json",), ("application/json",), "production"),
            FileType((".xlsx",), (f"{_OFFICE}.spreadsheetml.sheet",), "production"),
            FileType((".tsv",), ("text/tab-separated-values",), "production"),
            FileType((".xml",), ("text/xml",), "preview"),
            FileType((".yaml", ".yml"), ("application/yaml",), "preview"),
            FileType((".xls",), ("application/vnd.ms-excel",), "disabled"),
            FileType((".xlsm",), ("application/vnd.ms-excel.sheet.macroEnabled.12",), "disabled"),
            FileType((".xlsb",), ("application/vnd.ms-excel.sheet.binary.macroenabled.12",), "disabled"),
            FileType((".ods",), ("application/vnd.oasis.opendocument.spreadsheet",), "disabled"),
            FileType((".dta",), ("application/x-stata-dta", "application/x-stata"), "disabled"),
            FileType((".sas7bdat",), ("application/x-sas-data",), "disabled"),
            FileType((".xpt",), ("application/x-sas-xport",), "disabled"),
        ),
    ),
    Group("E-books", "ebook", None, (FileType((".epub",), ("application/epub+zip",), "production"),)),
    Group(
        "Images",
        "image",
        _UNREAD,
        (
            FileType((".jpg", ".jpeg"), ("image/jpeg",), "disabled"),
            FileType((".png",), ("image/png",), "disabled"),
            FileType((".webp",), ("image/webp",), "disabled"),
            FileType((".bmp",), ("image/bmp",), "disabled"),
            FileType((".heic",), ("image/heic",), "disabled"),
            FileType((".heif",), ("image/heif",), "disabled"),
            FileType((".tif", ".tiff"), ("image/tiff", "image/tif"), "disabled"),
        ),
    ),
    Group(
        "Audio",
        "audio",
        _UNREAD,
        (
            FileType((".mp3",), ("audio/mpeg", "audio/mp3"), "disabled"),
            FileType((".wav",), ("audio/wav",), "disabled"),
            FileType((".aac",), ("audio/aac",), "disabled"),
            FileType((".flac",), ("audio/flac",), "disabled"),
            FileType((".ogg",), ("audio/ogg",), "disabled"),
        ),
    ),
    Group(
        "Video",
        "video",
        _UNREAD,
        (
            FileType((".mp4",), ("video/mp4",), "disabled"),
            FileType((".mov",), ("video/quicktime", "video/mov"), "disabled"),
            FileType((".mpeg", ".mpg"), ("video/mpeg", "video/mpg"), "disabled"),
            FileType((".webm",), ("video/webm",), "disabled"),
            FileType((".mkv",), ("video/x-matroska",), "disabled"),
            FileType((".avi",), ("video/x-msvideo", "video/avi"), "disabled"),
        ),
    ),
)

_BY_EXTENSION = {extension: kind for group in GROUPS for kind in group.types for extension in kind.extensions}


def file_type_of(filename: str) -> FileType | None:
    """Return what kind of file a name stands for, None if none that can be uploaded."""
    return _BY_EXTENSION.get(extension_of(filename))


def extension_of(filename: str) -> str:
    """Return the ending of a file name, in lower case and with its dot."""
    return PurePosixPath(filename.replace("\\", "/")).suffix.lower()


def list_file_types() -> list[dict[str, Any]]:
    """Return the groups the way the API lists them."""
    return [
        {
            "label": group.label,
            "mediaType": group.media_type,
            **({"limitation": group.limitation} if group.limitation is not None else {}),
            "fileTypes": [
                {
                    "mimeTypes": list(kind.mime_types),
                    "extensions": list(kind.extensions),
                    "supportLevel": kind.support,
                }
                for kind in group.types
            ],
        }
        for group in GROUPS
    ]
