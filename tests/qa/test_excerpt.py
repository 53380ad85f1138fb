"""What a reader sees of a table: each cell behind its headers, and every answer a slice of the passage."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, FolderCollection, Passage, Span, read
from index.table import Cell, CellKind, Table
from qa import ask
from qa.reading.excerpt import Excerpt
from qa.reading.load import default_reader
from qa.reading.tokens import LONGEST_EXCERPT

WORDS = st.text(alphabet="aB1 £,é🕌", min_size=1, max_size=8).map(str.strip).filter(bool)


def report(rows: list[list[str]], before: str = "The estimate follows.", after: str = "It rained.") -> Document:
    """Return a document with a table, whose first row and first column hold headers."""
    text, cells = f"{before}\n\n", []
    for row, line in enumerate(rows):
        for column, words in enumerate(line):
            kind = CellKind.COLUMN_HEADER if not row else CellKind.DATA if column else CellKind.ROW_HEADER
            cells.append(Cell(len(text), len(text) + len(words), row, column, kind=kind))
            text += words + ("\t" if column + 1 < len(line) else "\n")
    return Document(f"{text}\n{after}", "report", tables=(Table(tuple(cells)),))


REPORT = report([["Item", "Cost", "Weeks"], ["Bearings", "£1,240", "3"], ["Painting", "£640", "2"]])


def test_a_cell_stands_behind_its_headers_and_a_row_ends_with_a_full_stop() -> None:
    assert Excerpt.of(Passage(REPORT, Span(0, len(REPORT.text)))).text == (
        "The estimate follows.\n\n"
        "Item, Cost, Weeks.\n"
        "Item Bearings, Bearings Cost £1,240, Bearings Weeks 3.\n"
        "Item Painting, Painting Cost £640, Painting Weeks 2.\n\n"
        "It rained."
    )


def test_a_passage_inside_a_table_has_the_headers_before_it() -> None:
    passage = Passage(REPORT, Span(REPORT.text.index("Painting"), REPORT.text.index("\n\nIt rained")))
    assert Excerpt.of(passage).text == "Item Painting, Painting Cost £640, Painting Weeks 2"


@pytest.mark.parametrize(
    ("before", "after", "caption"),
    [
        ("Table 3: Prices in EUR", "It rained.", "Table 3: Prices in EUR"),
        ("Prices in EUR", "It rained.", "Prices in EUR"),
        ("It cost less.", "Table 3. Prices in EUR.", "Table 3. Prices in EUR."),
        ("It cost less.", "It rained.", ""),
        ("It rained, and the sea was rough, and nobody knew what the repair of the bridge would cost in the end. " * 2,
         "", ""),
    ],
)  # fmt: skip
def test_a_passage_inside_a_table_has_its_caption(before: str, after: str, caption: str) -> None:
    document = report([["Item", "Cost"], ["Bearings", "1,240"], ["Painting", "640"]], before, after)
    passage = Passage(document, Span(document.text.index("Painting"), document.text.index("640") + 3))
    excerpt = Excerpt.of(passage)

    assert [document.quote(span) for span in passage.captions] == [caption] * bool(caption)
    shown = f"{caption.removesuffix('.')}.\n" * bool(caption)
    assert excerpt.text == f"{shown}Item Painting, Painting Cost 640"
    assert caption in passage.indexed_text
    assert [passage.text[part.source :][: part.end - part.start] for part in excerpt.parts] == ["Painting", "640"]


def test_lines_end_with_full_stops_so_that_a_label_belongs_to_the_value_behind_it() -> None:
    document = Document("Harbour board\n\nChair: Ada Lind\nDeputy chair: Per Moe\n\nThey met.\n", "list")
    excerpt = Excerpt.of(Passage(document, Span(0, len(document.text) - 1)))
    assert excerpt.text == "Harbour board.\n\nChair: Ada Lind.\nDeputy chair: Per Moe.\n\nThey met."
    (finding,) = default_reader().read("Who is the deputy chair?", [excerpt])
    assert document.quote(finding.span) == "Per Moe"


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_what_may_answer_is_a_slice_of_the_passage(rows: list[list[str]]) -> None:
    document = report(rows)
    passage = Passage(document, Span(0, len(document.text)))
    excerpt = Excerpt.of(passage)
    for part in excerpt.parts:
        source = excerpt.source(Span(part.start, part.end))
        assert excerpt.text[part.start : part.end] == passage.text[source.start : source.end]


def test_headers_are_left_out_where_they_would_be_too_long() -> None:
    document = report([[f"{'Estimated cost of all works':40}{n}" for n in range(99)], [f"{n}" for n in range(99)]])
    passage = Passage(document, Span(0, len(document.text)))
    assert len(passage.text) < LONGEST_EXCERPT * 2
    assert Excerpt.of(passage) == Excerpt(passage.text, passage.breaks)


@pytest.mark.parametrize("question", ["What do bearings cost?", "How many weeks does painting take?", "Which item?"])
def test_no_finding_is_in_a_header_that_is_only_shown(question: str) -> None:
    passage = Passage(REPORT, Span(REPORT.text.index("Bearings"), len(REPORT.text)))
    (finding,) = default_reader().read(question, [Excerpt.of(passage)])
    answer = finding.span.moved(passage.span.start)
    assert len(list(REPORT.cells(answer))) <= 1
    assert not any("\t" in each or "\n" in each for each in REPORT.quote(answer))


@pytest.mark.parametrize(
    ("question", "answer"),
    [("What do the bearings cost?", "£1,240"), ("How many weeks does painting take?", "2")],
)
def test_a_question_about_a_table_is_answered_by_its_cell(question: str, answer: str, tmp_path: Path) -> None:
    with FolderCollection(tmp_path) as collection:
        collection.add(REPORT)
        evidence = ask(question, collection).claims[0].evidence[0]
    assert evidence.answer.quote == answer
    assert evidence.sentence.quote == next(line for line in REPORT.text.split("\n") if f"\t{answer}" in line)


def test_a_cell_under_all_the_words_of_the_question_is_believed(tmp_path: Path) -> None:
    stops = tmp_path / "stops.csv"
    stops.write_text("Stop,Zone,Single\nHope,2,£3.10\nBamford,2,£3.40\nGrindleford,3,£4.00\nHathersage,3,£4.80\n")
    with FolderCollection(tmp_path / "stops") as collection:
        collection.add(read(stops))
        answer = ask("In which zone is Grindleford?", collection)
    assert (answer.text, answer.citations[0].place) == ("3", "cell B4")
