"""Plain text, and its tables, whose cells tabs, vertical bars or aligned spaces separate."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from index.block import Block, Kind, plain_blocks
from index.formats.aligned import Cell, aligned_cells, aligned_rows
from index.formats.content import Content
from index.formats.tables import Grid, Said
from index.table import Table

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TABS = re.compile(r"\t+")
_TAB = re.compile(r"\t")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t]*[-+|:=][-+|:= \t]*")
"""A line that separates the header from the rows below it, or one row from the next."""

_SPACE = "> \t\r\f\v\xa0\u3000"
"""Characters around a cell: white space, and marks of quoted lines."""


def read_plain(text: str) -> Content:
    """Return `text` unchanged, with its blocks and tables."""
    blocks = plain_blocks(text, rows=aligned_rows(text))
    return Content(text, blocks=blocks, tables=plain_tables(text, blocks))


def plain_tables(text: str, blocks: Sequence[Block]) -> tuple[Table, ...]:
    r"""Return the tables of plain text: consecutive rows of cells that tabs, vertical bars or aligned spaces separate.

    A rule below the first row alone says that this row is a header.

    >>> text = "| Item | Cost |\n|---|---|\n| Bearings | £1,240 |"
    >>> [text[cell.start : cell.end] for cell in plain_tables(text, plain_blocks(text))[0].cells]
    ['Item', 'Cost', 'Bearings', '£1,240']
    """
    starts = [block.start for block in blocks]
    return tuple(table for rows in _runs(text, blocks) if (table := _table(text, starts, rows)))


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[list[tuple[int, str]]]:
    """Yield the offset and the text of each row of each table. Blank lines and other blocks separate tables."""
    run: list[tuple[int, str]] = []
    for block, following in pairwise([*blocks, Block(len(text))]):
        if block.kind == Kind.ROW:
            start = text.rfind("\n", 0, block.start) + 1
            run.append((start, text[start : following.start]))
        if run and (block.kind != Kind.ROW or _BLANK_LINE.search(run[-1][1])):
            yield run
            run = []
    if run:
        yield run


def _table(text: str, starts: Sequence[int], rows: Sequence[tuple[int, str]]) -> Table | None:
    lines = [(start, row.partition("\n")[0]) for start, row in rows]
    ruled = [_RULE.match(row.partition("\n")[2]) is not None for _, row in rows]
    dashes = [row.split("\n")[1] for (_, row), is_ruled in zip(rows, ruled, strict=True) if is_ruled]
    grid = Grid()
    for number, ((start, _), cells) in enumerate(zip(lines, _cells([line for _, line in lines], dashes), strict=True)):
        grid.begin_row()
        said = Said.COLUMN_HEADER if number == 0 and ruled[0] and not any(ruled[1:-1]) else Said.NOTHING
        for column, first, end in cells:
            grid.begin_cell(1, 1, said, column)
            grid.write(start + first, start + end)
    return grid.table(text, starts)


def _cells(lines: Sequence[str], dashes: Sequence[str]) -> list[list[Cell]]:
    """Return the cells with words of each row."""
    separator = _separator(lines)
    if not any(map(separator.search, lines)):
        return aligned_cells(lines, dashes)
    return [
        [(column, first, end) for column, (first, end) in enumerate(_separated(line, separator)) if end > first]
        for line in lines
    ]


def _separator(lines: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern that separates cells. Several tabs are one if they only align the columns."""
    if not all("\t" in line.strip() for line in lines):
        return _BAR
    is_even = any(len({line.count("\t") for line in each}) == 1 for each in (lines, [line.rstrip() for line in lines]))
    return _TAB if is_even else _TABS


def _separated(line: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each cell of a line, without white space. Empty cells have equal offsets."""
    bounds = [0, *chain.from_iterable(mark.span() for mark in separator.finditer(line)), len(line)]
    cells = [_trimmed(line, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    if separator is _BAR:  # the bars at both ends of a line are a frame
        begins, ends = (start == end for start, end in (cells[0], cells[-1]))
        cells = cells[begins : len(cells) - ends]
    yield from cells


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    words = line[start:end].strip(_SPACE)
    first = line.find(words, start) if words else start
    return first, first + len(words)
