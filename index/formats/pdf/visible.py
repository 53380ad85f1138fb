"""The visible words of a page. Invisible ones are not quoted, except for the recognised text of a scan."""

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage, raw

from index.formats.pdf.painted import Box, Painted, page_box
from index.formats.pdf.style import Style
from index.formats.pdf.word import Word

SMALLEST = 1.5
"""Font size, in points, below which text is unreadable."""

_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})

_FAINT = 12
"""Largest difference between two shades, of 255, that the eye does not see."""

_MOST_RULES = 2000
"""Largest number of lines on a page that are compared with its words. More lines are a drawing, and strike nothing."""

_MOST_PLATES = 500
"""Largest number of painted areas on a page that are compared with its words. Above it, the page is rendered."""

_LARGEST_PICTURE = 1500
"""Longer side of a rendered page, in pixels."""

SCAN = 0.5
"""Smallest share of a page that the images of a scan cover."""


class Found(NamedTuple):
    """A word with its origin.

    Attributes:
        word: the word.
        address: the address of its text object.
        style: its style.
        turned: its box on the page if it is set at an angle; otherwise None.
    """

    word: Word
    address: int
    style: Style
    turned: Box | None = None

    @property
    def box(self) -> Box:
        """The box of the word on the page."""
        word = self.word
        return self.turned or Box(word.left, word.bottom, word.right, word.top)

    def begins_in(self, shown: Box) -> bool:
        """Return whether the middle of the word, or of its first letter, is inside `shown`."""
        if self.turned:
            return shown.holds(*self.turned.middle)
        word, (left, bottom, right, top) = self.word, shown
        is_across = left <= (word.left + word.right) / 2 <= right or left <= word.left + word.size / 3 <= right
        return is_across and bottom <= word.baseline + 0.28 * word.size <= top

    @property
    def middle(self) -> tuple[float, float]:
        word = self.word
        return self.turned.middle if self.turned else ((word.left + word.right) / 2, word.baseline + 0.28 * word.size)


def seen(page: PdfPage, found: Sequence[Found], on_page: Painted) -> list[Found]:
    """Return the words of `found` that are visible, or are the recognised text of a visible scan."""
    shown = page_box(page)
    is_scan = sum(image.area for image in on_page.images) >= SCAN * shown.area
    visible = [each for each in found if each.style.size >= SMALLEST and each.begins_in(shown)]
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


def without(found: Sequence[Found], kept: Sequence[Found]) -> list[Found]:
    """Return `kept`. Each word is extended over removed words after it, so that they leave no wide gap."""
    ids = {id(each) for each in kept}
    last: Found | None = None
    for each in found:
        if id(each) in ids:
            last = each
        elif last and last.word.is_beside(each.word):
            last.word.right = max(last.word.right, each.word.right)
    return list(kept)


def unstruck(found: Sequence[Found], on_page: Painted) -> list[Found]:
    """Return the words of `found` that no line strikes out.

    A line strikes out words only if it begins where a word begins and ends where a word ends.
    """
    if not on_page.rules or len(on_page.rules) > _MOST_RULES or any(each.turned for each in found):
        return list(found)
    words = [each.word for each in found]
    left, right, baseline, size = np.array([(w.left, w.right, w.baseline, w.size) for w in words]).reshape(-1, 4).T
    struck = np.zeros(len(words), dtype=bool)
    for rule in on_page.rules:
        height = (rule.bottom + rule.top) / 2 - baseline
        reached = (height > 0.15 * size) & (height < 0.5 * size) & (left < rule.right) & (right > rule.left)
        under = np.flatnonzero(reached)
        if (
            under.size
            and max(abs(left[under].min() - rule.left), abs(right[under].max() - rule.right)) < size[under[0]] / 2
        ):
            struck[under] = True
    return [each for each, is_struck in zip(found, struck.tolist(), strict=True) if not is_struck]


def _doubtful(found: Sequence[Found], on_page: Painted, *, is_scan: bool) -> set[int]:
    """Return the indices of words in `found` that are painted but may be invisible."""
    painted_styles = {style for style in _styles(found) if style.mode not in _INVISIBLE}
    faint = {style for style in painted_styles if style.is_faint}
    doubtful = {index for index, each in enumerate(found) if each.style in faint} if faint else set()
    if on_page.clips:
        doubtful |= {index for index, each in enumerate(found) if _is_clipped(each, on_page.clips)}
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


def _is_clipped(each: Found, clips: Mapping[int, Box]) -> bool:
    """Return whether most of a word may be clipped away."""
    clip = clips.get(each.address)
    return clip is not None and each.style.mode not in _INVISIBLE and not clip.holds(*each.middle)


def _styles(found: Iterable[Found]) -> Iterable[Style]:
    """Return the styles, each once for a text object, so that they are few."""
    return {each.address: each.style for each in found}.values()


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
