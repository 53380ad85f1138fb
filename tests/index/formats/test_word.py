"""Word files read as they are printed: raised and hidden text, numbers of lists, fields, formulas, charts."""

from pathlib import Path

import pytest

from index import read
from tests.index.formats.files import a_chart, a_diagram, a_word_file, related


def p(*runs: str, style: str = "", properties: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def m(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def item(text: str, level: int | None = 0, list_id: int = 1) -> str:
    depth = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return p(r(text) if text else "", properties=f'<w:numPr>{depth}<w:numId w:val="{list_id}"/></w:numPr>')


def level(number: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


RAISED = '<w:style w:styleId="Base"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
STRUCK = '<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'


@pytest.mark.parametrize(
    ("body", "styles", "text"),
    [
        (p(r("48"), r("2", '<w:position w:val="8"/>'), r(" boats")), "", "48 ² boats"),
        (p(r("CO"), r("2", '<w:position w:val="-6"/>')), "", "CO2"),
        (
            p(r("48"), r("2", '<w:rStyle w:val="Note"/>'), r(" boats")),
            f'{RAISED}<w:style w:styleId="Note"><w:basedOn w:val="Base"/></w:style>',
            "48 ² boats",
        ),
        (
            p(r("Gone."), style="Old") + p(r("Seen.")),
            f'{STRUCK}<w:style w:styleId="Old"><w:basedOn w:val="Gone"/></w:style>',
            "Seen.",
        ),
        (p(r("Gone.", '<w:sz w:val="2"/>'), r("Seen.", '<w:sz w:val="16"/>')), "", "Seen."),
        (
            f"<w:tbl>{row(p(r('Gone')), p(r('40')), properties='<w:hidden/>')}{row(p(r('Rope')), p(r('55')))}</w:tbl>",
            "",
            "Rope\t55",
        ),
        (f"<w:tbl>{row(p(r('Gone')), properties='<w:del/>')}{row(p(r('Rope')), p(r('55')))}</w:tbl>", "", "Rope\t55"),
        (p(r("The fee"), properties="<w:rPr><w:del/></w:rPr>") + p(r(" is 55.")), "", "The fee is 55."),
        (p(r("Last."), properties="<w:rPr><w:del/></w:rPr>"), "", "Last."),
        (p(r("T"), properties='<w:framePr w:dropCap="drop"/>') + p(r("he keeper")), "", "The keeper"),
        (p(r("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>'), r(" yes")), "", "☑ yes"),
        (p("<w:r><w:ruby><w:rt>", r("kanji"), "</w:rt><w:rubyBase>", r("漢字"), "</w:rubyBase></w:ruby></w:r>"), "",
         "漢字 (kanji)"),
        (
            p(r("Hull: "), '<w:r><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Good"/>'
              '<w:listEntry w:val="Poor"/></w:ddList></w:ffData></w:r>'),
            "",
            "Hull: Poor",
        ),
        ('<w:p><w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r></w:p>', "", "DRAFT"),
    ],
)  # fmt: skip
def test_a_word_file_reads_as_it_is_printed(body: str, styles: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "file.docx").write_bytes(a_word_file(body, styles))

    assert read(tmp_path / "file.docx").text == text


@pytest.mark.parametrize(
    ("body", "numbering", "text"),
    [
        (
            item("Scope") + item("Boats", 1) + item("Fees"),
            lists(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")),
            "I. Scope\n\n1.1 Boats\n\nII. Fees",
        ),
        (
            item("A") + item("a", 1) + item("B") + item("b", 1),
            lists(level(0, "%1."), level(1, "(%2)", "lowerLetter", '<w:lvlRestart w:val="0"/>')),
            "1. A\n\n(a) a\n\n2. B\n\n(b) b",
        ),
        (item("Scope") + item("") + item("Fees"), lists(level(0, "%1.")), "1. Scope\n\n3. Fees"),
        (
            f"<w:tbl>{row(item(''), p(r('Ada')))}{row(item(''), p(r('Per')))}</w:tbl>",
            lists(level(0, "%1.")),
            "1.\tAda\n2.\tPer",
        ),
        (
            item("Scope", 0, 2),
            lists(
                '<w:styleLink w:val="Legal"/>', level(0, "§ %1"),
                more='<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
                '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>',
            ),
            "§ 1 Scope",
        ),
        (
            p(r("Scope"), style="A") + p(r("Boats"), style="B"),
            lists(level(0, "%1", more='<w:pStyle w:val="A"/>'), level(1, "%1.%2", more='<w:pStyle w:val="B"/>')),
            "1 Scope\n\n1.1 Boats",
        ),
    ],
)  # fmt: skip
def test_the_numbers_of_lists_are_those_that_word_shows(body: str, numbering: str, text: str, tmp_path: Path) -> None:
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(f'<w:style w:styleId="{name}">{number}</w:style>' for name in "AB")
    (tmp_path / "file.docx").write_bytes(a_word_file(body, styles, numbering))

    assert read(tmp_path / "file.docx").text == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('2')}</m:den></m:f>", "(a+b)/2"),
        (f"<m:rad><m:deg/><m:e>{m('x+1')}</m:e></m:rad>", "√(x+1)"),
        (f"<m:sSup><m:e><m:d><m:e>{m('a+b')}</m:e></m:d></m:e><m:sup>{m('2')}</m:sup></m:sSup>", "(a+b)²"),
        (f"<m:sSubSup><m:e>{m('x')}</m:e><m:sub>{m('1')}</m:sub><m:sup>{m('2')}</m:sup></m:sSubSup>", "x₁²"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup>'
            f"<m:e>{m('i')}</m:e></m:nary>",
            "∑_(i=1)ⁿi",
        ),
    ],
)
def test_a_formula_keeps_its_signs_and_parentheses(formula: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "file.docx").write_bytes(a_word_file(p(r("So "), f"<m:oMath>{formula}</m:oMath>")))

    assert read(tmp_path / "file.docx").text == f"So {text}"


def test_the_words_in_charts_and_diagrams_and_inserted_pages_are_read(tmp_path: Path) -> None:
    body = (
        p(r("Board.")) + p('<w:r><dgm:relIds r:dm="d"/></w:r>') + p('<w:r><c:chart r:id="c"/></w:r>')
        + '<w:altChunk r:id="h"/><w:altChunk r:id="x"/>'
    )  # fmt: skip
    parts = {
        "_rels/document.xml.rels": related(
            ("d", "diagramData", "d.xml"), ("c", "chart", "c.xml"), ("h", "aFChunk", "h.htm"), ("x", "aFChunk", "x.rtf")
        ),
        "d.xml": a_diagram("Chair: Ada Lind", "Deputy: Per Moe"),
        "c.xml": a_chart("Catch of cod", ("Havnsund", "Skarv")),
        "h.htm": "<html><body><p>The fee is 55.</p></body></html>",
        "x.rtf": "{\\rtf1}",
    }
    (tmp_path / "file.docx").write_bytes(a_word_file(body, parts=parts))
    found = read(tmp_path / "file.docx")

    assert found.text.split("\n\n") == [
        "Board.", "Chair: Ada Lind", "Deputy: Per Moe", "Catch of cod", "Havnsund, Skarv", "The fee is 55.",
    ]  # fmt: skip
    assert found.unread == ("1 chart", "1 inserted file")


def test_a_note_with_a_mark_of_its_own_gets_no_number(tmp_path: Path) -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    body = p(r("48"), own, r(" boats, 17"), '<w:r><w:footnoteReference w:id="3"/></w:r>', r(" cars."))
    notes = (
        f'<w:footnotes><w:footnote w:id="3">{p("<w:r><w:footnoteRef/></w:r>", r(" Vans."))}</w:footnote></w:footnotes>'
    )
    (tmp_path / "file.docx").write_bytes(a_word_file(body, parts={"footnotes.xml": notes}))

    assert read(tmp_path / "file.docx").text == "48* boats, 17 ¹ cars.\n\n¹ Vans."
