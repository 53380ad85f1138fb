"""Files of several formats, made for tests."""

import csv
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from bench.office_files import open_document, sheet_cell, slide_shape, slides, spreadsheet
from index import CitedError, Document, read

ONE_SENTENCE = r"\A.+\.\Z"

SECTIONS = 10

Sections = Sequence[tuple[str, Sequence[str]]]
"""Headings, and the paragraphs under each."""


def some_sections() -> Sections:
    draw = random.Random(4)
    words = "the minister opened a large conference in Tangier with delegates and officers from many lands".split()

    def sentence(mark: str) -> str:
        return f"{mark} {' '.join(draw.choices(words, k=draw.randint(8, 30)))}.".capitalize()

    return [
        (f"Part {n}: of {words[n]}", [sentence(f"q{n}x{k}") for k in range(draw.randint(2, 6))])
        for n in range(SECTIONS)
    ]


def write_text(file: Path, sections: Sections) -> None:
    file.write_text("\r\n".join(paragraph for _, paragraphs in sections for paragraph in paragraphs), newline="")


def write_markdown(file: Path, sections: Sections) -> None:
    headings = ["## {}\n", "{}\n---\n", "### {} ###\n"]
    pieces = [
        headings[n % 3].format(heading) + "\n" + "\n\n".join(paragraphs) + "\n\n```\n# no heading\n```\n\n"
        for n, (heading, paragraphs) in enumerate(sections)
    ]
    file.write_text("---\ntitle: front matter\n---\n" + "".join(pieces))


def as_html(sections: Sections) -> str:
    return "".join(
        f"<h{1 + n % 3}>{escape(heading)}</h{1 + n % 3}>\n"
        + "\n".join(f"<p>{escape(text[:9])}<b>{escape(text[9:20])}</b>{escape(text[20:])}" for text in paragraphs)
        for n, (heading, paragraphs) in enumerate(sections)
    )


def write_html(file: Path, sections: Sections) -> None:
    page = f"<nav><h2>Menu</h2></nav><header>Site</header>{as_html(sections)}<script>var q = '<h1>no</h1>';</script>"
    file.write_text(f"<!DOCTYPE html><html><head><title>Page</title></head><body>{page}</body></html>")


def write_word(file: Path, sections: Sections) -> None:
    document = docx.Document()
    for n, (heading, paragraphs) in enumerate(sections):
        document.add_heading(heading, level=n % 4)
        for text in paragraphs:
            paragraph = document.add_paragraph(text[:9])
            paragraph.add_run(text[9:20]).bold = True
            paragraph.add_run(text[20:])
    document.save(file)


def write_pdf(file: Path, sections: Sections) -> None:
    pdf = FPDF()
    pdf.set_font("Times", size=14)
    for _, paragraphs in sections:
        pdf.add_page()
        for paragraph in paragraphs:
            pdf.multi_cell(90, text=paragraph, align="J", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(file))


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def book(pages: Sequence[str], contents: str = "") -> dict[str, str]:
    """The parts of an e-book, with `contents` for the points of its table of contents."""
    items = "".join(
        f'<item id="i{n}" href="a%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}{ncx}</manifest>'
        f"<spine>{spine}</spine></package>",
        "OEBPS/toc.ncx": f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{contents}</navMap></ncx>',
    } | {f"OEBPS/a {n}.xhtml": page for n, page in enumerate(pages)}


def chapter(body: str) -> str:
    head = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    return f"{head}<body>{body}</body></html>"


def zipped(file: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file


def write_epub(file: Path, sections: Sections) -> None:
    zipped(file, book([chapter(as_html(sections[n : n + 3]).replace("<p>", "<br/>")) for n in range(0, SECTIONS, 3)]))


def write_sheet(file: Path, sections: Sections) -> None:
    paragraphs = [paragraph for _, paragraphs in sections for paragraph in paragraphs]
    rows = (f"<row>{sheet_cell(escape(text), f'B{n}')}</row>" for n, text in enumerate(paragraphs, start=1))
    file.write_bytes(spreadsheet("".join(rows)))


def write_separated(file: Path, sections: Sections) -> None:
    with file.open("w", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerows(["x", paragraph] for _, paragraphs in sections for paragraph in paragraphs)


def write_slides(file: Path, sections: Sections) -> None:
    file.write_bytes(slides(*("".join(slide_shape(escape(text)) for text in paragraphs) for _, paragraphs in sections)))


def write_open_text(file: Path, sections: Sections) -> None:
    pieces = (
        f"<text:h text:outline-level='1'>{escape(heading)}</text:h>"
        + "".join(f"<text:p>{text[:9]}<text:span>{text[9:20]}</text:span>{text[20:]}</text:p>" for text in paragraphs)
        for heading, paragraphs in sections
    )
    file.write_bytes(open_document("text", "".join(pieces)))


def write_email(file: Path, sections: Sections) -> None:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Conference", "Tue, 5 Mar 2024 10:00:00 +0100"
    message.set_content(f"<p>Hello.{as_html(sections)}", subtype="html", cte="base64")
    file.write_bytes(message.as_bytes())


WRITERS: dict[str, Callable[[Path, Sections], None]] = {
    "txt": write_text,
    "md": write_markdown,
    "html": write_html,
    "pdf": write_pdf,
    "docx": write_word,
    "epub": write_epub,
    "xlsx": write_sheet,
    "csv": write_separated,
    "pptx": write_slides,
    "odt": write_open_text,
    "eml": write_email,
}

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def a_pdf_with_every_letter() -> FPDF:
    data = Path(pytest.importorskip("matplotlib").get_data_path())
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("DejaVu", fname=data / "fonts" / "ttf" / "DejaVuSans.ttf")
    pdf.set_font("DejaVu", size=12)
    return pdf


def read_or_refused(file: Path) -> Document | None:
    """Return the document, or nothing where the file was refused as it should be."""
    refusal = ""
    try:
        return read(file)
    except CitedError as error:
        refusal = str(error)
    assert re.search(ONE_SENTENCE, refusal)
    return None
