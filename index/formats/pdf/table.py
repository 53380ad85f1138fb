"""The rows of a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from math import inf
from statistics import median

from index.formats.pdf.line import Gap, Line, Row, column_of, goes_on
from index.formats.pdf.word import Word

_NARROWEST = 0.45
"""Smallest gap between two columns that is open in all rows, as a multiple of the font size."""

_FEWEST_ROWS = 3
"""Smallest number of rows that are evidence of such a narrow gap."""

_LEVEL = 0.3
"""Largest distance between edges below each other, in points."""

_APART = 0.97
"""Smallest distance between two lines of different rows, as a share of that between rows with several cells."""

_CLEARLY = 1.25
"""Smallest distance between two cells that are clearly apart, as a multiple of that between the lines of a cell."""

_MOST_HEADS = 2
"""Largest number of rows at the top whose cells may cover several columns."""

Chunk = tuple[int, list[tuple[int, Word]]]
"""A column and a run of words in it that are consecutive in the file. Each word comes with the number of its row."""


def table(zone: Sequence[Row], gaps: Sequence[Gap], region: int) -> list[Line]:
    """Return the rows of a table. The lines of a cell are kept together.

    Args:
        zone: the rows of words that form the table.
        gaps: the widest gaps that are open in all rows.
        region: the number of the region.
    """
    body = _without_head(zone)
    found = {*_all_gaps(body), *_gaps_behind_numbers(body)}
    others = (gap for gap in gaps if not any(left < gap[1] and gap[0] < right for left, right in found))
    gaps = [_beside(zone, gap) for gap in sorted({*found, *others})]
    zone = [row._replace(parts=list(_cut(row.parts, gaps))) for row in zone]
    found_chunks = chunks(zone, gaps)
    cells = found_chunks if _are_cells(found_chunks) else list(_divided(found_chunks, _pitch(zone)))
    return _by_cells(cells, region) or _by_rows(zone, gaps, region)


def chunks(zone: Sequence[Row], gaps: Sequence[Gap]) -> list[Chunk]:
    """Return the words in the order of the file, grouped into runs of one column."""
    placed = [
        (word.order, column_of(word.middle, gaps), number, word)
        for number, row in enumerate(zone)
        for part in row.parts
        for word in part
    ]
    placed.sort(key=lambda each: each[0])
    return [
        (column, [(number, word) for _, _, number, word in chunk])
        for column, chunk in groupby(placed, key=lambda each: each[1])
    ]


def _without_head(zone: Sequence[Row]) -> Sequence[Row]:
    """Return the rows below those at the top with few parts, which may be headers of several columns each."""
    most = min(_MOST_HEADS, len(zone) - _FEWEST_ROWS)
    usual = median(len(row.parts) for row in zone[max(most, 0) :])
    head = list(takewhile(lambda row: len(row.parts) < usual, zone[: max(most, 0)]))
    return zone[len(head) :]


def _all_gaps(zone: Sequence[Row]) -> list[Gap]:
    """Return all gaps that are wider than the spaces between words and open in every row."""
    words = sorted((word for row in zone for part in row.parts for word in part), key=lambda word: word.left)
    size = median(word.size for word in words)
    spaces = [word.left - before.right for row in zone for part in row.parts for before, word in pairwise(part)]
    least = max(_NARROWEST * size, 1.6 * median(spaces) if spaces else 0.0)
    gaps, reach = [], words[0].right
    for word in words:
        if word.left - reach >= least:
            gaps.append((reach, word.left))
        reach = max(reach, word.right)
    return gaps if len(zone) >= _FEWEST_ROWS else []


def _gaps_behind_numbers(zone: Sequence[Row]) -> list[Gap]:
    """Return the gaps, however narrow, between numbers that end below each other and words that begin so.

    If these are all the same word, it is the unit of the numbers.
    """
    followers = defaultdict(list)
    for before, word in (pair for row in zone for part in row.parts for pair in pairwise(part)):
        if before.text[-1:].isdigit():
            followers[round(word.left)].append((before, word))
    words = [word for row in zone for part in row.parts for word in part]
    found = []
    for pairs in followers.values():
        ends = [before.right for before, _ in pairs]
        is_column = max(ends) - min(ends) <= _LEVEL and len({round(before.left) for before, _ in pairs}) > 1
        gap = max(ends), min(word.left for _, word in pairs)
        is_open = gap[0] < gap[1] and all(
            word.right <= gap[0] + _LEVEL or word.left >= gap[1] - _LEVEL for word in words
        )
        is_unit = len({word.text for _, word in pairs}) == 1
        if len(pairs) >= _FEWEST_ROWS and is_column and is_open and not is_unit:
            found.append(gap)
    return found


def _beside(zone: Sequence[Row], gap: Gap) -> Gap:
    """Return the gap without what parts of any row cover at its sides. A part across all of it covers nothing."""
    edges = [(part[0].left, part[-1].right) for row in zone for part in row.parts]
    left = max((right for _, right in edges if gap[0] < right < gap[1]), default=gap[0])
    right = min((left for left, _ in edges if gap[0] < left < gap[1]), default=gap[1])
    return (left, right) if left < right else gap


def _cut(parts: Sequence[list[Word]], gaps: Sequence[Gap]) -> Iterator[list[Word]]:
    """Yield the parts of a row. Divide those that extend across a gap."""
    for part in parts:
        for _, words in groupby(part, key=lambda word: column_of(word.middle, gaps)):
            yield list(words)


def _are_cells(chunks: Sequence[Chunk]) -> bool:
    """Return whether the lines of each chunk are closer to each other than to the next chunk of its column."""
    lasts: dict[int, float] = {}
    inner, outer = 0.0, inf
    for column, words in chunks:
        baselines = [word.baseline for _, word in words]
        inner = max([inner, *(above - below for above, below in pairwise(baselines))])
        outer = min(outer, lasts.get(column, inf) - baselines[0])
        lasts[column] = baselines[-1]
    return outer > _CLEARLY * inner


def _by_cells(chunks: Sequence[Chunk], region: int) -> list[Line] | None:
    """Return the rows of a table that the file stores cell by cell, from the left. Return None if it does not.

    Lines with a single cell are rows of their own, because they may be text below the table.
    """
    found: list[list[Chunk]] = []
    if any(map(_is_spread, chunks)):
        return None
    for chunk in chunks:
        if not found or chunk[0] <= found[-1][-1][0]:
            found.append([])
        found[-1].append(chunk)
    spans = [(min(n for _, c in row for n, _ in c), max(n for _, c in row for n, _ in c)) for row in found]
    if len(found) == 1 or any(end >= start for (_, end), (start, _) in pairwise(spans)):
        return None
    rows = ([_lines_of(cell) for _, cell in row] for row in found)
    return [Line(cells, region) for row in rows for cells in ([row] if len(row) > 1 else [[[line]] for line in row[0]])]


def _lines_of(cell: Sequence[tuple[int, Word]]) -> list[list[Word]]:
    return [[word for _, word in words] for _, words in groupby(cell, key=lambda each: each[0])]


def _pitch(zone: Sequence[Row]) -> float:
    """Return the smallest distance between two neighbouring rows with several cells each; infinite without any."""
    pairs = (pair for pair in pairwise(zone) if min(len(row.parts) for row in pair) > 1)
    return min((above.baseline - row.baseline for above, row in pairs), default=inf)


def _divided(chunks: Sequence[Chunk], pitch: float) -> Iterator[Chunk]:
    """Yield the chunks. Divide those whose lines are as far apart as rows, unless a sentence goes on.

    The cells beside them are empty, so that the file has them one after the other.
    """
    for column, words in chunks:
        part: list[tuple[int, Word]] = []
        for number, line in groupby(words, key=lambda each: each[0]):
            row = list(line)
            if part and part[-1][1].baseline - row[0][1].baseline >= _APART * pitch:
                above = [word for each, word in part if each == part[-1][0]]
                if number != part[-1][0] and not goes_on(above, [word for _, word in row]):
                    yield column, part
                    part = []
            part += row
        yield column, part


def _is_spread(chunk: Chunk) -> bool:
    """Return whether lines are too far apart to belong to one cell."""
    _, words = chunk
    return any(above.baseline - word.baseline > 2.2 * word.size for (_, above), (_, word) in pairwise(words))


def _by_rows(zone: Sequence[Row], gaps: Sequence[Gap], region: int) -> list[Line]:
    """Return the rows of a table. A row that only continues cells of the row above is merged with it."""
    found: list[Line] = []
    filled: list[int] = []
    leading = min((above.baseline - row.baseline for above, row in pairwise(zone)), default=0.0)
    for number, row in enumerate(zone):
        columns = [column_of((part[0].left + part[-1].right) / 2, gaps) for part in row.parts]
        distance = zone[number - 1].baseline - row.baseline if number else 0.0
        if number and distance <= 1.15 * leading and _fills_up(row, columns, found[-1], filled):
            for column, part in zip(columns, row.parts, strict=True):
                found[-1].cells[filled.index(column)].append(part)
            continue
        found.append(Line([[part] for part in row.parts], region))
        filled = columns
    return found


def _fills_up(row: Row, columns: Sequence[int], above: Line, filled: Sequence[int]) -> bool:
    """Return whether a row consists of further lines of cells in the row above."""
    if not set(columns) < set(filled) or len(set(columns)) < len(columns):
        return False
    last = [above.cells[filled.index(column)][-1] for column in columns]
    return all(goes_on(line, part) for line, part in zip(last, row.parts, strict=True))
