"""The visible words of a page. Invisible ones are not quoted, except for the recognised text of a scan."""

import ctypes
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage, raw

from index.formats.pdf.found import Found, Mask
from index.formats.pdf.painted import Box, Painted, page_box

_SMALLEST = 1.5
"""Font size, in points, below which text is unreadable."""

_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})

_FAINT = 12
"""Largest difference between two shades, of 255, that the eye does not see."""

_MOST_PLATES = 500
"""Largest number of painted areas on a page that are compared with its words. Above it, the page is rendered."""

_LARGEST_PICTURE = 1500
"""Longer side of a rendered page, in pixels."""

SCAN = 0.5
"""Smallest share of a page that the images of a scan cover."""


def seen(page: PdfPage, found: Found, on_page: Painted) -> Mask:
    """Return which words are visible, or are the recognised text of a visible scan."""
    shown = page_box(page)
    is_scan = sum(image.area for image in on_page.images) >= SCAN * shown.area
    visible = (found.sizes >= _SMALLEST) & _begin_in(found, shown)
    unpainted = is_unpainted(found)
    if (visible & unpainted).any():
        scans = [image.holds_each(found.middles) for image in on_page.images] if is_scan else []
        visible &= ~unpainted | np.logical_or.reduce(scans) if scans else ~unpainted
    doubtful = np.flatnonzero(visible & ~unpainted & _doubtful(found, on_page, is_scan=is_scan)).tolist()
    if doubtful:
        difference = _difference(page, {found.addresses[number] for number in doubtful})
        boxes = found.boxes.tolist()
        for number in doubtful:
            visible[number] = _shows(difference, shown, Box(*boxes[number]))
    return visible


def is_unpainted(found: Found) -> Mask:
    """Return which words are drawn without paint, as the recognised text of a scan is."""
    return found.in_styles([style.mode in _INVISIBLE for style in found.styles])


def _begin_in(found: Found, shown: Box) -> Mask:
    """Return the words of which the middle, or that of the first letter, is inside `shown`."""
    middles = found.middles
    first = np.stack([found.edges[:, 0] + found.sizes / 3, middles[:, 1]], axis=1)
    begun = shown.holds_each(first)
    begun[list(found.turned)] = False
    return begun | shown.holds_each(middles)


def _doubtful(found: Found, on_page: Painted, *, is_scan: bool) -> Mask:
    """Return which words may be invisible although they are painted."""
    doubtful = found.in_styles([style.is_faint for style in found.styles])
    plates = [plate for plate in on_page.plates if not (is_scan and plate.colour is None)]
    if len(plates) > _MOST_PLATES:
        return np.ones_like(doubtful)
    if on_page.clips:
        for number, (address, middle) in enumerate(zip(found.addresses, found.middles.tolist(), strict=True)):
            clip = on_page.clips.get(address)
            doubtful[number] |= clip is not None and not clip.holds(*middle)
    if plates:
        middles = found.middles
        orders = np.array([on_page.orders.get(address, 0) for address in found.addresses])
        for box, order, fill in plates:
            alike = found.in_styles([_are_alike(style.colour, fill) for style in found.styles])
            doubtful |= box.holds_each(middles) & ((orders < order) | alike)
    return doubtful


def _are_alike(colour: Sequence[int], other: Sequence[int] | None) -> bool:
    return other is not None and all(abs(a - b) <= 2 * _FAINT for a, b in zip(colour[:3], other, strict=False))


def _difference(page: PdfPage, addresses: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Return `(height, width)`, from the top left: whether each pixel changes without these text objects."""
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
    """Return whether more than stray pixels change inside `box`. `shown` is the part of the page that was rendered."""
    height, width = difference.shape
    across, down = width / (shown.right - shown.left), height / (shown.top - shown.bottom)
    left, right = (int((x - shown.left) * across) for x in (box.left, box.right))
    top, bottom = (int((shown.top - y) * down) for y in (box.top, box.bottom))
    part = difference[max(0, top) : bottom + 1, max(0, left) : right + 1]
    return bool(part.sum() > 0.02 * part.size)
