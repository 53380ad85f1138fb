"""The visible words of a PDF's pages, in their directions of writing, and what else is on them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import attrgetter

from pypdfium2 import PdfDocument, PdfPage, raw

from index.formats.content import NoContent, Told
from index.formats.normal import on_one_line
from index.formats.pdf.annotations import Mark, comments, level_fields, show_annotations
from index.formats.pdf.bullets import bullets
from index.formats.pdf.found import Mask, framed
from index.formats.pdf.page_text import found_on
from index.formats.pdf.painted import Box, Painted, page_box, painted, pictures
from index.formats.pdf.recognised import recognised
from index.formats.pdf.stroke import Stroke
from index.formats.pdf.struck import unstruck
from index.formats.pdf.tesseract import Unrecognised
from index.formats.pdf.visible import SCAN, is_unpainted, seen
from index.formats.pdf.word import Word, level
from index.formats.scans import Scan, program

_TEXT, _ANGLE = attrgetter("text"), attrgetter("angle")

_MOST_FAILED = 2
"""Scanned pages, one after the other, in which recognising fails, before no more of the file are tried."""

_STAMP = 40
"""Most words that are only stamped on a scan."""

_CLOSING = frozenset(",.;:!?)]’”")
"""Characters with no space before them."""


@dataclass(frozen=True, slots=True)
class Page:
    """The visible content of a page.

    Attributes:
        number: its number, from 1.
        label: its number as the file states it, such as `iv`; empty if the file states none.
        shown: its visible part.
        rotation: the angle by which it is turned clockwise when it is shown: 0, 90, 180 or 270 degrees.
        directions: the words, grouped by their direction of writing. The most frequent direction comes first.
        bottom: the bottom of the page in the frame of the first direction, in points.
        top: the top of the page in the same frame.
        pictures: number of images without text on them.
        scan: whether it is a scan.
        hides: whether the page has invisible words.
        is_recognised: whether its words are recognised in an image (OCR).
        trouble: why recognising its words failed, if it did.
        comments: the comments on the page, each after the name of its author.
        strokes: the horizontal and vertical lines on the page, in the frame of its words, if these are level.
    """

    number: int
    label: str
    shown: Box
    rotation: int
    directions: list[list[Word]] = field(default_factory=list)
    bottom: float = 0.0
    top: float = 0.0
    pictures: int = 0
    scan: Scan = Scan.NONE
    hides: bool = False
    is_recognised: bool = False
    trouble: str = ""
    comments: Sequence[str] = ()
    strokes: Sequence[Stroke] = ()


def pages(document: PdfDocument, *, ocr: bool = False, told: Told | None = None) -> Iterator[Page]:
    """Yield the visible content of each page, including form fields and annotations.

    Args:
        document: the document.
        ocr: whether the text of scanned pages is recognised.
        told: called with the share of the pages that are read, after each that is recognised.

    Raises:
        NoContent: the program that recognises it is not installed.
    """
    failed = 0
    for number in range(len(document)):
        page = document[number]
        marks: list[Mark] = []
        said: list[str] = []
        if raw.FPDFPage_GetAnnotCount(page) > 0:
            said = comments(page)
            marks = show_annotations(document, page)
            page = document[number]
        label = on_one_line(document.get_page_label(number))
        content = _page(page, marks)
        if ocr and content.scan in {Scan.BARE, Scan.STAMPED} and failed < _MOST_FAILED:
            content = _recognised(page, content)
            failed = failed + 1 if content.trouble else 0
            if told:
                told((number + 1) / len(document))
        yield replace(content, number=number + 1, label=label, comments=said)


def _page(page: PdfPage, marks: Sequence[Mark]) -> Page:
    shown, on_page = page_box(page), painted(page)
    found = found_on(page, on_page.rules, on_page.strokes)
    visible = seen(page, found, on_page)
    kept = unstruck(found, visible, on_page.rules)
    for box in (mark.box for mark in marks if mark.box):
        kept &= ~box.holds_each(found.middles)
    by_angle: dict[float, list[Word]] = {0: [mark.word for mark in marks if mark.word]}
    words = found.words()
    before = {id(words[number]): bullet for number, bullet in bullets(found, kept, on_page.dots).items()}
    if before or any(map(_ANGLE, words)):
        for word in _of(words, kept):
            if bullet := before.get(id(word)):
                by_angle[0].append(bullet)
            by_angle.setdefault(word.angle, []).append(word)
    else:  # most pages
        by_angle[0] += _of(words, kept)
    level_fields(by_angle[0], marks)
    directions = sorted(by_angle, key=lambda angle: -sum(map(len, map(_TEXT, by_angle[angle]))))
    for in_order in by_angle.values():
        for order, word in enumerate(in_order):
            word.order = order
        level(in_order)
    strokes = on_page.strokes if directions[0] == 0 else []
    if found.is_from_right:
        strokes = _mirror(by_angle[0], strokes)
    bottom, top = _heights(shown, directions[0])
    return Page(
        0,
        "",
        shown,
        page.get_rotation() % 360,
        [by_angle[angle] for angle in directions if by_angle[angle]],
        bottom,
        top,
        pictures(on_page, found.middles[visible], shown) if on_page.images else 0,
        _scan(on_page, shown, visible, visible & is_unpainted(found)),
        not visible.all(),
        strokes=strokes,
    )


def _scan(on_page: Painted, shown: Box, visible: Mask, of_layer: Mask) -> Scan:
    """Return whether a page is a scan. Words that are `visible` may be those `of_layer`."""
    if sum(image.area for image in on_page.images) < SCAN * shown.area:
        return Scan.NONE
    if of_layer.any():
        return Scan.LAYERED
    words = int(visible.sum())
    return Scan.STAMPED if 0 < words <= _STAMP else Scan.NONE if words else Scan.BARE


def _mirror(words: Sequence[Word], strokes: Sequence[Stroke]) -> list[Stroke]:
    """Mirror the frame of words, and return the lines of the page in it."""
    for word in words:
        word.mirror()
    return [stroke.mirrored() for stroke in strokes]


def _of(words: list[Word], kept: Mask) -> list[Word]:
    """Return the words that are kept. Each is extended over others after it, so that they leave no wide gap."""
    if kept.all():
        return words
    last: Word | None = None
    is_spaced = False
    for word, is_kept in zip(words, kept.tolist(), strict=True):
        if is_kept:
            if is_spaced and word.text[0] not in _CLOSING:
                word.spaced = True
            last, is_spaced = word, False
            continue
        is_spaced |= word.spaced is True
        if last and last.is_beside(word):
            further = max(0.0, word.right - last.right)
            last.right, last.beyond = last.right + further, last.beyond + further
    return list(compress(words, kept))


def _recognised(page: PdfPage, scan: Page) -> Page:
    """Return a scanned page with the words that are recognised in it, if there are any."""
    if program() is None:
        raise NoContent("has scanned pages, and the program tesseract is not installed; install it, or add without OCR")
    try:
        directions = recognised(page)
    except Unrecognised as error:
        return replace(scan, trouble=str(error))
    if sum(map(len, directions)) <= sum(map(len, scan.directions)):
        return scan if scan.scan is Scan.BARE else replace(scan, scan=Scan.NONE)
    shown = Box(0, 0, *page.get_size())
    return Page(0, "", shown, 0, directions, *_heights(shown, directions[0][0].angle), is_recognised=True)


def _heights(shown: Box, angle: float) -> tuple[float, float]:
    """Return the bottom and the top of a page in the frame of text at an angle."""
    heights = [framed(x, y, angle)[1] for x in (shown.left, shown.right) for y in (shown.bottom, shown.top)]
    return min(heights), max(heights)
