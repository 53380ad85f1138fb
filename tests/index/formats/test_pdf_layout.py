"""The columns, notes and tables of a PDF's page are read in order."""

from itertools import pairwise

import pytest

from index.block import Kind
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, lines, text
from tests.index.formats.pdf_pages import HARBOUR, LEFT, blocks, page

X = (55, 125, 250, 450)
"""The left edges of four columns."""

RIGHT = (
    "Its library burnt down in|the winter of 1931. It was|rebuilt with money from the|"
    "widow of a ship owner and|opened again in 1934."
).split("|")


@pytest.mark.parametrize("order", ["by row", "by column", "set off", "higher"])
def test_columns_of_text_are_read_one_behind_the_other(order: str) -> None:
    top = {"set off": 694, "higher": 711}.get(order, 700)
    left = [text(50, 700 - 14 * n, line) for n, line in enumerate(LEFT)]
    right = [text(310, top - 14 * n, line) for n, line in enumerate(RIGHT)]
    drawn = [line for row in zip(left, right, strict=True) for line in row] if order == "by row" else [*left, *right]
    wide = lines(50, 600, *HARBOUR, "work began.")

    assert page(text(50, 740, "The history of the society", size=18), *drawn, wide) == [
        *("The history of the society", " ".join(LEFT), " ".join(RIGHT), " ".join([*HARBOUR, "work began."]))
    ]


def test_a_head_over_columns_on_one_page_does_not_make_them_a_table() -> None:
    head = text(50, 725, "The society", size=8) + text(450, 725, "Volume 9", size=8)
    drawn = lines(50, 700, *LEFT) + lines(310, 700, *RIGHT)

    assert page(head + drawn) == ["The society\tVolume 9", " ".join(LEFT), " ".join(RIGHT)]


def test_a_note_in_the_margin_is_apart_from_the_text_beside_it() -> None:
    note = ["The chair left the room", "at noon and came back", "for the second item."]
    drawn = "".join(text(50, 710 - 12 * n, line, size=8) for n, line in enumerate(note))
    below = text(50, 610, "2. Purchase", size=16)

    assert page(drawn + lines(190, 697, *RIGHT) + below) == [*(" ".join(note), " ".join(RIGHT), "2. Purchase")]


def test_columns_above_a_heading_are_read_before_those_below_it() -> None:
    def columns(top: float) -> str:
        return lines(50, top - 5, *LEFT, *LEFT) + lines(220, top, *RIGHT, *RIGHT) + lines(400, top, *LEFT, *LEFT)

    found = page(columns(780), text(50, 640, "The second part", size=14), columns(610))
    part = [*[" ".join(LEFT)] * 2, *[" ".join(RIGHT)] * 2, *[" ".join(LEFT)] * 2]

    assert found == [*part, "The second part", *part]


def test_headings_in_the_margin_precede_the_text_beside_them() -> None:
    def section(top: float, heading: list[str]) -> str:
        return lines(190, top, *RIGHT) + "".join(text(50, top - 10 * n, line, size=9) for n, line in enumerate(heading))

    found = page(section(700, ["Budget for", "the new year"]), section(620, ["Purchase of", "a crane"]))

    assert found == ["Budget for the new year", " ".join(RIGHT), "Purchase of a crane", " ".join(RIGHT)]


def test_boxes_beside_each_other_are_read_one_by_one() -> None:
    boxes = [("212", "berths were let", "in summer"), ("4.5", "metres is the depth", "in May")]
    drawn = "".join(
        text(50 + 200 * x, 700, box[0], size=24) + lines(50 + 200 * x, 680, *box[1:]) for x, box in enumerate(boxes)
    )

    below = lines(50, 630, "The council has asked the engineers for a new survey of the channel.")

    assert page(drawn, below) == [
        *("212", "berths were let in summer", "4.5", "metres is the depth in May"),
        "The council has asked the engineers for a new survey of the channel.",
    ]


def test_the_lines_of_cells_are_closer_to_each_other_than_to_the_next_row() -> None:
    rows = [
        (
            ["Repair the parapet", "after the storm"],
            ["The harbour office", "and the county"],
            ["At a cost of", "310,000"],
        ),
        (["Dredge the channel"], ["Moe & Sons Ltd."], ["Done"]),
        (["Lamps on the quay", "of less power"], ["The town"], ["Planned for", "2026"]),
    ]
    drawn = "".join(
        text(50 + 150 * x, 700 - 36 * y - 12 * n, line)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        for n, line in enumerate(cell)
    )

    assert page(drawn) == ["\t".join(" ".join(cell) for cell in row) for row in rows]


@pytest.mark.parametrize("size", [11, 9])
def test_text_hardly_beside_other_text_is_apart_from_it_if_the_file_has_it_apart(size: int) -> None:
    note = ["The library is open", "on all weekdays."]
    beside = "".join(text(190, 700 - 11 * n, line, size=size) for n, line in enumerate(note))
    wide = lines(50, 700 - 14 * len(LEFT), *HARBOUR)
    found = page(lines(50, 700, *LEFT), wide, text(50, 500, "The report was written by the harbour office."), beside)

    assert " ".join(LEFT) in found[0]
    assert " ".join(note) in found


def test_a_table_in_a_box_beside_text_does_not_break_its_sentences() -> None:
    text_beside = [*LEFT[:4], "back room of a bakery at"]
    rows = [("Founded", "1921"), ("Members", "340"), ("Chair", "Marta Eide")]
    box = "".join(
        text(200, 697 - 16 * n, a, size=9) + text(260, 697 - 16 * n, b, size=9) for n, (a, b) in enumerate(rows)
    )
    found = page(
        box,
        lines(50, 700, *text_beside),
        lines(50, 630, "the corner of Kjøpmannsgata, and who soon were known in town."),
    )

    assert found[0] == f"{' '.join(text_beside)} the corner of Kjøpmannsgata, and who soon were known in town."
    assert found[1:] == ["\t".join(row) for row in rows]


def test_the_numbers_of_lines_are_no_part_of_their_text_and_those_of_items_are() -> None:
    numbered = "".join(text(30, 700 - 14 * n, str(n + 1)) for n in range(5))
    items = ["Paint the hull", "Mend the mast", "Wash the deck", "Buy a new rope", "Check the lamps"]

    assert page(numbered, lines(50, 700, *LEFT)) == [" ".join(LEFT)]
    assert page(numbered, lines(50, 700, *items))[0].startswith("1")


def test_text_below_a_table_that_leaves_a_gap_of_it_open_stays_whole() -> None:
    cells = "".join(text(50 + 150 * n, 700 - 16 * y, cell) for y, row in enumerate(TABLE) for n, cell in enumerate(row))
    below = ["1. The crane is painted.", "2. The slip is mended."]
    wide = "Both are done by the men of the harbour in winter."
    found = page(cells, lines(50, 652, *below), text(50, 610, wide))

    assert found == [*("\t".join(row) for row in TABLE), *below, wide]


def test_a_header_close_to_the_next_one_is_a_cell_of_its_own() -> None:
    rows = [["Length", "Summer", "Winter"], ["short", "410", "220"], ["longer", "640", "330"]]
    places = [(55, 150, 200)] * 3
    drawn = [text(x, 700 - 20 * y, cell) for y, row in enumerate(rows) for x, cell in zip(places[y], row, strict=True)]

    assert page(*drawn) == ["\t".join(row) for row in rows]


TABLE = [["Item", "Cost", "Months"], ["Temporary supports", "1,150", "3"], ["Repair of girder", "2,900", "6"]]


@pytest.mark.parametrize("order", ["by row", "by column"])
def test_rows_of_a_table_stay_rows(order: str) -> None:
    cells = [[text(50 + 150 * x, 700 - 14 * y, cell) for x, cell in enumerate(row)] for y, row in enumerate(TABLE)]
    if order == "by column":
        cells = [list(column) for column in zip(*cells, strict=True)]
    content = read_pdf(a_pdf("".join(cell for row in cells for cell in row) + text(50, 600, "The end is near.")))

    assert blocks(content) == [*("\t".join(row) for row in TABLE), "The end is near."]
    assert [block.kind for block in content.blocks] == [*[Kind.ROW] * 3, Kind.PARAGRAPH]


def test_a_stretched_line_is_no_row_of_a_table() -> None:
    column: list[list[tuple[float, str]]] = [
        [(50, "Its neighbours in the towns were")],
        [(50, "unenthusiastic"), (147.4, "about"), (202, "it")],
        [(50, "notwithstanding"), (180.6, "much")],
        [(50, "encouragement by several men.")],
    ]
    drawn = "".join(text(x, 700 - 14 * n, words) for n, line in enumerate(column) for x, words in line)

    assert page(drawn) == [
        "Its neighbours in the towns were unenthusiastic about it notwithstanding much encouragement by several men."
    ]


def test_a_unit_behind_numbers_that_end_below_each_other_is_no_cell_of_its_own() -> None:
    rows = [("Alva", "2"), ("Cato", "15"), ("Holm", "98"), ("Lyme", "7")]
    drawn = "".join(
        text(50, 700 - 14 * n, name) + text(160 - 6.116 * len(share), 700 - 14 * n, f"{share} %")
        for n, (name, share) in enumerate(rows)
    )

    assert page(drawn) == [f"{name}\t{share} %" for name, share in rows]


def test_a_cell_of_several_lines_is_one() -> None:
    rows = [[["Repair of the", "eastern girder"], ["2,900"]], [["Painting"], ["640"]], [["Traffic"], ["470"]]]
    drawn, y = "", 700
    for row in rows:
        drawn += "".join(lines(50 + 200 * x, y, *cell) for x, cell in enumerate(row))
        y -= 20 + 14 * (len(row[0]) - 1)

    assert page(drawn) == ["Repair of the eastern girder\t2,900", "Painting\t640", "Traffic\t470"]


@pytest.mark.parametrize("ends", [(50, 530), (50, 120, 240, 440, 530)], ids=["whole lines", "a line for each cell"])
def test_level_lines_divide_the_rows_of_a_table(ends: tuple[int, ...]) -> None:
    rows = [("No.", "Boat", "Cause", "Saved"), ("1", "Ada", "fire", "2"), ("2", "Eve", "fog", "0")]
    drawn = "".join(text(x, 700 - 20 * n, cell) for n, row in enumerate(rows) for x, cell in zip(X, row, strict=True))
    drawn += "".join(text(x, 630, cell) for x, cell in zip(X, ("3", "Una", "", "4"), strict=True) if cell)
    drawn += text(250, 637, "man overboard, and then") + text(250, 623, "taken in tow")
    drawn += "".join(f"{a} {y} m {b} {y} l S " for y in (694, 674, 654, 614, 574) for a, b in pairwise(ends))
    drawn += "".join(text(x, y, cell) for x, y, cell in ((55, 590, "4"), (250, 597, "fog, and"), (250, 583, "rain")))
    drawn += text(55, 550, "5") + text(250, 557, "fire, and then") + text(250, 543, "fog") + text(55, 500, "So much.")

    assert page(drawn)[-3:] == ["4\tfog, and rain", "5\tfire, and then fog", "So much."]
    assert page(drawn)[3] == "3\tUna\tman overboard, and then taken in tow\t4"
    assert page(drawn)[:2] == ["No.\tBoat\tCause\tSaved", "1\tAda\tfire\t2"]


def test_text_around_level_lines_is_no_row_of_the_table() -> None:
    rows = [("No.", "Boat", "Cause", "Saved"), ("1", "Ada", "fire", "2"), ("2", "Eve", "fog", "0")]
    drawn = "".join(text(x, 680 - 20 * n, cell) for n, row in enumerate(rows) for x, cell in zip(X, row, strict=True))
    drawn += "".join(f"50 {y} m 530 {y} l S " for y in (694, 674, 654, 634))
    around = "The boats of the whole year, as the harbour master counted them in {}"

    assert page(text(55, 700, around.format("May:")) + drawn + text(55, 620, around.format("June."))) == [
        *(around.format("May:"), *("\t".join(row) for row in rows), around.format("June."))
    ]


def test_level_lines_around_groups_of_rows_do_not_make_them_one() -> None:
    rows = [("Town", "Boats", "Crew", "Saved"), *((f"Port {n}", f"{n}1", f"{n}2", f"{n}3") for n in range(1, 6))]
    drawn = "".join(text(x, 700 - 14 * n, cell) for n, row in enumerate(rows) for x, cell in zip(X, row, strict=True))
    drawn += "".join(f"50 {y} m 530 {y} l S " for y in (712, 695, 667, 625))

    assert page(drawn) == ["\t".join(row) for row in rows]


def test_a_table_of_contents_is_rows_without_dots() -> None:
    drawn = lines(
        50, 700, "Contents", "1 Summary ............................ 3", "2 Findings . . . . . . . . . . . . 4"
    )

    assert page(drawn) == ["Contents", "1 Summary\t3", "2 Findings\t4"]
