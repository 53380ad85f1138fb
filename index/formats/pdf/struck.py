"""Words that lines on the page strike out."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.formats.pdf.found import Found, Mask, framed
from index.formats.pdf.painted import Box

_MOST = 2000
"""Largest number of lines on a page that are compared with its words. More lines are a drawing, and strike nothing."""

_LOWEST, _HIGHEST = 0.15, 0.5
"""Heights above the baseline of the middle of a line that strikes words out, as shares of their size."""

_THICKEST = 0.35
"""Largest thickness of such a line, as a share of the size."""

_BESIDE = 0.5
"""Largest distance of its ends from those of the words, as a share of the size."""

_OVERLAP = 0.1
"""Smallest overlap of a line with a word that it strikes out, likewise."""

_TOUCHING = 0.6
"""Largest distance, in points, between two parts of one line."""

_OVERPRINT = re.compile(r"^([/\\Xx—–-])\1+$", re.MULTILINE)
"""What a typewriter strikes words out with."""


_Lengths = npt.NDArray[np.float64]


def unstruck(found: Found, visible: Mask, rules: Sequence[Box]) -> Mask:
    """Return which of the visible words are not struck out.

    A line strikes out words only if it begins where a word begins and ends where a word ends. So do characters that
    are printed over words.

    Args:
        found: the words on the page.
        visible: which of them are visible.
        rules: the lines on the page.
    """
    kept = visible.copy()
    if len(rules) > _MOST:
        return kept
    sizes = found.sizes
    for angle in {style.angle for style in found.styles if style.angle % 90 == 0}:
        own = visible & found.in_styles([style.angle == angle for style in found.styles])
        for rule in _joined(_framed(rule, angle) for rule in rules):
            kept[_under(rule, found.edges, sizes, own)] = False
        for number, rule in _overprints(found, sizes, own):
            others = own.copy()
            others[number] = False
            if (under := _under(rule, found.edges, sizes, others)).size:
                kept[[number, *under]] = False
    return kept


def _under(rule: Box, edges: _Lengths, size: _Lengths, own: Mask) -> npt.NDArray[np.intp]:
    """Return the numbers of the words that a line strikes out."""
    left, right, baseline = edges.T
    height = (rule.middle[1] - baseline) / size
    is_through = (height > _LOWEST) & (height < _HIGHEST) & (rule.top - rule.bottom <= _THICKEST * size)
    is_beside = (left > rule.right - _OVERLAP * size) | (right < rule.left + _OVERLAP * size)
    under = np.flatnonzero(own & is_through & ~is_beside)
    if under.size:
        ends = left[under].min() - rule.left, right[under].max() - rule.right
        if max(map(abs, ends)) < _BESIDE * size[under[0]]:
            return under
    return under[:0]


def _framed(rule: Box, angle: int) -> Box:
    """Return a line in the frame in which text at this angle runs to the right."""
    (x, y), (to_x, to_y) = framed(rule.left, rule.bottom, angle), framed(rule.right, rule.top, angle)
    return Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def _joined(rules: Iterable[Box]) -> list[Box]:
    """Return the horizontal lines, after joining those that touch. Each word or style may have a line of its own."""
    level = (rule for rule in rules if rule.right - rule.left > rule.top - rule.bottom)
    joined: list[Box] = []
    for rule in sorted(level, key=lambda rule: (round(rule.middle[1], 1), rule.left)):
        last = joined[-1] if joined else None
        is_level = last is not None and abs(last.middle[1] - rule.middle[1]) < _TOUCHING / 2
        if last and is_level and -_TOUCHING <= rule.left - last.right <= _TOUCHING:
            joined[-1] = last._replace(right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return joined


def _overprints(found: Found, sizes: _Lengths, own: Mask) -> Iterator[tuple[int, Box]]:
    """Yield the numbers of words that may be printed over others, each with the line that it stands for."""
    is_likely = _OVERPRINT.search("\n".join(found.texts)) is not None  # quicker than to try each word
    for number in np.flatnonzero(own).tolist() if is_likely else ():
        if _OVERPRINT.fullmatch(found.texts[number]):
            left, right, baseline = found.edges[number].tolist()
            height = baseline + (_LOWEST + _HIGHEST) / 2 * float(sizes[number])
            yield number, Box(left, height, right, height)
