"""What is painted on a page: images, areas and lines that may hide text, stand behind it, or strike it out."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from pypdfium2 import PdfPage, raw

from index.formats.pdf.style import Colour, colour

_PLATE = 5.0
"""Points that a painted area measures at least both ways, if it may hide text or stand behind it."""

_RULE = 3.0
"""Points that the bounds of a line are high at most with which text is struck out; they are wider than the line."""

_IMAGE = 0.02
"""Share of a page that an image covers at least that may show something to read."""

_MOST_IMAGES = 500
"""Images of a page that are looked at."""

_DEEPEST = 8
"""Levels of forms within forms that are looked into."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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

    def within(self, other: "Box") -> "Box":
        """Return what of this is inside `other`, which may be nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


class Plate(NamedTuple):
    """A painted area, and how many objects are painted before it."""

    box: Box
    order: int
    colour: Colour | None


class Painted(NamedTuple):
    """What is painted on a page.

    Attributes:
        plates: areas, also of images.
        rules: lines that run to the right.
        orders: how many objects are painted before each text object, by its address.
    """

    images: list[Box]
    plates: list[Plate]
    rules: list[Box]
    orders: dict[int, int]


def page_box(page: PdfPage) -> Box:
    """Return the part of the page that is shown."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rect)
    return Box(rect.left, rect.bottom, rect.right, rect.top)


def painted(page: PdfPage) -> Painted:
    """Return what is painted on the page, as far as it may hide text, or stand behind it."""
    images: list[Box] = []
    plates: list[Plate] = []
    rules: list[Box] = []
    orders: dict[int, int] = {}
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    bounds = [ctypes.byref(number) for number in (left, bottom, right, top)]
    shown = page_box(page)
    for order, (item, kind, matrix) in enumerate(_objects(page)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            orders[ctypes.addressof(item.contents)] = order
            continue
        raw.FPDFPageObj_GetBounds(item, *bounds)
        box = _mapped(Box(left.value, bottom.value, right.value, top.value), matrix).within(shown)
        if box.right - box.left > _PLATE and box.top - box.bottom < _RULE and kind == raw.FPDF_PAGEOBJ_PATH:
            rules.append(box)
        if box.right - box.left < _PLATE or box.top - box.bottom < _PLATE:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE and len(images) < _MOST_IMAGES:
            images.append(box)
        if kind != raw.FPDF_PAGEOBJ_PATH or _is_filled(item):
            plates.append(Plate(box, order, colour(item) if kind == raw.FPDF_PAGEOBJ_PATH else None))
    return Painted(images, plates, rules, orders)


def pictures(on_page: Painted, middles: Sequence[tuple[float, float]], shown: Box) -> int:
    """Return how many images of some size no word stands on.

    Args:
        middles: of the words.
    """
    images = {image for image in on_page.images if image.area >= _IMAGE * shown.area}
    return sum(not any(image.holds(x, y) for x, y in middles) for image in images)


def _objects(page: PdfPage) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield the objects of the page in the order in which they are painted, each with the matrix of its form."""
    parts = (raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page)))
    yield from _within(parts, IDENTITY, 0)


def _within(parts: Iterable[Any], matrix: Matrix, depth: int) -> Iterator[tuple[Any, int, Matrix]]:
    for part in parts:
        kind = raw.FPDFPageObj_GetType(part)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield part, kind, matrix
        elif depth < _DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(part, own)
            count = raw.FPDFFormObj_CountObjects(part)
            inner = (raw.FPDFFormObj_GetObject(part, index) for index in range(count))
            yield from _within(inner, _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix), depth + 1)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that maps as `inner` does, and then as `outer` does."""
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _mapped(box: Box, matrix: Matrix) -> Box:
    """Return the smallest box around `box` as it is mapped."""
    if matrix == IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = list(product((box.left, box.right), (box.bottom, box.top)))
    across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def _is_filled(path: Any) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroked)
    return bool(mode.value != raw.FPDF_FILLMODE_NONE)
