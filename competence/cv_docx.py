"""The CV as a DOCX that counsellor and client go on writing in. Everything a person typed is plain text: no fields, no links."""

import io
import re
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.run import Run

from competence.cv import GERMAN, Cv, CvRow, CvSection

PETROL, GREY = RGBColor(0x0F, 0x58, 0x62), RGBColor(0x4A, 0x54, 0x57)
MARGIN_WIDTH, FACT_WIDTH = Cm(4.6), Cm(12.4)
FONT = "Arial"
# What XML cannot hold; forms refuse it, imported rows of old may not have.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def write_docx(cv: Cv, *, title: str) -> bytes:
    """Return the CV as a file. ``title`` stands in its properties and holds no name."""
    with translation.override(GERMAN):
        document = Document()
        _prepare(document, title)
        heading = document.add_heading(level=0)
        heading.add_run(_("Curriculum vitae"))
        for section in cv.sections:
            if section.rows or section.gaps:
                _section(document, section)
        _signature(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: DocxDocument, title: str) -> None:
    """A4, one plain font every office has, German as its language, and properties that name nobody."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.2), Cm(1.8), Cm(2), Cm(2)
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = title, "", "", "de-DE"
    facts.last_modified_by, facts.keywords = "", ""
    _style(document, "Normal", 10.5, None)
    _style(document, "Title", 22, PETROL)
    _style(document, "Heading 1", 12.5, PETROL)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    line = document.styles["Title"].element.pPr.find(f".//{qn('w:bottom')}")
    line.attrib.pop(qn("w:themeColor"), None)
    line.set(qn("w:color"), str(PETROL))
    document.styles["Title"].element.rPr.append(_language())
    document.styles["Normal"].element.rPr.append(_language())


def _language() -> Any:
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "de-DE")
    return language


def _style(document: DocxDocument, name: str, size: float, colour: RGBColor | None) -> None:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_after = Pt(2)


def _section(document: DocxDocument, section: CvSection) -> None:
    document.add_heading(section.heading, level=1)
    table = document.add_table(rows=0, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, (MARGIN_WIDTH, FACT_WIDTH), strict=True):
        column.width = width
    for row in section.rows:
        _row(table, row)
    for margin in section.gaps:
        _row(table, CvRow(margin, ""))


def _row(table: Table, row: CvRow) -> None:
    left, right = table.add_row().cells  # type: ignore[no-untyped-call]  # the library types it in part
    left.width, right.width = MARGIN_WIDTH, FACT_WIDTH
    _write(left, row.margin).font.color.rgb = GREY
    _write(right, row.fact).bold = bool(row.more) or None
    if row.more:
        right.add_paragraph()
        _write(right, row.more)


def _write(cell: _Cell, text: str) -> Run:
    """Put plain text into the last paragraph of a cell; a script from right to left says so of its letters."""
    run: Run = cell.paragraphs[-1].add_run(_UNWRITABLE.sub("", text))
    if _RIGHT_TO_LEFT.search(text):
        run.font.rtl = True
    return run


def _signature(document: DocxDocument) -> None:
    for text in ("", "", "_" * 40, _("Place, date, signature")):
        document.add_paragraph(text)
