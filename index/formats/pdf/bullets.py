"""Bullets that are drawn as shapes before the words of list items."""

from collections.abc import Sequence

import numpy as np

from index.formats.pdf.found import Found, Mask
from index.formats.pdf.painted import Box
from index.formats.pdf.word import Word

_FARTHEST = 2.0
"""Largest distance of a bullet from the word after it, as a multiple of the word's size."""

_BESIDE = 2.0
"""Smallest distance of a bullet from a word before it, likewise."""

_MOST = 500
"""Largest number of small shapes on a page that are examined. A page with more of them is a drawing."""


def bullets(found: Found, visible: Mask, dots: Sequence[Box]) -> dict[int, Word]:
    """Return number of a word → the bullet before it.

    A bullet is as high as the small letters of the word after it, smaller than these, and has no word on its left.

    Args:
        found: the words on the page.
        visible: which of them are visible.
        dots: the small shapes that are as wide as they are high.
    """
    if len(dots) > _MOST or found.turned:
        return {}
    (left, right, baseline), size = found.edges.T, found.sizes
    before: dict[int, Word] = {}
    for dot in dots:
        height = (dot.middle[1] - baseline) / size
        level = visible & (height > 0.05) & (height < 0.6)
        gap, room = (left - dot.right) / size, (dot.left - right) / size
        after = np.flatnonzero(level & (gap > 0) & (gap < _FARTHEST) & (dot.top - dot.bottom < 0.6 * size))
        if after.size and not (level & (left < dot.left) & (room < _BESIDE)).any():
            number = int(after[left[after].argmin()])
            before[number] = Word("•", dot.left, dot.right, float(baseline[number]), float(size[number]))
    return before
