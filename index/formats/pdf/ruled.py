"""Tables whose cells are divided by lines on the page."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, product
from typing import NamedTuple

from index.formats.pdf.bands import bands
from index.formats.pdf.line import Line, Place, RuledRow, row_of
from index.formats.pdf.stroke import SNAP, Stroke
from index.formats.pdf.word import Word, rows

_MOST_PAIRS = 200_000
"""Largest number of horizontal times vertical lines on a page that are examined. A page with more is a drawing."""

_MOST_SLOTS = 20_000
"""Largest number of rows times columns of a table."""

_MOST_WRONG = 0.2
"""Largest share of cells with wide spaces inside, or of words across a line. More show that lines are missing."""


class _Ruled(NamedTuple):
    """A table whose cells are divided by lines.

    Attributes:
        columns: the edges of its columns, from the left.
        rows: the edges of its rows, from the top.
        cells: row and column of a place between the lines → row and column of the cell there, and the rows and columns
            that this cell covers.
    """

    columns: list[float]
    rows: list[float]
    cells: dict[tuple[int, int], tuple[int, int, int, int]]

    def cell(self, word: Word) -> tuple[int, int, int, int] | None:
        """Return the cell in which the middle of a word is."""
        x, y = word.middle, (word.bottom + word.top) / 2
        row = len(self.rows) - 1 - bisect_left(self.rows[::-1], y)
        return self.cells.get((row, bisect_right(self.columns, x) - 1))


def with_ruled_tables(
    found: Sequence[list[Word]], strokes: Sequence[Stroke], lines: Callable[[Sequence[list[Word]]], list[Line]]
) -> list[Line]:
    """Return the lines of a page in reading order, with a line for each row of each ruled table.

    Args:
        found: the rows of words, from the top.
        strokes: the horizontal and vertical lines of the page.
        lines: returns the lines of rows of words outside of such tables.
    """
    rest = found
    tables: list[tuple[_Ruled, list[Line]]] = []
    for table in _ruled(strokes, found):
        inside = [word for row in rest for word in row if table.cell(word)]
        own = _lines(table, inside)
        if own:
            taken = set(map(id, inside))
            rest = [kept for row in rest if (kept := [word for word in row if id(word) not in taken])]
            tables.append((table, own))
    ordered = lines(rest) if rest else []
    for region, (table, own) in enumerate(tables, start=1 + max((line.region for line in ordered), default=0)):
        for line in own:
            line.region = region
        place = _place_among(ordered, table)
        ordered[place:place] = own
    return ordered


def _place_among(ordered: Sequence[Line], table: _Ruled) -> int:
    """Return the number of lines that precede a table: up to the last one above it in the same column."""
    beside = [
        number
        for number, line in enumerate(ordered)
        if line.left < table.columns[-1] and line.right > table.columns[0] and line.baseline >= table.rows[0]
    ]
    if beside:
        return beside[-1] + 1
    below = (number for number, line in enumerate(ordered) if line.baseline < table.rows[0])
    return next(below, len(ordered))


def _lines(table: _Ruled, words: Sequence[Word]) -> list[Line]:
    """Return a line for each row with words. Return none if the words say that the lines are not those of a table."""
    by_cell: dict[tuple[int, int, int, int], list[Word]] = defaultdict(list)
    for word in words:
        if cell := table.cell(word):
            by_cell[cell].append(word)
    in_lines = {cell: rows(by_cell[cell]) for cell in sorted(by_cell)}
    wide = sum(len(row_of(line).parts) > 1 for cell in in_lines.values() for line in cell)
    crossing = sum(
        word.left < table.columns[cell[1]] - SNAP or word.right > table.columns[cell[1] + cell[3]] + SNAP
        for cell, inside in by_cell.items()
        for word in inside
    )
    if len({row for row, *_ in in_lines}) < 2 or len({column for _, column, *_ in in_lines}) < 2:
        return []
    if wide > _MOST_WRONG * len(in_lines) or crossing > _MOST_WRONG * len(words):
        return []
    found = []
    for row, group in groupby(in_lines, key=lambda cell: cell[0]):
        cells = list(group)
        places = [Place(column, span, down) for _, column, down, span in cells]
        found.append(Line([in_lines[cell] for cell in cells], 0, RuledRow(row, places, len(table.columns) - 1)))
    return found


def _ruled(strokes: Sequence[Stroke], found: Sequence[list[Word]]) -> Iterator[_Ruled]:
    """Yield the grids of lines that meet, and then the tables with level lines alone."""
    across, up = (_joined(stroke for stroke in strokes if stroke.is_vertical == way) for way in (False, True))
    if len(across) * len(up) > _MOST_PAIRS:
        return
    groups = _Groups(len(across) + len(up))
    for one, level in enumerate(across):
        for other, upright in enumerate(up, start=len(across)):
            if _meets(level, upright.at) and _meets(upright, level.at):
                groups.join(one, other)
    alone: list[Stroke] = []
    for group in groups.all():
        if len(group) == 1:
            alone += [(across + up)[number] for number in group if number < len(across)]
        elif table := _grid([(across + up)[number] for number in group]):
            yield table
    for columns, levels in bands(alone, strokes, found):
        cells = {place: (*place, 1, 1) for place in product(range(len(levels) - 1), range(len(columns) - 1))}
        yield _Ruled(columns, levels, cells)


def _grid(strokes: Sequence[Stroke]) -> _Ruled | None:
    """Return the table that lines form, or None if they form no cells in several rows and columns."""
    across = [stroke for stroke in strokes if not stroke.is_vertical]
    up = [stroke for stroke in strokes if stroke.is_vertical]
    if not across or not up:
        return None
    columns = _edges([stroke.at for stroke in up], [end for stroke in across for end in stroke[2:]])
    levels = _edges([stroke.at for stroke in across], [end for stroke in up for end in stroke[2:]])[::-1]
    height, width = len(levels) - 1, len(columns) - 1
    if min(height, width) < 2 or height * width > _MOST_SLOTS:
        return None
    groups = _Groups(height * width)
    rules = defaultdict(list)
    for stroke in strokes:
        rules[stroke.is_vertical, stroke.at].append(stroke)
    for row, column in product(range(height), range(width)):
        y, x = (levels[row] + levels[row + 1]) / 2, (columns[column] + columns[column + 1]) / 2
        if column + 1 < width and not _is_drawn(rules[True, columns[column + 1]], y):
            groups.join(row * width + column, row * width + column + 1)
        if row + 1 < height and not _is_drawn(rules[False, levels[row + 1]], x):
            groups.join(row * width + column, (row + 1) * width + column)
    cells: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for group in groups.all():
        places = [divmod(number, width) for number in group]
        (top, left), (bottom, right) = map(min, zip(*places, strict=True)), map(max, zip(*places, strict=True))
        down, span = bottom - top + 1, right - left + 1
        if len(group) < down * span:
            return None
        cells |= dict.fromkeys(places, (top, left, down, span))
    return _Ruled(columns, levels, cells)


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Return the strokes of one direction, after joining those on one line that touch."""
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if not lines or stroke.at - lines[-1][0].at > SNAP:
            lines.append([])
        lines[-1].append(stroke)
    joined: list[Stroke] = []
    for line in lines:
        at = line[0].at
        for number, stroke in enumerate(sorted(line, key=lambda stroke: stroke.start)):
            if number and stroke.start <= joined[-1].end + SNAP:
                joined[-1] = joined[-1]._replace(end=max(joined[-1].end, stroke.end))
            else:
                joined.append(stroke._replace(at=at))
    return joined


def _meets(stroke: Stroke, at: float) -> bool:
    return stroke.start - SNAP <= at <= stroke.end + SNAP


def _is_drawn(strokes: Iterable[Stroke], middle: float) -> bool:
    """Return whether one of the strokes on a line covers the middle of a side of a cell."""
    return any(stroke.start <= middle <= stroke.end for stroke in strokes)


def _edges(drawn: Iterable[float], ends: Sequence[float]) -> list[float]:
    """Return the edges of rows or columns, ascending: the lines drawn, and the outermost ends of the lines across."""
    edges = sorted(set(drawn))
    low, high = min(ends), max(ends)
    return [*[low] * (low < edges[0] - 2 * SNAP), *edges, *[high] * (high > edges[-1] + 2 * SNAP)]


class _Groups:
    """Numbers in groups, at first each in one of its own."""

    def __init__(self, size: int) -> None:
        self._leaders = list(range(size))

    def join(self, one: int, other: int) -> None:
        """Join the groups of two numbers."""
        self._leaders[self._leader(one)] = self._leader(other)

    def all(self) -> list[list[int]]:
        """Return all groups."""
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._leaders)):
            groups[self._leader(number)].append(number)
        return list(groups.values())

    def _leader(self, number: int) -> int:
        while self._leaders[number] != number:
            self._leaders[number] = self._leaders[self._leaders[number]]
            number = self._leaders[number]
        return number
