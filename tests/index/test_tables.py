"""Tables know their cells and the headers of each, are stored whole, and help to find and read their rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, FolderCollection, SpanOutsideText, split
from index.table import MOST_HEADERS, Cell, CellKind, Table, pack, unpack
from index.testing import BagOfWords

DATA, COLUMN, ROW = CellKind


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table of merged, empty and header cells, one of them at each fifth offset."""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells: list[Cell] = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        across = draw(st.integers(1, 3))
        across = next((n for n in range(1, across) if (row, column + n) not in free), min(across, width - column))
        down = min(draw(st.integers(1, 3)), height - row)
        free -= {(row + r, column + c) for r in range(down) for c in range(across)}
        kind = draw(st.sampled_from(CellKind))
        if draw(st.integers(0, 4)):
            start = 5 * len(cells)
            cells.append(Cell(start, start + 4, row, column, down, across, kind))
    return Table(tuple(cells) or (Cell(0, 4, 0, 0),))


def passed(table: Table, cell: Cell, places: Iterator[tuple[int, int]], kind: CellKind) -> list[Cell]:
    """Return the headers that a scan from `cell` over `places` finds, as the HTML standard describes it."""
    covers = {
        (each.row + r, each.column + c): each
        for each in table.cells
        for r in range(each.row_span)
        for c in range(each.column_span)
    }
    found: list[Cell] = []
    block: list[tuple[int, int]] = []
    hidden: set[tuple[int, int]] = set()
    is_down = kind == COLUMN
    for place in places:
        header = covers.get(place)
        if header is None or header == cell or header in found:
            continue
        lines = (header.column, header.column_span) if is_down else (header.row, header.row_span)
        if header.kind == kind:
            block.append(lines)
            if lines not in hidden:
                found.append(header)
        elif is_down or header.kind == DATA:
            hidden |= set(block)
            block = []
    return found


@given(tables())
def test_the_headers_of_a_cell_are_those_that_a_scan_of_the_html_standard_finds(table: Table) -> None:
    for cell in table.cells:
        columns: set[Cell] = set()
        rows: set[Cell] = set()
        if cell.kind != COLUMN:
            for column in range(cell.column, cell.column + cell.column_span):
                columns |= set(passed(table, cell, ((row, column) for row in range(cell.row - 1, -1, -1)), COLUMN))
            for row in range(cell.row, cell.row + cell.row_span):
                rows |= set(passed(table, cell, ((row, column) for column in range(cell.column - 1, -1, -1)), ROW))
        found = table.headers(cell)

        assert set(found.columns) == columns
        assert set(found.rows) == rows
        assert list(found.columns) == sorted(found.columns)


@given(tables(), st.booleans())
def test_a_table_is_the_same_after_it_was_stored(table: Table, is_sheet: bool) -> None:
    found = [Table(table.cells, is_sheet), table.moved(1000)]

    assert unpack(pack(found)) == tuple(found)


@pytest.mark.parametrize("packed", ["x", "T", "Td0,0:4-2", "Td0,0:0-4d0,0:5-9", "d0,0:0-4", "Td0,0:0-4?"])
def test_what_is_no_stored_table_is_refused(packed: str) -> None:
    with pytest.raises((ValueError, SpanOutsideText)):
        unpack(packed)


def with_table(text: str, header_rows: int = 1) -> Document:
    """Return a document whose lines with tabs are a table with a header in the first column."""
    cells, offset, row = [], 0, 0
    for line in text.split("\n"):
        for column, words in enumerate(line.split("\t") if "\t" in line else []):
            kind = COLUMN if row < header_rows else DATA if column else ROW
            cells += [Cell(offset, offset + len(words), row, column, kind=kind)] if words else []
            offset += len(words) + 1
        offset += 0 if "\t" in line else len(line) + 1
        row += "\t" in line
    return Document(text, "costs", tables=(Table(tuple(cells)),))


LONG = "Costs\n\nItem\tCost in pounds\n" + "\n".join(
    f"Girder number {n}, painted twice\t{n * 17:,}" for n in range(120)
)


def test_a_passage_inside_a_table_is_found_by_its_headers_and_read_with_them() -> None:
    document = with_table(LONG)
    passages = split(document)
    last = passages[-1]

    assert len(passages) > 3
    assert [passage.text for passage in passages] == [document.quote(passage.span) for passage in passages]
    assert [document.quote(span) for span in last.context] == ["Costs", "Item", "Cost in pounds"]
    assert last.indexed_text == f"Costs\tItem\tCost in pounds\n{last.text}"
    assert passages[0].context == ()
    piece = last.pieces[-1]
    assert [document.quote(span) for span in (*piece.column_headers, *piece.row_headers, piece.span)] == [
        "Cost in pounds",
        "Girder number 119, painted twice",
        "2,023",
    ]


def test_the_pieces_of_a_passage_hold_all_its_words_once_and_in_order() -> None:
    for passage in split(with_table(f"{LONG}\n\nThe girders are old. They rust.")):
        pieces = " ".join(passage.document.quote(piece.span) for piece in passage.pieces)

        assert pieces.split() == passage.text.split()


def test_a_search_finds_a_row_far_below_its_header_by_the_words_of_the_header(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(with_table(LONG))
        for _ in range(2):
            hits = collection.search("cost in pounds of girder 117", k=30)

            assert all(hit.lexical_rank for hit in hits)
            assert all(hit.passage.document.tables for hit in hits)
            collection.rebuild()


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("Costs", "line 1"),
        ("1,989", "table 1, row “Girder number 117, painted twice”, column “Cost in pounds”"),
        ("number 117", "table 1, row “Girder number 117, painted twice”, column “Item”"),
        ("Girder number 117, painted twice\t1,989", "table 1, row “Girder number 117, painted twice”"),
        ("1,989\nGirder number 118, painted twice\t2,006", "table 1"),
        ("Cost in", "table 1, row 1, column 2"),
    ],
)
def test_a_quote_from_a_table_is_placed_by_row_and_column(quote: str, place: str) -> None:
    document = with_table(LONG)
    start = document.text.index(quote)

    assert document.place(start, start + len(quote)) == place


def test_a_quote_from_a_sheet_is_placed_by_the_address_of_its_cell() -> None:
    document = Document("a\tb", "sheet", tables=(Table((Cell(0, 1, 4, 1), Cell(2, 3, 4, 27)), is_sheet=True),))

    assert document.place(2) == "cell AB5"
    assert document.place(0, 3) == "cells B5 to AB5"


@pytest.mark.parametrize("cell", [Cell(3, 12, 0, 0), Cell(8, 90, 0, 0)])
def test_a_cell_across_the_end_of_a_block_or_of_the_text_is_refused(cell: Cell) -> None:
    with pytest.raises(SpanOutsideText, match="tables"):
        Document("A head\n\nbelow it, more", "report", tables=(Table((cell,)),))


def test_tables_that_overlap_are_refused() -> None:
    tables = (Table((Cell(0, 1, 0, 0), Cell(4, 5, 1, 0))), Table((Cell(2, 3, 0, 0),)))
    with pytest.raises(SpanOutsideText, match="tables"):
        Document("a b c", "report", tables=tables)


def test_a_column_of_headers_alone_keeps_few_of_them_so_that_work_stays_linear() -> None:
    rows = 20_000
    cells = [Cell(3 * row, 3 * row + 1, row, 0, kind=COLUMN) for row in range(rows)]
    table = Table((*cells, Cell(3 * rows, 3 * rows + 1, rows, 0)))

    assert len(table.headers(table.cells[-1]).columns) == MOST_HEADERS
