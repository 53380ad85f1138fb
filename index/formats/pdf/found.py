"""The words that are found on a page, as columns. Most pages have many, and few are looked at one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

from index.formats.pdf.painted import Box
from index.formats.pdf.style import Style
from index.formats.pdf.word import Part, Word

Mask = npt.NDArray[np.bool_]
"""Shape `(words,)`: whether each word is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """The words on a page, in the order of the file. Lengths are in points.

    Attributes:
        texts: their characters.
        addresses: the addresses of their text objects.
        spaced: whether a space precedes each; None if only the gap can tell.
        edges: shape `(words, 3)`: left edge, right edge and baseline, in a frame in which the word runs to the right.
        styles: the styles on the page.
        style: shape `(words,)`: the index of each word's style.
        turned: number of a word that is set at an angle → its box on the page.
        parts: number of a word that is a line of right-to-left text → the words of that line.
        is_from_right: whether most of the text runs to the left.
    """

    texts: Sequence[str]
    addresses: Sequence[int]
    spaced: Sequence[bool | None]
    edges: npt.NDArray[np.float64]
    styles: Sequence[Style]
    style: npt.NDArray[np.intp]
    turned: Mapping[int, Box]
    parts: Mapping[int, tuple[Part, ...]]
    is_from_right: bool = False

    @property
    def sizes(self) -> npt.NDArray[np.float64]:
        """Shape `(words,)`: the font sizes."""
        return np.array([style.size for style in self.styles])[self.style]

    @property
    def boxes(self) -> npt.NDArray[np.float64]:
        """Shape `(words, 4)`: the left, lower, right and upper edges on the page."""
        (left, right, baseline), size = self.edges.T, self.sizes
        boxes = np.stack([left, baseline - 0.22 * size, right, baseline + 0.78 * size], axis=1)
        for number, box in self.turned.items():
            boxes[number] = box
        return boxes

    @property
    def middles(self) -> npt.NDArray[np.float64]:
        """Shape `(words, 2)`: the middles on the page."""
        left, right, baseline = self.edges.T
        middles = np.stack([(left + right) / 2, baseline + 0.28 * self.sizes], axis=1)
        for number, box in self.turned.items():
            middles[number] = box.middle
        return middles

    def in_styles(self, chosen: Sequence[bool]) -> Mask:
        """Return which words are set in one of the chosen styles. `chosen` has a value for each style."""
        return np.array(chosen, dtype=bool)[self.style]

    def words(self) -> list[Word]:
        """Return the words one by one."""
        numbers = self.style.tolist()
        left, right, baseline = self.edges.T.tolist()
        size, bold, angle, apart = (
            map([getattr(style, name) for style in self.styles].__getitem__, numbers)
            for name in ("size", "bold", "angle", "apart")
        )
        words = list(
            map(
                Word,
                self.texts,
                left,
                right,
                baseline,
                size,
                bold,
                self.spaced,
                repeat(0.0),
                apart,
                repeat(0),
                angle,
            )
        )
        for number, parts in self.parts.items():
            words[number].parts = parts
        return words


def framed(x: float, y: float, angle: float) -> tuple[float, float]:
    """Return a point in the frame in which text at this angle, in degrees anticlockwise, runs to the right."""
    if angle == 0:
        return x, y
    turn = radians(angle)
    return x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)
