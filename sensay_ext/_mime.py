"""The MIME type under which a file is uploaded.

The API asks for a Content-Type that fits the content, and has a list of its own; the operating system's MIME tables,
which Python's `mimetypes` reads, differ from it and from machine to machine, so they have no say here.

    types = FileTypes()                        # the bundled snapshot
    types = FileTypes.from_json(reply)         # what `knowledge_base.file_types()` answered just now
    types.mime_type("handbook.pdf")            # "application/pdf"
    types.mime_type("x.bin", validate=False)   # "application/octet-stream"
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from sensay_ext._errors import FileRejected
from sensay_ext._file_types import SNAPSHOT, FileType

_MIME_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?: *; *[\w!#$&^.+-]+=[\w!#$&^.+-]+)*", re.ASCII)
_UNKNOWN = "application/octet-stream"
_PREFERRED = {extension: kind.mime_types[0] for kind in SNAPSHOT for extension in kind.extensions}


class FileTypes:
    """The file types that the API takes.

    Args:
        types: The list to go by; the bundled snapshot unless given.
    """

    def __init__(self, types: Iterable[FileType] = SNAPSHOT) -> None:
        self._by_extension: dict[str, FileType] = {}
        for kind in types:
            for extension in kind.extensions:
                known = self._by_extension.get(extension)
                # The API groups its list for people, so an extension may come twice.
                if known is None or known.support == "disabled":
                    self._by_extension[extension] = kind

    @classmethod
    def from_json(cls, reply: Mapping[str, Any]) -> "FileTypes":
        """Read the API's own list, as its endpoint answers it; what has another shape is left out.

        Returns:
            The types of the list, or the bundled snapshot if the list has none.
        """
        groups = reply.get("mediaGroups") or ()
        types = [kind for group in groups for kind in map(_file_type, group.get("fileTypes") or ()) if kind]
        return cls(types or SNAPSHOT)

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions that the API takes, sorted."""
        return tuple(sorted(name for name, kind in self._by_extension.items() if kind.support != "disabled"))

    def mime_type(self, filename: str, *, explicit: str | None = None, validate: bool = True) -> str:
        """Return the MIME type to upload a file under.

        Args:
            filename: Name of the file; only its extension counts, in any case.
            explicit: A MIME type that the caller knows better; taken as it is, for any extension.
            validate: Whether to refuse what the API does not take; else it is left to the API.

        Raises:
            FileRejected: The API does not take such files, or `explicit` is no MIME type.
        """
        name = PurePath(filename).name
        if explicit is not None:
            if not _MIME_TYPE.fullmatch(explicit):
                raise FileRejected("the MIME type given for it is none", filename=name)
            return explicit
        extension = PurePath(filename).suffix.lower()
        kind = self._by_extension.get(extension)
        if kind is None and not validate:
            return _UNKNOWN
        if kind is None:
            what = f"files of type {extension}" if extension else "files without an extension"
            raise FileRejected(f"the API does not take {what}, only {' '.join(self.extensions)}", filename=name)
        if kind.support == "disabled" and validate:
            raise FileRejected(f"the API does not take files of type {extension} at present", filename=name)
        preferred = _PREFERRED.get(extension)
        return preferred if preferred in kind.mime_types else kind.mime_types[0]


def _file_type(item: Mapping[str, Any]) -> FileType | None:
    extensions = tuple("." + name.lower().removeprefix(".") for name in item.get("extensions") or ())
    mime_types = tuple(item.get("mimeTypes") or ())
    if not extensions or not mime_types:
        return None
    return FileType(extensions, mime_types, item.get("supportLevel") or "production")
