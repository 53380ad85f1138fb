"""The lines of a page in the order in which they are read: of one column or several, and the rows of tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from index.formats.pdf.joining import line_text
from index.formats.pdf.word import Word, rows

_GAP = 1.2
"""Times the size of the text that the space between two columns measures at least."""

_LONE_GAP = 3.0
"""The same in a line of which no other shows a column."""

_FEWEST_ROWS = 3
"""Rows that show columns."""

_FARTHEST = 3.5
"""Times its size that a row of the same columns stands below another one at most."""

_MOST_ROWS = 500
"""Rows that are looked at for the gaps of one of them."""

_DEEPEST = 3
"""Levels of columns within columns."""

LABEL = re.compile(r"(?:[-*+•‣◦▪●■–—☐☑☒✓✗]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zA-Z][.)]|\(?[ivxlc]{1,6}[.)])")
"""What stands before an item of a list."""


@dataclass(slots=True)
class Line:
    """A line of text, or a row of a table.

    Attributes:
        cells: one, or those of a row, each the words on one line or on several.
        region: a number that the lines of one column share.
        left: in points, as are `right`, `baseline` and `size`, which is of most of the text.
        bold: whether all of the text is.
        text: the first line of the first cell.
    """

    cells: list[list[list[Word]]]
    region: int
    left: float = field(init=False)
    right: float = field(init=False)
    baseline: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        letters: dict[float, int] = {}
        for word in words:
            letters[word.size] = letters.get(word.size, 0) + len(word.text)
        self.size = max(letters, key=lambda size: letters[size])
        self.baseline = next(word.baseline for word in words if word.size == self.size)
        self.left, self.right = words[0].left, max(word.right for word in words)
        self.bold = all(word.bold for word in words)
        self.text = line_text(self.cells[0][0])

    @property
    def rows(self) -> list[list[Word]]:
        return [words for cell in self.cells for words in cell]

    @property
    def texts(self) -> list[str]:
        """The text of each row of each cell."""
        return [self.text, *map(line_text, self.rows[1:])]

    @property
    def words(self) -> list[Word]:
        return [word for words in self.rows for word in words]


class _Row(NamedTuple):
    """A row of words, in the parts that wide spaces make of it."""

    parts: list[list[Word]]
    left: float
    right: float
    baseline: float
    size: float


Gap = tuple[float, float]


def has_ended(text: str) -> bool:
    """Return whether a sentence or a clause ends with `text`.

    >>> has_ended("(See page 3.)"), has_ended("on page 3")
    (True, False)
    """
    return text.rstrip("\"'”’»)]").endswith((".", "!", "?", ":", ";", "…"))


def lines(found: Sequence[list[Word]]) -> list[Line]:
    """Return the lines that make the rows of words of a page, in the order in which they are read.

    Columns are found as by an XY-cut on the rows of words: they reach as far down as a gap between them stays open. The
    order in which the file has the words, how full the lines are, and whether sentences go on from line to line, tell
    columns of text from a table.

    Source: G. Nagy and S. Seth, Hierarchical representation of optically scanned documents, ICPR 1984.

    Args:
        found: as `index.formats.pdf.word.rows` returns them.
    """
    return list(_lines([_row(words) for words in found], count(), 0))


def _lines(found: Sequence[_Row], regions: Iterator[int], depth: int) -> Iterator[Line]:
    start, region = 0, next(regions)
    while start < len(found):
        zone = _zone(found, start) if depth < _DEEPEST else None
        if zone is None:
            yield _single(found[start], region)
            start += 1
            continue
        end, gaps = zone
        yield from _columns(found[start:end], gaps, regions, depth)
        start = end


def _row(words: list[Word]) -> _Row:
    """Return the row, in parts; the sign or number of a list item is one with what follows."""
    parts = [[words[0]]]
    for before, word in pairwise(words):
        is_wide = word.left - before.right >= _GAP * max(before.size, word.size)
        if is_wide and not (len(parts[-1]) == 1 and len(parts) == 1 and LABEL.fullmatch(before.text)):
            parts.append([])
        parts[-1].append(word)
    longest = max(words, key=lambda word: len(word.text))
    return _Row(parts, words[0].left, max(word.right for word in words), longest.baseline, longest.size)


def _single(row: _Row, region: int) -> Line:
    cells = [row.parts[0]]
    gaps = [right - left for left, right in _gaps(row)]
    is_spaced_out = len(gaps) > 1 and len(gaps) == sum(map(len, row.parts)) - 1 and max(gaps) <= 1.02 * min(gaps)
    for gap, part in zip(gaps, row.parts[1:], strict=True):
        if gap >= _LONE_GAP * row.size and not is_spaced_out:
            cells.append([])
        cells[-1] = cells[-1] + part
    return Line([[cell] for cell in cells], region)


def _gaps(row: _Row) -> list[Gap]:
    return [(before[-1].right, part[0].left) for before, part in pairwise(row.parts)]


def _zone(found: Sequence[_Row], start: int) -> tuple[int, list[Gap]] | None:
    """Return where the rows end that share gaps with the one at `start`, and the gaps; None if it has no such."""
    row = found[start]
    gaps = _gaps(row)
    if not gaps and start + 1 < len(found):  # a column whose rows stand between those of the other
        below = found[start + 1]
        beside = max((row.right, below.left), (below.right, row.left), key=lambda gap: gap[1] - gap[0])
        is_near = row.baseline - below.baseline < row.size
        gaps = [beside] if is_near and beside[1] - beside[0] >= _GAP * row.size else []
    end = start + 1
    while (
        gaps
        and end < min(len(found), start + _MOST_ROWS)
        and found[end - 1].baseline - found[end].baseline < _FARTHEST * found[end].size
    ):
        left = [gap for gap in _narrowed(gaps, found[end]) if gap[1] - gap[0] >= 0.75 * found[end].size]
        if not left:
            break
        gaps, end = left, end + 1
    end = _trimmed(found, start, end, gaps)
    return (end, gaps) if gaps and _is_zone(found[start:end], gaps) else None


def _narrowed(gaps: Sequence[Gap], row: _Row) -> Iterator[Gap]:
    """Yield what is left of the gaps beside the words of a row."""
    free = [(float("-inf"), row.left), *_gaps(row), (row.right, float("inf"))]
    for left, right in gaps:
        for begin, end in free:
            if max(left, begin) < min(right, end):
                yield max(left, begin), min(right, end)


def _column(x: float, gaps: Sequence[Gap]) -> int:
    return sum(x > (left + right) / 2 for left, right in gaps)


def _occupied(row: _Row, gaps: Sequence[Gap]) -> set[int]:
    return {_column((part[0].left + part[-1].right) / 2, gaps) for part in row.parts}


def _trimmed(found: Sequence[_Row], start: int, end: int, gaps: Sequence[Gap]) -> int:
    """Return the end without rows of one column only that stand apart from the rest, or are set in another size."""
    last, trailing = end - 1, _occupied(found[end - 1], gaps)
    while last > start and len(trailing) == 1 and _occupied(found[last], gaps) == trailing:
        last -= 1
    while last + 1 < end:
        above, row = found[last], found[last + 1]
        if above.baseline - row.baseline > 1.6 * row.size or abs(row.size - above.size) > 0.1 * row.size:
            break
        last += 1
    return last + 1


def _is_zone(zone: Sequence[_Row], gaps: Sequence[Gap]) -> bool:
    """Return whether there are rows enough that show columns."""
    occupied = [_occupied(row, gaps) for row in zone]
    shared = sum(len(columns) > 1 for columns in occupied)
    if shared >= _FEWEST_ROWS:
        return True
    widest = max(right - left for left, right in gaps)
    by_column = [sum(column in columns for columns in occupied) for column in range(len(gaps) + 1)]
    return (shared == _FEWEST_ROWS - 1 and widest >= 2 * zone[0].size) or sorted(by_column)[-2] >= _FEWEST_ROWS


def _columns(zone: Sequence[_Row], gaps: Sequence[Gap], regions: Iterator[int], depth: int) -> Iterator[Line]:
    """Yield the lines of several columns: column by column where they are of text, else row by row."""
    columns: list[list[Word]] = [[] for _ in range(len(gaps) + 1)]
    placed = []
    for number, row in enumerate(zone):
        for part in row.parts:
            for word in part:
                column = _column((word.left + word.right) / 2, gaps)
                columns[column].append(word)
                placed.append((word.order, column, number, word))
    placed.sort(key=lambda each: each[0])
    chunks = [
        (column, [(number, word) for _, _, number, word in chunk])
        for column, chunk in groupby(placed, key=lambda each: each[1])
    ]
    if _are_of_text(columns, chunks):
        for column_words in filter(None, columns):
            yield from _lines([_row(row) for row in rows(column_words)], regions, depth + 1)
        return
    region = next(regions)
    yield from (_table_by_cells(chunks, region) or _table_by_rows(zone, gaps, region))


Chunk = tuple[int, list[tuple[int, Word]]]
"""A column, and words that the file has behind one another in it, each with the number of its row."""


def _are_of_text(columns: Sequence[Sequence[Word]], chunks: Sequence[Chunk]) -> bool:
    """Return whether the columns are read one behind the other."""
    by_row = [[[*row] for row in rows(column)] for column in columns if column]
    words = min(fmean(len(row) for row in column) for column in by_row)
    pairs = [pair for column in by_row for pair in pairwise(column)]
    going_on = fmean(_goes_on(above, row) for above, row in pairs) if pairs else 0.0
    baselines = [{round(row[0].baseline) for row in column} for column in by_row]
    aligned = len(set.intersection(*baselines)) / max(1, min(map(len, baselines)))
    total = sum(map(len, by_row))
    if len(chunks) <= 2 * (len(columns) - 1):  # the file has them one behind the other
        return aligned < 0.5 or (words >= 3 and going_on >= 0.2)
    fullness = min(map(_fullness, by_row))
    return total < 1.3 * len(chunks) and words >= 3 and going_on >= 0.35 and fullness >= 0.6


def _goes_on(above: Sequence[Word], row: Sequence[Word]) -> bool:
    return row[0].text[0].islower() and not has_ended(above[-1].text)


def _fullness(column: Sequence[Sequence[Word]]) -> float:
    """Return how much of the column's width its rows take up."""
    widths = [row[-1].right - row[0].left for row in column]
    return fmean(widths) / max(widths)


def _table_by_cells(chunks: Sequence[Chunk], region: int) -> list[Line] | None:
    """Return the rows of a table that the file has cell by cell, from the left; None if that makes no table."""
    table: list[list[Chunk]] = []
    if any(map(_is_spread, chunks)):
        return None
    for chunk in chunks:
        if not table or chunk[0] <= table[-1][-1][0]:
            table.append([])
        table[-1].append(chunk)
    spans = [(min(n for _, c in row for n, _ in c), max(n for _, c in row for n, _ in c)) for row in table]
    if len(table) == 1 or any(end >= start for (_, end), (start, _) in pairwise(spans)):
        return None
    return [
        Line(
            [[[word for _, word in words] for _, words in groupby(c, key=lambda each: each[0])] for _, c in row], region
        )
        for row in table
    ]


def _is_spread(chunk: Chunk) -> bool:
    """Return whether lines are too far apart to be of one cell."""
    _, words = chunk
    return any(above.baseline - word.baseline > 1.8 * word.size for (_, above), (_, word) in pairwise(words))


def _table_by_rows(zone: Sequence[_Row], gaps: Sequence[Gap], region: int) -> list[Line]:
    """Return the rows of a table, in which a row that only goes on with cells of the one above is one with it."""
    table: list[Line] = []
    filled: list[int] = []
    leading = min((above.baseline - row.baseline for above, row in pairwise(zone)), default=0.0)
    for number, row in enumerate(zone):
        columns = [_column((part[0].left + part[-1].right) / 2, gaps) for part in row.parts]
        distance = zone[number - 1].baseline - row.baseline if number else 0.0
        if number and distance <= 1.15 * leading and _fills_up(row, columns, table[-1], filled):
            for column, part in zip(columns, row.parts, strict=True):
                table[-1].cells[filled.index(column)].append(part)
            continue
        table.append(Line([[part] for part in row.parts], region))
        filled = columns
    return table


def _fills_up(row: _Row, columns: Sequence[int], above: Line, filled: Sequence[int]) -> bool:
    """Return whether what stands in a row are further lines of some cells of the row above."""
    if not set(columns) < set(filled) or len(set(columns)) < len(columns):
        return False
    last = [above.cells[filled.index(column)][-1] for column in columns]
    return all(_goes_on(line, part) for line, part in zip(last, row.parts, strict=True))
