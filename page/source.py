"""The text of a document as the source pane draws it: in blocks, with headings, list items, tables and emphasis.

All of the text is there, in its order, so that the page can count offsets in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index import Block, Cell, Document, Kind, Role, Table
from index.emphasis import Emphasis, Style
from page.view import View, document_view

BLOCK = 4000
"""Code points after which the next paragraph, line or row begins a new block. A browser lays out only those in view."""

_MARKUP = re.compile(r"#{1,6}[ \t]+")
"""What makes a line of Markdown a heading."""

_SLIDE, _NOTES = re.compile(r"slide \d+"), re.compile(r"notes of slide \d+")
"""The labels of the places of a presentation."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a text: a paragraph or a part of one, or a row of a table."""

    start: int
    end: int
    kind: Kind
    role: str = ""
    table: int = -1
    cells: tuple[Cell, ...] = ()


def source_view(document: Document) -> View:
    """Return a document's text in blocks, each with the page or section, if any, that begins with it.

    The `form` of a block is "slide" or "notes" if it belongs to a slide or to its notes, and else "".
    """
    starts = [place.start for place in document.places]
    blocks, runs, form = [], _Runs(document), ""
    for pieces in _blocks(_pieces(document), starts):
        begun = document.places[bisect_left(starts, pieces[0].start) : bisect_left(starts, pieces[-1].end)]
        label = " · ".join(place.label for place in begun if place.label)
        if begun:
            form = _form(begun[-1].label, pieces[0].role)
        blocks.append({"label": label, "form": form, "parts": list(_parts(document, pieces, runs))})
    return document_view(document) | {"blocks": blocks}


def _form(place: str, role: str) -> str:
    if _NOTES.fullmatch(place):
        return "notes"
    return "slide" if _SLIDE.fullmatch(place) and role == Role.TEXT else ""


def _blocks(pieces: Iterable[_Piece], places: Sequence[int]) -> Iterator[list[_Piece]]:
    """Yield pieces in blocks. A block begins with the first piece of each place, and after each `BLOCK` code points."""
    block: list[_Piece] = []
    for piece in pieces:
        is_first = bisect_left(places, piece.start) < bisect_left(places, piece.end)
        if block and (is_first or piece.start - block[0].start >= BLOCK):
            yield block
            block = []
        block.append(piece)
    yield block


def _pieces(document: Document) -> Iterator[_Piece]:
    """Yield the text in pieces: the rows of its tables, and between them its blocks, cut at places and long ones."""
    tables = deque(enumerate(document.tables))
    ends = [*(block.start for block in document.blocks[1:]), len(document.text)]
    done = 0
    for block, block_end in zip(document.blocks, ends, strict=True):
        found, end = [], block_end
        while tables and tables[0][1].start < end:
            found.append(tables.popleft())
            end = max(end, ends[bisect_left(ends, found[-1][1].end)])
        following = [*(table.start for _, table in found[1:]), end]
        for (number, table), behind in zip(found, following, strict=False):
            yield from _rows(number, table, max(done, block.start), behind)
            done = behind
        if block.start >= done:
            yield from _lines(document, block, end)


def _lines(document: Document, block: Block, end: int) -> Iterator[_Piece]:
    """Yield a block that reaches to `end` in pieces, cut at places and, if it is long, between lines."""
    places = document.places
    first = bisect_right(places, block.start, key=lambda place: place.start)
    cuts = {block.start, *_long(document.text, block.start, end)}
    while first < len(places) and places[first].start < end:
        cuts.add(places[first].start)
        first += 1
    for start, following in pairwise([*sorted(cuts), end]):
        yield _Piece(start, following, block.kind, block.role)


def _long(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the starts of the lines that begin `BLOCK` code points behind each other."""
    while (start := text.find("\n", start + BLOCK, end - 1) + 1) > 0:
        yield start


def _rows(number: int, table: Table, start: int, end: int) -> Iterator[_Piece]:
    """Yield the rows of a table that takes the text from `start` to `end`."""
    rows = [tuple(cells) for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
    for cells, following in zip(rows, [*(row[0].start for row in rows[1:]), end], strict=True):
        yield _Piece(start, following, Kind.ROW, table=number, cells=cells)
        start = following


class _Runs:
    """Divides parts of a text into runs: words that look alike, each with the names of its styles."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._parts = [[each for each in document.emphasis if each.style == style] for style in Style]

    def of(self, start: int, end: int) -> list[View]:
        """Return the runs of the text from `start` to `end`; none if it is empty."""
        parts = [part for own in self._parts for part in _inside(own, start, end)]
        edges = {start, end, *(max(start, part.start) for part in parts), *(min(end, part.end) for part in parts)}
        return [
            {
                "text": self._text[first:last],
                "style": " ".join(part.style for part in parts if part.start <= first and last <= part.end),
            }
            for first, last in pairwise(sorted(edges))
        ]


def _inside(parts: Sequence[Emphasis], start: int, end: int) -> Sequence[Emphasis]:
    """Return the parts, which are one behind the other, that have a character between `start` and `end`."""
    first = bisect_right(parts, start, key=lambda part: part.end)
    return parts[first : max(first, bisect_left(parts, end, key=lambda part: part.start))]


def _parts(document: Document, pieces: Sequence[_Piece], runs: _Runs) -> Iterator[View]:
    for number, group in groupby(pieces, key=lambda piece: piece.table):
        if number < 0:
            yield from (_line(document, piece, runs) for piece in group)
        else:
            grid = _Grid(document.tables[number])
            rows = [grid.row(document.text, piece, runs) for piece in group]
            is_sheet = document.tables[number].is_sheet
            yield {"kind": "table", "number": number, "isSheet": is_sheet, "columns": grid.columns, "rows": rows}


def _line(document: Document, piece: _Piece, runs: _Runs) -> View:
    markup = _MARKUP.match(document.text, piece.start, piece.end) if piece.kind == Kind.HEADING else None
    begun = markup.end() if markup else piece.start
    sign = [{"text": document.text[piece.start : begun], "style": Style.MARKUP}] if markup else []
    return {"kind": piece.kind, "role": piece.role, "runs": [*sign, *runs.of(begun, piece.end)]}


class _Grid:
    """The columns and rows of a table in which cells begin. No others are drawn: a sheet may have a million of them."""

    def __init__(self, table: Table) -> None:
        self.columns = sorted({cell.column for cell in table.cells})
        self._rows = sorted({cell.row for cell in table.cells})

    def row(self, text: str, piece: _Piece, runs: _Runs) -> View:
        """Return a row: its cells, each with the text between it and the next one."""
        ends = [*(cell.start for cell in piece.cells[1:]), piece.end]
        cells = [
            {
                "runs": runs.of(cell.start, cell.end),
                "between": text[cell.end : end],
                "column": bisect_left(self.columns, cell.column),
                "columns": _within(self.columns, cell.column, cell.column_span),
                "rows": _within(self._rows, cell.row, cell.row_span),
                "kind": cell.kind,
            }
            for cell, end in zip(piece.cells, ends, strict=True)
        ]
        return {"number": piece.cells[0].row, "before": text[piece.start : piece.cells[0].start], "cells": cells}


def _within(numbers: Sequence[int], first: int, count: int) -> int:
    """Return how many of the ascending `numbers` are in the `count` numbers from `first` on."""
    return bisect_left(numbers, first + count) - bisect_left(numbers, first)
