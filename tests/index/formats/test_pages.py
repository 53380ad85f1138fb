"""Web pages read as a browser shows them: what their styles hide, raise, number and write, and what forms hold."""

import json
from pathlib import Path

import pytest

from index import read
from index.formats.css.selectors import Node, parsed
from tests.index.formats.files import an_epub, an_mhtml


def text_of(body: str, head: str, folder: Path) -> str:
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    return read(folder / "page.html").text


def style(rules: str) -> str:
    return f"<style>{rules}</style>"


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("48<span class=n>2</span> boats", ".n { vertical-align: super; font-size: 70% }"),
        ("48<span class=n>2</span> boats", "span.n { vertical-align: 0.4em }"),
        ("48<a class=n>2</a> boats", "body p > a.n { position: relative; top: -.5em }"),
        ("48<span class=superscript>2</span> boats", ""),
    ],
)
def test_a_number_raised_by_a_style_sheet_is_not_part_of_the_number_before_it(
    body: str, rules: str, tmp_path: Path
) -> None:
    assert text_of(f"<p>{body}", style(rules), tmp_path) == "48 ² boats"


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        ("10<sup>3.5</sup>", "10^3.5"),
        ("4<sup>1/2</sup>", "4^(1/2)"),
        ("10<sup>n+1</sup>", "10ⁿ⁺¹"),
        ("48<sup>2)</sup>", "48 ²⁾"),
        ("17<sup>(3)</sup>", "17 ⁽³⁾"),
        ("19<sup>2 3</sup>", "19 ² ³"),
        ("21<sup>a,b</sup>", "21 ᵃ,ᵇ"),
        ("12<sup>A</sup>", "12 ᴬ"),
        ("12<sup>th</sup>", "12th"),
        ("x<sup>1/2</sup>", "x^(1/2)"),
        ("e<sup>x+1</sup>", "eˣ⁺¹"),
        ("Ida<sup>new in 2024</sup>", "Ida new in 2024"),
        ("M<sup>me</sup>", "Mme"),
        ("seven<a role=doc-noteref href=#n>1</a>", "seven ¹"),
    ],
)
def test_raised_text_never_continues_a_number_or_a_word(raised: str, text: str, tmp_path: Path) -> None:
    assert text_of(f"<p>{raised} words", "", tmp_path) == f"{text} words"


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<div class=old><p>Gone.</div>", ".old p { display: none }"),
        ("<p class='price old'>Gone.", ".price.old { display: none }"),
        ("<p class='d-md-none'>Gone.", ""),
        ("<p class='lg:hidden'>Gone.", ""),
        ("<p class='a b'>Gone.", ".a { display: none !important } .b { display: block }"),
        ("<p class=x>Gone.", "@media screen { .x { display: none } }"),
        ("<p data-old>Gone.", "[data-old] { display: none }"),
        ("<p class='md:hidden'>Gone.", r"@media (min-width: 768px) { .md\:hidden { display: none } }"),
        ("<p class=x>Gone.", "@supports (display: grid) { p:not(.y) { visibility: hidden } }"),
        ("<div style='height:0; overflow:hidden'>Gone.</div>", ""),
        ("<div style='clip-path: inset(50%)'>Gone.</div>", ""),
        ("<div style='position:absolute; top:-9999px'>Gone.</div>", ""),
        ("<div style='position:absolute; left:-999em'>Gone.</div>", ""),
        ("<div style='transform: scale(0)'>Gone.</div>", ""),
        ("<div style='color: #fff; background: white'>Gone.</div>", ""),
        ("<div style='font-size: 1px'>Gone.</div>", ""),
        ("<div style='color: white'>Gone.</div>", ""),
        ("<div style='visibility: hidden'>Gone.</div>", ""),
        ("<dialog><p>Gone.</dialog><div popover>Gone.</div>", ""),
        ("<table><tr style='visibility: collapse'><td>Gone<td>1</table>", ""),
    ],
)
def test_what_the_styles_of_a_page_hide_is_not_read(body: str, rules: str, tmp_path: Path) -> None:
    assert text_of(f"{body}<p class=y>Seen.", style(rules), tmp_path) == "Seen."


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<p class='tab active'>Seen.", ".tab { display: none } .tab.active { display: block }"),
        ("<p hidden class=x>Seen.", ".x { display: flex }"),
        ("<p class='d-none d-md-block'>Seen.", ""),
        ("<p class='d-none'>Seen.", ".d-none { display: block }"),
        ("<ul class=m><li>Seen.</ul>", ".m { font-size: 0 } .m li { font-size: 16px }"),
        ("<div style='visibility:hidden'>Gone. <b style='visibility:visible'>Seen.</b></div>", ""),
        ("<p class=x>Seen.", "@media (max-width: 600px) { .x { display: none } }"),
        ("<p class=x>Seen.", "@media print, (prefers-color-scheme: dark) { .x { display: none } }"),
        ("<p>Seen.", "p:hover, .a + p { display: none }"),
        ("<details><summary>Seen.</summary></details>", ""),
        ("<p aria-hidden=true>Seen.", ""),
        ("<p class=x>Seen.", ".x { color: #fff } body { background: url(dark.png) }"),
        ("<table bgcolor=#003366><tr><td style='color:#ffffff'>Seen.</table>", ""),
        ("<div style='position:relative; top:-20px'><p>Seen.</div>", ""),
        ("<dialog open><p>Seen.</dialog>", ""),
        ("<h3><button>Seen.</button></h3>", ""),
    ],
)
def test_what_the_styles_of_a_page_show_is_read(body: str, rules: str, tmp_path: Path) -> None:
    assert text_of(body, style(rules), tmp_path) == "Seen."


def test_a_style_sheet_for_print_hides_nothing(tmp_path: Path) -> None:
    assert text_of("<p class=x>Seen.", "<style media=print>.x { display: none }</style>", tmp_path) == "Seen."


@pytest.mark.parametrize(
    ("body", "rules", "text"),
    [
        ("<ol style='list-style-type: lower-alpha'><li>x</ol>", "", "a. x"),
        ("<ol class=r><li>x<li>y</ol>", ".r { list-style: upper-roman inside }", "I. x\nII. y"),
        ("<ol class=r><li>x</ol>", ".r { list-style: none }", "x"),
        (
            "<ol><li>Scope<ol><li>Boats<li>Cars</ol><li>Fees</ol>",
            "ol { counter-reset: n; list-style: none }"
            " li::before { counter-increment: n; content: counters(n, '.') ' ' }",
            "1 Scope\n\n1.1 Boats\n1.2 Cars\n\n2 Fees",
        ),
        (
            "<h2>Scope</h2><h2>Fees</h2>",
            "h2::before { counter-increment: s; content: '§ ' counter(s, upper-roman) ' ' }",
            "§ I Scope\n\n§ II Fees",
        ),
        ("<p>Price <b>40</b>", "b::before { content: '\\20AC' } b::after { content: ' net' }", "Price €40 net"),
        ("<p class=i>Phone", ".i::before { content: '\\f095' } p::after { content: ' →' }", "Phone"),
        ("<p>She said <q>yes</q>.", "", "She said “yes”."),
        ("<div class=r><span>Adult</span><b>£40</b></div>", ".r { display: flex }", "Adult £40"),
        ("<div class=d-flex><a>Adult</a><a>£40</a></div>", "", "Adult £40"),
        ("<p>Adult<i>£40</i>", "i { float: right }", "Adult £40"),
        ("<div><span>Adult</span><x-price>£40</x-price></div>", "span { display: block }", "Adult\n£40"),
        ("<p><span>A</span>dult", "span { float: left }", "Adult"),
        ("<p><ruby>漢字<rp>(</rp><rt>kanji</rt></ruby>", "", "漢字 (kanji)"),
    ],
)
def test_what_a_browser_writes_itself_is_read(body: str, rules: str, text: str, tmp_path: Path) -> None:
    assert text_of(body, style(rules), tmp_path) == text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("<select><option>Narvo<option selected>Havnsund</select>", "Havnsund"),
        ("<select><option>Alva<option>Brage</select>", "Alva"),
        ("<select multiple><option selected>Alva<option selected>Brage<option>Skarv</select>", "Alva, Brage"),
        ("<textarea name=reason>The mast\nis cracked.</textarea>", "The mast\nis cracked."),
        ("Name<input value='Ada Lind'>of<textarea>Bergen</textarea>.", "Name Ada Lind of Bergen ."),
        ("<textarea>The mast is cracked.</textarea> <meter value=3 max=10>3 of 10</meter>", "The mast is cracked."),
        ("<input type=checkbox checked> yes <input type=checkbox> no", "☑ yes ☐ no"),
        ("<input type=radio checked> Diesel <input type=radio> Petrol", "◉ Diesel ○ Petrol"),
    ],
)
def test_what_a_field_shows_is_read(field: str, text: str, tmp_path: Path) -> None:
    assert text_of(f"<main><p>Here: {field}</main>", "", tmp_path) == f"Here: {text}"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<msup><mn>10</mn><mrow><mo>-</mo><mn>3</mn></mrow></msup>", "10⁻³"),
        ("<msqrt><mn>2</mn><mi>g</mi><mi>h</mi></msqrt>", "√(2gh)"),
        ("<mfrac><mn>1</mn><mrow><mn>2</mn><mi>g</mi></mrow></mfrac>", "1/(2g)"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            "∑_(i=1)ⁿi",
        ),
        ("<semantics><mi>m</mi><annotation>m_0</annotation></semantics>", "m"),
    ],
)
def test_a_formula_stands_on_one_line(formula: str, text: str, tmp_path: Path) -> None:
    assert text_of(f"<p>Thus <math>{formula}</math> holds.", "", tmp_path) == f"Thus {text} holds."


ARTICLE = "<article><h1>Pier reopens</h1>{}<p>The pier reopened.</article>"


@pytest.mark.parametrize(
    "about",
    [
        {"@graph": [
            {"@type": "Article", "author": {"@id": "#p"}, "datePublished": "2021-05-03T08:00:00Z"},
            {"@type": "Person", "@id": "#p", "name": "Jane Roe"},
        ]},
        [{"@type": ["NewsArticle"], "author": [{"name": "Jane Roe"}], "datePublished": "May 3, 2021"}],
        {"@type": "WebPage", "mainEntity": {"@type": "Article", "author": "Jane Roe", "datePublished": "2021-05-03"}},
    ],
)  # fmt: skip
def test_a_page_states_its_author_and_date_in_any_form_of_json_ld(about: object, tmp_path: Path) -> None:
    script = f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(about)}\n//]]></script>'
    text_of(ARTICLE.format(""), script, tmp_path)

    assert {fact.name: fact.value for fact in read(tmp_path / "page.html").facts} == {
        "author": "Jane Roe",
        "date": "2021-05-03",
    }


def test_a_page_states_its_author_and_date_by_marked_elements(tmp_path: Path) -> None:
    byline = "<p>By <a rel=author>Jane Roe</a></p><time class='entry-date published' datetime=2021-05-03>Monday</time>"
    text_of(ARTICLE.format(byline), "", tmp_path)

    assert [fact.value for fact in read(tmp_path / "page.html").facts] == ["Jane Roe", "2021-05-03"]


def test_the_style_sheets_inside_a_book_and_an_archived_page_count(tmp_path: Path) -> None:
    body = '<p>It has 48<span class="n">2</span> boats.</p><p class="gone">Gone.</p>'
    sheet = ".n { vertical-align: super } .gone { display: none }"
    (tmp_path / "book.epub").write_bytes(an_epub(body, sheet))
    (tmp_path / "page.mhtml").write_bytes(an_mhtml(body, sheet))

    for name in ("book.epub", "page.mhtml"):
        assert read(tmp_path / name).text == "It has 48 ² boats."


def test_the_authors_of_a_book_are_not_its_translators_and_its_date_is_that_of_publication(tmp_path: Path) -> None:
    about = (
        '<dc:creator id="a">Tom Fell</dc:creator><meta refines="#a" property="role">trl</meta>'
        '<dc:creator opf:role="aut">Jane Roe</dc:creator>'
        '<dc:date opf:event="modification">2022-01-01</dc:date><dc:date opf:event="publication">2011-05-04</dc:date>'
    )
    (tmp_path / "book.epub").write_bytes(an_epub("<p>Words.</p>", "", about))

    assert [fact.value for fact in read(tmp_path / "book.epub").facts] == ["Jane Roe", "2011-05-04"]


def test_a_description_is_cited_with_its_term(tmp_path: Path) -> None:
    page = "<h1>Night train</h1><dl><dt>Operator</dt><dd>Nordlys</dd><dt>Distance</dt><dd>1,204 km</dd></dl>"
    (tmp_path / "page.html").write_text(page)
    document = read(tmp_path / "page.html")

    places = [document.place(document.text.index(words)) for words in ("Nordlys", "1,204", "Operator")]
    assert places == ["section “Night train”, row “Operator”", "section “Night train”, row “Distance”",
                      "section “Night train”"]  # fmt: skip


@pytest.mark.parametrize("selector", ["a:hover", "a + b", "a ~ b", "", ">", "a[b^=c]", "a:is(b)", "p:nth-child(2)"])
def test_a_selector_that_cannot_be_decided_is_left_out(selector: str) -> None:
    assert parsed(selector) is None


def test_a_selector_reaches_the_elements_around() -> None:
    div, p = Node.of("div", {"class": "a b", "id": "x"}), Node.of("p", {})
    matching = parsed("#x.a.b p"), parsed("div > p:not(.c)")
    failing = parsed("#x > div p"), parsed("div p.c"), parsed("p p")

    assert [selector is not None and selector.matches(p, [div]) for selector in (*matching, *failing)] == [
        *[True] * 2,
        *[False] * 3,
    ]
