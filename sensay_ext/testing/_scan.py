"""Looks through files for what must not be in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sensay_ext.testing._detector import Detector
from sensay_ext.testing._documents import folded_values, named_secrets, nodes_in
from sensay_ext.testing._layers import as_text, uncompressed
from sensay_ext.testing._passages import passages
from sensay_ext.testing._scrubber import describe, known_values

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from sensay_ext.testing._pseudonyms import Kind

__all__ = ["Finding", "files_in", "scan"]

_DOCUMENTS = frozenset({".har", ".json", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be in a file. It does not say what it is, only of which kind.

    Args:
        path: The file.
        kind: What it is, in words.
        line: In which line it begins, or the block that it is in; None where the file has no lines.
    """

    path: Path
    kind: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}{'' if self.line is None else f':{self.line}'}: {self.kind}"


def files_in(path: Path) -> list[Path]:
    """The files of a folder and those below it, sorted; or the one file.

    Raises:
        FileNotFoundError: There is no such file or folder.
    """
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}")
    return [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())


def scan(path: str | os.PathLike[str], *, secrets: Iterable[str] = ()) -> list[Finding]:
    """Look for secrets, and for what identifies somebody, in a file or in all files of a folder.

    What looks like one is found, and so are the values of SENSAY_API_KEY, SENSAY_ORGANIZATION_SECRET and SENSAY_USER_ID
    in the environment; however they are written, in base64 and compressed as well. In YAML and JSON, names tell what is
    secret, as in the cassettes of vcrpy. Pseudonyms are none.

    Args:
        path: The file or folder.
        secrets: Further values that must not be there.

    Returns:
        What is there; each kind of thing once for each line.

    Raises:
        FileNotFoundError: There is no such file or folder.
    """
    detector = Detector(known_values(secrets))
    return [finding for file in files_in(Path(path)) for finding in dict.fromkeys(_findings(detector, file))]


def _findings(detector: Detector, path: Path) -> Iterator[Finding]:
    data = path.read_bytes()
    data = uncompressed(data) or data
    text = as_text(data)
    if text is None:
        yield from (Finding(path, describe(kind)) for kind, _ in detector.find(data))
        return
    found: set[tuple[int, Kind]] = set()
    for passage in passages(data):
        found |= {(passage.number, kind) for kind, _ in detector.find(passage.data, is_part=passage.is_part)}
    if path.suffix.lower() in _DOCUMENTS:
        nodes = nodes_in(text)
        found |= set(named_secrets(nodes))
        for first, last, value in folded_values(nodes):
            kinds = {kind for kind, _ in detector.find(value)}
            # Of those that were found by the line, it is known better where they are.
            found |= {(first, kind) for kind in kinds - {kind for line, kind in found if first <= line <= last}}
    yield from (Finding(path, describe(kind), line) for line, kind in sorted(found))
