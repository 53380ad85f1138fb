"""The horizontal and vertical lines of the paths on a page."""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from index.formats.pdf.stroke import Stroke

_THIN = 3.0
"""Largest thickness, in points, of the bounds of a path that is a line."""

_SHORTEST = 5.0
"""Shortest line, in points."""

_MOST_SEGMENTS = 2_000
"""Largest number of segments of a path that are examined."""

_SLOPE = 0.5
"""Largest difference, in points, between the ends of a line that counts as horizontal or vertical."""

Point = tuple[float, float]


def strokes(
    path: Any,
    bounds: tuple[float, float, float, float],
    matrix: tuple[float, float, float, float, float, float],
) -> Iterator[Stroke]:
    """Yield the horizontal and vertical lines of a path: the path itself if it is thin, or else the lines drawn.

    Args:
        path: the path.
        bounds: its left, lower, right and upper edge on the page, in points.
        matrix: from its coordinates to those of the page.
    """
    left, bottom, right, top = bounds
    if min(right - left, top - bottom) < _THIN:
        yield from _stroke(((left + right) / 2, bottom), ((left + right) / 2, top))
        yield from _stroke((left, (bottom + top) / 2), (right, (bottom + top) / 2))
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    if stroked.value and raw.FPDFPath_CountSegments(path) <= _MOST_SEGMENTS:
        for start, end in _lines(path):
            yield from _stroke(_mapped(start, matrix), _mapped(end, matrix))


def _lines(path: Any) -> Iterator[tuple[Point, Point]]:
    """Yield the ends of the straight lines of a path, in its own coordinates."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = x.value, y.value
        if kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        elif kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


def _mapped(point: Point, matrix: tuple[float, float, float, float, float, float]) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _stroke(start: Point, end: Point) -> Iterator[Stroke]:
    """Yield the line between two points, if it is horizontal or vertical and not too short."""
    (x, y), (to_x, to_y) = start, end
    if abs(x - to_x) <= _SLOPE and abs(y - to_y) >= _SHORTEST:
        yield Stroke(is_vertical=True, at=x, start=min(y, to_y), end=max(y, to_y))
    elif abs(y - to_y) <= _SLOPE and abs(x - to_x) >= _SHORTEST:
        yield Stroke(is_vertical=False, at=y, start=min(x, to_x), end=max(x, to_x))
