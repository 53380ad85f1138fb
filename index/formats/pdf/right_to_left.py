"""Right-to-left lines of a PDF, assembled from the positions of their characters."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.formats.bidi import reading_order, right_to_left_letters

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


def line_text(line: Sequence[Glyph], *, from_right: bool) -> str:
    """Return a line in reading order.

    Args:
        line: its characters, in the arbitrary order of the file.
        from_right: the direction of the line if as many of its letters run one way as the other.
    """
    text = "".join(glyph.text for glyph in line)
    if not right_to_left_letters(text):
        return text
    # Spaces separate words reliably, but their positions are not reliable.
    words = [_marked(word) for word in split(line, " \t\xa0")]
    words.sort(key=lambda word: word[0].left + word[-1].right)
    set_line = [character for word in words for character in (*(glyph.text for glyph in word), " ")]
    return reading_order(set_line[:-1], from_right=from_right)


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
