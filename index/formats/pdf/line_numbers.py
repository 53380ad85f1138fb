"""The numbers of lines in the margin of a page, as in pleadings and manuscripts."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from index.formats.pdf.word import Word

_FEWEST = 5
"""Smallest number of lines with a number."""

_STEPS = frozenset({1, 5, 10})
"""Differences between the numbers of two lines."""

_RUNNING = 0.3
"""Smallest share of these lines that go on with a sentence, as they do not in numbered lists and tables."""

_LONGEST = 4
"""Longest number, in digits."""


def without_line_numbers(found: Sequence[list[Word]]) -> Sequence[list[Word]]:
    """Return the rows of a page without the numbers that count its lines, which are no part of the text.

    Args:
        found: the rows of words, from the top.
    """
    numbers = [row[0] for row in found if row[0].text.isdecimal() and len(row[0].text) <= _LONGEST]
    if len(numbers) < _FEWEST:
        return found
    by_place: dict[tuple[str, int], list[Word]] = defaultdict(list)
    for number in numbers:
        by_place["left", round(number.left)].append(number)
        by_place["right", round(number.right)].append(number)
    margin = max(by_place.values(), key=len)
    counted = set(map(id, margin))
    text = [row[1:] if id(row[0]) in counted else row for row in found]
    if not _count_lines(margin, [row for row in text if row]):
        return found
    return [row for row in text if row]


def _count_lines(margin: Sequence[Word], text: Sequence[list[Word]]) -> bool:
    """Return whether numbers below each other count the lines of running text to the right of them."""
    steps = {int(below.text) - int(above.text) for above, below in pairwise(margin)}
    if len(margin) < _FEWEST or len(steps) != 1 or not steps <= _STEPS or not text:
        return False
    is_beside = max(number.right for number in margin) < min(row[0].left for row in text)
    return is_beside and sum(row[0].text[0].islower() for row in text) >= _RUNNING * len(text)
