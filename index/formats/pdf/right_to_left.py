"""Right-to-left lines of a PDF, assembled from the positions of their characters."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from index.formats.bidi import numbered_order

_LEVEL = 0.1
"""Largest difference between the baselines of two parts of a line, as a share of its size."""

_LONGEST_MARKED, _HIGHEST = 3, 0.7
"""Most characters of a letter with its marks, and the largest distance of its baseline from that of its line."""

_GLUED = 0.2
"""Largest gap inside a word, as a share of its size."""

_LONGEST_WORD = 200
"""Longest word, in characters. A longer run without spaces is left unchanged."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page.

    Attributes:
        text: the character with its combining marks.
        index: its index in the text of the page.
        left: its left edge, in points.
        right: its right edge, in points.
    """

    text: str
    index: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Piece(NamedTuple):
    """A word of a line: its text, and its left and right edge in points."""

    text: str
    left: float
    right: float


_SPACE = Glyph(" ", -1, 0.0, 0.0)


class SetLine(NamedTuple):
    """A line as the file has it: its characters, its baseline and its font size, in points."""

    glyphs: Sequence[Glyph]
    baseline: float
    size: float

    @property
    def left(self) -> float:
        return min(glyph.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)

    def continues(self, parts: Sequence["SetLine"]) -> bool:
        """Return whether this line is a part of the one that `parts` begin. A letter with a mark may stand higher."""
        is_letter = min(len(self.glyphs), len(parts[0].glyphs)) <= _LONGEST_MARKED
        distance = abs(parts[0].baseline - self.baseline) / self.size
        begin, end = min(part.left for part in parts[-2:]), max(part.right for part in parts[-2:])
        return distance < (_HIGHEST if is_letter else _LEVEL) and max(self.left - end, begin - self.right) < self.size


def joined(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Return the lines, with those together that stand on one baseline beside each other.

    A program may write a letter with a mark, or words in another font, apart from the line that they stand in.
    """
    found: list[list[SetLine]] = []
    for line in sorted(lines, key=lambda line: (-round(line.baseline), line.left)):
        if found and line.continues(found[-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


SetWord = tuple[SetLine, list[Glyph]]
"""A word as it stands on the page, with the line that it is in."""


def set_words(lines: Sequence[SetLine], are_apart: Callable[[SetLine, float, float], bool]) -> Iterator[list[SetWord]]:
    """Yield the words of each cell of a line, or of all of it, from the left.

    Args:
        lines: the line, in one part or several. The order of its characters is arbitrary.
        are_apart: whether a gap in a line, with these left and right edges, is between two cells.
    """
    # Spaces separate words reliably, but their positions are not reliable.
    words = [(line, _marked(word)) for line in lines for word in split(line.glyphs, " \t\xa0")]
    words.sort(key=lambda word: word[1][0].left + word[1][-1].right)
    found: list[SetWord] = []
    for line, word in words:
        if found and are_apart(line, found[-1][1][-1].right, word[0].left):
            yield found
            found = []
        found.append((line, word))
    if found:
        yield found


def words_in_order(words: Sequence[SetWord], *, from_right: bool) -> list[Piece]:
    """Return words in reading order.

    Args:
        words: the words of a line from the left.
        from_right: the direction of the line if as many of its letters run one way as the other.
    """
    set_line: list[Glyph] = []
    last: SetLine | None = None
    for line, word in words:
        is_one = last is not None and last is not line and word[0].left - set_line[-1].right < _GLUED * line.size
        set_line += word if is_one or last is None else [_SPACE, *word]
        last = line
    ordered = numbered_order([glyph.text for glyph in set_line], from_right=from_right)
    read = groupby(ordered, key=lambda each: set_line[each[0]] is _SPACE)
    return [_piece(set_line, list(word)) for is_space, word in read if not is_space]


def _piece(line: Sequence[Glyph], word: Sequence[tuple[int, str]]) -> Piece:
    glyphs = [line[number] for number, _ in word]
    text = "".join(character for _, character in word)
    return Piece(text, min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs))


def split(glyphs: Iterable[Glyph], separators: str) -> list[list[Glyph]]:
    """Return the runs of characters between the separators."""
    parts = groupby(glyphs, key=lambda glyph: glyph.text in separators)
    return [list(part) for is_separator, part in parts if not is_separator]


def _marked(word: list[Glyph]) -> list[Glyph]:
    """Return the word from left to right, with each combining mark attached to its letter."""
    if len(word) > _LONGEST_WORD:
        return word
    marks = [glyph for glyph in word if unicodedata.combining(glyph.text)]
    letters = [glyph for glyph in word if not unicodedata.combining(glyph.text)]
    if not letters:
        return word
    texts = [letter.text for letter in letters]
    for mark in marks:
        distances = [abs(letter.middle - mark.middle) for letter in letters]
        texts[distances.index(min(distances))] += mark.text
    marked = (replace(letter, text=text) for letter, text in zip(letters, texts, strict=True))
    return sorted(marked, key=lambda glyph: glyph.middle)
