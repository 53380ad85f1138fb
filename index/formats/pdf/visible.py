"""What of a page can be seen. What cannot is not quoted, but for the recognised text of a scan."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage, raw

from index.formats.pdf.style import Colour, Style, colour
from index.formats.pdf.word import Word

SMALLEST = 1.5
"""Size in points below which nobody reads a text."""

_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})

_FAINT = 12
"""Difference of two shades of grey, of 255, up to which an eye sees none."""

_PLATE = 5.0
"""Points that a painted area measures at least both ways, if it may hide text or stand behind it."""

_MOST_PLATES = 500
"""Painted areas of a page that are compared with its words; where there are more, a picture of it decides."""

_DEEPEST = 8
"""Levels of forms within forms that are looked into."""

_LARGEST_PICTURE = 1500
"""Pixels along the longer side of the picture that is made of a page."""

SCAN = 0.5
"""Share of a page that the image of a scan covers at least."""

_IMAGE = 0.02
"""Share of a page that an image covers at least that may show something to read."""


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


class Found(NamedTuple):
    """A word, the address of its text object, how it is set, and its box on the page if it is set at an angle."""

    word: Word
    address: int
    style: Style
    turned: Box | None = None

    @property
    def box(self) -> Box:
        """Where the word stands on the page."""
        word = self.word
        return self.turned or Box(word.left, word.bottom, word.right, word.top)

    @property
    def middle(self) -> tuple[float, float]:
        word = self.word
        return self.turned.middle if self.turned else ((word.left + word.right) / 2, word.baseline + 0.28 * word.size)


class _Plate(NamedTuple):
    """A painted area, and how many objects are painted before it."""

    box: Box
    order: int
    colour: Colour | None


class Painted(NamedTuple):
    """What is painted on a page: images, other areas, and how many objects are painted before each text object."""

    images: list[Box]
    plates: list[_Plate]
    orders: dict[int, int]


def page_box(page: PdfPage) -> Box:
    """Return the part of the page that is shown."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rect)
    return Box(rect.left, rect.bottom, rect.right, rect.top)


def painted(page: PdfPage) -> Painted:
    """Return what is painted on the page, as far as it may hide text, or stand behind it."""
    images: list[Box] = []
    plates: list[_Plate] = []
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
        if box.right - box.left < _PLATE or box.top - box.bottom < _PLATE:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(box)
        if kind != raw.FPDF_PAGEOBJ_PATH or _is_filled(item):
            plates.append(_Plate(box, order, colour(item) if kind == raw.FPDF_PAGEOBJ_PATH else None))
    return Painted(images, plates, orders)


def seen(page: PdfPage, found: Sequence[Found], on_page: Painted) -> list[Found]:
    """Return what of `found` a reader of the page sees, or is the recognised text of the image that they see."""
    shown = page_box(page)
    is_scan = sum(image.area for image in on_page.images) >= SCAN * shown.area
    visible = [each for each in found if each.style.size >= SMALLEST and shown.holds(*each.middle)]
    if any(style.mode in _INVISIBLE for style in _styles(visible)):
        scans = on_page.images if is_scan else []
        visible = [
            each
            for each in visible
            if each.style.mode not in _INVISIBLE or any(image.holds(*each.middle) for image in scans)
        ]
    doubtful = _doubtful(visible, on_page, is_scan=is_scan)
    if not doubtful:
        return visible
    difference = _difference(page, {visible[index].address for index in doubtful})
    hidden = {index for index in doubtful if not _shows(difference, shown, visible[index].box)}
    return [each for index, each in enumerate(visible) if index not in hidden]


def _doubtful(found: Sequence[Found], on_page: Painted, *, is_scan: bool) -> set[int]:
    """Return which of `found` may not be seen, though they are painted on the page."""
    painted_styles = {style for style in _styles(found) if style.mode not in _INVISIBLE}
    faint = {style for style in painted_styles if style.is_faint}
    doubtful = {index for index, each in enumerate(found) if each.style in faint} if faint else set()
    plates = [plate for plate in on_page.plates if not (is_scan and plate.colour is None)]
    if len(plates) > _MOST_PLATES:
        return {index for index, each in enumerate(found) if each.style in painted_styles}
    if not plates:
        return doubtful
    middles = np.array([each.middle for each in found]).reshape(-1, 2)
    orders = np.array([on_page.orders.get(each.address, 0) for each in found])
    for box, order, fill in plates:
        inside = np.logical_and(middles >= (box.left, box.bottom), middles <= (box.right, box.top)).all(axis=1)
        for index in np.flatnonzero(inside).tolist():
            style = found[index].style
            if style in painted_styles and (orders[index] < order or _are_alike(style.colour, fill)):
                doubtful.add(index)
    return doubtful


def _styles(found: Iterable[Found]) -> Iterable[Style]:
    """Return the styles; words of one text object share the same one, so that few are compared."""
    return {id(each.style): each.style for each in found}.values()


def _are_alike(colour: Sequence[int], other: Sequence[int] | None) -> bool:
    return other is not None and all(abs(a - b) <= 2 * _FAINT for a, b in zip(colour[:3], other, strict=False))


def _difference(page: PdfPage, addresses: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Return for each pixel of the page, from the top left, whether it is another without these text objects."""
    width, height = page.get_size()
    scale = min(1.0, _LARGEST_PICTURE / max(width, height, 1))
    objects = [ctypes.cast(address, raw.FPDF_PAGEOBJECT) for address in addresses]

    def picture() -> npt.NDArray[np.int16]:
        pixels: npt.NDArray[np.uint8] = page.render(scale=scale, rotation=-page.get_rotation() % 360).to_numpy()
        return pixels.astype(np.int16)

    with_them = picture()
    for item in objects:
        raw.FPDFPageObj_SetIsActive(item, 0)
    without_them = picture()
    for item in objects:
        raw.FPDFPageObj_SetIsActive(item, 1)
    changed: npt.NDArray[np.bool_] = np.any(abs(with_them - without_them) > _FAINT, axis=-1)
    return changed


def _shows(difference: npt.NDArray[np.bool_], shown: Box, box: Box) -> bool:
    """Return whether the picture of what is `shown` differs where `box` is, by more than a stray pixel."""
    height, width = difference.shape
    across, down = width / (shown.right - shown.left), height / (shown.top - shown.bottom)
    left, right = (int((x - shown.left) * across) for x in (box.left, box.right))
    top, bottom = (int((shown.top - y) * down) for y in (box.top, box.bottom))
    part = difference[max(0, top) : bottom + 1, max(0, left) : right + 1]
    return bool(part.sum() > 0.02 * part.size)


def pictures(on_page: Painted, found: Sequence[Found], shown: Box) -> int:
    """Return how many images of some size no word stands on."""
    images = {image for image in on_page.images if image.area >= _IMAGE * shown.area}
    middles = [each.middle for each in found] if images else []
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
