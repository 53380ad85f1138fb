"""What cannot be read is refused in one sentence, and nothing harmful is unpacked."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

from bench.office_files import sheet_cell, spreadsheet
from index import UnreadableFile, read, split
from index.formats.archive import MOST_UNPACKED
from index.formats.html import read_html
from tests.index.formats.files import a_word_file, related
from tests.index.formats.made import (
    CONTAINER,
    ONE_SENTENCE,
    WORD,
    WRITERS,
    book,
    chapter,
    paragraph,
    read_or_refused,
    run,
    some_sections,
    zipped,
)


def saved(pdf: FPDF) -> bytes:
    return bytes(pdf.output())


def a_plain_pdf() -> FPDF:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times")
    pdf.text(20, 20, "Hello world.")
    return pdf


def an_encrypted_pdf() -> bytes:
    pdf = a_plain_pdf()
    pdf.set_encryption(owner_password="owner", user_password="user")
    return saved(pdf)


def a_scan() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 50, 50)
    return saved(pdf)


PLAIN_PDF = saved(a_plain_pdf())

WITHOUT_PAGES = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
trailer <</Root 1 0 R>>
%%EOF"""


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        pytest.param(an_encrypted_pdf(), "password protects", id="encrypted"),
        pytest.param(PLAIN_PDF[: len(PLAIN_PDF) // 2], "cut short", id="half"),
        pytest.param(PLAIN_PDF[:20], "cut short", id="beginning"),
        pytest.param(b"%PDF-1.4\n%%EOF", "damaged", id="nothing in it"),
        pytest.param(WITHOUT_PAGES, "no pages", id="no pages"),
        pytest.param(a_scan(), "without text", id="scan"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, data: bytes, complaint: str) -> None:
    (tmp_path / "file.pdf").write_bytes(data)
    with pytest.raises(UnreadableFile, match=ONE_SENTENCE) as refusal:
        read(tmp_path / "file.pdf")

    assert complaint in str(refusal.value)


def test_a_pdf_is_known_by_its_content_even_behind_other_bytes(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + PLAIN_PDF)

    assert read(tmp_path / "file.txt").text == "Hello world."


def test_a_text_about_pdf_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("A file that begins with %PDF-1.7 is a PDF.")

    assert read(tmp_path / "notes.txt").text == "A file that begins with %PDF-1.7 is a PDF."


def a_bomb(inside: str) -> dict[str, str]:
    """An archive of some 100 kB whose text would be more than may be unpacked."""
    text = "Hello. " * (MOST_UNPACKED // 7 + 1)
    if inside == "docx":
        return {"word/document.xml": f"<w:document {WORD}><w:body>{paragraph(run(text))}</w:body></w:document>"}
    return book([chapter(f"<p>{text[: len(text) // 2 + 1]}")] * 2)


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        pytest.param(lambda: a_bomb("docx"), "unpacks to more than", id="bomb.docx"),
        pytest.param(lambda: a_bomb("epub"), "unpacks to more than", id="bomb.epub"),
        pytest.param(
            lambda: {
                "word/document.xml": f'<!DOCTYPE w:p [<!ENTITY a0 "ha">{LAUGHS}]>'
                f"<w:document {WORD}>{paragraph(run('&a9;'))}</w:document>"
            },
            "declaration that no such file needs",
            id="laughs.docx",
        ),
        pytest.param(lambda: {"word/document.xml": "<w:document>"}, "damaged", id="no XML.docx"),
        pytest.param(lambda: {"xl/workbook.xml": ""}, "damaged", id="no XML.xlsx"),
        pytest.param(lambda: {"xl/workbook.bin": ""}, "binary", id="sheet.xlsb"),
        pytest.param(lambda: {"ppt/presentation.xml": "<p>"}, "damaged", id="no XML.pptx"),
        pytest.param(lambda: {"content.xml": "<p"}, "damaged", id="no XML.odt"),
        pytest.param(lambda: {"META-INF/container.xml": CONTAINER}, "lacks its part", id="container.epub"),
        pytest.param(
            lambda: {name: part for name, part in book([chapter("x")]).items() if "xhtml" not in name},
            "lacks its part",
            id="lost chapter.epub",
        ),
        pytest.param(
            lambda: (
                book([chapter("x")])
                | {"META-INF/encryption.xml": '<encryption><CipherReference URI="OEBPS/a%200.xhtml"/></encryption>'}
            ),
            "encrypted",
            id="rights.epub",
        ),
        pytest.param(
            lambda: {"word/document.xml": '<?xml version="1.0" encoding="klingon"?><a/>'},
            "the encoding 'klingon' is unknown",
            id="encoding.docx",
        ),
    ],
)
def test_an_archive_that_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, parts: Callable[[], dict[str, str]], complaint: str
) -> None:
    file = zipped(tmp_path / "file.zip", parts())
    with pytest.raises(UnreadableFile, match=ONE_SENTENCE) as refusal:
        read(file)

    assert complaint in str(refusal.value)


def test_nothing_outside_an_archive_is_read_or_written(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(
        f"<w:footnotes {WORD}><w:footnote>{paragraph(run('The key is under the mat.'))}</w:footnote></w:footnotes>"
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    for outside in ("../secret.xml", "../../secret.xml", str(secret), f"file://{secret}", f"/..{secret}"):
        body = f'{paragraph(run("The ferry sails."))}<w:p><w:r><w:footnoteReference w:id="0"/></w:r></w:p>'
        parts = {"_rels/document.xml.rels": related(("r1", "footnotes", outside)), "../../written.txt": "Written."}
        (folder / "a.docx").write_bytes(a_word_file(body, parts=parts))
        book_parts = book([chapter("<p>The ferry sails.</p>")])
        book_parts["OEBPS/book.opf"] = book_parts["OEBPS/book.opf"].replace(
            "</manifest>", f'<item id="x" href="{outside}"/></manifest>'
        )
        zipped(folder / "a.epub", book_parts | {"../written.txt": "Written."})
        (folder / "a.html").write_text(f'<p>The ferry sails.<iframe src="{outside}"></iframe><object data="{outside}">')
        for file in folder.iterdir():
            document = read(file)
            assert "The ferry sails." in document.text
            assert "mat" not in document.text
    assert not [*tmp_path.rglob("written.txt")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eml", b"From: Mary\nDate: Thu, 18 Apr 2024 09:12:2147483648 +0200\nMIME-Version: 1.0\n\nThe ferry sails."),
        ("a.eml", "From: Mary\nSubject: =?ut😀f-8?Q?H=C3=B8ring?=\nMIME-Version: 1.0\n\nThe ferry sails.".encode()),
        ("a.xlsx", spreadsheet(f"<row>{sheet_cell('The ferry sails.')}<c><v>1e999</v></c></row>")),
        ("a.html", b"<table><tr><table><td>The ferry sails.<td>Today.<tr><td>At noon.<td>Not.</table>"),
    ],
    ids=["date", "charset", "number", "cell before all rows"],
)
def test_a_broken_value_costs_a_file_nothing_but_itself(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert "The ferry sails." in read(file).text


@pytest.mark.parametrize("suffix", ["docx", "epub", "pdf", "xlsx", "pptx", "odt", "eml"])
def test_a_damaged_file_ends_in_a_document_or_in_one_sentence(tmp_path: Path, suffix: str) -> None:
    whole, damaged = tmp_path / f"whole.{suffix}", tmp_path / f"damaged.{suffix}"
    WRITERS[suffix](whole, some_sections())
    draw = random.Random(0)
    for _ in range(30):
        data = bytearray(whole.read_bytes())
        for _ in range(draw.choice([1, 20])):
            data[draw.randrange(len(data))] = draw.randrange(256)
        damaged.write_bytes(data[: draw.choice([len(data), draw.randrange(len(data))])])
        document = read_or_refused(damaged)
        assert document is None or all(passage.text in document.text for passage in split(document))


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        "<body>" + "<p>Some <b>bold</b> text.</p>" * 35_000,
        "<script>var q = '<p>no</p>';" * 100_000 + "</script><p>Some text.",
        "<div>" * 200_000 + "Some text.",
        "<p>Some text.<!--" + "<!--" * 1_000_000,
        "<p>Some text." + "<" * 1_000_000,
        "<p " + "a=1 " * 500_000 + ">Some text.",
        "<p>Some text." + "&amp" * 1_000_000,
    ],
    ids=["1 MB on one line", "scripts", "depth", "comments", "signs", "attributes", "entities"],
)
def test_a_hostile_page_is_read_in_time_that_grows_with_its_length_alone(markup: str) -> None:
    begun = time.process_time()
    content = read_html(markup)

    assert content.text.startswith("Some ")
    assert "no" not in content.text
    assert time.process_time() - begun < 20  # and a few seconds at most where nothing else runs
