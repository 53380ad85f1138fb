"""Bold and italic words of every format that has them, as they are read and stored."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from bench.office_files import open_cell, open_document
from index import Document, FolderCollection, SpanOutsideText, read
from index.emphasis import Emphasis, Style
from index.testing import BagOfWords
from page.source import source_view
from tests.index.formats.files import a_word_file, an_epub
from tests.index.formats.test_word import p, r

PAGE = (
    "<style>.loud { font-weight: 700 } .calm { font-weight: normal } .far { font: italic 1em serif }</style>"
    "<h2>The <b>gate</b></h2><p>The <b>lock <i>keeper</i></b> opens "
    "<span class=loud>at <span class=calm>dawn</span></span>"
    " and <span class=far>never</span> at <strong>high</strong> <strong>water</strong>.</p><ol><li><em>Ropes</em></ol>"
)
IN_PAGE = {
    "bold": ["lock keeper", "at", "high water"],
    "italic": ["keeper", "never", "Ropes"],
}

MARKDOWN = """---
title: *Not this*
---
# The **gate**

The **lock _keeper_** opens *at dawn*, says snake_case_name. 2 * 3 * 4, \\*no\\*, `**code**`.

```
**code**
```

* item one
* item **two**

| **Rope** | Length |
|---|---|
| hemp | *4 m* |
"""


def looks(document: Document) -> dict[str, list[str]]:
    """Return what is bold and italic in a document."""
    found: dict[str, list[str]] = {}
    for start, end, style in document.emphasis:
        found.setdefault(style, []).append(document.text[start:end])
    return found


def a_mail(html: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Locks", "keeper@lock.example"
    message.set_content(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("name", "file"),
    [("page.html", PAGE.encode()), ("book.epub", an_epub(PAGE)), ("mail.eml", a_mail(PAGE))],
    ids=["page", "book", "e-mail"],
)
def test_pages_books_and_mails_keep_what_their_elements_and_style_sheets_show_bold_and_italic(
    tmp_path: Path, name: str, file: bytes
) -> None:
    (tmp_path / name).write_bytes(file)

    assert looks(read(tmp_path / name)) == IN_PAGE


def test_word_files_keep_bold_and_italic_of_runs_and_styles_but_none_of_headings(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Loud"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = (
        p(r("The gate"), style="H")
        + p(r(" The "), r("lock ", "<w:b/>"), r("keeper", "<w:b/><w:i/>"), r(" opens "), r("late", "<w:i/>"), r("."))
        + p(r("All of it "), r("but this", '<w:b w:val="0"/>'), style="Loud")
    )
    (tmp_path / "lock.docx").write_bytes(a_word_file(body, styles))

    assert looks(read(tmp_path / "lock.docx")) == {"bold": ["lock keeper", "All of it "], "italic": ["keeper", "late"]}


def test_opendocument_texts_keep_bold_and_italic_of_spans_and_cells(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {said}/></style:style>'
        for name, said in (("B", 'font-weight="bold"'), ("I", 'font-style="italic"'))
    )
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    cells = open_cell(span("B", "Rope")) + open_cell("4 m")
    body = (
        f"<text:p>The {span('B', 'lock ')}{span('I', 'keeper')} opens.</text:p>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    )
    (tmp_path / "lock.odt").write_bytes(open_document("text", body, styles=styles))

    assert looks(read(tmp_path / "lock.odt")) == {"bold": ["lock ", "Rope"], "italic": ["keeper"]}


def test_markdown_keeps_its_emphasis_and_its_signs_are_read_but_not_shown(tmp_path: Path) -> None:
    (tmp_path / "lock.md").write_text(MARKDOWN, encoding="utf-8")
    document = read(tmp_path / "lock.md")
    found = looks(document)
    parts = [part for block in source_view(document)["blocks"] for part in block["parts"]]
    shown = [
        "".join(run["text"] for run in part["runs"] if "markup" not in run["style"]) for part in parts if "runs" in part
    ]

    assert document.places[0].label == "section “The gate”"
    assert found["bold"] == ["gate", "lock _keeper_", "two", "Rope"]
    assert found["italic"] == ["keeper", "at dawn", "4 m"]
    assert any(line.startswith("The lock keeper opens at dawn, says snake_case_name. 2 * 3 * 4,") for line in shown)
    assert any(line.startswith("* item two") for line in shown)
    assert any(line.strip() == "The gate" for line in shown)


def test_an_accent_of_another_run_costs_the_emphasis_of_its_paragraph_and_nothing_else(tmp_path: Path) -> None:
    body = p(r("Cafe", "<w:b/>"), r("\u0301 closed")) + p(r("Open", "<w:b/>"))
    (tmp_path / "cafe.docx").write_bytes(a_word_file(body))
    document = read(tmp_path / "cafe.docx")

    assert document.text == "Café closed\n\nOpen"
    assert looks(document) == {"bold": ["Open"]}


def test_emphasis_is_stored_and_none_lies_outside_its_text(tmp_path: Path) -> None:
    bold = Emphasis(4, 8, Style.BOLD)
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(document := Document("The gate is shut.", "gate", emphasis=(bold,)))
        assert collection.document(document.id).emphasis == (bold,)
    for parts in [(bold, bold), (Emphasis(4, 99, Style.BOLD),), (bold, Emphasis(0, 3, Style.ITALIC))]:
        with pytest.raises(SpanOutsideText, match="emphasis"):
            Document("The gate is shut.", "gate", emphasis=parts)
