"""The columns of a table, from where the words of its rows stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from index.formats.pdf.line import Gap, Place
from index.formats.pdf.word import Word

_CENTRED = 0.2
"""Largest distance of a header from the middle of the columns below it, as a share of their width."""

_COVERED = 0.3
"""Smallest share of a column that a cell of several columns covers."""


@dataclass(slots=True)
class _Column:
    """A column while it is found: its edges in points, and the numbers of the rows that have a cell in it."""

    left: float
    right: float
    rows: set[int] = field(default_factory=set)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


Cell = Sequence[Sequence[Word]]
"""The lines of a cell."""


def places(rows: Sequence[Sequence[Cell]]) -> list[list[Place]]:
    """Return the columns of each cell of each row of a table.

    Cells belong to one column if they overlap, unless a row has cells of its own on both sides. Those that overlap
    several columns cover them, and so do headers that are centred above them, or stand above as many columns each.

    Args:
        rows: the cells of each row, from the top. They may be on several pages.
    """
    cells = [[_edges(cell) for cell in row] for row in rows]
    columns = _columns(cells)
    full = max(map(len, cells))
    top = next(number for number, row in enumerate(cells) if len(row) == full)
    return [
        _in_order(_over(row, columns) if number < top else [_place(cell, columns) for cell in row])
        for number, row in enumerate(cells)
    ]


def _edges(cell: Cell) -> Gap:
    return min(line[0].left for line in cell), max(line[-1].right for line in cell)


def _columns(cells: Sequence[Sequence[Gap]]) -> list[_Column]:
    """Return the columns from the left. The narrowest cells decide first."""
    found: list[_Column] = []
    by_width = sorted((right - left, left, right, row) for row, edges in enumerate(cells) for left, right in edges)
    for _, left, right, row in by_width:
        touched = [column for column in found if column.left < right and left < column.right]
        if all(one.rows.isdisjoint(other.rows) for one, other in combinations(touched, 2)):
            joined = _Column(
                min([left, *(column.left for column in touched)]),
                max([right, *(column.right for column in touched)]),
                {row}.union(*(column.rows for column in touched)),
            )
            found = [*(column for column in found if column not in touched), joined]
    found.sort(key=lambda column: column.left)
    return list(_without_lone(found))


def _without_lone(columns: Sequence[_Column]) -> Iterator[_Column]:
    """Yield the columns. One with a single cell is joined with its neighbour if that has no cell in the same row."""
    last: _Column | None = None
    for column in columns:
        if last and min(len(last.rows), len(column.rows)) == 1 and last.rows.isdisjoint(column.rows):
            last = _Column(last.left, column.right, last.rows | column.rows)
            continue
        if last:
            yield last
        last = column
    if last:
        yield last


def _over(row: Sequence[Gap], columns: Sequence[_Column]) -> list[Place]:
    """Return the columns of the cells of a row above one with more cells. They may each cover as many columns."""
    found = _centred(row, columns) or [_place(cell, columns) for cell in row]
    starts = [place.column for place in found] + [len(columns)]
    steps = {after - start for start, after in pairwise(starts)}
    if starts[0] > 0 and len(steps) == 1:
        return [Place(start, *steps) for start in starts[:-1]]
    return found


def _centred(row: Sequence[Gap], columns: Sequence[_Column]) -> list[Place]:
    """Return the columns above which the cells of a row are centred, or nothing if they are not."""
    middles = [(left + right) / 2 for left, right in row]
    for first, column in enumerate(columns):
        if column.left > row[0][1]:
            break
        nearest = [min(range(len(row)), key=lambda cell: abs(middles[cell] - each.middle)) for each in columns[first:]]
        groups = [[first + n for n, cell in enumerate(nearest) if cell == each] for each in range(len(row))]
        if all(group and _is_centred(middle, columns, group) for middle, group in zip(middles, groups, strict=True)):
            return [Place(group[0], len(group)) for group in groups]
    return []


def _is_centred(middle: float, columns: Sequence[_Column], group: Sequence[int]) -> bool:
    left, right = columns[group[0]].left, columns[group[-1]].right
    return abs(middle - (left + right) / 2) <= _CENTRED * (right - left)


def _place(cell: Gap, columns: Sequence[_Column]) -> Place:
    """Return the columns that a cell covers, or the nearest one."""
    left, right = cell
    covered = [
        number
        for number, column in enumerate(columns)
        if min(right, column.right) - max(left, column.left) >= _COVERED * (column.right - column.left)
    ]
    if covered:
        return Place(covered[0], covered[-1] - covered[0] + 1)
    return Place(_nearest((left + right) / 2, [column.middle for column in columns]), 1)


def _nearest(x: float, among: Sequence[float]) -> int:
    return min(range(len(among)), key=lambda number: abs(among[number] - x))


def _in_order(found: Sequence[Place]) -> list[Place]:
    """Return the places of a row without overlaps: a cell ends before the next one begins."""
    ordered: list[Place] = []
    for column, span, _ in found:
        end = ordered[-1].column + ordered[-1].span if ordered else 0
        if column < end and ordered[-1].column < column:
            ordered[-1] = ordered[-1]._replace(span=column - ordered[-1].column)
            end = column
        ordered.append(Place(max(column, end), span))
    return ordered
