"""Small documents of every kind that can be read, made here."""

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook  # type: ignore[import-untyped] # it ships no types
from pptx import Presentation

FACT = "The lighthouse keeper feeds nineteen seagulls every morning at dawn."


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(*, before: str = "", padding: int = 0) -> bytes:
    """Return a Word document, with something before its content and that many spaces in it."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1"'
            f' Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{word}">'
            f"<w:body><w:p><w:r><w:t>{FACT}</w:t></w:r></w:p>{' ' * padding}</w:body></w:document>",
        }
    )


def _pptx() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = FACT
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _xlsx() -> bytes:
    book = Workbook()
    book.worksheets[0].append([FACT, "and no others"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _pdf() -> bytes:
    stream = f"BT /F1 12 Tf 20 100 Td ({FACT}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def _epub() -> bytes:
    container = "urn:oasis:names:tc:opendocument:xmlns:container"
    root = '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'<container xmlns="{container}" version="1.0"><rootfiles>{root}</rootfiles></container>',
            "book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Coast</dc:title></metadata>'
            '<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>',
            "one.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{FACT}</p></body></html>',
        }
    )


def _html() -> bytes:
    return f"<html><body><h1>Coast</h1><p>{FACT}</p><script>evil()</script></body></html>".encode()


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "coast.pdf": _pdf,
    "coast.docx": docx,
    "coast.pptx": _pptx,
    "coast.xlsx": _xlsx,
    "coast.epub": _epub,
    "coast.html": _html,
    "coast.htm": _html,
    "coast.md": f"# Coast\n\n* {FACT}\n".encode,
    "coast.csv": f"place,fact\ncoast,{FACT}\n".encode,
    "coast.json": f'{{"fact": "{FACT}"}}'.encode,
    "coast.txt": f"\ufeff{FACT}".encode,
    "COAST.TXT": lambda: FACT.encode("utf-16"),
    "coast.log": lambda: f"Caf\u00e9. {FACT}".encode("cp1252"),
    "coast.yaml": f"fact: {FACT}\n".encode,
}
"""The documents by file name; each one says the same fact."""
