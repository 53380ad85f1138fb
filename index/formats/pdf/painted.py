"""The images, areas and lines painted on a page, which may hide text, form its background or strike it out."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage, raw

from index.formats.pdf.stroke import Stroke
from index.formats.pdf.strokes import strokes
from index.formats.pdf.style import LIGHT, Colour, colour

_PLATE = 5.0
"""Smallest width and height, in points, of an area that may hide text or form its background."""

_RULE = 12.0
"""Largest thickness, in points, of the bounds of a line that may strike text out."""

_SLENDER = 3.0
"""Smallest length of such bounds, as a multiple of their thickness."""

_SMALLEST_DOT, _LARGEST_DOT = 1.0, 12.0
"""Heights, in points, of shapes that may be bullets."""

_IMAGE = 0.02
"""Smallest share of a page that an image with readable content covers."""

_MOST_IMAGES = 500
"""Largest number of images on a page that are examined."""

_MOST_STROKES = 5_000
"""Largest number of lines on a page. A page with more of them is a drawing."""

_DEEPEST = 8
"""Largest depth of form objects within form objects that is examined."""

_MOST_CLIPS, _MOST_POINTS = 8, 100
"""Largest number of paths to which an object is clipped, and of points of such a path, that are examined."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def holds_each(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return, of shape `(points,)`, whether the box holds each point of an array of shape `(points, 2)`."""
        x, y = points.T
        held: npt.NDArray[np.bool_] = (x >= self.left) & (x <= self.right) & (y >= self.bottom) & (y <= self.top)
        return held

    def within(self, other: "Box") -> "Box":
        """Return the intersection with `other`, which may have no area."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


class Plate(NamedTuple):
    """A painted area.

    Attributes:
        box: its box.
        order: number of objects painted before it.
        colour: its colour; None for an image.
    """

    box: Box
    order: int
    colour: Colour | None


class Painted(NamedTuple):
    """The objects painted on a page.

    Attributes:
        images: boxes of the images.
        plates: painted areas, including images.
        rules: boxes of horizontal and vertical lines.
        dots: boxes of small shapes that are as wide as they are high.
        strokes: horizontal and vertical lines, which may divide the cells of a table.
        orders: address of a text object → number of objects painted before it.
        clips: address of a text object → box outside which it is clipped away, for those that are clipped.
    """

    images: list[Box]
    plates: list[Plate]
    rules: list[Box]
    dots: list[Box]
    strokes: list[Stroke]
    orders: dict[int, int]
    clips: dict[int, Box]


def page_box(page: PdfPage) -> Box:
    """Return the visible part of the page."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rect)
    return Box(rect.left, rect.bottom, rect.right, rect.top)


def painted(page: PdfPage) -> Painted:
    """Return the painted objects that may hide text, form its background or strike it out."""
    images: list[Box] = []
    plates: list[Plate] = []
    rules: list[Box] = []
    dots: list[Box] = []
    lines: list[Stroke] = []
    orders: dict[int, int] = {}
    clips: dict[int, Box] = {}
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    bounds = [ctypes.byref(number) for number in (left, bottom, right, top)]
    shown = page_box(page)
    for order, (item, kind, matrix, outer) in enumerate(_objects(page)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            address = ctypes.addressof(item.contents)
            orders[address] = order
            clip = _clipped(item, matrix, outer)
            if clip is not None:
                clips[address] = clip
            continue
        raw.FPDFPageObj_GetBounds(item, *bounds)
        box = _mapped(Box(left.value, bottom.value, right.value, top.value), matrix).within(shown)
        if kind == raw.FPDF_PAGEOBJ_PATH and _is_slender(box):
            rules.append(_drawn(item, box))
        if kind == raw.FPDF_PAGEOBJ_PATH and len(lines) < _MOST_STROKES:
            lines += strokes(item, box, _over(item, matrix))
        if kind == raw.FPDF_PAGEOBJ_PATH and _is_dot(box) and min(colour(item)[:3]) < LIGHT:
            dots.append(box)
        if box.right - box.left < _PLATE or box.top - box.bottom < _PLATE:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE and len(images) < _MOST_IMAGES:
            images.append(box)
        if kind != raw.FPDF_PAGEOBJ_PATH or _is_filled(item):
            plates.append(Plate(box, order, colour(item) if kind == raw.FPDF_PAGEOBJ_PATH else None))
    return Painted(images, plates, rules, dots, lines, orders, clips)


def pictures(on_page: Painted, middles: npt.NDArray[np.float64], shown: Box) -> int:
    """Return the number of images of some size without a word on them.

    Args:
        on_page: the painted objects of the page.
        middles: shape `(words, 2)`: the middles of the words, in points.
        shown: the visible part of the page.
    """
    images = {image for image in on_page.images if image.area >= _IMAGE * shown.area}
    return sum(not image.holds_each(middles).any() for image in images)


_Object = tuple[Any, int, Matrix, Box | None]
"""An object, its type, and the matrix of its form and the box to which this is clipped, if any."""


def _objects(page: PdfPage) -> Iterator[_Object]:
    """Yield the objects of the page in painting order."""
    parts = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    yield from _within(parts, _IDENTITY, None, 0)


def _within(parts: Iterable[Any], matrix: Matrix, clip: Box | None, depth: int) -> Iterator[_Object]:
    for part in parts:
        kind = raw.FPDFPageObj_GetType(part)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield part, kind, matrix, clip
        elif depth < _DEEPEST:
            count = raw.FPDFFormObj_CountObjects(part)
            inner = (raw.FPDFFormObj_GetObject(part, index) for index in range(count))
            yield from _within(inner, _over(part, matrix), _clipped(part, matrix, clip), depth + 1)


def _clipped(item: Any, matrix: Matrix, outer: Box | None) -> Box | None:
    """Return the box to which an object is clipped, on the page, or None if it is not clipped.

    Args:
        item: the object.
        matrix: the matrix of its form.
        outer: the box to which its form is clipped, if any.
    """
    path = raw.FPDFPageObj_GetClipPath(item)
    clip = outer
    for index in range(min(raw.FPDFClipPath_CountPaths(path), _MOST_CLIPS) if path else 0):
        count = min(raw.FPDFClipPath_CountPathSegments(path, index), _MOST_POINTS)
        points = [_point(raw.FPDFClipPath_GetPathSegment(path, index, number)) for number in range(count)]
        across, up = zip(*points, strict=True) if points else ((0.0,), (0.0,))
        box = _mapped(Box(min(across), min(up), max(across), max(up)), matrix)
        if count < _MOST_POINTS:
            clip = clip.within(box) if clip else box
    return clip


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _over(item: Any, matrix: Matrix) -> Matrix:
    """Return the matrix from the coordinates of an object to those of the page. `matrix` is that of its form."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    return _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` and then `outer`."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _mapped(box: Box, matrix: Matrix) -> Box:
    """Return the bounding box of `box` after the transformation."""
    if matrix == _IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = list(product((box.left, box.right), (box.bottom, box.top)))
    across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def _is_dot(box: Box) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return _SMALLEST_DOT < height < _LARGEST_DOT and 0.7 * height < width < 1.4 * height


def _is_slender(box: Box) -> bool:
    thickness, length = sorted((box.right - box.left, box.top - box.bottom))
    return thickness < _RULE and length > max(_SLENDER * thickness, _SMALLEST_DOT)


def _drawn(path: Any, box: Box) -> Box:
    """Return the box of a line. The bounds of one that is stroked exceed it by its thickness at both ends."""
    if _is_filled(path):
        return box
    width, height = box.right - box.left, box.top - box.bottom
    across, up = (height / 2, height / 4) if width > height else (width / 4, width / 2)
    return Box(box.left + across, box.bottom + up, box.right - across, box.top - up)


def _is_filled(path: Any) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    return bool(mode.value != raw.FPDF_FILLMODE_NONE)
