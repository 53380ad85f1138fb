"""OpenDocument files read like the Word, Excel and PowerPoint files that LibreOffice makes of them."""

from pathlib import Path

import pytest

from bench.office_files import open_cell, open_document
from index import CitedError, Document, Kind, Role, read
from index.testing import ONE_SENTENCE
from tests.index.formats.files import with_parts

FORMS = (
    '<office:forms><form:form><form:text form:id="c1" form:current-value="Ada Lind"/>'
    '<form:checkbox form:id="c2" form:label="Insured" form:current-state="checked"/><form:listbox form:id="c3">'
    '<form:option form:label="Diesel"/><form:option form:label="Petrol" form:current-selected="true"/>'
    "</form:listbox></form:form></office:forms>"
)

CASES = Path(__file__).with_name("cases")


def saved(folder: Path, data: bytes, name: str = "a.odt") -> Document:
    (folder / name).write_bytes(data)
    return read(folder / name)


def place(document: Document, words: str) -> str:
    start = document.text.index(words)
    return document.place(start, start + len(words))


def test_a_text_reads_as_it_is_printed() -> None:
    document = read(CASES / "rules-garden.odt")

    assert document.text.split("\n\n") == [
        "Rules of the Rundvik allotments",
        "Plots",
        "A plot measures 120 m² and is let for three years ¹. The rent is 1,150 crowns a year.",
        "1. Water is turned off on 15 October.",
        "2. Sheds may be built if they are",
        "a) no higher than 2.4 metres, and",
        "b) painted red or grey.",
        "3. Dogs are kept on a lead.",
        "Fees",
        "Fee\tAmount\nJoining\t400 crowns\nLate payment\t75 crowns",
        "The treasurer is Ragna Lie. Complaints go to garden.committee@rundvik.example within 14 days.",
        "¹ The committee may extend this by one year.",
        "Tor Bakke: Cats too, I hope.",
        "Rundvik Garden Society, member no. 42",
        "Adopted on 3 May 2023",
    ]
    assert (document.title, document.facts[1].value) == ("Rules of the Rundvik allotments", "Sigrid Dahl")


@pytest.mark.parametrize(
    ("words", "kind", "role", "where"),
    [
        ("The rent is", Kind.PARAGRAPH, Role.TEXT, "section “Plots”"),
        ("painted red", Kind.ITEM, Role.TEXT, "section “Plots”"),
        ("75 crowns", Kind.ROW, Role.TEXT, "section “Fees”, table 1, row “Late payment”, column “Amount”"),
        ("extend this", Kind.PARAGRAPH, Role.TEXT, "footnote 1"),
        ("Cats too", Kind.PARAGRAPH, Role.COMMENT, "section “Plots”"),
        ("member no. 42", Kind.PARAGRAPH, Role.HEADER, "all pages"),
    ],
)
@pytest.mark.parametrize("suffix", ["odt", "docx"])
def test_the_parts_of_a_text_are_told_apart_in_either_format(
    words: str, kind: Kind, role: Role, where: str, suffix: str
) -> None:
    document = read(CASES / f"rules-garden.{suffix}")

    assert document.block(document.text.index(words))[1:] == (kind, role)
    assert place(document, words) == where


@pytest.mark.parametrize(("name", "other"), [("sheet-repairs", "xlsx"), ("slides-survey", "pptx")])
def test_sheets_and_slides_read_alike_in_either_format(name: str, other: str) -> None:
    mine, theirs = read(CASES / f"{name}.{'ods' if other == 'xlsx' else 'odp'}"), read(CASES / f"{name}.{other}")

    assert mine.text == theirs.text
    assert [place.label for place in mine.places] == [place.label for place in theirs.places]
    assert sorted(mine.unread) == sorted(theirs.unread)
    assert place(mine, mine.text[-4:]) == place(theirs, theirs.text[-4:])


def test_what_was_deleted_or_hidden_in_a_text_is_not_read(tmp_path: Path) -> None:
    deleted = "<text:tracked-changes><text:p>It was 49 euros.</text:p></text:tracked-changes>"
    hidden = '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'

    assert saved(tmp_path, open_document("text", f"{deleted}<text:p>62 euros</text:p>{hidden}")).text == "62 euros"


def test_without_headings_a_text_is_cited_by_its_paragraph(tmp_path: Path) -> None:
    document = saved(tmp_path, open_document("text", "<text:p>First.</text:p><text:p>Second.</text:p>"))

    assert place(document, "Second.") == "paragraph 2"


def test_repeated_cells_and_rows_stand_where_they_are_shown(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="9"><table:table-cell/></table:table-row>'
    twice = open_cell("same", 'table:number-columns-repeated="2"')
    row = f"<table:table-row>{twice}{open_cell('end')}</table:table-row>"
    body = f'<table:table table:name="Log">{empty}{row}</table:table>'
    document = saved(tmp_path, open_document("spreadsheet", body), "a.ods")

    assert document.text == "Log\n\nsame\tsame\tend"
    assert place(document, "end") == "sheet “Log”, cell C10"


def test_a_file_that_is_no_archive_reads_alike(tmp_path: Path) -> None:
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    head = f'<?xml version="1.0"?><office:document{spaces} office:mimetype="application/vnd.oasis.opendocument.text">'
    body = "<office:body><office:text><text:p>The fee is 55.</text:p></office:text></office:body></office:document>"

    assert saved(tmp_path, f"{head}{body}".encode(), "a.fodt").text == "The fee is 55."


def test_an_office_file_in_the_xml_of_2003_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CitedError, match="is an Office file in the XML of 2003; save it in the newer format"):
        saved(tmp_path, b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "a.xml")


@pytest.mark.parametrize(("kind", "manifest"), [("text", "<encryption-data/>"), ("drawing", "")])
def test_an_encrypted_file_and_a_drawing_are_refused_in_one_sentence(tmp_path: Path, kind: str, manifest: str) -> None:
    with pytest.raises(CitedError, match=ONE_SENTENCE):
        saved(tmp_path, open_document(kind, "", manifest=manifest))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>Of the <text:title>Harbour plan</text:title>.</text:p>", "Of the Harbour plan."),
        ('<text:section text:display="condition" text:is-hidden="true"><text:p>Gone.</text:p></text:section>'
         "<text:p>Seen.</text:p>", "Seen."),
        ('<text:p><text:hidden-paragraph text:is-hidden="true"/>Gone.</text:p><text:p>Seen.</text:p>', "Seen."),
        ('<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>Gone</text:p>'
         "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Seen</text:p>"
         "</table:table-cell></table:table-row></table:table>", "Seen"),
        ("<text:p><text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>kanji</text:ruby-text></text:ruby>"
         "</text:p>", "漢字 (kanji)"),
        (f'{FORMS}<text:p>Name: <draw:control draw:control="c1"/></text:p><text:p>Fuel: <draw:control '
         'draw:control="c3"/></text:p><draw:control draw:control="c2"/>',
         "Name: Ada Lind\n\nFuel: Petrol\n\n☑ Insured"),
        ('<text:p><text:fieldmark text:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><text:param '
         'text:name="Checkbox_Checked" text:value="true"/></text:fieldmark> Paid</text:p>', "☑ Paid"),
    ],
)  # fmt: skip
def test_a_text_shows_its_fields_and_not_what_they_hide(body: str, text: str, tmp_path: Path) -> None:
    assert saved(tmp_path, open_document("text", body)).text == text


def test_white_tiny_and_symbol_letters_of_a_text_read_as_seen(tmp_path: Path) -> None:
    looks = {"w": 'style:color="#ffffff"', "t": 'style:font-size="1pt"', "s": 'style:font-name="Wingdings"'}
    looks["b"] = f'{looks["w"]} style:background-color="#003366"'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in looks.items()
    )
    words = {"w": "ghost", "b": "bar ", "t": "speck", "s": "\uf0fe"}
    spans = "".join(f'<text:span text:style-name="{name}">{word}</text:span>' for name, word in words.items())

    assert saved(tmp_path, open_document("text", f"<text:p>{spans} yes</text:p>", styles=styles)).text == "bar ☑ yes"


def test_the_numbers_of_nested_lists_with_styles_of_their_own_go_on(tmp_path: Path) -> None:
    levels = (
        '<text:list-level-style-number text:level="1" style:num-prefix="Part " style:num-format="I"/>'
        '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
        '<text:list-level-style-number text:level="3" style:num-format="1st"/>'
    )
    styles = "".join(f'<text:list-style style:name="{name}">{levels}</text:list-style>' for name in "AB")
    third = "<text:list><text:list-item><text:p>Fees</text:p></text:list-item></text:list>"
    inner = f'<text:list text:style-name="B"><text:list-item><text:p>Boats</text:p>{third}</text:list-item></text:list>'
    item = (
        f'<text:list-item text:start-value="5" text:style-override="B"><text:p>Duties</text:p>{inner}</text:list-item>'
    )
    body = f'<text:list text:style-name="A">{item}</text:list>'

    assert saved(tmp_path, open_document("text", body, styles=styles)).text == "Part V Duties\n\nV.1 Boats\n\n1st Fees"


def test_a_struck_cell_of_a_sheet_is_not_read(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="x" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    row = open_cell("gone", 'table:style-name="x"') + open_cell("kept")
    body = f'<table:table table:name="A"><table:table-row>{row}</table:table-row></table:table>'

    assert saved(tmp_path, open_document("spreadsheet", body, styles=styles), "a.ods").text == "A\n\nkept"


def test_the_titles_of_a_chart_and_a_formula_in_a_text_are_read(tmp_path: Path) -> None:
    math = '<math xmlns="m"><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>'
    chart = "<c xmlns:chart='c' xmlns:text='t'><chart:title><text:p>Catch of cod</text:p></chart:title></c>"
    frame = '<draw:frame><draw:object xlink:href="./{}"/><draw:image/></draw:frame>'
    body = f"<text:p>So {frame.format('Object 1')} holds.</text:p><text:p>Cod.{frame.format('Object 2')}</text:p>"
    data = with_parts(open_document("text", body), {"Object 1/content.xml": math, "Object 2/content.xml": chart})
    document = saved(tmp_path, data)

    assert document.text == "So (a+b)/2 holds.\n\nCod.\nCatch of cod"
    assert document.unread == ("1 object",)


def test_a_cell_without_text_shows_its_value_and_every_shape_its_text(tmp_path: Path) -> None:
    shapes = "<table:shapes><draw:caption><text:p>Net.</text:p></draw:caption></table:shapes>"
    cells = (
        '<table:table-cell office:value-type="float" office:value="55"/>'
        '<table:table-cell office:value-type="percentage" office:value="0.255"/>'
        '<table:table-cell office:value-type="float" office:value="40"><text:p/></table:table-cell>'
    )
    sheet = f'<table:table table:name="Costs">{shapes}<table:table-row>{cells}</table:table-row></table:table>'
    slide = "<draw:page><draw:g><draw:circle><text:p>Round.</text:p></draw:circle></draw:g></draw:page>"

    assert saved(tmp_path, open_document("spreadsheet", sheet), "a.ods").text == "Costs\n\n55\t25.5%\n\nNet."
    assert saved(tmp_path, open_document("presentation", slide), "a.odp").text == "Round."
