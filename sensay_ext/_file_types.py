"""The file types that the API trains on: a snapshot for when its own list is not at hand.

The extensions are those that the API names for a file's name, the MIME types those that it reports for a file. Where
it takes several for one extension, the registered or usual one comes first.
"""

from dataclasses import dataclass

_OFFICE = "application/vnd.openxmlformats-officedocument"
_EXCEL = "application/vnd.ms-excel"


@dataclass(frozen=True, slots=True)
class FileType:
    """File name extensions, with their dot, and the MIME types that go with them, the preferred one first.

    `support` is `production`, `preview` or `disabled`.
    """

    extensions: tuple[str, ...]
    mime_types: tuple[str, ...]
    support: str = "production"


def _type(extensions: str, *mime_types: str) -> FileType:
    return FileType(tuple(extensions.split()), mime_types)


SNAPSHOT = (
    # documents
    _type(".pdf .pdfa", "application/pdf"),
    _type(".doc", "application/msword"),
    _type(".docx", f"{_OFFICE}.wordprocessingml.document"),
    _type(".rtf", "application/rtf"),
    _type(".ppt", "application/vnd.ms-powerpoint"),
    _type(".pptx", f"{_OFFICE}.presentationml.presentation"),
    _type(".epub", "application/epub+zip"),
    # tables
    _type(".csv", "text/csv"),
    _type(".tsv", "text/tab-separated-values"),
    _type(".xls", _EXCEL),
    _type(".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    _type(".xlsm", f"{_EXCEL}.sheet.macroEnabled.12"),
    _type(".xlsb", f"{_EXCEL}.sheet.binary.macroenabled.12"),
    _type(".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    _type(".dta", "application/x-stata-dta", "application/x-stata"),
    _type(".sas7bdat", "application/x-sas-data"),
    _type(".xpt", "application/x-sas-xport"),
    # text
    _type(".txt", "text/plain"),
    _type(".md", "text/markdown"),
    _type(".htm .html", "text/html"),
    _type(".css", "text/css"),
    _type(".js", "text/javascript"),
    _type(".xml", "text/xml"),
    _type(".json", "application/json"),
    _type(".yml .yaml", "application/yaml"),
    # images
    _type(".png", "image/png"),
    _type(".jpg .jpeg", "image/jpeg"),
    _type(".webp", "image/webp"),
    _type(".heic", "image/heic"),
    _type(".heif", "image/heif"),
    _type(".tiff", "image/tiff", "image/tif"),
    _type(".bmp", "image/bmp"),
    # audio
    _type(".mp3", "audio/mpeg", "audio/mp3"),
    _type(".wav", "audio/wav"),
    _type(".aac", "audio/aac"),
    _type(".ogg", "audio/ogg"),
    _type(".flac", "audio/flac"),
    # video, 90 minutes at most
    _type(".mp4", "video/mp4"),
    _type(".mpeg", "video/mpeg"),
    _type(".mpg", "video/mpeg", "video/mpg"),
    _type(".mov", "video/quicktime", "video/mov"),
    _type(".avi", "video/x-msvideo", "video/avi"),
    _type(".webm", "video/webm"),
    _type(".mkv", "video/x-matroska"),
)
