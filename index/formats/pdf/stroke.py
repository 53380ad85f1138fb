"""Horizontal and vertical lines on a page."""

from typing import NamedTuple

SNAP = 2.5
"""Largest distance, in points, between lines that count as one, or between ends of lines that meet."""


class Stroke(NamedTuple):
    """A horizontal or vertical line, in points.

    Attributes:
        is_vertical: its direction.
        at: its height, or its distance from the left if it is vertical.
        start: the left or lower end.
        end: the right or upper end.
    """

    is_vertical: bool
    at: float
    start: float
    end: float

    def mirrored(self) -> "Stroke":
        """Return it in the mirrored frame."""
        return self._replace(at=-self.at) if self.is_vertical else self._replace(start=-self.end, end=-self.start)
