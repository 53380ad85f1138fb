"""A word on a page, and the rows in which words stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.text.vocabulary import is_word

SOFT_HYPHEN = "\xad"
"""Ends the word that was broken here for want of room; it is none of the word's."""

_SAME_ROW = 0.35
"""Share of a word's size by which its baseline may differ from its row's."""

_GLUED = 0.12
"""Share of a word's size that a gap has at most which is no space."""

_SMALLEST_MARK = 0.35
"""Share of a word's size that a raised or lowered number has at least."""

_LONGEST_MARK = 8
"""Characters that it has at most."""

_RAISED = 0.85
"""Share of a word's size that a raised or lowered number has at most."""


@dataclass(slots=True)
class Word:
    """A word, or a part of one in another size. Lengths are points, in the frame in which the word runs to the right.

    Attributes:
        spaced: whether a space stands before it; None where only its place says so.
        shift: how far it stands above the baseline of its line, as a note mark does; negative below.
        apart: whether the file marks it as not of the text, as of a running head.
        order: how many words the file has before it on the page.
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
    """Let marks that are set higher or lower than the words beside them, and large initials, stand on their lines."""
    for before, word in pairwise(words):
        gap = word.left - before.right
        if _is_initial(before, word, gap):
            before.baseline = word.baseline
            word.spaced = before.text in {"A", "I", "O"} and not is_word(before.text + word.text)
        elif _is_mark(word, before, gap):
            word.shift, word.baseline = word.baseline - before.baseline, before.baseline
        elif before.shift == 0 and _is_mark(before, word, gap):
            before.shift, before.baseline = before.baseline - word.baseline, word.baseline


def _is_mark(mark: Word, word: Word, gap: float) -> bool:
    """Return whether `mark` is set higher or lower than `word`, smaller, and next to it."""
    rise = (mark.baseline - word.baseline) / word.size
    is_shifted = abs(rise) > 0.05 and -0.4 < rise < 0.75
    is_small = _SMALLEST_MARK * word.size <= mark.size <= _RAISED * word.size
    return is_shifted and is_small and len(mark.text) <= _LONGEST_MARK and abs(gap) < 0.5 * word.size


def _is_initial(initial: Word, word: Word, gap: float) -> bool:
    """Return whether `initial` is a letter that several lines stand beside, the first of which begins with `word`."""
    drop = word.baseline - initial.baseline
    is_large = len(initial.text) == 1 and initial.text.isupper() and initial.size > 1.8 * word.size
    return is_large and 0.7 * word.size < drop < initial.size and abs(gap) < 0.5 * initial.size


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words by the rows in which they stand, from the top, each row from the left."""
    found: list[list[Word]] = []
    baseline = reach = 0.0
    for word in sorted(words, key=lambda word: -word.baseline):
        if found and baseline - word.baseline <= min(reach, _SAME_ROW * word.size):
            found[-1].append(word)
        else:
            found.append([word])
            baseline, reach = word.baseline, _SAME_ROW * word.size
    for row in found:
        row.sort(key=lambda word: word.left)
    return found


def has_space(before: Word, word: Word) -> bool:
    """Return whether a space stands between two neighbours in a row."""
    gap = word.left - before.right
    if word.spaced is None:
        return gap > _GLUED * min(before.size, word.size)
    return word.spaced or gap > 0.6 * word.size
