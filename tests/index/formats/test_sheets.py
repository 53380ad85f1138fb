"""Spreadsheets and separated values read as a person sees them, and each quote is cited with its sheet and cell."""

import time
from pathlib import Path

import pytest

from bench.office_files import sheet_cell, spreadsheet
from index import Document, Kind, Role, Span, read
from index.formats.xlsx.number_format import shown
from index.table import CellKind
from tests.index.formats.files import a_chart, related, with_parts

CASES = Path(__file__).with_name("cases")


def place(document: Document, words: str) -> str:
    start = document.text.index(words)
    return document.place(start, start + len(words))


def saved(folder: Path, data: bytes, name: str = "a.xlsx") -> Document:
    (folder / name).write_bytes(data)
    return read(folder / name)


def test_a_sheet_of_libreoffice_reads_as_it_is_shown() -> None:
    document = read(CASES / "sheet-repairs.xlsx")

    assert document.text.startswith(
        "Repairs\n\nRepairs to the ferry Skarv\n\nPart\tPrice\tShare\tFitted on\nPropeller\t"
    )
    assert "Rudder bearing\t£6,320.50\t25.5%\t2 April 2024\nTotal\t£24,775.50" in document.text
    assert [word for word in ("bribe", "Secret", "777") if word in document.text] == []
    assert document.unread == ("1 hidden row", "1 hidden column", "1 hidden sheet")
    assert [fact.value for fact in document.facts] == ["Skarv ferry accounts", "Mette Krog"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Repairs to the ferry", "sheet “Repairs”, cell A1"),
        ("£6,320.50", "sheet “Repairs”, cell B5"),
        ("2 April 2024", "sheet “Repairs”, cell D5"),
        ("£24,775.50", "sheet “Repairs”, cell B7"),
        ("Rudder bearing\t£6,320.50", "sheet “Repairs”, cells A5 to B5"),
        ("The yard in Florvik quoted less.", "sheet “Repairs”, cell B5"),
        ("Chief engineer", "sheet “Crew”, cell B2"),
        ("Crew", "sheet “Crew”"),
    ],
)
def test_what_stands_in_a_sheet_is_cited_with_its_cell(words: str, expected: str) -> None:
    assert place(read(CASES / "sheet-repairs.xlsx"), words) == expected


def test_a_comment_on_a_cell_is_set_apart() -> None:
    document = read(CASES / "sheet-repairs.xlsx")
    start = document.text.index("Ola Vik: The yard in Florvik quoted less.")

    assert document.block(start).role == Role.COMMENT


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.125, "0.0%", "12.5%"),
        (-1234.5, "[$£-809]#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (1234567.891, "#,##0.00 [$€-407]", "1,234,567.89 €"),
        (123, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "123.00 €"),
        (0, '#,##0;-#,##0;"none"', "none"),
        (45365, "d mmmm yyyy", "14 March 2024"),
        (45365.75, "dd/mm/yyyy hh:mm", "14/03/2024 18:00"),
        (45365.75, "h:mm AM/PM", "6:00 PM"),
        (45365, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Thursday, March 14, 2024"),
        (1.5, "[h]:mm", "36:00"),
        (5551234, "000\\-0000", "555-1234"),
        (7, "000", "007"),
        (3.25, "# ??/??", "3 1/4"),
        (12345, "0.00E+00", "1.23E+04"),
        (1234567, '0.0,,"M"', "1.2M"),
        (12.5, '0.0" kg"', "12.5 kg"),
        (2.5, "0", "3"),
        (99, ";;;", ""),
        (0.1 + 0.2, "General", "0.3"),
        (50, "[<100]0;[>=100]0.0", "50"),
        (-5, "0", "-5"),
        (1e300, "yyyy", "1E+300"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_merged_cells_cover_what_is_under_them_and_filters_mark_headers(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{sheet_cell("Costs of 2024", "A1")}{sheet_cell("covered", "B1")}</row>'
        f'<row r="3">{sheet_cell("Item", "B3")}{sheet_cell("Price", "C3")}</row>'
        f'<row r="4">{sheet_cell("Rope", "B4")}<c r="C4"><v>12.5</v></c></row>'
    )
    after = '<autoFilter ref="B3:C4"/><mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
    document = saved(tmp_path, spreadsheet(rows, after=after))
    title, table = document.tables

    assert document.text == "Costs\n\nCosts of 2024\n\nItem\tPrice\nRope\t12.5"
    assert title.cells[0].column_span == 1  # beyond its own column there is nothing
    assert [cell.kind for cell in table.cells[:2]] == [CellKind.COLUMN_HEADER] * 2
    assert place(document, "12.5") == "sheet “Costs”, cell C4"


def test_tables_above_and_beside_each_other_are_told_apart_and_room_inside_one_is_not(tmp_path: Path) -> None:
    def row(number: int, **cells: str) -> str:
        return "<row>" + "".join(sheet_cell(text, f"{column}{number}") for column, text in cells.items()) + "</row>"

    rows = (
        row(1, A="Boat", B="Seats", D="Member", E="Fee")
        + row(2, A="Terna", B="4", D="Eli Nord", E="450 kr")
        + row(3, A="Alka", B="2", D="Bo Sund", E="300 kr")
        + row(5, A="Year", C="Income", E="Costs")
        + row(6, A="2023", C="900", E="800")
    )
    document = saved(tmp_path, spreadsheet(rows))

    assert document.text.split("\n\n")[1:] == [
        "Boat\tSeats\nTerna\t4\nAlka\t2",
        "Member\tFee\nEli Nord\t450 kr\nBo Sund\t300 kr",
        "Year\tIncome\tCosts\n2023\t900\t800",
    ]
    assert place(document, "300 kr") == "sheet “Costs”, cell E3"


def test_strings_with_several_looks_and_errors_and_truths_read_as_shown(tmp_path: Path) -> None:
    strings = (
        "<si><r><t>48</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r><r><rPr><strike/></rPr><t> old</t>"
        "</r><r><t> boats</t></r><rPh><t>hint</t></rPh></si>"
    )
    cells = "<c t='s'><v>0</v></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c t='d'><v>2024-03-14</v></c>"
    document = saved(tmp_path, spreadsheet(f"<row>{cells}<c><f>1+1</f></c></row>", strings=strings))

    assert document.text == "Costs\n\n48 ² boats\tTRUE\t#N/A\t2024-03-14"
    assert document.unread == ("1 formula without a stored value",)


def test_words_in_a_cell_whose_format_shows_nothing_are_not_read(tmp_path: Path) -> None:
    cells = "<c t='str'><v>seen</v></c><c t='str' s='1'><v>unseen</v></c>"
    styles = "<numFmts><numFmt numFmtId='170' formatCode=';;;'/></numFmts><cellXfs><xf/><xf numFmtId='170'/></cellXfs>"

    assert saved(tmp_path, spreadsheet(f"<row>{cells}</row>", styles=styles)).text == "Costs\n\nseen"


@pytest.mark.parametrize(
    ("written", "name", "text"),
    [
        ('name,price\n"Moe, Per",5\n', "a.csv", "name\tprice\nMoe, Per\t5"),
        ("name;price\nMoe;5,50\nLind;6,20\n", "a.csv", "name\tprice\nMoe\t5,50\nLind\t6,20"),
        ("name\tprice\nMoe\t5\n", "a.tsv", "name\tprice\nMoe\t5"),
        ("a|b\n1|2\n", "a.csv", "a\tb\n1\t2"),
        ("sep=;\na;b\n1;2\n", "a.csv", "a\tb\n1\t2"),
        ('a;b\n1;"two\nlines"\n', "a.csv", "a\tb\n1\ttwo\nlines"),
        ("=1+1;=cmd|x\n2;3\n", "a.csv", "=1+1\t=cmd|x\n2\t3"),
        ("only one column\nof words\n", "a.csv", "only one column\nof words"),
    ],
)
def test_separated_values_are_a_table_whatever_separates_them(
    tmp_path: Path, written: str, name: str, text: str
) -> None:
    document = saved(tmp_path, written.encode(), name)

    assert document.text == text
    assert {block.kind for block in document.blocks} == {Kind.ROW}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_separated_values_are_read_in_their_encoding_and_cited_with_their_cell(tmp_path: Path, encoding: str) -> None:
    rows = "navn;pris\nSjømannshus på Åsen;62\nGjestgård på Sørøya;48\n\nØvre brygge i Ålesund;70\n"
    document = saved(tmp_path, rows.encode(encoding), "a.csv")

    assert place(document, "Sjømannshus på Åsen") == "cell A2"
    assert place(document, "70") == "cell B5"


def test_a_thousand_rows_take_less_than_two_seconds(tmp_path: Path) -> None:
    cells = "".join(f"<c><v>{number}.5</v></c>" for number in range(10))
    read(CASES / "sheet-repairs.xlsx")  # starts the process that reads
    begun = time.monotonic()
    document = saved(tmp_path, spreadsheet("".join(f"<row r='{n}'>{cells}</row>" for n in range(1, 1001))))

    assert time.monotonic() - begun < 2
    assert document.quote(Span(len(document.text) - 3, len(document.text))) == "9.5"


def test_the_page_header_of_a_sheet_is_read_without_its_codes(tmp_path: Path) -> None:
    codes = '&amp;L&amp;"Arial,Bold"&amp;12Report 7&amp;CPage &amp;P of &amp;N'
    around = f"<headerFooter><oddHeader>{codes}</oddHeader></headerFooter>"
    document = saved(tmp_path, spreadsheet(f"<row>{sheet_cell('Rope')}</row>", after=around))

    assert document.text == "Costs\n\nRope\n\nReport 7"
    assert document.block(document.text.index("Report")).role == Role.HEADER


def test_the_titles_of_a_chart_on_a_sheet_are_read(tmp_path: Path) -> None:
    namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/_rels/sheet1.xml.rels": related(("d", "drawing", "d.xml")),
        "xl/d.xml": f'<wsDr {namespace}><graphicFrame><chart r:id="c"/></graphicFrame></wsDr>',
        "xl/_rels/d.xml.rels": related(("c", "chart", "c.xml")),
        "xl/c.xml": a_chart("Catch of cod", ("Havnsund",)),
    }
    document = saved(tmp_path, with_parts(spreadsheet(f"<row>{sheet_cell('Rope')}</row>"), parts))

    assert document.text == "Costs\n\nRope\n\nCatch of cod\n\nHavnsund"
    assert document.unread == ("1 chart",)
