"""Where shapes stand on a slide, and the order in which people read them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Shaped = TypeVar("Shaped")

_DEEPEST = 20
"""Number of times that a slide is divided."""


class Frame(NamedTuple):
    """The edges of a shape, from the upper left corner of the slide, in any unit."""

    left: float
    top: float
    right: float
    bottom: float

    def is_outside(self, width: float, height: float) -> bool:
        """Return whether no part of it is on a slide of this size."""
        return self.right <= 0 or self.bottom <= 0 or self.left >= width or self.top >= height

    def inside(self, inner: "Frame", outer: "Frame") -> "Frame":
        """Return this frame, whose unit is that of `inner`, in the unit in which the same group is `outer`."""
        across = (outer.right - outer.left) / ((inner.right - inner.left) or 1)
        down = (outer.bottom - outer.top) / ((inner.bottom - inner.top) or 1)
        (left, right), (top, bottom) = (
            [begin + (edge - first) * scale for edge in edges]
            for edges, first, begin, scale in (
                ((self.left, self.right), inner.left, outer.left, across),
                ((self.top, self.bottom), inner.top, outer.top, down),
            )
        )
        return Frame(left, top, right, bottom)


def in_reading_order(shapes: Sequence[Shaped], frame_of: Callable[[Shaped], Frame | None]) -> list[Shaped]:
    """Return shapes from the top to the bottom, and those beside each other from the left; unchanged without places.

    Source: G. Nagy and S. Seth, Hierarchical representation of optically scanned documents, ICPR 1984.
    """
    placed = [(shape, frame) for shape in shapes if (frame := frame_of(shape))]
    return [shape for shape, _ in _ordered(placed, _DEEPEST)] if len(placed) == len(shapes) else list(shapes)


def _ordered(placed: Sequence[tuple[Shaped, Frame]], depth: int) -> list[tuple[Shaped, Frame]]:
    for first, last in ((1, 3), (0, 2)):  # the indices of top and bottom, of left and right
        parts = _divided(placed, first, last) if depth else [placed]
        if len(parts) > 1:
            return [each for part in parts for each in _ordered(part, depth - 1)]
    return sorted(placed, key=lambda each: (each[1].top, each[1].left))


def _divided(placed: Sequence[tuple[Shaped, Frame]], first: int, last: int) -> list[list[tuple[Shaped, Frame]]]:
    """Return the shapes in parts that do not overlap in one direction."""
    parts: list[list[tuple[Shaped, Frame]]] = []
    reach = 0.0
    for each in sorted(placed, key=lambda each: each[1][first]):
        if not parts or each[1][first] >= reach:
            parts.append([])
            reach = each[1][last]
        parts[-1].append(each)
        reach = max(reach, each[1][last])
    return parts
