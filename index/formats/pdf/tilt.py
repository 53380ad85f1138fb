"""Pages that lie aslant in their pictures."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Shape `(height, width)`: greys."""

_ACROSS = 700
"""Pixels across a picture that are looked at, at most about."""

_EDGE = 25
"""Smallest difference, of 255, between two pixels beside each other that is an edge of a letter."""

_MOST = 10.0
"""Largest tilt that is found, in degrees."""

_COARSE, _FINE = 0.5, 0.1
"""Degrees between tilts that are tried: first between all, then between those near the best."""

_CLEAR = 1.05
"""Smallest score of a tilt, as a multiple of that of a level page."""


def tilt_of(picture: Picture) -> float:
    """Return the angle by which the lines of text rise, or run aside if the page lies on its side, in degrees.

    The edges of letters are counted along parallels at each angle. Along lines of text, the counts change most.

    Source: W. Postl, Detection of linear oblique structures and skew scan in digitized documents, ICPR 1986.
    """
    step = max(1, min(picture.shape) // _ACROSS)
    height, width = (length // step * step for length in picture.shape)
    small = picture[:height, :width].reshape(height // step, step, width // step, step).mean(axis=(1, 3))
    level = [np.nonzero(abs(np.diff(pixels, axis=0)) > _EDGE) for pixels in (small, np.rot90(small))]

    def score(angle: float) -> float:
        return max(_changes(y + np.tan(np.radians(angle)) * x) for y, x in level)

    def best(angles: Iterable[float]) -> float:
        return max(angles, key=lambda angle: (score(angle), -abs(angle)))

    coarse = best(np.arange(-_MOST, _MOST + _COARSE, _COARSE))
    found = best(np.arange(coarse - _COARSE, coarse + _COARSE, _FINE))
    return round(float(found), 1) if score(found) > _CLEAR * score(0) else 0.0


def straightened(picture: Picture, tilt: float) -> Picture:
    """Return a picture turned about its middle, so that lines that rose by `tilt` degrees are level."""
    if not tilt:
        return picture
    from PIL import Image

    turned = Image.fromarray(picture).rotate(-tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return np.asarray(turned)


def _changes(heights: npt.NDArray[np.float64]) -> float:
    """Return how much the number of points changes from one height to the next, in squares."""
    if not len(heights):
        return 0.0
    counts = np.bincount((heights - heights.min()).astype(np.intp))
    return float((np.diff(counts.astype(np.float64)) ** 2).sum())
