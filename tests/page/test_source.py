"""The source pane's view of a document: all of its text, in headings, lists and tables."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Block, Cell, Document, Kind, Place, Table
from index.emphasis import Emphasis, Style, joined
from index.formats.read import read
from page.finding import around, found_in
from page.source import BLOCK, source_view
from page.utf16 import span_of, utf16_span
from tests.conftest import REPOSITORY

CASES = REPOSITORY / "tests" / "index" / "formats" / "cases"


def text_of(view: dict[str, Any]) -> str:
    """Return the text of a view, in the order in which the page counts it."""
    pieces: list[str] = []
    for part in (part for block in view["blocks"] for part in block["parts"]):
        pieces += (run["text"] for run in part.get("runs", []))
        for row in part.get("rows", []):
            pieces.append(row["before"])
            pieces += (piece for cell in row["cells"] for piece in (words_of(cell), cell["between"]))
    return "".join(pieces)


def words_of(part: dict[str, Any], style: str | None = None) -> str:
    """Return the words of a line or a cell; with a `style`, those alone that look so."""
    return "".join(run["text"] for run in part["runs"] if style is None or style in run["style"].split())


def tables_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for block in view["blocks"] for part in block["parts"] if part["kind"] == "table"]


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_every_character_of_every_format_is_in_the_view_and_every_place_is_named(path: Path) -> None:
    document, _, _ = read(path)
    view = source_view(document)

    assert text_of(view) == document.text
    labels = " · ".join(block["label"] for block in view["blocks"] if block["label"])
    assert labels == " · ".join(place.label for place in document.places if place.label)


@given(st.data())
def test_every_character_of_a_text_with_any_blocks_places_and_tables_is_in_the_view(data: st.DataObject) -> None:
    text = data.draw(st.text("ab \n\t|", min_size=2, max_size=60).filter(lambda text: "a" in text))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=12)) | {0, len(text)})
    starts = [cut for cut in cuts if cut == 0 or (cut < len(text) and data.draw(st.booleans()))]
    places = tuple(Place(cut, "here") for cut in cuts if cut < len(text) and data.draw(st.booleans()))
    spans = [(one, other) for one, other in pairwise(cuts) if data.draw(st.booleans())]
    tables: list[Table] = []
    row = 0
    for start, end in spans:
        if any(start < each < end for each in starts):
            continue
        row += 1
        cell = Cell(start, end, row, 0)
        joins = data.draw(st.booleans())
        if tables and joins:
            tables[-1] = Table((*tables[-1].cells, cell))
        else:
            tables.append(Table((cell,)))
    blocks = tuple(Block(start, Kind.PARAGRAPH) for start in starts)
    bold, italic = (
        [Emphasis(*span, style) for span in pairwise(cuts) if data.draw(st.booleans())]
        for style in (Style.BOLD, Style.ITALIC)
    )
    looks = joined([*bold, *italic], text)
    document = Document(text, "any", places=places, blocks=blocks, tables=tuple(tables), emphasis=looks)

    assert text_of(source_view(document)) == text


def test_headings_lists_and_tables_keep_their_kind() -> None:
    document, _, _ = read(CASES / "rules-garden.docx")
    kinds = [part["kind"] for block in source_view(document)["blocks"] for part in block["parts"]]

    assert kinds[:4] == ["heading", "heading", "paragraph", "list item"]
    assert "table" in kinds


def test_a_spreadsheet_keeps_its_columns_and_the_numbers_of_its_rows() -> None:
    document, _, _ = read(CASES / "sheet-repairs.xlsx")
    view = source_view(document)
    _, parts, _ = tables_of(view)

    assert [block["label"].partition(" · ")[0] for block in view["blocks"]][:1] == ["sheet “Repairs”"]
    assert (parts["isSheet"], parts["columns"], [row["number"] for row in parts["rows"]][:2]) == (
        True,
        [0, 1, 2, 3],
        [2, 3],
    )


@pytest.mark.parametrize("name", ["slides-survey.pptx", "slides-survey.odp"])
def test_slides_are_slides_and_their_notes_stand_below_them(name: str) -> None:
    document, _, _ = read(CASES / name)

    assert [(block["label"], block["form"]) for block in source_view(document)["blocks"]] == [
        ("slide 1", "slide"),
        ("slide 2", "slide"),
        ("notes of slide 2", "notes"),
        ("slide 3", "slide"),
    ]


def test_of_a_wide_sheet_only_the_columns_with_cells_are_drawn() -> None:
    text = "Name\tPrice\nwide"
    cells = (Cell(0, 4, 0, 0), Cell(5, 10, 0, 16_000), Cell(11, 15, 900_000, 0, column_span=16_384, row_span=9))
    (table,) = tables_of(source_view(Document(text, "wide", tables=(Table(cells, is_sheet=True),))))

    assert table["columns"] == [0, 16_000]
    assert [(cell["columns"], cell["rows"]) for row in table["rows"] for cell in row["cells"]] == [
        (1, 1),
        (1, 1),
        (2, 1),
    ]


def test_a_long_table_and_a_long_text_are_drawn_in_parts() -> None:
    rows = "".join(f"row {n:05}\tcell\n" for n in range(3000))
    cells = [Cell(at, at + 9, n, 0) for n, at in enumerate(range(0, len(rows), len("row 00000\tcell\n")))]
    long = source_view(Document(rows, "rows", blocks=(Block(0),), tables=(Table(tuple(cells)),)))
    lines = source_view(Document("A line of words.\n" * 5000, "lines", blocks=(Block(0),)))

    for view in (long, lines):
        assert len(view["blocks"]) >= 10
        lengths = [len(text_of({"blocks": [block]})) for block in view["blocks"]]
        assert max(lengths) < BLOCK + 100


def test_offsets_in_utf_16_lead_back_to_the_same_words() -> None:
    document = Document("😀 The 😀 lamp 😀 burns.", "any")
    ((_, span),) = found_in([document], "LAMP")

    assert utf16_span(document, span) == {"start": 10, "end": 14}
    assert span_of(document, 10, 14) == span


def test_exact_words_are_found_in_any_case_over_line_ends_and_nothing_is_a_pattern() -> None:
    document = Document("The Harbour\nOffice (old). The harbour officer. A.B and AxB.", "any")

    assert [document.quote(span) for _, span in found_in([document], "harbour  office")] == [
        "Harbour\nOffice",
        "harbour office",
    ]
    assert [document.quote(span) for _, span in found_in([document], "a.b")] == ["A.B"]
    assert list(found_in([document], "  ")) == []
    ((_, span),) = found_in([document], "(old)")
    assert around(document, span) == ("The Harbour\nOffice ", ". The harbour officer. A.B and AxB.")
