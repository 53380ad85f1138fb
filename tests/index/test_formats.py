"""Every format becomes a text of true quotes whose places are known, and what cannot be read becomes one sentence."""

import csv
import random
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from bench.office_files import open_document, sheet_cell, slide_shape, slides, spreadsheet
from index import CitedError, Document, Place, Role, Span, UnreadableFile, read, split
from index.formats.archive import MOST_UNPACKED
from index.formats.bidi import reading_order
from index.formats.html import read_html
from index.formats.markdown import read_markdown
from index.formats.normal import normalised
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


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_places_of_ten_quotes_in_each_format_are_right(tmp_path: Path, suffix: str) -> None:
    sections = some_sections()
    WRITERS[suffix](tmp_path / f"file.{suffix}", sections)
    document = read(tmp_path / f"file.{suffix}")
    line, found, expected = 0, [], []
    for number, (heading, paragraphs) in enumerate(sections, start=1):
        quote = random.Random(number).choice(paragraphs)
        match = re.search(r"\s+".join(map(re.escape, quote.split())), document.text)
        assert match, quote
        found.append(Citation(document, Span(*match.span())).place)
        row = line + 1 + paragraphs.index(quote)
        by_format = {
            "txt": f"line {row}",
            "pdf": f"page {number}",
            "xlsx": f"sheet “Costs”, cell B{row}",
            "csv": f"cell B{row}",
            "pptx": f"slide {number}",
        }
        expected.append(by_format.get(suffix, f"section “{heading}”"))
        line += len(paragraphs)

    assert found == expected
    assert len(found) == SECTIONS


# What each format holds


def test_a_page_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<!-- saved --><!doctype html><title>T</title><style>p {}</style><nav>Menu</nav><div hidden>Gone</div>"
        "<p style='display: none'>Gone"
        "<p>So\xadft o\ufb03ce,<br>and\n  <i>e\u0301te\u0301</i>.<br><br>New<pre>a  b\n c</pre>"
        "<table><tr><td>1<td>2<tr><td>3</table><h1>The <b>big</b>\nday</h1><ul><li>one<li>two</ul><script>no()</script>"
    )
    document = read(file)

    assert document.text == "Soft office,\nand été.\n\nNew\n\na  b\n c\n\n1\t2\n3\n\nThe big day\n\none\ntwo"
    start = document.text.index("The big")
    assert document.places == (Place(0, "the beginning"), Place(start, "section “The big day”"))


def test_a_text_of_comments_only_is_a_page_soon_known_for_none(tmp_path: Path) -> None:
    (tmp_path / "comments.txt").write_text("<!--x-->\n" * 1000)

    assert read(tmp_path / "comments.txt").text == "<!--x-->\n" * 1000


def test_what_stands_around_the_main_part_of_a_page_is_set_apart(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<div>Cookies?</div><main><h1>Dogs</h1>Dogs bark.</main><footer>Imprint</footer>")
    document = read(file)

    assert document.text == "Cookies?\n\nDogs\n\nDogs bark.\nImprint"
    assert [block.role for block in document.blocks] == [Role.ASIDE, Role.TEXT, Role.TEXT, Role.FOOTER]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-15", "windows-1251"])
def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    text = "Ёлка в лесу" if encoding == "windows-1251" else "Noël à Genève"
    (tmp_path / "page.htm").write_bytes(f'<meta charset="{encoding}"><p>{text}'.encode(encoding))

    assert read(tmp_path / "page.htm").text == text


@pytest.mark.parametrize(
    ("written", "headings"),
    [
        ("# One\ntext\n## Two ##\n#no heading\n#\n", ["One", "Two"]),
        ("One\n===\n\nTwo\n---\n\n- item\n---\n\n> quote\n---\n\n    code\n---\n", ["One", "Two"]),
        ("```\n# no\n``\n````\n# One\n~~~ text\n# no\n```\n~~~\n# Two\n", ["One", "Two"]),
        ("---\ntitle: no\n---\n# One\n", ["One"]),
        ("text\n\n---\n\ntext\n", []),
        ("# One\n---\n---\n* * *\n---\n___\n---\n**Two**\n---\n", ["One", "**Two**"]),
    ],
    ids=["signs", "underlines", "fences", "front matter", "rule", "rules"],
)
def test_markdown_is_kept_as_it_is_and_its_headings_begin_sections(written: str, headings: list[str]) -> None:
    content = read_markdown(written)

    assert content.text == written
    assert [place.label for place in content.places] == [f"section “{heading}”" for heading in headings]


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def test_markdown_is_read_without_what_is_struck_or_commented_out() -> None:
    written = "Sail at ~~8~~ 9.<!-- no --> <del>Never.</del> Press `~~x~~`.\n<!--\nnot\n-->\n~~~\n~~y~~\n~~~\n"
    content = read_markdown(written)
    assert content.text.split() == "Sail at 9. Press `~~x~~`. ~~~ ~~y~~ ~~~".split()


def test_markdown_states_its_title_author_and_date() -> None:
    content = read_markdown("---\ntitle: 'Sea plan'\nauthor: Ann Lee\ndate: 2024-03-01\n---\n# Boats\n\nThey sail.\n")
    assert {fact.name: fact.value for fact in content.facts} == {
        "title": "Sea plan",
        "author": "Ann Lee",
        "date": "2024-03-01",
    }
    assert [fact.value for fact in read_markdown("# Boats\n\nThey sail.\n").facts] == ["Boats"]


def test_a_word_file_is_read_as_if_its_changes_were_accepted(tmp_path: Path) -> None:
    own_style = '<w:style w:styleId="Own"><w:name w:val="My own"/><w:basedOn w:val="U1"/></w:style>'
    styles = f'<w:styles {WORD}><w:style w:styleId="U1"><w:name w:val="heading 1"/></w:style>{own_style}</w:styles>'
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("a", "b"))
    box = f"<mc:AlternateContent>{run('once')}<mc:Fallback>{run('twice')}</mc:Fallback></mc:AlternateContent>"
    tab = "<w:r><w:tab/></w:r>"
    body = [
        paragraph("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", f"<w:ins>{run('new')}</w:ins>", run(" text")),
        paragraph("<w:pPr><w:pStyle w:val='Own'/></w:pPr>", run("Re"), run("sults")),
        f"<w:sdt><w:sdtContent>{paragraph(box)}</w:sdtContent></w:sdt>",
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>",
        paragraph("<w:pPr><w:tabs><w:tab/></w:tabs><w:outlineLvl w:val='1'/></w:pPr>", run("x"), tab, run("y")),
    ]
    notes = f"<w:footnotes {WORD}><w:footnote>{paragraph(run('A note.'))}</w:footnote></w:footnotes>"
    file = zipped(
        tmp_path / "file.docx",
        {
            "word/document.xml": f"<w:document {WORD} {COMPATIBILITY}><w:body>{''.join(body)}</w:body></w:document>",
            "word/styles.xml": styles,
            "word/footnotes.xml": notes,
        },
    )
    document = read(file)

    assert document.text == "new text\n\nResults\n\nonce\n\na\tb\na\tb\n\nx\ty\n\nA note."
    assert [place.label for place in document.places] == ["the beginning", "section “Results”", "section “x y”"]


def test_a_chapter_without_a_heading_is_called_as_in_the_table_of_contents(tmp_path: Path) -> None:
    pages = [chapter(f"<p>Page&nbsp;{n}.</p><h2>Head {n}</h2>x") for n in range(3)]
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="a%20{}.xhtml#start"/></navPoint>'
    contents = point.format("Dawn", 0) + point.format("Dusk", 2)
    document = read(zipped(tmp_path / "book.epub", book(pages, contents)))

    assert document.text == "\n\n".join(f"Page\xa0{n}.\n\nHead {n}\n\nx" for n in range(3))
    assert [place.label for place in document.places] == [
        *("section “Dawn”", "section “Head 0”", "part 2", "section “Head 1”", "section “Dusk”", "section “Head 2”"),
    ]


ARABIC = "السلام عليكم ورحمة الله (25 مئوية) في NASA سنة 2025."
ARABIC_AS_SET = ".2025 ةنس NASA يف (ةيوئم 25) هللا ةمحرو مكيلع مالسلا"
HEBREW = "הכנס נפתח ביום רביעי, 12.5.2025"
HEBREW_AS_SET = "12.5.2025 ,יעיבר םויב חתפנ סנכה"


def a_pdf() -> FPDF:
    data = Path(pytest.importorskip("matplotlib").get_data_path())
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("DejaVu", fname=data / "fonts" / "ttf" / "DejaVuSans.ttf")
    pdf.set_font("DejaVu", size=12)
    return pdf


@pytest.mark.parametrize("order", ["as a whole", "from the left", "from the right"])
def test_right_to_left_lines_of_a_pdf_read_as_they_were_written(tmp_path: Path, order: str) -> None:
    pdf = a_pdf()
    for y, line in enumerate([ARABIC_AS_SET, HEBREW_AS_SET, "Left to right."]):
        x, characters = 20.0, []
        for character in line:
            characters.append((x, character))
            x += pdf.get_string_width(character)
        if order == "from the right":
            characters.reverse()
        for left, text in [(20.0, line)] if order == "as a whole" else characters:
            pdf.text(left, 20 + 20 * y, text)
    pdf.output(str(tmp_path / "file.pdf"))

    assert read(tmp_path / "file.pdf").text == f"{ARABIC}\n\n{HEBREW}\n\nLeft to right."


def test_words_broken_at_the_end_of_a_line_of_a_pdf_are_whole_again(tmp_path: Path) -> None:
    pdf = a_pdf()
    pdf.multi_cell(
        0,
        text="The confer-\nence of well-\nknown people, Anne-\nMarie: \ufb01rst,\ne\u0301te\u0301. A well-known man.",
    )
    pdf.output(str(tmp_path / "file.pdf"))

    text = "The conference of well-known people, Anne-Marie: first, été. A well-known man."
    assert read(tmp_path / "file.pdf").text == text


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.text("abא ב1.()", min_size=1))
def test_the_reading_order_of_a_line_loses_no_character(line: str) -> None:
    assert sorted(reading_order(line, from_right=True).replace(")", "(")) == sorted(line.replace(")", "("))


# Hostile files


def read_or_refused(file: Path) -> Document | None:
    """Return the document, or nothing where the file was refused as it should be."""
    refusal = ""
    try:
        return read(file)
    except CitedError as error:
        refusal = str(error)
    assert re.search(ONE_SENTENCE, refusal)
    return None


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
    ],
)
def test_an_archive_that_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, parts: Callable[[], dict[str, str]], complaint: str
) -> None:
    file = zipped(tmp_path / "file.zip", parts())
    with pytest.raises(UnreadableFile, match=ONE_SENTENCE) as refusal:
        read(file)

    assert complaint in str(refusal.value)


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


@given(st.text().filter(lambda text: any(map(str.isalnum, text))), st.sampled_from(["txt", "md", "html"]))
def test_any_text_ends_in_passages_that_cover_it_or_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    file.write_bytes(text.encode())
    document = read_or_refused(file)
    if document is None:
        return
    passages = split(document)
    covered = {offset for passage in passages for offset in range(passage.span.start, passage.span.end)}

    assert all(passage.text == document.text[passage.span.start : passage.span.end] for passage in passages)
    assert all(offset in covered or character.isspace() for offset, character in enumerate(document.text))
    assert all(Citation(document, passage.span).place for passage in passages)
