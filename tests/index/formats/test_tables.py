"""Each format gives the same cells and headers for the same table. Tables of any size or nesting are read quickly."""

import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from index import CellKind, Document, Headers, Span
from index.formats.html import read_html
from index.formats.markdown import read_markdown
from index.formats.pdf import read_pdf
from index.formats.plain import read_plain
from index.formats.read import read
from index.table import Cell, Table
from tests.index.formats.pdf_files import a_pdf
from tests.index.formats.pdf_files import lines as pdf_lines
from tests.index.formats.pdf_files import text as pdf_text

Rows = list[list[str]]

COSTS: Rows = [
    ["Item", "Cost", "Weeks"],
    ["Bearings", "£1,240", "6"],
    ["Painting", "£640", ""],
    ["Total", "£1,880", "6"],
]


def html(rows: Rows, path: Path) -> Path:
    body = "".join("<tr>" + "".join(f"<td>{words}" for words in row) for row in rows)
    path = path / "costs.html"
    path.write_text(f"<h1>Report</h1><p>These are the costs.<table>{body}</table><p>They may rise.")
    return path


def word(rows: Rows, path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("These are the costs.")
    table = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(rows, table.rows, strict=True):
        for words, cell in zip(cells, row.cells, strict=True):
            cell.text = words
    document.add_paragraph("They may rise.")
    document.save(str(path / "costs.docx"))
    return path / "costs.docx"


def markdown(rows: Rows, path: Path) -> Path:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    path = path / "costs.md"
    path.write_text("\n".join(["These are the costs.", "", lines[0], "|---" * len(rows[0]) + "|", *lines[1:], ""]))
    return path


def text(rows: Rows, path: Path) -> Path:
    path = path / "costs.txt"
    path.write_text("\n".join(["These are the costs.", "", *map("\t".join, rows), "", "They may rise."]))
    return path


def aligned(rows: Rows, path: Path) -> Path:
    lines = [f"{row[0]:10}{''.join(f'{words:>9}' for words in row[1:])}".rstrip() for row in rows]
    path = path / "costs.txt"
    path.write_text("\n".join(["These are the costs.", "", *lines, "", "They may rise."]))
    return path


FORMATS = [html, word, markdown, text]


def words_of(document: Document, cells: tuple[Cell, ...]) -> list[str]:
    return [document.text[cell.start : cell.end] for cell in cells]


def table_of(path: Path) -> tuple[Document, Table]:
    document, _, _ = read(path)
    (table,) = document.tables
    return document, table


def headers_of(document: Document, table: Table, quote: str) -> tuple[list[str], list[str]]:
    """Return the headers of the columns and of the rows of the first cell with this quote."""
    cell = next(cell for cell in table.cells if document.text[cell.start : cell.end] == quote)
    headers: Headers = table.headers(cell)
    return words_of(document, headers.columns), words_of(document, headers.rows)


@pytest.mark.parametrize("made", [*FORMATS, aligned])
def test_the_same_table_has_the_same_cells_and_headers_in_each_format(
    made: Callable[[Rows, Path], Path], tmp_path: Path
) -> None:
    document, table = table_of(made(COSTS, tmp_path))

    assert [(cell.row, cell.column) for cell in table.cells] == [
        (row, column) for row, cells in enumerate(COSTS) for column, words in enumerate(cells) if words
    ]
    assert words_of(document, table.cells) == [words for row in COSTS for words in row if words]
    assert headers_of(document, table, "£640") == (["Cost"], ["Painting"])
    assert headers_of(document, table, "Total") == (["Item"], [])
    assert document.place(document.text.index("£640")).endswith("table 1, row “Painting”, column “Cost”")


@pytest.mark.parametrize("made", FORMATS)
@pytest.mark.parametrize(
    ("rows", "quote", "headers"),
    [
        pytest.param("Girder,12,300/Pier,4,200/Deck,5,100", "200", ([], ["Pier"]), id="no header"),
        pytest.param("Designer,Ada Lind/Height,312 m/Opened,1924", "312 m", ([], ["Height"]), id="header on the left"),
        pytest.param(",2022,2023/Bearings,1240,1300/Paint,5,6", "6", (["2023"], ["Paint"]), id="years"),
        pytest.param(
            "Item,Length,Cost/,(m),(£)/Girder,12,300/Pier,4,200", "12", (["Length", "(m)"], ["Girder"]), id="units"
        ),
        pytest.param(
            "Route,Adult,,Child,/,One way,Return,One way,Return/Pier,40,70,20,35/Wick,55,99,28,50",
            "99",
            (["Adult", "Return"], ["Wick"]),
            id="two header rows",
        ),
        pytest.param(",Mon,Tue/Ada,9–12,/Per,8–10,13–15", "8–10", (["Mon"], ["Per"]), id="short names"),
        pytest.param("No.,Item,Cost/1,Bearings,5.00/2,Paint,6.00", "6.00", (["Cost"], ["Paint"]), id="numbered"),
        pytest.param(
            "Day,Open,Closed/Mon,9:00,17:00/Day,Open,Closed/Tue,8:00,16:00",
            "16:00",
            (["Closed"], ["Tue"]),
            id="header repeated",
        ),
        pytest.param("Model,K2,K3/Weight,1.2 kg,1.4 kg/Cost,€199,€249", "€249", (["K3"], ["Cost"]), id="comparison"),
        pytest.param("Name,Ada Lind,Per Moe/Role,Chair,Clerk", "Clerk", (["Per Moe"], ["Role"]), id="people on top"),
        pytest.param("Hall,Ada Lind,Monday/Yard,Per Moe,Friday", "Friday", ([], ["Yard"]), id="people in a column"),
        pytest.param("Name:,Ada Lind,Born:,1970/Role:,Chair,Town:,Bergen", "Bergen", ([], ["Town:"]), id="form"),
        pytest.param(
            "Region,Item,Cost/North,Bearings,5.00/North,Paint,6.00/South,Bearings,7.00",
            "7.00",
            (["Cost"], ["South", "Bearings"]),
            id="two columns of labels",
        ),
    ],
)
def test_headers_that_no_file_marks_are_told_by_the_forms_of_the_cells(
    made: Callable[[Rows, Path], Path], rows: str, quote: str, headers: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    if made is markdown and not headers[0]:
        pytest.skip("The first row of a table in Markdown is its header.")
    document, table = table_of(made([line.split(",") for line in rows.split("/")], tmp_path))

    assert headers_of(document, table, quote) == headers


def page(markup: str) -> tuple[Document, list[Table]]:
    content = read_html(markup)
    return Document(content.text, "page", blocks=content.blocks, tables=content.tables), list(content.tables)


MERGED = """<table><caption>Table 4. Works</caption><thead><tr><td></td><th colspan=2>2022<th colspan=100000>2023</tr>
<tr><th>Item<th>Cost<th>Share<th>Cost<th>Share</tr></thead><tbody><tr><td rowspan=2>Bearings<td>5<td>3%<td>6<td>4%
<tr><td>7<td><td>8<td>9%<tr><th colspan=5>Land works<tr><td>Drains<td>11<td><ul><li>a<li>b</ul><td>12<td></table>"""


def test_merged_cells_of_a_page_stand_in_the_rows_and_columns_that_they_cover() -> None:
    document, (table,) = page(MERGED)

    assert headers_of(document, table, "4%") == (["2023", "Share"], ["Bearings"])
    assert headers_of(document, table, "8") == (["2023", "Cost"], ["Bearings"])
    assert headers_of(document, table, "12") == (["2023", "Cost", "Land works"], ["Drains"])
    assert max(cell.column + cell.column_span for cell in table.cells) == 5


def test_a_table_that_only_lays_out_a_page_is_none_and_the_table_inside_it_is_one() -> None:
    inner = "<table><tr><th>Item<th>Cost<tr><td>Pier<td>£5</table>"
    document, tables = page(f"<table><tr><td><p>Left<td>{inner}</table><table><tr><td>one<td>two</table>")

    assert [words_of(document, table.cells) for table in tables] == [["Item", "Cost", "Pier", "£5"]]
    assert page("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>")[1] == []
    assert page(f"<table><tr><td>{'word ' * 60}<td>{'word ' * 60}<tr><td>{'word ' * 60}<td>x</table>")[1] == []


def test_a_table_with_headers_stays_one_although_a_cell_holds_another() -> None:
    inner = "<table><tr><td>Length<td>{}<tr><td>Built<td>1998</table>"
    rows = "".join(
        f"<tr><td>{ship}<td>{inner.format(n)}<td>{port}" for ship, n, port in (("Eva", 34, "Wick"), ("Ida", 5, "Rye"))
    )
    content = read_html(f"<table><tr><th>Ship<th>Data<th>Port{rows}</table>")
    (table,) = content.tables
    document = content.document()

    assert headers_of(document, table, "Wick") == (["Port"], ["Eva"])
    assert "Length\t34\nBuilt\t1998" in content.text


def test_a_title_over_several_columns_is_a_header_of_each() -> None:
    document, (table,) = page("<table><tr><td><td colspan=2>2023<tr><td>Item<td>Cost<td>Weeks<tr><td>Pier<td>£5<td>6"
                              "<tr><td>Deck<td>£7<td>8</table>")  # fmt: skip

    assert headers_of(document, table, "8") == (["2023", "Weeks"], ["Deck"])


def test_bold_cells_are_headers_if_the_others_are_not_bold() -> None:
    bold, plain = page("<table><tr><td><b>Name</b><td><b>Role</b><tr><td>Ada<td>Chair<tr><td>Per<td>Clerk</table>"
                       "<table><tr><td>Name<td>Role<tr><td>Ada<td>Chair<tr><td>Per<td>Clerk</table>")[1]  # fmt: skip

    assert [cell.kind for cell in bold.cells[:2]] == [CellKind.COLUMN_HEADER] * 2
    assert all(cell.kind != CellKind.COLUMN_HEADER for cell in plain.cells)


def test_a_word_file_states_merged_cells_and_header_rows(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(4, 3)
    for number, row in enumerate(["Firm,Members,", "Kestrel,Ada Lind,Chair", ",Per Moe,Clerk", "Marrow,Jo Nash,Chair"]):
        for cell, words in zip(table.rows[number].cells, row.split(","), strict=True):
            cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader", attrs={qn("w:val"): "true"}))
    file.save(str(tmp_path / "firms.docx"))
    document, read_table = table_of(tmp_path / "firms.docx")

    assert headers_of(document, read_table, "Clerk") == (["Members"], ["Kestrel"])
    assert headers_of(document, read_table, "Jo Nash") == (["Members"], ["Marrow"])


def test_the_style_of_a_word_table_tells_its_header(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(3, 2, style="Light Grid Accent 1")
    for row, words in zip(table.rows, ["Name,Role", "Ada,Chair", "Per,Clerk"], strict=True):
        for cell, word_ in zip(row.cells, words.split(","), strict=True):
            cell.text = word_
    file.save(str(tmp_path / "roles.docx"))
    document, read_table = table_of(tmp_path / "roles.docx")

    assert headers_of(document, read_table, "Clerk") == (["Role"], ["Per"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<table>" + "<tr>" + "<td colspan=100000 rowspan=100000>x" * 3 + "<tr><td>y" * 2000, id="spans"),
        pytest.param("<table>" + "".join(f"<tr><th rowspan=65534>{n}<td>y" for n in range(1500)), id="triangle"),
        pytest.param("<table>" + "<tr><th>h<td>1<td>2<td>3<td>4" * 4000, id="many"),
        pytest.param("<table>" + "<tr><th colspan=1000>h<tr><td>1" * 600 + "<tr>" + "<td>z" * 1000, id="wide"),
        pytest.param("<table><tr><td>x" * 100 + "<table><tr><th>a<th>b<tr><td>c<td>d", id="nested"),
        pytest.param("<table><tr>" + "<td>x" * 20_000, id="one row"),
    ],
)
def test_hostile_tables_are_read_in_linear_time(markup: str) -> None:
    started = time.perf_counter()
    document, tables = page(markup)
    for table in tables:
        table.headers(table.cells[-1])

    assert time.perf_counter() - started < 20
    assert "x" in document.text or "h" in document.text or "y" in document.text


def printed(*rows: str, rules: bool = True) -> str:
    """Draw a table of three columns whose rows are 20 points high. `2022<2` covers two columns, and `^` goes on."""
    drawn = ""
    for number, row in enumerate(rows):
        column, y = 0, 700 - 20 * number
        for cell in row.split("|"):
            words, _, across = cell.partition("<")
            x, width = 60 + 150 * column, 150 * int(across or 1)
            drawn += "" if words in {"", "^"} else pdf_text(x + 4, y + 5, words)
            if rules:
                drawn += f"{x} {y} m {x} {y + 20} l S {x + width} {y} m {x + width} {y + 20} l S\n"
                drawn += "" if words == "^" else f"{x} {y + 20} m {x + width} {y + 20} l S\n"
                drawn += f"{x} {y} m {x + width} {y} l S\n" if number == len(rows) - 1 else ""
            column += int(across or 1)
    return drawn


def pdf(*pages: str) -> tuple[Document, tuple[Table, ...]]:
    content = read_pdf(a_pdf(*pages))
    return Document(content.text, "pdf", blocks=content.blocks, tables=content.tables), content.tables


def test_the_lines_of_a_pdf_divide_its_cells_and_show_which_are_merged() -> None:
    document, (table,) = pdf(
        printed("Firm|Year<2", "|2022|2023", "Kestrel Civil and|12|15", "Marrow|9|", "^|8|11", "Total|29|26")
    )

    assert headers_of(document, table, "15") == (["Year", "2023"], ["Kestrel Civil and"])
    assert headers_of(document, table, "11") == (["Year", "2023"], ["Marrow"])


def test_a_table_goes_on_over_the_pages_of_a_pdf() -> None:
    rows = ["Firm|Cost|Share", *(f"Firm {n}|£{n}00|{n} %" for n in range(1, 9))]
    for rules in (True, False):
        first, second = printed(*rows[:5], rules=rules), printed(rows[0], *rows[5:], rules=rules)
        document, (table,) = pdf(pdf_text(60, 760, "The firms.") + first, second)

        assert headers_of(document, table, "£800") == (["Cost"], ["Firm 8"])
        assert document.quote(Span(table.start, table.end)).count("\n") == 9


def test_a_frame_around_text_and_rules_without_columns_are_no_tables() -> None:
    frame = "50 600 500 150 re S\n" + pdf_lines(60, 720, *["The council heard the report of its engineers."] * 4)
    drawing = "".join(f"{x} 300 m {x} 500 l S 100 {x} m 300 {x} l S\n" for x in range(300, 500, 20))
    document, tables = pdf(frame + drawing)

    assert tables == ()
    assert document.text.count("council") == 4


def test_text_beside_a_ruled_table_keeps_its_place() -> None:
    page_ = pdf_text(60, 760, "Before it.") + printed("Item|Cost|Weeks", "Pier|£5|6") + pdf_text(60, 640, "After it.")
    document, (table,) = pdf(page_)

    assert document.text.split("\n") == ["Before it.", "", "Item\tCost\tWeeks", "Pier\t£5\t6", "", "After it."]
    assert len(table.cells) == 6


def test_rows_with_an_empty_cell_are_not_joined_with_the_row_below() -> None:
    document, (table,) = pdf(
        printed("Place|Share|Staff", "Alva|5 %|4", "Brage|6 %|5", "Cato||", "Dunmore||", "Holm|92 %|6", rules=False)
    )

    assert headers_of(document, table, "92 %") == (["Share"], ["Holm"])
    assert "Cato\nDunmore\nHolm\t92 %" in document.text.replace("\n\n", "\n")


def numbers(right: float, y: float, words: str) -> str:
    """Draw a number in Helvetica so that it ends at `right`."""
    width = sum(2.78 if character in ",." else 5.56 for character in words)
    return pdf_text(right - width, y, words, size=10)


def test_numbers_that_end_close_to_the_next_column_of_a_pdf_are_cells_of_their_own() -> None:
    rows = [("Ada Lind", "1,240.50", "yes"), ("Per Moe", "980.00", "no"), ("Siri Aas", "12,450.75", "yes")]
    drawn = (
        pdf_text(60, 760, "Member", size=10) + pdf_text(230, 760, "Fee", size=10) + pdf_text(292, 760, "Paid", size=10)
    )
    for number, (name, fee, paid) in enumerate(rows):
        y = 745 - 15 * number
        drawn += pdf_text(60, y, name, size=10) + numbers(289, y, fee) + pdf_text(292, y, paid, size=10)

    assert read_pdf(a_pdf(drawn)).text.split("\n") == [
        "Member\tFee\tPaid",
        *("\t".join(row) for row in rows),
    ]


def test_the_first_line_of_a_cell_above_its_row_stays_whole() -> None:
    drawn = "".join(pdf_text(x, 760, year) for x, year in ((274, "2022"), (344, "2023"), (414, "2024")))
    drawn += pdf_text(124, 740, "Painting of the eastern girder")
    for y, words in ((727, ("and its rails", "1,200", "1,300", "1,450")), (707, ("Bearings", "640", "660", "700")),
                     (689, ("Total", "1,840", "1,960", "2,150"))):  # fmt: skip
        drawn += "".join(pdf_text(x, y, word) for x, word in zip((124, 274, 344, 414), words, strict=True))

    assert "Painting of the eastern girder and its rails\t1,200\t1,300\t1,450" in read_pdf(a_pdf(drawn)).text.split(
        "\n"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["He left.  She", "stayed at home.  It", "rained.  They slept"],
        ["Name:    Ada Lind", "Post:    Chair", "Town:    Bergen"],
        ["It was shut after the     The bridge is open to", "storm tore away a part    cars since the mayor",
         "of the old stone quay,    cut the ribbon, but no"],
    ],
)  # fmt: skip
def test_lines_that_leave_no_gap_open_labels_and_columns_of_running_text_are_no_tables(lines: list[str]) -> None:
    assert not read_plain("\n".join(lines)).tables


SIMPLE = " Kind      Fee\n-------  ----\n Crane     700\n Slip       60\n"
BOUNDS = "------- ----------\n"
GRID = "+-------+--------+\n"


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (SIMPLE, ["Kind | Fee", "Crane | 700", "Slip | 60"]),
        (
            f"{'-' * 18}\n Kind    Fee\n{BOUNDS} Crane   700 an\n         hour\n\n Slip    60\n{'-' * 18}\n",
            ["Kind | Fee", "Crane | 700 an hour", "Slip | 60"],
        ),
        (f"{BOUNDS} Crane   700 an\n         hour\n\n Slip    60\n{BOUNDS}", ["Crane | 700 an hour", "Slip | 60"]),
        (
            f"{GRID}| Kind  | Fee    |\n{GRID.replace('-', '=')}| Crane | 700 an |\n|       | hour   |\n{GRID}",
            ["Kind | Fee", "Crane | 700 an hour"],
        ),
        (f"{SIMPLE}\nText.\n\n---\n\nMore.\n\n---\n", ["Kind | Fee", "Crane | 700", "Slip | 60"]),
    ],
)
def test_the_tables_of_pandoc_are_tables_of_markdown(written: str, rows: list[str]) -> None:
    content = read_markdown(f"# Fees\n\n{written}\nText.\n")
    (table,) = content.tables
    found = groupby(table.cells, key=lambda cell: cell.row)

    assert [" | ".join(content.text[cell.start : cell.end] for cell in row) for _, row in found] == rows
    assert content.text.endswith("Text.\n")
    assert read_markdown(f"```\n{written}```").text == f"```\n{written}```"
