"""Refuses office documents that would blow up when opened."""

import io
import re
import zipfile

from sensay_ext.sandbox._training.outcomes import Unprocessable

_MAIN_MEMBERS = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".xlsx": "xl/workbook.xml",
    ".epub": "META-INF/container.xml",
}
ARCHIVES = frozenset(_MAIN_MEMBERS)

_MAX_MEMBERS = 10_000
_MAX_BYTES = 200 * 1024 * 1024
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE[^>]*\[|ENTITY)", re.IGNORECASE)
_HEAD = 64 * 1024


def check_archive(content: bytes, extension: str) -> None:
    """Look at an archive before anything unpacks it.

    Args:
        content: The zip file that a document is.
        extension: The kind of document, as a file name ending with the dot.

    Raises:
        Unprocessable: If it is no such document, unpacks to too much, or declares XML entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_BYTES:
                raise Unprocessable("The file unpacks to more than is allowed")
            archive.getinfo(_MAIN_MEMBERS[extension])
            for member in members:
                _check_member(archive, member)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unprocessable("The file is damaged or not what its name says") from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if not member.filename.lower().endswith((".xml", ".rels", ".opf", ".ncx")):
        return
    with archive.open(member) as opened:
        if _DECLARES.search(opened.read(_HEAD)):
            raise Unprocessable("The file declares XML entities, which are not allowed")
