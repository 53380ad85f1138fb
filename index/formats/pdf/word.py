"""Words on a page, and the rows that they form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from index.text.vocabulary import is_word

SOFT_HYPHEN = "\xad"
"""A hyphen at the end of a line that is not part of the word."""

_BASELINE, _LEFT = attrgetter("baseline"), attrgetter("left")

_SAME_ROW = 0.35
"""Largest difference between the baselines of a word and its row, as a share of the word's size."""

_GLUED = 0.12
"""Largest gap that is not a space, as a share of the word's size."""

_SMALLEST_MARK = 0.35
"""Smallest size of a raised or lowered mark, as a share of the word's size."""

_LOWEST = 0.6
"""Largest distance of a mark below the baseline of the word, as a share of the word's size."""

_LONGEST_MARK = 12
"""Longest raised or lowered mark, in characters."""

_RAISED = 0.85
"""Largest size of a raised or lowered mark, as a share of the word's size."""


_LARGE = 1.8
"""Smallest size of a large initial, as a multiple of the size of the word that it begins."""

_MOST_INITIALS = 20
"""Largest number of letters on a page that are examined as large initials."""

_NOTE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*|[*†‡§]{1,3}")
"""A raised mark that may be as large as the text."""


class Part(NamedTuple):
    """A part of a word, from offset `start` to `end` in its text, with its left and right edge in points."""

    start: int
    end: int
    left: float
    right: float


@dataclass(slots=True)
class Word:
    """A word, or a part of one in another size.

    Lengths are in points. Coordinates are in a frame that is rotated, or mirrored, so that the text runs to the right.

    Attributes:
        text: its characters.
        left: its left edge.
        right: its right edge.
        baseline: the height of its baseline.
        size: its font size.
        bold: whether it is bold.
        spaced: whether a space precedes it; None if only the gap can tell.
        shift: its height above the baseline of its line, as of a note mark; negative below it.
        apart: whether the file marks it as an artifact outside the text, such as a running head.
        order: number of words before it on the page in the order of the file.
        angle: the direction of the frame, in degrees anticlockwise.
        drop: its depth below the baseline of its line, as of a large initial.
        beyond: the part of its width that covers words after it that are not read.
        unsure: whether it was recognised (OCR), and may well be misread.
        parts: the words that it consists of, if it is a line that does not run from left to right, in the frame of the
            page.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    spaced: bool | None = None
    shift: float = 0.0
    apart: bool = False
    order: int = 0
    angle: float = 0
    drop: float = 0.0
    beyond: float = 0.0
    unsure: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def is_mirrored(self) -> bool:
        """Whether its frame is mirrored."""
        return bool(self.parts) and abs(self.left - min(part.left for part in self.parts)) > self.size

    def mirror(self) -> None:
        """Mirror its frame, so that text that runs to the left is laid out as text that runs to the right."""
        self.parts = self.parts or (Part(0, len(self.text), self.left, self.right),)
        self.left, self.right = -self.right, -self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def bottom(self) -> float:
        return self.baseline - 0.22 * self.size

    @property
    def top(self) -> float:
        return self.baseline + 0.78 * self.size

    def is_beside(self, word: "Word") -> bool:
        """Return whether `word` follows on the same line, with no more than a space between the two."""
        is_level = abs(word.baseline - self.baseline) < 0.1 * self.size
        return is_level and -self.size < word.left - self.right < self.size


def level(words: Sequence[Word]) -> None:
    """Move large initials, and marks above or below their neighbours, to the baselines of their lines."""
    for before, word in pairwise(words):
        if before.size == word.size and before.baseline == word.baseline:
            continue
        gap = word.left - before.right
        if _goes_on(before, word, gap):
            word.shift, word.baseline = before.shift, before.baseline
        elif _is_mark(word, before, gap):
            word.shift, word.baseline = word.baseline - before.baseline, before.baseline
        elif before.shift == 0 and _is_mark(before, word, gap):
            before.shift, before.baseline = before.baseline - word.baseline, word.baseline
    large = _LARGE * min([word.size for word in words], default=0.0)
    initials = [word for word in words if word.size > large and len(word.text) == 1 and word.text.isupper()]
    for initial in initials[:_MOST_INITIALS]:
        _lower_initial(initial, words)


def _lower_initial(initial: Word, words: Sequence[Word]) -> None:
    """Move a large initial, wherever the file has it, to the baseline of the line beside it that is as high."""
    beside = [word for word in words if _is_initial(initial, word, word.left - initial.right)]
    first = min(beside, key=lambda word: (abs(word.top - initial.top), word.left), default=None)
    if first:
        initial.drop, initial.baseline = first.baseline - initial.baseline, first.baseline
        first.spaced = initial.text in {"A", "I", "O"} and not is_word(initial.text + first.text)


def _goes_on(before: Word, word: Word, gap: float) -> bool:
    """Return whether `word` is the next one of several marks, or of several words set higher or lower."""
    is_as_high = abs(word.baseline - before.baseline - before.shift) < 0.02 * word.size
    return before.shift != 0 and before.size == word.size and is_as_high and abs(gap) < 0.6 * word.size


def _is_mark(mark: Word, word: Word, gap: float) -> bool:
    """Return whether `mark` is next to `word`, and set higher or lower. Only a raised number may be as large as it."""
    rise = (mark.baseline - word.baseline) / word.size
    if mark.size > _RAISED * word.size:
        is_note = _NOTE.fullmatch(mark.text) is not None and mark.size <= word.size
        is_shifted = 0.15 < rise < 0.75 or (-_LOWEST < rise < -0.15 and mark.text.isdigit() and gap < 0.2 * word.size)
        return is_note and is_shifted and abs(gap) < 0.5 * word.size
    is_shifted = abs(rise) > 0.05 and -_LOWEST < rise < 0.75
    is_small = _SMALLEST_MARK * word.size <= mark.size
    return is_shifted and is_small and len(mark.text) <= _LONGEST_MARK and abs(gap) < 0.5 * word.size


def _is_initial(initial: Word, word: Word, gap: float) -> bool:
    """Return whether `initial` is a large letter beside several lines, the first of which begins with `word`."""
    drop = word.baseline - initial.baseline
    is_large = len(initial.text) == 1 and initial.text.isupper() and initial.size > _LARGE * word.size
    return is_large and 0.7 * word.size < drop < initial.size and abs(gap) < 0.5 * initial.size


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return the rows of words from top to bottom, each from left to right."""
    found: list[list[Word]] = []
    baseline = reach = 0.0
    for word in sorted(words, key=_BASELINE, reverse=True):
        if found and reach >= baseline - word.baseline <= _SAME_ROW * word.size:
            found[-1].append(word)
        else:
            found.append([word])
            baseline, reach = word.baseline, _SAME_ROW * word.size
    for row in found:
        row.sort(key=_LEFT)
    return found


def has_space(before: Word, word: Word) -> bool:
    """Return whether there is a space between two neighbours in a row."""
    gap = word.left - before.right
    if word.spaced is None:
        return gap > _GLUED * min(before.size, word.size)
    return word.spaced or gap > 0.6 * word.size
