"""The lines of a page in reading order, in one or several columns, and the rows of tables."""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from statistics import fmean, median

from index.formats.pdf.justified import without_stretched
from index.formats.pdf.line import GAP, Gap, Line, Row, column_of, goes_on, leaps, row_of
from index.formats.pdf.table import chunks, table
from index.formats.pdf.word import Word, rows

_LONE_GAP = 3.0
"""Smallest gap between two cells in a single row without neighbours, as a multiple of the font size."""

_OPEN = 0.5
"""Smallest width, as a multiple of the font size, that a row must leave of a gap between columns."""

_FEWEST_ROWS = 3
"""Smallest number of rows that are evidence of columns."""

_NARROW = 0.8
"""Smallest gap between columns that is open in several rows, as a multiple of the font size."""

_FEWEST_NARROW = 6
"""Smallest number of rows that are evidence of such a gap. Spaces seldom lie below each other in as many."""

_FEWEST_WORDS = 3
"""Smallest mean number of words on either side of such a gap in a row."""

_LEVEL = 0.75
"""Largest distance between rows of columns side by side that overlap in height, as a multiple of the font size."""

_APART = 1.6
"""Smallest distance of a row from columns in another size that it does not belong to, likewise."""

_FARTHEST = 3.5
"""Largest distance between two rows of the same columns, as a multiple of the font size."""

_MOST_ROWS = 500
"""Largest number of rows that are compared for common gaps."""

_LONG = 8
"""Smallest mean number of rows of columns of text that stand above other columns."""

_DEEPEST = 3
"""Largest depth of columns within columns."""


def lines(found: Sequence[list[Word]]) -> list[Line]:
    """Return the lines of a page in reading order.

    Columns are found by a kind of XY-cut on the rows of words. They extend down the page as long as a gap between them
    stays open. Three signs distinguish columns of text from a table: the order of the words in the file, the fullness
    of the lines, and sentences that continue on the next line.

    Source: G. Nagy and S. Seth, Hierarchical representation of optically scanned documents, ICPR 1984.

    Args:
        found: the rows of words, as `index.formats.pdf.word.rows` returns them.
    """
    return list(_lines([row_of(words) for words in found], count(), 0))


def _lines(found: Sequence[Row], regions: Iterator[int], depth: int) -> Iterator[Line]:
    found = without_stretched(found)
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


def _single(row: Row, region: int) -> Line:
    cells = [row.parts[0]]
    gaps = [right - left for left, right in row.gaps]
    is_spaced_out = len(gaps) > 1 and len(gaps) == sum(map(len, row.parts)) - 1 and max(gaps) <= 1.02 * min(gaps)
    for gap, part in zip(gaps, row.parts[1:], strict=True):
        if gap >= _LONE_GAP * row.size and not is_spaced_out:
            cells.append([])
        cells[-1] = cells[-1] + part
    return Line([[cell] for cell in cells], region)


def _zone(found: Sequence[Row], start: int) -> tuple[int, list[Gap]] | None:
    """Return the end of the rows that share gaps with the row at `start`, and these gaps. Return None without any."""
    if _is_apart(found, start):
        return None
    gaps = _own(found, start) or _beside(found, start) or _narrow(found, start)
    if not gaps:
        return None
    end = start + 1
    while (
        end < min(len(found), start + _MOST_ROWS)
        and found[end - 1].baseline - found[end].baseline < _FARTHEST * found[end].size
    ):
        left = [gap for gap in _narrowed(gaps, found[end]) if gap[1] - gap[0] >= _OPEN * found[end].size]
        is_heading = len(left) < len(gaps) and abs(found[end].size - found[end - 1].size) > 0.1 * found[end].size
        is_across = len(left) < len(gaps) and len(found[end].parts) == 1 and _is_zone(found[start:end], gaps)
        if not left or is_across or (is_heading and end - start >= _FEWEST_ROWS):
            break
        gaps, end = left, end + 1
    end = _trimmed(found, start, end, gaps)
    return (end, gaps) if _is_zone(found[start:end], gaps) else None


def _is_apart(found: Sequence[Row], start: int) -> bool:
    """Return whether both space and font size separate a row from the one below, as they do a running head."""
    row, below = found[start], found[start + 1] if start + 1 < len(found) else found[start]
    is_far = row.baseline - below.baseline > _APART * max(row.size, below.size)
    return is_far and abs(row.size - below.size) > 0.1 * below.size


def _own(found: Sequence[Row], start: int) -> list[Gap]:
    """Return the wide gaps of a row, and the narrower ones that are wide in the two rows below, as under headers."""
    row, below = found[start], found[start + 1 : start + 3]
    if row.widest < _OPEN * row.size or len(below) < 2 or not all(each.gaps for each in below):
        return row.gaps
    usual = [word.left - before.right for each in below for part in each.parts for before, word in pairwise(part)]
    least = max(_OPEN * row.size, 1.6 * median(usual) if usual else 0.0)
    wide = row.gaps

    def is_column(left: float, right: float) -> bool:
        shared = ((min(right, end) - max(left, begin) for begin, end in each.gaps) for each in below)
        return right - left >= least and all(max(widths) >= _OPEN * row.size for widths in shared)

    return [gap for gap in row.spaces if gap in wide or is_column(*gap)]


def _beside(found: Sequence[Row], start: int) -> list[Gap]:
    """Return the gap to a second column whose first row is lower than the row at `start`.

    That row may be the first one of a note in the margin, in another size than the text.
    """
    left, right = found[start].left, found[start].right
    for above, row in pairwise(found[start : start + _FEWEST_ROWS + 1]):
        distance = above.baseline - row.baseline
        is_level = distance < _LEVEL * min(above.size, row.size)
        if not is_level and (distance > 1.6 * row.size or not _has_size(row, above.size)):
            break
        for gap in ((right, row.left), (row.right, left)):
            if gap[1] - gap[0] >= GAP * row.size:
                return [gap] if len(row.parts) == 1 else []
        if row.gaps and (left >= row.gaps[0][1] - row.size or _is_note(row, right)):
            return row.gaps
        left, right = min(left, row.left), max(right, row.right)
    return []


def _has_size(row: Row, size: float) -> bool:
    """Return whether a row, or a part of it, has about this font size."""
    is_whole = abs(size - row.size) <= 0.1 * row.size
    return is_whole or any(abs(size - part[0].size) <= 0.1 * row.size for part in row.parts)


def _is_note(row: Row, right: float) -> bool:
    """Return whether the first part of a row has a size of its own, and the row above it ends there."""
    sizes = [part[0].size for part in row.parts]
    return max(sizes) - min(sizes) > 0.1 * row.size and right <= row.gaps[0][0] + row.size


def _narrow(found: Sequence[Row], start: int) -> list[Gap]:
    """Return the gaps that are hardly wider than a space between words, but open in several rows."""
    rows_with_it = found[start : start + _FEWEST_NARROW]
    least = _NARROW * found[start].size
    if found[start].widest < least or len(rows_with_it) < _FEWEST_NARROW:
        return []
    gaps = [gap for gap in found[start].spaces if gap[1] - gap[0] >= least]
    for above, row in pairwise([found[start], *rows_with_it]):
        if above.baseline - row.baseline > _FARTHEST * row.size:
            return []
        narrowed = ((max(left, row.left), min(right, row.right)) for left, right in _narrowed(gaps, row))
        gaps = [(left, right) for left, right in narrowed if right - left >= _NARROW * row.size]
    return [gap for gap in gaps if _divides_text(rows_with_it, gap)]


def _divides_text(found: Sequence[Row], gap: Gap) -> bool:
    """Return whether the rows have several words on either side of a gap, unlike labels or numbers."""
    sides = [word.right <= gap[0] + 0.1 for row in found for part in row.parts for word in part]
    return min(sum(sides), len(sides) - sum(sides)) >= _FEWEST_WORDS * len(found)


def _narrowed(gaps: Sequence[Gap], row: Row) -> Iterator[Gap]:
    """Yield the parts of the gaps that the words of a row leave open."""
    free = [(float("-inf"), row.left), *row.spaces, (row.right, float("inf"))]
    for left, right in gaps:
        for begin, end in free:
            if max(left, begin) < min(right, end):
                yield max(left, begin), min(right, end)


def _occupied(row: Row, gaps: Sequence[Gap]) -> set[int]:
    return {column_of((part[0].left + part[-1].right) / 2, gaps) for part in row.parts}


def _trimmed(found: Sequence[Row], start: int, end: int, gaps: Sequence[Gap]) -> int:
    """Return the end of the columns, without rows below them that occupy only one column.

    Such rows are kept if they fill the column, or if neither space nor font size separates them from it.
    """
    last, trailing = end - 1, _occupied(found[end - 1], gaps)
    if len(trailing) > 1:
        return end
    while last > start and _occupied(found[last], gaps) == trailing:
        last -= 1
    left, right = _edges(found[start:end], gaps, *trailing)
    largest = max(part[0].size for row in found[start : last + 1] for part in row.parts)
    for number in range(last + 1, end):
        above, row = found[number - 1], found[number]
        if row.size > 1.1 * largest:  # a heading below the columns
            break
        is_near = above.baseline - row.baseline <= 1.6 * row.size and abs(row.size - above.size) <= 0.1 * row.size
        if row.right - row.left >= 0.8 * (right - left) or (is_near and last == number - 1):
            last = number
    return last + 1


def _edges(zone: Sequence[Row], gaps: Sequence[Gap], column: int) -> Gap:
    """Return the left and right edges of a column."""
    left = gaps[column - 1][1] if column else min(row.left for row in zone)
    right = gaps[column][0] if column < len(gaps) else max(row.right for row in zone)
    return left, right


def _is_zone(zone: Sequence[Row], gaps: Sequence[Gap]) -> bool:
    """Return whether enough rows are evidence of columns."""
    occupied = [_occupied(row, gaps) for row in zone]
    shared = sum(len(columns) > 1 for columns in occupied)
    if shared >= _FEWEST_ROWS:
        return True
    widest = max(right - left for left, right in gaps)
    by_column = [sum(column in columns for columns in occupied) for column in range(len(gaps) + 1)]
    fewest = _FEWEST_ROWS - any(map(leaps, zone))
    return (shared == _FEWEST_ROWS - 1 and widest >= 2 * zone[0].size) or sorted(by_column)[-2] >= fewest


def _columns(zone: Sequence[Row], gaps: Sequence[Gap], regions: Iterator[int], depth: int) -> Iterator[Line]:
    """Yield the lines of several columns: column by column for text, row by row for a table.

    A table beside text is divided by its own gaps afterwards, and so are columns above others.
    """
    starts = _sections(zone, gaps)
    if len(starts) > 1:
        for start, end in pairwise([*starts, len(zone)]):
            yield from _lines(zone[start:end], regions, depth + 1)
        return
    beside_text = ([gap] for gap in gaps if len(chunks(zone, [gap])) == 2 and _are_of_text(_by_row(zone, [gap]), 2))
    gaps = next(beside_text, gaps) if len(gaps) > 1 else gaps
    by_row = _by_row(zone, gaps)
    if not _are_of_text(by_row, len(chunks(zone, gaps))):
        yield from table(zone, gaps, next(regions))
        return
    for column in by_row:
        yield from _lines([row_of(row) for row in column], regions, depth + 1)


def _sections(zone: Sequence[Row], gaps: Sequence[Gap]) -> list[int]:
    """Return the first row of each section: the file has all columns of one before those of the next.

    A section may be short if it has a heading in the margin, in a size of its own.
    """
    starts, reach, columns = [0], -1, {-1}
    sizes: dict[int, list[float]] = {}
    for column, words in chunks(zone, gaps):
        own = [number for number, _ in words]
        if min(own) > reach and len(columns) > 1:
            starts, columns = [*starts, min(own)], set()
        columns.add(column)
        reach = max(reach, *own)
        sizes.setdefault(column, []).extend(word.size for _, word in words)
    usual = list(map(median, sizes.values()))
    fewest = _FEWEST_ROWS if max(usual) > 1.1 * min(usual) else _LONG
    return starts if len(zone) >= fewest * len(starts) else [0]


def _by_row(zone: Sequence[Row], gaps: Sequence[Gap]) -> list[list[list[Word]]]:
    """Return the rows of words of each column."""
    columns: list[list[Word]] = [[] for _ in range(len(gaps) + 1)]
    for row in zone:
        for part in row.parts:
            for word in part:
                columns[column_of(word.middle, gaps)].append(word)
    return [rows(column) for column in columns if column]


def _are_of_text(by_row: Sequence[Sequence[list[Word]]], changes: int) -> bool:
    """Return whether columns contain text that is read one column after the other.

    Args:
        by_row: the rows of each column.
        changes: number of stretches of words in one column, in the order of the file.
    """
    words = min(fmean(len(row) for row in column) for column in by_row)
    pairs = [pair for column in by_row for pair in pairwise(column)]
    going_on = fmean(goes_on(above, row) for above, row in pairs) if pairs else 0.0
    baselines = [{round(row[0].baseline) for row in column} for column in by_row]
    aligned = len(set.intersection(*baselines)) / max(1, min(map(len, baselines)))
    total = sum(map(len, by_row))
    if changes <= 2 * (len(by_row) - 1):  # the file has one column after the other
        return aligned < 0.5 or (words >= 3 and going_on >= 0.2) or (words >= 2 and going_on >= 0.5)
    fullness = min(map(_fullness, by_row))
    return total < 1.3 * changes and words >= 3 and going_on >= 0.35 and fullness >= 0.6


def _fullness(column: Sequence[Sequence[Word]]) -> float:
    """Return the mean width of a column's rows, as a share of the widest."""
    widths = [row[-1].right - row[0].left for row in column]
    return fmean(widths) / max(widths) if max(widths) > 0 else 0.0
