"""Every format becomes a text of true quotes whose places are known, and what cannot be read becomes one sentence."""

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from index import Span, read
from qa import Citation

ONE_SENTENCE = r"\A.+\.\Z"
SECTIONS = 10
Sections = Sequence[tuple[str, Sequence[str]]]
"""Headings, and the paragraphs under each."""


# Sixty quotes


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
            pdf.multi_cell(90, text=paragraph, align="J")
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


WRITERS: dict[str, Callable[[Path, Sections], None]] = {
    "txt": write_text,
    "md": write_markdown,
    "html": write_html,
    "pdf": write_pdf,
    "docx": write_word,
    "epub": write_epub,
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_places_of_ten_quotes_in_each_of_six_formats_are_right(tmp_path: Path, suffix: str) -> None:
    sections = some_sections()
    WRITERS[suffix](tmp_path / f"file.{suffix}", sections)
    document = read(tmp_path / f"file.{suffix}")
    line, found, expected = 0, [], []
    for number, (heading, paragraphs) in enumerate(sections, start=1):
        quote = random.Random(number).choice(paragraphs)
        match = re.search(r"\s+".join(map(re.escape, quote.split())), document.text)
        assert match, quote
        found.append(Citation(document, Span(*match.span())).place)
        by_format = {"txt": f"line {line + 1 + paragraphs.index(quote)}", "pdf": f"page {number}"}
        expected.append(by_format.get(suffix, f"section “{heading}”"))
        line += len(paragraphs)

    assert found == expected
    assert len(found) == SECTIONS
