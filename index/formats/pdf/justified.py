"""Lines whose spaces are stretched, so that they end at the right margin."""

from collections.abc import Sequence
from itertools import pairwise

from index.formats.pdf.line import LABEL, Row, goes_on, leaps
from index.formats.pdf.word import has_space

_MOST_UNEVEN = 1.25
"""Largest ratio of the widest to the narrowest space of a line. Stretching makes all of its spaces equal."""

_FLUSH = 0.35
"""Largest distance between the edges of lines with the same margins, as a share of the font size."""

_DEEPEST = 3.0
"""Largest indent of a line, as a multiple of the font size."""

_NEAR = 10
"""Number of rows above and below a line that are compared with it."""

_LEADING = 1.8
"""Largest distance between two rows of a column, as a multiple of the font size."""

_OTHER_SIZE = 0.1
"""Largest difference in size between two lines of a column, as a share of the size."""

_FEWEST_WORDS = 3
"""Smallest number of words in a line that shows where the margins are."""


def without_stretched(found: Sequence[Row]) -> list[Row]:
    """Return rows, with those that are a line with stretched spaces as a single part. Others may be rows of a table.

    Such a line has equal spaces, ends where an ordinary line nearby does, and belongs to a sentence over two lines.
    """
    return [
        row._replace(parts=[[word for part in row.parts for word in part]])
        if len(row.parts) > 1 and _is_stretched(found, number)
        else row
        for number, row in enumerate(found)
    ]


def _is_stretched(found: Sequence[Row], number: int) -> bool:
    row = found[number]
    words = [word for part in row.parts for word in part]
    if leaps(row):
        return False
    spaces = [word.left - before.right for before, word in pairwise(words) if has_space(before, word)]
    if LABEL.fullmatch(words[0].text):
        spaces = spaces[1:]
    if not spaces or max(spaces) > _MOST_UNEVEN * min(spaces):
        return False
    near = (
        _column(row, found[max(0, number - _NEAR) : number][::-1]),
        _column(row, found[number + 1 : number + 1 + _NEAR]),
    )
    above, below = (rows[0] if rows else None for rows in near)
    runs_over = (above and goes_on(above.parts[-1], words)) or (below and goes_on(words, below.parts[0]))
    return bool(runs_over) and any(_shows_margins(other, row) for rows in near for other in rows)


def _column(row: Row, others: Sequence[Row]) -> list[Row]:
    """Return the first of the others, from the nearest, that stand as close to each other as lines do."""
    rows: list[Row] = []
    for before, other in pairwise([row, *others]):
        is_near = abs(before.baseline - other.baseline) <= _LEADING * other.size
        if not is_near or abs(before.size - other.size) > _OTHER_SIZE * other.size:
            break
        rows.append(other)
    return rows


def _shows_margins(line: Row, row: Row) -> bool:
    """Return whether an ordinary line has the margins of a row, which may be indented."""
    is_ordinary = len(line.parts) == 1 and len(line.parts[0]) >= _FEWEST_WORDS
    is_flush = abs(line.right - row.right) <= _FLUSH * row.size
    return is_ordinary and is_flush and -_FLUSH * row.size <= row.left - line.left <= _DEEPEST * row.size
