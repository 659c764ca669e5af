"""Make `handbook.pdf` out of `handbook.md`: `python -m scripts.demo_data.make_handbook`.

It is the document that the demo trains a replica on; the company in it is invented. The text uses four kinds of block,
parted by blank lines: headings, paragraphs, lists and tables, whose columns are as wide as the dashes under them.

The same bytes come out on every machine: fixed date, no compression (whose result depends on the version of zlib), and
the fonts that every reader of PDF has, so that none is embedded.
"""

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace
from fpdf.outline import OutlineSection

SOURCE = Path(__file__).parent / "handbook.md"
HANDBOOK = SOURCE.with_suffix(".pdf")

_INK = (38, 42, 46)
_ACCENT = (20, 92, 99)
_PALE = (233, 242, 242)
_FONT = "Helvetica"
_LINE = 6.2  # millimetres from one line of text to the next
_MARGIN = 27


class Handbook(FPDF):
    """An A4 document with the page number in its foot."""

    def __init__(self, title: str, subtitle: str) -> None:
        super().__init__(format="A4")
        self.set_compression(compress=False)
        self.set_creation_date(datetime(2025, 3, 1, tzinfo=UTC))
        self.set_producer(title)
        self.set_title(f"{title}: {subtitle}")
        self.set_author(title)
        self.set_lang("en")
        self.set_margins(_MARGIN, 26, _MARGIN)
        self.set_auto_page_break(auto=True, margin=26)

    def footer(self) -> None:
        """Write the foot of a page; the cover has none."""
        if self.page_no() == 1:
            return
        self.set_y(-18)
        self.set_font(_FONT, size=8.5)
        self.set_text_color(*_ACCENT)
        self.cell(0, 6, str(self.author))
        self.cell(0, 6, f"Page {self.page_no()}", align=Align.R)


def _paragraph(pdf: FPDF, lines: list[str]) -> None:
    pdf.set_font(_FONT, size=11)
    pdf.set_text_color(*_INK)
    pdf.multi_cell(0, _LINE, " ".join(lines), align=Align.L, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3.2)


def _bullets(pdf: FPDF, lines: list[str]) -> None:
    for point in " ".join(lines).removeprefix("- ").split(" - "):
        pdf.set_font(_FONT, style="B", size=16)
        pdf.set_text_color(*_ACCENT)
        pdf.cell(6, _LINE, "\u00b7", align=Align.C)
        pdf.set_font(_FONT, size=11)
        pdf.set_text_color(*_INK)
        pdf.multi_cell(0, _LINE, point, align=Align.L, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.2)
    pdf.ln(2)


def _table(pdf: FPDF, lines: list[str]) -> None:
    heading, dashes, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    pdf.set_font(_FONT, size=10.5)
    pdf.set_text_color(*_INK)
    pdf.set_draw_color(*_ACCENT)
    pdf.set_line_width(0.15)
    with pdf.table(
        rows=[heading, *rows],
        col_widths=[len(cell) for cell in dashes],
        line_height=7.5,
        text_align=Align.L,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD", color=_ACCENT, fill_color=_PALE),
    ):
        pass
    pdf.ln(4.5)


def _heading(pdf: FPDF, title: str) -> None:
    if pdf.get_y() > pdf.h * 0.7:
        pdf.add_page()  # a heading near the foot would stand alone
    elif pdf.get_y() > pdf.t_margin:
        pdf.ln(5)
    pdf.start_section(title)
    pdf.set_font(_FONT, style="B", size=16)
    pdf.set_text_color(*_ACCENT)
    pdf.cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2.5)


def _block(pdf: FPDF, lines: list[str]) -> None:
    match lines[0].split()[0]:
        case "##":
            _heading(pdf, lines[0].removeprefix("## "))
        case "|":
            _table(pdf, lines)
        case "-":
            _bullets(pdf, lines)
        case _:
            _paragraph(pdf, lines)


def _contents(pdf: FPDF, outline: list[OutlineSection]) -> None:
    pdf.set_y(140)
    pdf.set_font(_FONT, style="B", size=12)
    pdf.set_text_color(*_ACCENT)
    pdf.cell(0, 9, "In this handbook", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(_FONT, size=11)
    pdf.set_text_color(*_INK)
    for section in outline:
        link = pdf.add_link(page=section.page_number)
        pdf.cell(pdf.epw - 12, 7.5, section.name, link=link)
        pdf.cell(12, 7.5, str(section.page_number), align=Align.R, link=link, new_x="LMARGIN", new_y="NEXT")


def _cover(pdf: FPDF, title: str, subtitle: str, edition: str) -> None:
    pdf.add_page()
    pdf.set_fill_color(*_ACCENT)
    pdf.rect(0, 0, pdf.w, 112, style="F")
    pdf.set_fill_color(255, 255, 255)
    pdf.set_y(52)
    pdf.set_text_color(255, 255, 255)
    pdf.set_font(_FONT, style="B", size=30)
    pdf.cell(0, 14, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(_FONT, size=14)
    pdf.cell(0, 9, subtitle, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(_FONT, size=10)
    pdf.cell(0, 9, edition, new_x="LMARGIN", new_y="NEXT")
    pdf.insert_toc_placeholder(_contents, pages=1)


def make() -> bytes:
    """Return the handbook as a PDF."""
    blocks = [block.splitlines() for block in SOURCE.read_text(encoding="utf-8").strip().split("\n\n")]
    (heading,), (subtitle,), (edition,), *body = blocks
    title = heading.removeprefix("# ")
    pdf = Handbook(title, subtitle)
    _cover(pdf, title, subtitle, edition)
    for lines in body:
        _block(pdf, [line.strip() for line in lines])
    return bytes(pdf.output())


if __name__ == "__main__":
    HANDBOOK.write_bytes(make())
    print(f"{HANDBOOK.name}: {HANDBOOK.stat().st_size} bytes")
