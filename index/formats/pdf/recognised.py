"""The words of a scanned page, as they are recognised in its picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from pypdfium2 import PdfPage

from index.formats.pdf.found import framed
from index.formats.pdf.painted import Box
from index.formats.pdf.tesseract import Recognised, RecognisedLine, recognised_lines
from index.formats.pdf.tilt import straightened, tilt_of
from index.formats.pdf.word import Word

_RESOLUTION = 300
"""Pixels in an inch of the picture in which text is recognised. Tesseract's manual asks for at least this."""

_LARGEST = 5000
"""Longer side of the picture, in pixels."""

_LEAST_SURE = 30
"""Smallest sureness, of 100, of the surest word of a line. Below it are spots and drawings."""

_UNSURE = 85
"""Sureness of a word, of 100, below which it is marked. Half of them are misread (see `evaluation.recognition`)."""

_SIZE = 1.05
"""Font size, as a multiple of the height of a line from its ascenders to its descenders."""

_SAME_SIZE = 0.25
"""Largest difference between the measured size of a line and the page's usual size, as a share of that size."""


def recognised(page: PdfPage) -> list[list[Word]]:
    """Return the words of a page as it is shown, each direction of writing in reading order.

    Lengths are in points from its lower left corner, in the frame of the direction.

    Raises:
        Unrecognised: Tesseract fails.
    """
    width, height = page.get_size()
    scale = min(_RESOLUTION / 72, _LARGEST / max(width, height))
    picture = page.render(scale=scale, grayscale=True).to_numpy().squeeze()
    tilt = tilt_of(picture)
    picture = straightened(picture, tilt)  # Tesseract loses lines that are not level
    lines = recognised_lines(picture, round(scale * 72))
    turn = _usual_turn(lines)
    if turn:  # it reads lines less well that do not run to the right
        picture = np.ascontiguousarray(np.rot90(picture, -turn // 90))
        lines = recognised_lines(picture, round(scale * 72))
    middle = framed(width / 2, height / 2, turn + tilt)
    sheet = _Sheet(picture.shape[1] / 2, picture.shape[0] / 2, scale, turn + tilt, middle)
    return sheet.words([line for line in lines if _is_text(line)])


def _is_text(line: RecognisedLine) -> bool:
    return any(word.sureness >= _LEAST_SURE for word in line.words if _has_characters(word))


def _has_characters(word: Recognised) -> bool:
    return any(map(str.isalnum, word.text))


def _usual_turn(lines: Sequence[RecognisedLine]) -> int:
    """Return the direction in which most words are written."""
    turns = Counter(line.turn for line in lines for _ in line.words)
    return max(turns, key=turns.__getitem__, default=0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A picture in which lines were recognised, and how it lies on the page.

    Attributes:
        x: the middle of the picture, in pixels from its left edge.
        y: the middle, in pixels from its upper edge.
        scale: its pixels in a point.
        angle: the direction on the page of the lines that are level in it, in degrees anticlockwise.
        middle: its middle in the frame of this direction, in points.
    """

    x: float
    y: float
    scale: float
    angle: float
    middle: tuple[float, float]

    def words(self, lines: Sequence[RecognisedLine]) -> list[list[Word]]:
        """Return the words of lines in their frames, the most frequent direction first."""
        by_angle: dict[float, list[Word]] = {}
        usual = median(line.size for line in lines) if lines else 0.0
        for line in lines:
            size = usual if abs(line.size - usual) <= _SAME_SIZE * usual else line.size
            for word in self._words(line, _SIZE * size / self.scale):
                own = by_angle.setdefault(word.angle, [])
                word.order = len(own)
                own.append(word)
        return sorted(by_angle.values(), key=len, reverse=True)

    def _words(self, line: RecognisedLine, size: float) -> Iterator[Word]:
        middle = (line.left + line.right) / 2
        _, baseline = self._framed(middle, line.baseline + line.slope * (middle - line.left))
        if line.turn:  # then its baseline is not told
            lowest = min(self._box(word, line.turn)[1] for word in line.words)
            baseline = lowest + line.descent / self.scale
        for word in line.words:
            if _has_characters(word) or word.sureness >= _LEAST_SURE:
                left, _, right, _ = self._box(word, line.turn)
                angle, unsure = self.angle + line.turn, word.sureness < _UNSURE
                yield Word(word.text, left, right, baseline, size, spaced=True, angle=angle, unsure=unsure)

    def _box(self, word: Recognised, turn: int) -> Box:
        """Return the box of a word in the frame of its line."""
        corners = [self._framed(x, y) for x in (word.left, word.right) for y in (word.top, word.bottom)]
        across, up = zip(*(framed(*corner, turn) for corner in corners), strict=True)
        return Box(min(across), min(up), max(across), max(up))

    def _framed(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the picture in the frame of the lines that are level in it."""
        return self.middle[0] + (x - self.x) / self.scale, self.middle[1] + (self.y - y) / self.scale
