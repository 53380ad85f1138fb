"""Tables whose rows are divided by level lines alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.formats.pdf.line import GAP
from index.formats.pdf.stroke import SNAP, Stroke
from index.formats.pdf.word import Word

_MOST_LINES = 4
"""Largest number of lines of text in a row."""

_FEWEST = 2
"""Smallest number of rows between two lines each."""

_SINGLE = 0.5
"""Smallest share of rows with a single line of text. If fewer have one, the lines divide groups of rows."""

_USUAL = 0.6
"""Smallest share of the lines that have an end at the edge of a column."""

_MOST = 300
"""Largest number of lines on a page that are examined."""

_BEYOND = 1.3
"""Largest height of a row above the first line or below the last, as a multiple of the usual height of a row."""

_SPACE = 0.45
"""Smallest gap between words of two columns, as a multiple of the font size."""

Bands = tuple[list[float], list[float]]
"""The edges of the columns of a table, from the left, and those of its rows, from the top."""

Text = Sequence[Word]
"""A line of text in a table."""


def bands(alone: Sequence[Stroke], strokes: Sequence[Stroke], found: Sequence[list[Word]]) -> Iterator[Bands]:
    """Yield the edges of the tables between level lines. The columns end where the lines do, or where a gap is open.

    Args:
        alone: the level lines that meet no upright ones. Those that touch are joined.
        strokes: the lines before they were joined. Often, each cell has one of its own.
        found: the rows of words, from the top.
    """
    alike: dict[tuple[int, int], list[Stroke]] = defaultdict(list)
    for stroke in alone if len(alone) <= _MOST else ():
        alike[round(stroke.start / SNAP), round(stroke.end / SNAP)].append(stroke)
    for lines in alike.values():
        left, right = lines[0].start, lines[0].end
        inside = [within for row in found if (within := [word for word in row if left <= word.middle <= right])]
        levels = sorted((line.at for line in lines), reverse=True)
        ends = _ends([stroke for stroke in strokes if not stroke.is_vertical], levels, left, right)
        for run in _runs(levels, inside):
            texts = [text for each in pairwise(run) for text in _between(inside, *each)]
            inner = ends or _gaps(texts)
            if inner and _are_rows(run, inside, inner):
                yield [left, *inner, right], _with_outer(run, inside, inner)


def _height(text: Text) -> float:
    return (text[0].bottom + text[0].top) / 2


def _between(found: Sequence[list[Word]], top: float, bottom: float) -> list[Text]:
    return [text for text in found if bottom < _height(text) < top]


def _runs(levels: Sequence[float], found: Sequence[list[Word]]) -> Iterator[list[float]]:
    """Yield levels that follow each other with one to some lines of text between two."""
    run = list(levels[:1])
    for top, bottom in pairwise(levels):
        if not 0 < len(_between(found, top, bottom)) <= _MOST_LINES:
            yield run
            run = []
        run.append(bottom)
    yield run


def _ends(strokes: Sequence[Stroke], levels: Sequence[float], left: float, right: float) -> list[float]:
    """Return where the lines on most levels end, other than at the edges of the table."""
    at = defaultdict(set)
    for stroke in strokes:
        for end in (stroke.start, stroke.end):
            near = [level for level in levels if abs(level - stroke.at) <= SNAP]
            if near and left + SNAP < end < right - SNAP:
                at[round(end / SNAP)].add((near[0], end))
    usual = [found for found in at.values() if len({level for level, _ in found}) >= _USUAL * len(levels)]
    edges = sorted(min(end for _, end in found) for found in usual)
    return [edge for before, edge in pairwise([left, *edges]) if edge - before > SNAP]


def _gaps(texts: Sequence[Text]) -> list[float]:
    """Return the middles of the gaps that are open in all lines of text."""
    words = sorted((word for text in texts for word in text), key=lambda word: word.left)
    gaps, reach = [], words[0].right if words else 0.0
    for word in words:
        if word.left - reach >= GAP * word.size:
            gaps.append((reach + word.left) / 2)
        reach = max(reach, word.right)
    return gaps


def _column(word: Word, inner: Sequence[float]) -> int:
    return sum(word.middle > edge for edge in inner)


def _columns(text: Text, inner: Sequence[float]) -> int:
    """Return the number of columns in which a line of text has words."""
    return len({_column(word, inner) for word in text})


def _is_row(texts: Sequence[Text], inner: Sequence[float]) -> bool:
    """Return whether lines of text have words in several columns, and wide spaces between these."""
    spaces = [
        word.left - before.right - _SPACE * word.size
        for text in texts
        for before, word in pairwise(text)
        if _column(before, inner) != _column(word, inner)
    ]
    return _columns([word for text in texts for word in text], inner) > 1 and min(spaces, default=0.0) >= 0


def _are_rows(levels: Sequence[float], found: Sequence[list[Word]], inner: Sequence[float]) -> bool:
    """Return whether what is between two lines is one row each, and not a group of rows or a paragraph."""
    rows = [_between(found, *each) for each in pairwise(levels)]
    full = [sum(_columns(text, inner) == len(inner) + 1 for text in row) for row in rows]
    single = sum(len(row) == 1 for row in rows)
    return len(rows) >= _FEWEST and max(full) <= 1 and single >= _SINGLE * len(rows)


def _with_outer(levels: Sequence[float], found: Sequence[list[Word]], inner: Sequence[float]) -> list[float]:
    """Return the levels, after adding one above a header row without a line above it, and one below the last row."""
    reach = _BEYOND * median(top - bottom for top, bottom in pairwise(levels))
    above = _between(found, levels[0] + reach, levels[0])
    has_head = above and _is_row(above[-1:], inner)
    top = [max(word.top for word in above[-1])] if has_head else []
    return [*top, *levels, *_lowest(levels, found, inner)]


def _lowest(levels: Sequence[float], found: Sequence[list[Word]], inner: Sequence[float]) -> list[float]:
    """Return the lower edge of a row below the last line, if its text stands there as that of another row does."""
    for top, bottom in sorted(pairwise(levels), key=lambda edges: edges[1] - edges[0]):
        row = [top - _height(text) for text in _between(found, top, bottom)]
        below = _between(found, levels[-1], levels[-1] - (top - bottom))
        is_alike = len(below) == len(row) and all(
            abs(levels[-1] - _height(text) - depth) <= SNAP for text, depth in zip(below, row, strict=True)
        )
        if is_alike and _is_row(below, inner):
            return [levels[-1] - (top - bottom)]
    return []
