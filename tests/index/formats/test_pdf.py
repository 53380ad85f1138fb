"""A PDF is read as people see its pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Document
from index.block import Kind, Role
from index.box import unpack
from index.document import Fact
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, a_stream, lines, text
from tests.index.formats.pdf_pages import HARBOUR, blocks, page

RAISED = "/F1 7 Tf 4 Ts ({}) Tj 0 Ts /F1 11 Tf"
"""Operators that set a raised number."""


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
            "BT /F1 10 Tf 50 700 Td (Of CO) Tj /F1 8 Tf -5 Ts (2) Tj 0 Ts /F1 10 Tf (.) Tj ET",
            "Of CO2.",
            id="half lowered",
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
            "BT /F1 11 Tf 50 700 Td (It began in 1402.) Tj 4 Ts /F1 7 Tf ([citation) Tj ( needed]) Tj 0 Ts /F1 11 Tf "
            "( Then) Tj ( it grew.) Tj ET",
            "It began in 1402.[citation needed] Then it grew.",
            id="raised words",
        ),
        pytest.param(
            "BT /F1 11 Tf 50 700 Td (Of CO) Tj -4 Ts (2) Tj 0 Ts ( fell.) Tj ET", "Of CO2 fell.", id="lowered as large"
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
