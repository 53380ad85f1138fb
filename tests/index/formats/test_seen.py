"""Every file reads as a person sees it: what stands in it, as which block, in which place, and what is not to be read.

The files are of the kinds that people have, most of them made small for this after bug reports of other programs.
"""

import subprocess
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index import Block, Document, FolderCollection, Kind, Role, Span, read, sentences, split
from index.add import add
from index.passage import WINDOW
from index.testing import BagOfWords
from tests.conftest import CHROMIUM, needs_chromium

CASES = Path(__file__).with_name("cases")

HEADING, PARAGRAPH, ITEM, ROW = Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ROW

TABLE = [
    # Raised numbers
    ("footnote_sup-report.html", "The survey team counted 48 ² fishing boats in the old harbour", PARAGRAPH, Role.TEXT),
    ("footnote_sup-report.html", "The new pier cost 3.6 ⁵ million crowns", PARAGRAPH, Role.TEXT),
    ("footnote_sup-report.html", "4.1 × 10⁶ bacteria per litre", PARAGRAPH, Role.TEXT),
    ("footnote_sup-report.html", "In 2019 ³ the town lost its last cannery, and 212 ⁴ people", PARAGRAPH, Role.TEXT),
    ("footnote_sup-report.html", "Area of the basin: 25 km².", PARAGRAPH, Role.TEXT),
    ("footnote_sup-report.html", "2. Preliminary figure.", ITEM, Role.TEXT),
    ("epub-mediatype.epub", "on 9 November 1871 ¹ by Anders Holm, who had 14 ² men under him.", PARAGRAPH, Role.TEXT),
    # Struck and invisible text
    ("html_edits-price.html", "A single ticket costs 62 euros from the first of March.", PARAGRAPH, Role.TEXT),
    ("html_edits-price.html", "The train leaves at 22:40 every evening.", PARAGRAPH, Role.TEXT),
    ("html_edits-price.html", "Berths for children cost 12 euros.", PARAGRAPH, Role.TEXT),
    ("html_edits-price.html", "Rated 4 stars.", PARAGRAPH, Role.TEXT),
    ("html_edits-price.html", "Operator\tNordlys Rail AS", ROW, Role.TEXT),
    ("docx_numbers-inspection.docx", "the fuel tank to hold 180 litres.", PARAGRAPH, Role.TEXT),
    ("docx_numbers-inspection.docx", "The mast was replaced in 2017.", PARAGRAPH, Role.TEXT),
    # Visible text
    ("docx_numbers-inspection.docx", "The keel weighs 2.4 tonnes.", PARAGRAPH, Role.TEXT),
    ("docx_numbers-inspection.docx", "Engine tested:☑ yes ☐ no", PARAGRAPH, Role.TEXT),
    ("docx_numbers-inspection.docx", "Hull condition: Poor", PARAGRAPH, Role.TEXT),
    ("docx_numbers-inspection.docx", "Report no. HS-2024-118, issued by Holt Marine Surveys", PARAGRAPH, Role.HEADER),
    ("docx_numbers-inspection.docx", "Valid until 14 June 2026", PARAGRAPH, Role.FOOTER),
    ("docx_numbers-lease.docx", "2.2 Rent paid late bears interest of four percent a year.", ITEM, Role.TEXT),
    ("docx_numbers-lease.docx", "3. Repairs", ITEM, Role.TEXT),
    ("epub-mediatype.epub", "In 1904 the keeper\xa0was Berit Aas", PARAGRAPH, Role.TEXT),
    ("epub-mediatype.epub", "The tower is 34 metres high.", PARAGRAPH, Role.TEXT),
    ("pdf_form-form.pdf", "Ingrid Solberg", ROW, Role.TEXT),
    # Lines, items, rows and cells
    ("lists-staff.txt", "Chair: Ada Lind", PARAGRAPH, Role.TEXT),
    ("lists-staff.txt", "14 January - budget", PARAGRAPH, Role.TEXT),
    ("tables-t.html", "Brage\t2004\t310\tNorled", ROW, Role.TEXT),
    ("tables-t.html", "Monday to Friday\t8:00\nto 16:30", ROW, Role.TEXT),
    ("tables-t.html", "55 12 34 56", PARAGRAPH, Role.TEXT),
    ("tables-t.html", "Harbour master: Ada Lind", ITEM, Role.TEXT),
    ("highways-minutes.docx", "2. Tenders", HEADING, Role.TEXT),
    ("highways-minutes.docx", "Kestrel Civil Ltd\t£6,980,000\tAugust 2025", ROW, Role.TEXT),
    ("inspection-report.pdf", "3.2 Bearings", HEADING, Role.TEXT),
    ("inspection-report.pdf", "Replacement of bearings\t1,240\t3", ROW, Role.TEXT),
    ("interview-brough.txt", "A: Tomorrow. On a bicycle.", PARAGRAPH, Role.TEXT),
    ("tokens-contact.md", "# Havnsund harbour office", HEADING, Role.TEXT),
    # What is set apart
    ("hidden-news.html", "Fjell Post Sport Weather: -4", PARAGRAPH, Role.HEADER),
    ("hidden-news.html", "Three killed in avalanche at Storfjell last winter", ITEM, Role.TEASER),
    ("hidden-news.html", "The police say that the two had gone out", PARAGRAPH, Role.TEXT),
    ("hidden-news.html", "Subscribe now for 99 crowns a month.", PARAGRAPH, Role.ASIDE),
    ("hidden-news.html", "Rundhø is 1,512 metres high.", PARAGRAPH, Role.TEXT),
    ("hidden-news.html", "I heard four people died!!", PARAGRAPH, Role.COMMENT),
    ("html_edits-price.html", "We use cookies to improve your visit.", PARAGRAPH, Role.NOTICE),
    ("tarn-gazette.html", "Subscribe for £1 a week", ITEM, Role.NAVIGATION),
    ("tarn-gazette.html", "3. Bin strike enters third week", ITEM, Role.ASIDE),
    ("tarn-gazette.html", "My commute is now 90 minutes!", PARAGRAPH, Role.COMMENT),
    ("tarn-gazette.html", "© 2024 Tarn Gazette Ltd.", PARAGRAPH, Role.FOOTER),
    # E-mails and archives
    ("files-mail.eml", 'From: "Kari Moe" <kari@havn.example>', PARAGRAPH, Role.TEXT),
    ("files-mail.eml", "will be held on 21 May at the Sjømannshus in Havnsund.", PARAGRAPH, Role.TEXT),
    ("mhtml-page.mhtml", "The new ferry was named “Solvår” by the author Åse Lunde", PARAGRAPH, Role.TEXT),
    ("mhtml-page.mhtml", "Home News", PARAGRAPH, Role.NAVIGATION),
]

UNSEEN = [
    ("html_edits-price.html", ["49 euros", "21:10", "99 euros", "47", "new window", "Accept\n"]),
    ("hidden-news.html", ["149 crowns", "five killed"]),
    ("docx_numbers-inspection.docx", ["300", "internal note", "DATE", "Good"]),
    ("mhtml-page.mhtml", ["99px", "MultipartBoundary"]),
    ("files-mail.eml", ["=C3", "base64", "PGh0"]),
    ("tarn-gazette.html", ["dataLayer", "Accept all"]),
]


def blocks(document: Document) -> list[tuple[str, Block]]:
    ends = [*(block.start for block in document.blocks), len(document.text)]
    return [
        (document.text[start:end], block) for block, (start, end) in zip(document.blocks, pairwise(ends), strict=True)
    ]


def block_of(document: Document, words: str) -> Block:
    found = [block for text, block in blocks(document) if words in text]
    assert len(found) == 1, [text for text, _ in blocks(document)]
    return found[0]


@pytest.mark.parametrize(("file", "words", "kind", "role"), TABLE)
def test_what_people_see_stands_in_one_block(file: str, words: str, kind: Kind, role: Role) -> None:
    block = block_of(read(CASES / file), words)

    assert (block.kind, block.role) == (kind, role)


def test_a_section_that_is_set_apart_ends_where_the_main_text_goes_on(tmp_path: Path) -> None:
    aside = "<aside><h2>Read also</h2><ul><li><a href=a>More</a></ul></aside>"
    (tmp_path / "page.html").write_text(f"{aside}<p>First.<h1>Boats</h1><p>Second.{aside}<p>Third.")
    document = read(tmp_path / "page.html")

    places = [document.place(document.text.index(words)) for words in ("First.", "Second.", "Third.")]
    assert places == ["the beginning", "section “Boats”", "section “Boats”"]
    assert document.place(document.text.rindex("More")) == "section “Read also”"


@pytest.mark.parametrize(("file", "unseen"), UNSEEN)
def test_what_nobody_sees_is_not_read(file: str, unseen: list[str]) -> None:
    text = read(CASES / file).text

    assert [words for words in unseen if words in text] == []


@pytest.mark.parametrize("file", sorted(CASES.iterdir()), ids=lambda file: str(file.name))
def test_no_sentence_and_no_passage_of_a_real_file_breaks_a_block(file: Path) -> None:
    document = read(file)
    starts = {block.start for block in document.blocks}
    long = {block.start for text, block in blocks(document) if len(text.strip()) > WINDOW}

    for sentence in sentences(document.text, document.breaks(Span(0, len(document.text)))):
        assert document.breaks(sentence) == ()
    for passage in split(document):
        assert passage.span.start in starts or document.block(passage.span.start).start in long
        following = document.text.find(document.text[passage.span.end :].strip()[:1] or "\0", passage.span.end)
        assert following < 0 or following in starts or document.block(passage.span.end - 1).start in long


@pytest.mark.parametrize(
    ("file", "title", "author", "day"),
    [
        ("files-mail.eml", "Høring om havnen", "Kari Moe", "2024-03-05"),
        ("epub-mediatype.epub", "The Lighthouse Keepers of Skarv", "Ellinor Brandt", "2011-05-04"),
        ("tarn-gazette.html", "Bridge repair will cost £7.1m, council admits", "Priya Raman", "2024-04-09"),
        ("mhtml-page.mhtml", "New ferry named", None, None),
        ("footnote_sup-report.html", "Harbour survey", None, None),
        ("docx_numbers-lease.docx", "docx_numbers-lease", None, None),  # what python-docx fills in is nobody's word
    ],
)
def test_a_file_says_what_it_is_called_who_wrote_it_and_when(
    file: str, title: str, author: str | None, day: str | None
) -> None:
    document = read(CASES / file)
    said = {fact.name: fact.value for fact in document.facts}

    assert (document.title, said.get("author"), said.get("date")) == (title, author, day)


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "head", "texts"),
    [
        ("<p>E = mc<sup>2</sup> and x<sup>n</sup>", "", ["E = mc² and xⁿ"]),
        ("<p>on the 1<sup>st</sup>, CO<sub>2</sub> and <sup>14</sup>C", "", ["on the 1st, CO2 and ¹⁴C"]),
        ("<p>cost 12<sup>a</sup> crowns, 5 m<sup>3</sup>, 10<sup>−9</sup>", "", ["cost 12 ᵃ crowns, 5 m³, 10⁻⁹"]),
        ("<p>paid 10<sup><a href='#n1'>6</a></sup> crowns", "", ["paid 10 ⁶ crowns"]),
        ("<p>sold 48<span style='vertical-align: super'>2</span> boats", "", ["sold 48 ² boats"]),
        ("<p><math><msup><mn>10</mn><mn>6</mn></msup></math> cells", "", ["10⁶ cells"]),
        ("<p>now <strike>5</strike> 6 <span style='text-decoration:line-through'>7</span> boats", "", ["now 6 boats"]),
        ("<p>A<span class=x>B</span> C<p class='x y'>D<p id=z>E", "<style>.x, #z { display: none }</style>", ["A C"]),
        ("<p class=x>A", "<style>@media print { .x { display: none } }</style>", ["A"]),
        ("<p>A<span style='left:-9999px'>B</span><span style='opacity: 0'>C</span> D", "", ["A D"]),
        ("<p>A<span style='opacity: 0.9; margin-left: -1px'>B</span>", "", ["AB"]),
        ("<ol start=3><li>c<li value=7>g<li>h</ol>", "", ["3. c", "7. g", "8. h"]),
        ("<ol type=a><li>x<ol type=I><li>y</ol><li>z</ol>", "", ["a. x", "I. y", "b. z"]),
        ("<ol reversed><li>x<li>y</ol>", "", ["2. x", "1. y"]),
        ("<ol style='list-style: none'><li>x</ol><ul><li><p>y</ul>", "", ["x", "y"]),
        ("<table><tr><td><p>a<td><p>b<br>c<tr><td><td>d</table>", "", ["a\tb\nc", "d"]),
        ("<table><tr><td><h2>a</h2><p>b<p>c<td>d</table>", "", ["a", "b", "c", "d"]),
        ("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>", "", ["a\tb", "c", "d\te"]),
        ("<p>Ada Lind<br>Deputy<br>and more", "", ["Ada Lind", "Deputy\nand more"]),
    ],
)
def test_a_page_reads_as_a_browser_shows_it(body: str, head: str, texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html(body, head), encoding="utf-8")

    assert [text.strip() for text, _ in blocks(read(tmp_path / "page.html"))] == texts


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("<div class='post has-comments'><h1>T</h1><p>Words.</p></div>", Role.TEXT),
        ("<div id=comments><p>Words.</p></div><p>Long text of the page itself.", Role.COMMENT),
        ("<h2>Related articles</h2><ul><li><a href=x>Words.</a></ul><p>Long text of the page.", Role.TEASER),
        ("<p>Long text of the page itself.</p><h3>Comments (2)</h3><p>Words.", Role.COMMENT),
        ("<article><h1>T</h1><p>It is long enough.</article><div>Words.</div>", Role.ASIDE),
        ("<article><h1>T</h1><p>Words.</article><article><p>More.</article>", Role.TEXT),
        ("<div class=comment><p>Words.</p></div>", Role.TEXT),  # all of it can not be set apart
        ("<p>Long text of the page itself.<div class='cookie-consent'>Words.</div>", Role.NOTICE),
        ("<p>Long text of the page itself.<div id=google_ads_iframe_1><p>Words.</div>", Role.ADVERTISEMENT),
        ("<p>Long text of the page itself.<div class='card in-article-ad'>Words.</div>", Role.ADVERTISEMENT),
        ("<p>Long text of the page itself.<div aria-label='Advertisement'>Words.</div>", Role.ADVERTISEMENT),
        ("<p>Long text of the page itself.<div class='address adjusted' aria-label='Our ad team'>Words.", Role.TEXT),
    ],
)
def test_what_is_set_apart_is_told_by_names_headings_and_elements(body: str, role: Role, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html(body), encoding="utf-8")

    assert block_of(read(tmp_path / "page.html"), "Words.").role == role


def a_word_file(folder: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w', 'm')}>{paragraph}</w:p>"), "w:sectPr"
        )
    document.save(folder / "file.docx")
    return folder / "file.docx"


def a_run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def a_term(text: object) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


WHITE = '<w:color w:val="FFFFFF"/>'
RAISED, LOWERED = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (a_run("48") + a_run("2", RAISED) + a_run(" boats"), "48 ² boats"),
        (a_run("4 × 10") + a_run("1", RAISED) + a_run("2", RAISED), "4 × 10¹²"),
        (a_run("CO") + a_run("2", LOWERED) + a_run(", the 1") + a_run("st", RAISED), "CO2, the 1st"),
        (a_run("a ") + a_run("old ", "<w:dstrike/>") + a_run("new boat"), "a new boat"),
        (a_run("shown", '<w:vanish w:val="0"/>') + a_run("hidden", "<w:vanish/>"), "shown"),
        (f"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{a_run('its mark alone is hidden')}", "its mark alone is hidden"),
        (a_run("shown ") + a_run("ghost", WHITE), "shown"),
        (a_run("white", WHITE + '<w:shd w:val="clear" w:fill="003366"/>'), "white"),
        (f'<w:pPr><w:shd w:val="clear" w:fill="003366"/></w:pPr>{a_run("bar", WHITE)}', "bar"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + a_run(" yes"), "☑ yes"),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "10⁶",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>",
            "a/b",
        ),
    ],
)
def test_a_word_file_reads_as_it_is_printed(paragraph: str, text: str, tmp_path: Path) -> None:
    assert read(a_word_file(tmp_path, paragraph, a_run("End."))).text == f"{text}\n\nEnd."


def test_lists_page_headers_and_properties_of_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Harbour plan", "Ada Lind"
    for text in ("First", "Second"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Bulleted", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "Plan no. 7"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "Plan no. 7"
    document.save(tmp_path / "plan.docx")
    found = read(tmp_path / "plan.docx")

    assert found.text == "1. First\n\n2. Second\n\nBulleted\n\nPlan no. 7"
    assert [block.kind for block in found.blocks[:3]] == [Kind.ITEM] * 3
    assert (found.title, [fact.value for fact in found.facts]) == ("Harbour plan", ["Harbour plan", "Ada Lind"])


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html("<p>Words.<img src=a alt=x><img src=b><img src=c alt=''><video></video>"))
    headers = b"From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    parts = b"--x\n\nWords.\n--x\nContent-Type: application/pdf\n\nAAAA\n--x--\n"
    (tmp_path / "a.eml").write_bytes(headers + parts)

    assert read(tmp_path / "page.html").unread == ("2 images", "1 video")
    assert read(tmp_path / "a.eml").unread == ("1 attachment",)


@pytest.mark.slow
@needs_chromium
def test_what_chromium_prints_of_a_page_reads_like_the_page(tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={printed}"]
    page = CASES / "footnote_sup-report.html"
    subprocess.run([str(CHROMIUM), *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    text = " ".join(read(printed).text.split())

    assert "counted 48 ² fishing boats in the old harbour at Marvik" in text
    assert "4.1 × 10⁶ bacteria" in text
    assert "25 km²" in text


def test_what_was_not_read_is_said_when_a_file_is_added(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html("<p>Words.<img src=a alt=x>"))
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        outcomes = list(add([tmp_path / "page.html"], collection))

    assert [(outcome.change, outcome.reason) for outcome in outcomes] == [("added", "not read: 1 image")]


def test_what_is_filled_into_a_form_of_a_web_page_is_read_and_its_buttons_are_not(tmp_path: Path) -> None:
    fields = (
        '<label>Applicant</label> <input value="Ada Lind"><input type="hidden" value="x1"><input type=submit value=Go>'
    )
    file = tmp_path / "form.html"
    file.write_text(f"<!doctype html><html><body><main><p>{fields}</p></main></body></html>", encoding="utf-8")
    assert read(file).text == "Applicant Ada Lind"
