"""The decision sheet as a Word document: real headings and tables, pictures with their words, a numbered foot."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import vl_convert

from export.pack.packed import repacked
from export.text import clean
from lgrdata.core import words
from lgrdata.core.models import Source
from lgrdata.page.blocks import Block, Chart, Columns, Entries, Fold, Items, Para, Picture, Section, Stats, Table, plain

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

SCALE = 2.5
"""Pixels of a picture to each of its own, so that print is sharp."""
TEXT_WIDTH_CM = 17.0
WIDEST_CM = 11.0
"""Of a picture, so that the sheet stays two or three pages."""
TALLEST_CM = 13.0
"""Of a picture, so that a map stands under what comes before it in place of on a page of its own."""
SHADE = "EDEDED"


def document(title: str, about: str, sections: tuple[Section, ...], sources: tuple[Source, ...], made: date) -> bytes:
    """The file. The same input gives the same bytes."""
    from docx import Document
    from docx.shared import Cm, Pt

    doc = Document()
    page = doc.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.0)
    style: Any = doc.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    for level in range(1, 4):
        heading: Any = doc.styles[f"Heading {level}"]
        heading.font.name = "Arial"
        heading.element.rPr.rFonts.attrib.clear()
        heading.font.name = "Arial"
    held = doc.core_properties
    held.title, held.author, held.subject, held.language = clean(title), "LGR scenario explorer", clean(about), "en-GB"
    held.created = held.modified = datetime(made.year, made.month, made.day)
    held.last_modified_by, held.comments = "", ""
    page.header.paragraphs[0].text = clean(title)
    _numbered(page.footer.paragraphs[0])
    doc.add_heading(clean(title), 1)
    doc.add_paragraph(clean(about))
    for section in sections:
        doc.add_heading(clean(section.title), 2)
        if section.lede:
            doc.add_paragraph(clean(plain(section.lede)))
        for block in section.blocks:
            _add(doc, block)
    doc.add_heading("Sources", 2)
    rows = tuple((s.title, s.publisher, words.day(s.released)) for s in sources)
    _table(doc, Table("sources", "Where the figures come from", ("Source", "Publisher", "Released"), rows))
    out = io.BytesIO()
    doc.save(out)
    return repacked(out.getvalue(), made)


def _add(doc: WordDocument, block: Block) -> None:
    match block:
        case Para(text):
            doc.add_paragraph(clean(plain(text)))
        case Items(items):
            for item in items:
                doc.add_paragraph(clean(plain(item)), style="List Bullet")
        case Table():
            _table(doc, block)
        case Picture():
            _picture(doc, block)
            if block.table is not None:
                _table(doc, block.table)
        case Chart():
            _table(doc, block.table)
        case Fold(summary, blocks):
            doc.add_paragraph(clean(summary))
            for inner in blocks:
                _add(doc, inner)
        case Columns(columns):
            for head, inside in columns:
                doc.add_heading(clean(head), 3)
                for inner in inside:
                    _add(doc, inner)
        case Stats(stats):
            for stat in stats:
                doc.add_paragraph(clean(f"{stat.label}: {stat.value} {stat.note}".strip()), style="List Bullet")
        case Entries(entries):
            for entry in entries:
                doc.add_paragraph(clean(plain(entry.text)))
        case _:
            doc.add_paragraph(clean(plain(block.text)))


def png(svg: str, scale: float = SCALE) -> bytes:
    """A drawing as PNG, on white."""
    return bytes(vl_convert.svg_to_png(on_white(svg), scale=scale))


def on_white(svg: str) -> str:
    """A drawing with a white ground of its own, so that its dark letters can be read on any other."""
    found = re.match(r"\s*<svg[^>]*>(?:\s*<title[^>]*>[^<]*</title>)?(?:\s*<desc[^>]*>[^<]*</desc>)?", svg)
    assert found
    return f'{svg[: found.end()]}<rect width="100%" height="100%" fill="#ffffff"/>{svg[found.end() :]}'


def _picture(doc: WordDocument, block: Picture) -> None:
    from docx.shared import Cm

    if block.title:
        doc.add_paragraph(clean(block.title)).paragraph_format.keep_with_next = True
    doc.add_picture(io.BytesIO(png(block.svg)), width=Cm(min(WIDEST_CM, block.width / 96 * 2.54)))
    drawn = doc.inline_shapes[-1]
    if drawn.height > Cm(TALLEST_CM):
        drawn.width, drawn.height = round(drawn.width * Cm(TALLEST_CM) / drawn.height), Cm(TALLEST_CM)
    for told in doc.paragraphs[-1]._element.iter("{*}docPr"):
        told.set("descr", clean(block.alt))
        told.set("name", clean(block.name))


def _table(doc: WordDocument, block: Table) -> None:
    """A real table: its caption above, a heading row that repeats, numbers to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    caption = doc.add_paragraph(clean(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = doc.add_table(rows=1, cols=len(block.head))
    table.style, table.autofit = "Table Grid", False
    lines = [block.head, *block.rows]
    widths = _widths([[plain(text) for text in line] for line in lines])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # some programs go by the table's grid, some by its cells
    for n, line in enumerate(lines):
        cells = (table.rows[0] if n == 0 else table.add_row()).cells
        for i, text in enumerate(line):
            cells[i].width = Cm(widths[i])
            paragraph = cells[i].paragraphs[0]
            run = paragraph.add_run(clean(plain(text)))
            run.font.size, run.bold = Pt(10), n == 0
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if n == 0:
                shade = OxmlElement("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                    shade.set(qn(f"w:{name}"), value)
                cells[i]._tc.get_or_add_tcPr().append(shade)
            if i in block.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        properties = table.rows[n]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))
    note = doc.add_paragraph(clean(plain(block.note)) if block.note else "")
    note.paragraph_format.space_before = Pt(4)
    for run in note.runs:
        run.font.size = Pt(10)


def _widths(lines: list[list[str]]) -> list[float]:
    """Centimetres of each column: room for its longest word, and more where there is more to read."""
    columns = list(zip(*lines, strict=True))
    least = [0.21 * max((len(w) for t in c for w in t.split()), default=1) + 0.5 for c in columns]
    weight = [max(max(len(t) for t in c), 1) ** 0.9 for c in columns]
    room = max(TEXT_WIDTH_CM - sum(least), 0.0)
    wide = [low + room * w / sum(weight) for low, w in zip(least, weight, strict=True)]
    return [TEXT_WIDTH_CM * w / sum(wide) for w in wide]


def _numbered(paragraph: Any) -> None:
    """'Page 1 of 3', counted by Word."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for before, name in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        paragraph._p.append(field)
