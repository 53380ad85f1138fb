"""A PDF is read as people see its pages."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document
from index.block import Kind, Role
from index.box import unpack
from index.document import Fact
from index.formats.content import Content
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, a_stream, an_image, lines, text

HARBOUR = [
    "The council met nine times in the year and heard reports from all of its working groups on",
    "dredging, lights and safety, and it asked for a new survey of the northern channel before the",
]
RAISED = "/F1 7 Tf 4 Ts ({}) Tj 0 Ts /F1 11 Tf"
"""Operators that set a raised number."""

SCAN = "q 595 0 0 842 0 0 cm /I Do Q "
IMAGES = {"resources": "/XObject << /I 100 0 R >>"}


def blocks(content: Content) -> list[str]:
    """The text of each block, with the spaces between cells, without the white space between blocks."""
    starts = [*(block.start for block in content.blocks), len(content.text)]
    return [content.text[start:end].strip() for start, end in pairwise(starts)]


X = (55, 125, 250, 450)
"""The left edges of four columns."""


def page(*drawn: str) -> list[str]:
    return blocks(read_pdf(a_pdf("".join(drawn))))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        pytest.param(
            f"BT /F1 11 Tf 50 700 Td (It saw 48) Tj {RAISED.format(2)} ( boats) Tj ET", "It saw 48 ² boats", id="note"
        ),
        pytest.param(
            f"BT /F1 11 Tf 50 700 Td (About 10) Tj {RAISED.format(6)} ( cells) Tj ET", "About 10⁶ cells", id="exponent"
        ),
        pytest.param(
            f"BT /F1 11 Tf 50 700 Td (On the 1) Tj {RAISED.format('st')} ( day) Tj ET", "On the 1st day", id="ordinal"
        ),
        pytest.param(
            "BT /F1 11 Tf 50 700 Td (Of CO) Tj /F1 7 Tf -2 Ts (2) Tj 0 Ts /F1 11 Tf (.) Tj ET", "Of CO2.", id="lowered"
        ),
        pytest.param(
            text(50, 700, "It saw 48") + text(96.5, 704, "2", size=7) + text(103, 700, "boats"),
            "It saw 48 ² boats",
            id="set by itself",
        ),
        pytest.param(
            "BT /F1 11 Tf 50 700 Td (It saw 48) Tj 4 Ts (2) Tj 0 Ts ( boats) Tj ET", "It saw 48 ² boats", id="as large"
        ),
        pytest.param(
            "BT /F1 11 Tf 50 700 Td (So said Orla Tully) Tj 4 Ts (*) Tj 0 Ts (, then.) Tj ET",
            "So said Orla Tully*, then.",
            id="an asterisk as large",
        ),
    ],
)
def test_a_raised_number_is_not_read_as_more_of_the_number_before(drawn: str, expected: str) -> None:
    assert page(drawn) == [expected]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("elected for a two-", "year term", "elected for a two-year term"),
        ("a study of the cost-", "benefit ratio", "a study of the cost-benefit ratio"),
        ("opened the confer-", "ence at noon", "opened the conference at noon"),
        ("sold by Tor Har-", "aldsen in May", "sold by Tor Haraldsen in May"),
        ("written by Anne-", "Marie Lind", "written by Anne-Marie Lind"),
        ("sent by e-", "mail to all", "sent by e-mail to all"),
        ("the state-of-the-", "art harbour", "the state-of-the-art harbour"),
        ("the vote was 31-", "12 in favour", "the vote was 31-12 in favour"),
        ("an under-", "taking of some size", "an undertaking of some size"),
        ("it costs 1.", "4 million crowns", "it costs 1.4 million crowns"),
        ("it costs 5,", "200 crowns", "it costs 5,200 crowns"),
        ("see www.coast.example/", "reports for more", "see www.coast.example/reports for more"),
        ("soft\xad", "ware of the port", "software of the port"),
        ("See the list at https://", "lamps.example/list now.", "See the list at https://lamps.example/list now."),
    ],
)
def test_a_word_at_a_lines_end_is_whole_again_with_its_hyphen_or_without(
    first: str, second: str, expected: str
) -> None:
    assert page(lines(50, 700, first, second)) == [expected]


def test_how_a_word_is_written_elsewhere_says_whether_it_has_a_hyphen() -> None:
    drawn = lines(50, 700, "The co-op is old. The co-", "op and the lightship. The light-", "ship is new.")

    assert page(drawn) == ["The co-op is old. The co-op and the lightship. The lightship is new."]


def test_paragraphs_are_unwrapped_and_other_lines_are_kept() -> None:
    drawn = [
        text(50, 780, "Harbour report", size=18),
        text(50, 750, "1. Findings", before="/F2 11 Tf"),
        lines(50, 730, *HARBOUR, "work began."),
        lines(50, 680, "Ada Lind, Harbour Master", "Old Quay 3", "Bergen"),
        lines(50, 620, "1. Mend the quay.", "2. Paint the lights."),
        text(50, 580, "The chair closed the meeting."),
    ]
    content = read_pdf(a_pdf("".join(drawn)))

    assert blocks(content) == [
        *("Harbour report", "1. Findings", f"{HARBOUR[0]} {HARBOUR[1]} work began."),
        *("Ada Lind, Harbour Master", "Old Quay 3", "Bergen"),
        *("1. Mend the quay.", "2. Paint the lights.", "The chair closed the meeting."),
    ]
    kinds = [block.kind for block in content.blocks]
    assert kinds[:3] == [Kind.HEADING, Kind.HEADING, Kind.PARAGRAPH]
    assert kinds[6:] == [Kind.ITEM, Kind.ITEM, Kind.PARAGRAPH]


HEAD = "Coastal Council - Annual Report - CONFIDENTIAL"


def paged(*bodies: str, foot: str = "Page {} of 3   www.coast.example") -> str | list[str]:
    return [
        text(50, 800, HEAD, size=8) + body + text(50, 30, foot.format(number), size=8)
        for number, body in enumerate(bodies, start=1)
    ]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    note = text(50, 60, "1 The tender closed on 4 April.", size=8)
    bodies = [
        lines(50, 750, *HARBOUR) + lines(50, 110, *HARBOUR[:1], "and the lights were replaced in Octo-") + note,
        lines(50, 750, "ber, after the herring season. The work was given to the company"),
        lines(50, 750, "Halvorsen and Sons, which had offered the lowest price."),
    ]
    content = read_pdf(a_pdf(*paged(*bodies)))
    document = Document(content.text, "report", places=content.places, blocks=content.blocks)
    joined = (
        f"{HARBOUR[0]} and the lights were replaced in October, after the herring season. "
        "The work was given to the company Halvorsen and Sons, which had offered the lowest price."
    )

    assert blocks(content) == [
        *(HEAD, " ".join(HARBOUR), joined, "1 The tender closed on 4 April.", "www.coast.example")
    ]
    assert [block.role for block in content.blocks] == [Role.HEADER, *[Role.TEXT] * 3, Role.FOOTER]
    for words, number in {"dredging": 1, "Octo": 1, "herring": 2, "Halvorsen": 3, "tender": 1, "www": 1}.items():
        assert document.place(content.text.index(words)) == f"page {number}"


def test_a_word_is_not_joined_with_a_footer() -> None:
    first = text(50, 120, "The lights were replaced in Octo-") + text(50, 48, "page 2 of 3")
    second = text(50, 780, "ber, and the old lamps went to the museum.")

    assert blocks(read_pdf(a_pdf(first, second))) == [
        "The lights were replaced in October, and the old lamps went to the museum."
    ]


@pytest.mark.parametrize("foot", ["{}", "- {} -", "{}/3", "Page {}", "Annual report | {}", "Report of 2024   {}"])
def test_page_numbers_of_any_form_stand_apart(foot: str) -> None:
    bodies = [
        lines(50, 750, *HARBOUR),
        lines(50, 750, "work began, and they", "were glad."),
        lines(50, 750, "All went."),
    ]
    content = read_pdf(a_pdf(*paged(*bodies, foot=foot)))
    of_text = [words for words, block in zip(blocks(content), content.blocks, strict=True) if not block.role]

    assert of_text == [f"{HARBOUR[0]} {HARBOUR[1]} work began, and they were glad.", "All went."]


def test_the_foot_of_the_only_page_is_no_text() -> None:
    content = read_pdf(a_pdf(lines(50, 750, *HARBOUR) + text(250, 30, "Octopage 1 of 1", size=8)))

    assert [block.role for block in content.blocks] == [Role.TEXT, Role.FOOTER]
    assert blocks(content)[-1] == "Octopage"


def test_a_footnote_without_a_space_after_its_mark_is_parted_from_it() -> None:
    drawn = lines(50, 700, *HARBOUR) + text(50, 60, "1Counted by divers; see page 31.", size=8)

    assert page(drawn)[-1] == "1 Counted by divers; see page 31."


@pytest.mark.parametrize(
    ("letters", "expected"),
    [("HARBOUR WORKS", "HARBOUR WORKS"), ("Work of the year", "Work of the year"), ("ABCDEFG", "A B C D E F G")],
)
def test_letters_set_apart_are_words(letters: str, expected: str) -> None:
    drawn = " -250 ".join(f"({letter})" for letter in letters)

    assert page(f"BT /F1 20 Tf 50 700 Td [{drawn}] TJ ET") == [expected]


def test_a_heading_that_begins_every_page_is_not_lost() -> None:
    pages = [text(50, 780, f"Chapter {n}", size=16) + lines(50, 740, f"Text {n}.") for n in range(1, 5)]

    assert blocks(read_pdf(a_pdf(*pages))) == [words for n in range(1, 5) for words in (f"Chapter {n}", f"Text {n}.")]


LEFT = (
    "The society was founded in|Trondheim by the engineer|Marta Eide and six friends,|"
    "who met every week in the|back room of a bakery."
).split("|")
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


def test_a_large_initial_begins_its_word() -> None:
    drawn = text(50, 672, "T", size=40) + text(
        76, 700, "he council met nine times in the year and heard reports from all"
    )

    assert page(drawn) == ["The council met nine times in the year and heard reports from all"]


def test_a_large_initial_is_found_wherever_the_file_has_it() -> None:
    heading = text(50, 730, "News of the year", size=16)
    beside = lines(
        76, 700, "he council met nine times in the year and heard reports from all", "of its members, as is the"
    )
    drawn = heading + beside + text(300, 600, "Below.") + text(50, 676, "T", size=40)

    assert page(drawn)[1].startswith("The council met nine times")


def test_a_bullet_that_is_drawn_begins_an_item() -> None:
    drawn = lines(60, 700, "Bags must be left at the desk", "No food in the galleries", "Tours start at noon")
    dots = "".join(f"50 {y} 4 4 re f " for y in (702, 688, 674))

    assert page(drawn + dots) == [
        "• Bags must be left at the desk",
        "• No food in the galleries",
        "• Tours start at noon",
    ]


def test_a_character_of_a_symbol_font_is_a_bullet() -> None:
    codes = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    bullets = "".join(f"BT /S 11 Tf 50 {y} Td <B7> Tj ET " for y in (700, 686))
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /S 101 0 R >> >>"
    data = a_pdf(
        text(50, 714, "Aboard are") + text(70, 700, "Two ropes") + text(70, 686, "A lamp") + "/X Do",
        parts=[
            a_stream(bullets.encode(), form),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol /ToUnicode 102 0 R >>",
            a_stream(codes + b"1 beginbfchar <B7> <F0B7> endbfchar endcmap"),
        ],
        more={"resources": "/XObject << /X 100 0 R >>"},
    )

    assert blocks(read_pdf(data)) == ["Aboard are", "• Two ropes", "• A lamp"]


# What is seen


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(text(50, 600, "Ignore all.", before="3 Tr") + "0 Tr ", id="invisible ink"),
        pytest.param(text(50, 600, "Ignore all.", before="1 g"), id="white on white"),
        pytest.param("0.4 g 40 590 200 30 re f " + text(50, 600, "Ignore all.", before="0.4 g"), id="grey on grey"),
        pytest.param(text(50, 600, "Ignore all.") + "0 g 40 590 200 30 re f ", id="painted over"),
        pytest.param(text(50, 600, "Ignore all.", size=0.5), id="tiny"),
        pytest.param(text(700, 600, "Ignore all."), id="off the page"),
        pytest.param("q /G gs " + text(50, 600, "Ignore all.") + "Q ", id="transparent"),
        pytest.param("/OC /L BDC " + text(50, 600, "Ignore all.") + "EMC ", id="layer that is off"),
        pytest.param("q 40 500 10 10 re W n " + text(50, 600, "Ignore all.") + "Q ", id="clipped away"),
        pytest.param("q 0 0 0 0 re W n " + text(50, 600, "Ignore all.") + "Q ", id="clipped to nothing"),
    ],
)
def test_what_cannot_be_seen_is_not_read(hidden: str) -> None:
    data = a_pdf(
        text(50, 700, "Seen.") + hidden + text(50, 500, "Seen too.", before="0 g 0 Tr"),
        parts=[b"<< /Type /OCG /Name (Layer) >>"],
        more={
            "resources": "/ExtGState << /G << /ca 0 >> >> /Properties << /L 100 0 R >>",
            "catalog": "/OCProperties << /OCGs [100 0 R] /D << /OFF [100 0 R] >> >>",
        },
    )
    content = read_pdf(data)

    assert blocks(content) == ["Seen.", "Seen too."]
    assert content.unread == ("1 page with text that cannot be seen",)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("0.2 g 40 590 200 30 re f " + text(50, 600, "Read me.", before="1 g"), id="white on a plate"),
        pytest.param("0.8 g 40 590 200 30 re f " + text(50, 600, "Read me.", before="0 g"), id="black on a plate"),
        pytest.param(text(50, 600, "Read me.", before="0.6 g"), id="grey"),
        pytest.param("q 40 590 300 30 re W n " + text(50, 600, "Read me.") + "Q ", id="inside a clipping path"),
        pytest.param("BT /F1 1 Tf 11 0 0 11 50 600 Tm (Read me.) Tj ET ", id="scaled"),
        pytest.param(
            "0.5 g " + text(50, 600, "Read me.", before="0 g") + "0 g 40 400 200 30 re f ", id="beside a plate"
        ),
        pytest.param("/OC /L BDC " + text(50, 600, "Read me.") + "EMC ", id="layer that is on"),
    ],
)
def test_what_can_be_seen_is_read(shown: str) -> None:
    layers = {"resources": "/Properties << /L 100 0 R >>"}
    data = a_pdf(shown, parts=[b"<< /Type /OCG /Name (Layer) >>"], more=layers)
    content = read_pdf(data)

    assert blocks(content) == ["Read me."]
    assert content.unread == ()


STRIKE_OUT = "<< /Type /Annot /Subtype /StrikeOut /Rect [78 698 101 711] /QuadPoints [78 711 101 711 78 698 101 698] >>"


@pytest.mark.parametrize(
    ("line", "annotations", "expected"),
    [
        pytest.param("78 703 m 101 703 l S", [], "It is forty boats.", id="line"),
        pytest.param("0 g 78 702.7 23 0.6 re f", [], "It is forty boats.", id="bar"),
        pytest.param("", [STRIKE_OUT], "It is forty boats.", id="annotation"),
        pytest.param("3 w 78 703 m 101 703 l S", [], "It is forty boats.", id="thick line"),
        pytest.param("1 g 0 G 78 701 23 3.5 re f", [], "It is forty boats.", id="thick bar"),
        pytest.param("78 703 m 90 703 l S 90 703 m 101 703 l S", [], "It is forty boats.", id="line in two parts"),
        pytest.param(text(78, 700, "///////"), [], "It is forty boats.", id="slashes"),
        pytest.param(
            "BT /F1 11 Tf 0 1 -1 0 400 300 Tm (Margin) Tj ET 78 703 m 101 703 l S",
            [],
            "It is forty boats.",
            id="beside upright text",
        ),
        pytest.param("78 698.5 m 101 698.5 l S", [], "It is thirty forty boats.", id="underlined"),
        pytest.param("1 1 0 rg 78 698 23 5 re f", [], "It is thirty forty boats.", id="marked with a pen"),
        pytest.param("20 703 m 500 703 l S", [], "It is thirty forty boats.", id="line of a grid"),
    ],
)
def test_struck_text_is_not_read(line: str, annotations: list[str], expected: str) -> None:
    drawn = text(50, 700, "It is") + text(78, 700, "thirty") + text(109, 700, "forty boats.") + line

    assert blocks(read_pdf(a_pdf(drawn, annotations=annotations)))[0] == expected


def test_the_struck_part_of_a_word_is_not_read() -> None:
    drawn = text(50, 700, "It costs") + text(96, 700, "30") + text(108.2, 700, "45 pounds.") + "96 703 m 108.2 703 l S"

    assert page(drawn) == ["It costs 45 pounds."]


def test_struck_text_on_its_side_is_not_read() -> None:
    drawn = "".join(f"BT /F1 11 Tf 0 1 -1 0 400 {y} Tm ({words}) Tj ET " for y, words in ((300, "A"), (312, "hundred")))
    drawn += "BT /F1 11 Tf 0 1 -1 0 400 360 Tm (berths) Tj ET 397 312 m 397 350.5 l S"

    assert page(drawn) == ["A berths"]


def test_the_recognised_text_of_a_scan_is_its_text() -> None:
    recognised = "".join(text(50, 700 - 14 * n, line, before="3 Tr") for n, line in enumerate(LEFT))
    content = read_pdf(a_pdf(SCAN + recognised, more=IMAGES, parts=[an_image()]))

    assert blocks(content) == [" ".join(LEFT)]
    assert content.unread == ()


def test_images_and_scans_without_text_are_counted() -> None:
    picture = "q 200 0 0 200 50 400 cm /I Do Q "
    content = read_pdf(a_pdf(picture + text(50, 700, "Seen."), SCAN, SCAN, more=IMAGES, parts=[an_image()]))

    assert content.unread == ("2 scanned pages without text", "1 image without text")


def widget(y: int, entries: str, width: int = 100) -> str:
    return (
        f"<< /Type /Annot /Subtype /Widget /Rect [150 {y} {150 + width} {y + 14}] /F 4 /DA (/F1 11 Tf 0 g) {entries} >>"
    )


def test_what_was_filled_into_a_form_is_read_beside_its_label() -> None:
    labels = {"Name:": 700, "Member:": 670, "Sponsor:": 640, "Berth:": 610}
    ticked = "/FT /Btn /V /Yes /AS /{} /AP << /N << /Yes 100 0 R /Off 101 0 R >> >>"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 12 12] /Resources << /Font << /F4 13 0 R >> >>"
    data = a_pdf(
        "".join(text(50, y, label) for label, y in labels.items()),
        annotations=[
            widget(697, "/FT /Tx /T (a) /V (Ada Lind)"),
            widget(667, "/T (b) " + ticked.format("Yes"), 14),
            widget(637, "/T (c) " + ticked.format("Off"), 14),
            widget(607, "/FT /Ch /Ff 131072 /T (d) /V (North quay) /Opt [(North quay) (South quay)]"),
            widget(577, "/FT /Tx /T (e) /V (hidden)").replace("/F 4", "/F 2"),
            "<< /Type /Annot /Subtype /FreeText /Rect [50 500 300 530] /Contents (Approved on 3 May.) /F 4 >>",
            "<< /Type /Annot /Subtype /Text /Rect [50 400 70 420] /Contents (A note that is closed.) >>",
        ],
        form=[0, 1, 2, 3, 4],
        parts=[a_stream(b"BT /F4 10 Tf 1 1 Td (4) Tj ET", form), a_stream(b"", form)],
    )

    assert blocks(read_pdf(data)) == [
        *("Name:\tAda Lind", "Member:\t☒", "Sponsor:\t☐", "Berth:\tNorth quay", "Approved on 3 May."),
        "A note that is closed.",
    ]


def test_a_field_is_read_beside_its_label_whose_line_is_a_little_higher() -> None:
    labels = {"Name of the boat:": 700, "Owner:": 670, "Length in metres:": 640}
    values = ("Morwenna", "Jago Trelawney", "7.8")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 100 14] /Resources << /Font << /F1 10 0 R >> >>"
    shown = [a_stream(f"BT /F1 12 Tf 2 1 Td ({value}) Tj ET".encode(), form) for value in values]
    entries = [f"/FT /Tx /T ({n}) /V ({value}) /AP << /N {100 + n} 0 R >>" for n, value in enumerate(values)]
    data = a_pdf(
        "".join(text(50, y, label) for label, y in labels.items()),
        annotations=[widget(y - 4, entry) for y, entry in zip(labels.values(), entries, strict=True)],
        form=[0, 1, 2],
        parts=shown,
    )

    assert blocks(read_pdf(data)) == [f"{label}\t{value}" for label, value in zip(labels, values, strict=True)]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown() -> None:
    drawn = "".join(f"BT 0 1 -1 0 {100 + 14 * n} 50 Tm /F1 11 Tf ({line}) Tj ET " for n, line in enumerate(HARBOUR))

    assert blocks(read_pdf(a_pdf(drawn, more={"page": "/Rotate 90"}))) == [" ".join(HARBOUR)]


def test_a_watermark_does_not_cut_the_text() -> None:
    stamp = "q 0.9 g BT 0.7 0.7 -0.7 0.7 100 600 Tm /F2 80 Tf (DRAFT) Tj ET Q "

    assert page(lines(50, 700, *HARBOUR, "work began."), stamp) == [" ".join([*HARBOUR, "work began."]), "DRAFT"]


# What the file says of itself


@pytest.mark.parametrize(
    ("information", "expected"),
    [
        (
            "/Title (Rust in the cables) /Author (Tor Vinje) /CreationDate (D:20240314120000Z)",
            {"title": "Rust in the cables", "author": "Tor Vinje", "date": "2024-03-14"},
        ),
        ("/Title (Microsoft Word - Minutes of May) /Author (user)", {"title": "Minutes of May"}),
        (r"/Title (Microsoft Word - draft2.docx) /Author (admin)", {}),
        (r"/Title (C:\\\\Users\\\\ada\\\\report) /Author ()", {}),
        ("/Title (untitled) /CreationDate (tomorrow)", {}),
        ("/Title (scan0042) /Producer (Scanner) /Creator (Scanner)", {}),
    ],
)
def test_facts_are_the_properties_that_people_fill_in(information: str, expected: dict[str, str]) -> None:
    facts = read_pdf(a_pdf(text(50, 700, "Words."), more={"information": information})).facts

    assert facts == tuple(Fact(name, value, "the properties of the file") for name, value in expected.items())


# Properties


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(20, 280),
            st.integers(1, 27).map(lambda row: 30 * row),
            st.lists(st.sampled_from(["harbour", "Quay", "1931,", "lights."]), min_size=1, max_size=3),
            st.sampled_from([6, 9, 11, 18]),
        ),
        min_size=1,
        max_size=25,
        unique_by=lambda each: each[1],
    )
)
def test_every_word_is_read_once_and_in_one_block(drawn: list[tuple[int, int, list[str], int]]) -> None:
    # Each line has a word of its own, for pdfium takes words that are drawn twice in one place for bold ones.
    marked = [(x, y, [*words, f"word{number}"], size) for number, (x, y, words, size) in enumerate(drawn)]
    content = read_pdf(a_pdf("".join(text(x, y, " ".join(words), size=size) for x, y, words, size in marked)))
    document = Document(content.text, "any", places=content.places, blocks=content.blocks, boxes=content.boxes)
    written = sorted(word for _, _, words, _ in marked for word in words)

    assert sorted(document.text.split()) == written
    assert len(unpack(content.boxes, len(content.text))) == len(written)
    assert not any("\n" in block for block in blocks(content))
    assert document.place(0) == "page 1"
