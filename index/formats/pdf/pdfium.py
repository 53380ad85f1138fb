"""The words of a PDF's pages, with their style and position, as pdfium reads them."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import cos, radians, sin

from pypdfium2 import PdfDocument, PdfPage, raw

from index.formats.bidi import right_to_left_letters
from index.formats.content import normalised
from index.formats.pdf.annotations import Mark, comments, show_annotations
from index.formats.pdf.painted import Box, page_box, painted, pictures
from index.formats.pdf.recognised import recognised
from index.formats.pdf.right_to_left import Glyph, line_text, split
from index.formats.pdf.ruled import Stroke
from index.formats.pdf.style import Styles
from index.formats.pdf.visible import SCAN, Found, seen, unstruck, without
from index.formats.pdf.word import SOFT_HYPHEN, Word, level

_LINE = re.compile("[^\\s\ufffe\\x00](?:[^\r\n\ufffe]*[^\\s\ufffe\\x00])?\ufffe?")
_WORD = re.compile("[^\\s\ufffe\\x00]+\ufffe?")

_address = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""`FPDFText_GetTextObject`, declared to take and return addresses as plain numbers, which is faster."""

_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""`FPDFText_GetLooseCharBox`, declared likewise."""


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
        is_scan: whether an image covers at least half of the page, and there are no words.
        hides: whether the page has invisible words.
        is_recognised: whether its words are recognised in an image (OCR).
        comments: the comments on the page, each after the name of its author.
        strokes: the horizontal and vertical lines on the page, if its text runs to the right.
    """

    number: int
    label: str
    shown: Box
    rotation: int
    directions: list[list[Word]] = field(default_factory=list)
    bottom: float = 0.0
    top: float = 0.0
    pictures: int = 0
    is_scan: bool = False
    hides: bool = False
    is_recognised: bool = False
    comments: Sequence[str] = ()
    strokes: Sequence[Stroke] = ()


def pages(document: PdfDocument, *, ocr: bool = False) -> Iterator[Page]:
    """Yield the visible content of each page, including form fields and annotations.

    Args:
        document: the document.
        ocr: whether the text of scanned pages is recognised.
    """
    for number in range(len(document)):
        page = document[number]
        marks: list[Mark] = []
        said: list[str] = []
        if raw.FPDFPage_GetAnnotCount(page) > 0:
            said = comments(page)
            marks = show_annotations(document, page)
            page = document[number]
        label = " ".join(normalised(document.get_page_label(number)).split())
        content = _page(page, marks)
        if ocr and content.is_scan:
            content = _recognised(page)
        yield replace(content, number=number + 1, label=label, comments=said)


def _page(page: PdfPage, marks: Sequence[Mark]) -> Page:
    shown = page_box(page)
    found = list(_Text(page).found())
    on_page = painted(page)
    visible = seen(page, found, on_page)
    replaced = [mark.box for mark in marks if mark.box]
    kept = unstruck(visible, on_page)
    if replaced:
        kept = [each for each in kept if not any(box.holds(*each.middle) for box in replaced)]
    by_angle: dict[int, list[Word]] = {0: [mark.word for mark in marks if mark.word]}
    for each in kept if len(kept) == len(found) else without(found, kept):
        by_angle.setdefault(each.style.angle, []).append(each.word)
    directions = sorted(by_angle, key=lambda angle: -sum(len(word.text) for word in by_angle[angle]))
    for angle, words in by_angle.items():
        for order, word in enumerate(words):
            word.order, word.angle = order, angle
        level(words)
    heights = [_framed(x, y, directions[0])[1] for x in (shown.left, shown.right) for y in (shown.bottom, shown.top)]
    return Page(
        0,
        "",
        shown,
        page.get_rotation() % 360,
        [by_angle[angle] for angle in directions if by_angle[angle]],
        min(heights),
        max(heights),
        pictures(on_page, [each.middle for each in visible], shown) if on_page.images else 0,
        not visible and any(image.area >= SCAN * shown.area for image in on_page.images),
        len(visible) < len(found),
        strokes=on_page.strokes if directions[0] == 0 else (),
    )


def _recognised(page: PdfPage) -> Page:
    width, height = page.get_size()
    words = recognised(page)
    for order, word in enumerate(words):
        word.order = order
    shown = Box(0, 0, width, height)
    return Page(0, "", shown, 0, [words] if words else [], 0.0, height, is_scan=not words, is_recognised=bool(words))


def _framed(x: float, y: float, angle: int) -> tuple[float, float]:
    """Return a point in the frame in which text at this angle runs to the right."""
    if angle == 0:
        return x, y
    turn = radians(angle)
    return x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)


class _Text:
    """The text of a page by character index. It makes as few calls to pdfium as possible."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page.get_textpage()
        self._raw = self._page.raw
        self._address = ctypes.cast(self._raw, ctypes.c_void_p).value
        self._characters = self._read_characters()
        self._styles = Styles(self._raw)
        self._x, self._y, self._rect = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def found(self) -> Iterator[Found]:
        """Yield the words in the order of the file. If the page has right-to-left text, yield whole lines instead."""
        if right_to_left_letters(self._characters):
            yield from self._lines()
            return
        page = self._address
        for line in _LINE.finditer(self._characters):
            first, end = line.span()
            address = _address(page, first) or 0
            if address == _address(page, end - 1) and self._styles.of(first, address).angle == 0:
                yield from self._of_one_object(first, end, address)
            else:
                yield from self._of_several_objects(first, end)

    def _of_one_object(self, first: int, end: int, address: int) -> Iterator[Found]:
        """Yield the words of a line in a single style. Most lines are such, so this is optimised for speed."""
        size, bold, _, apart, *_ = style = self._styles.of(first, address)
        raw.FPDFText_GetCharOrigin(self._raw, first, self._x, self._y)
        baseline, spaced = self._y.value, None
        page, rect, place = self._address, self._rect, ctypes.addressof(self._rect)
        for match in _WORD.finditer(self._characters, first, end):
            start, stop = match.span()
            text = match[0]
            if text.isascii() or (text := _text(text)):
                _box(page, start, place)
                left = rect.left
                _box(page, stop - 1, place)
                yield Found(Word(text, left, rect.right, baseline, size, bold, spaced, 0.0, apart), address, style)
            spaced = True

    def _of_several_objects(self, first: int, end: int) -> Iterator[Found]:
        spaced = None
        for match in _WORD.finditer(self._characters, first, end):
            for start, stop, address in self._runs(*match.span()):
                text = _text(self._characters[start:stop])
                if text:
                    yield self._found(text, start, stop - 1, address, spaced=spaced)
                spaced = False
            spaced = True

    def _read_characters(self) -> str:
        """Return one code point for each of pdfium's characters. Surrogates may remain separate."""
        count = self._page.count_chars()
        buffer = (ctypes.c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        return text if len(text) == count else "".join(map(self._character, range(count)))

    def _character(self, index: int) -> str:
        is_hyphen = raw.FPDFText_IsHyphen(self._raw, index) == 1
        return "\ufffe" if is_hyphen else chr(raw.FPDFText_GetUnicode(self._raw, index))

    def _runs(self, first: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the parts of a word that have one style and no gap: start, end and address of the first text object."""
        start = last = _address(self._raw, first) or 0
        if _address(self._raw, end - 1) != last:
            for index in range(first + 1, end):
                address = _address(self._raw, index) or 0
                if address != last and not self._goes_on(index, last, address):
                    yield first, index, start
                    first, start = index, address
                last = address
        yield first, end, start

    def _goes_on(self, index: int, last: int, address: int) -> bool:
        """Return whether a character has the style of the one before it and follows it without a gap."""
        style = self._styles.of(index, address)
        if style != self._styles.of(index - 1, last):
            return False
        _, right, before = self._extent(index - 1, index - 1, style.angle)
        left, _, baseline = self._extent(index, index, style.angle)
        return abs(baseline - before) < 0.05 * style.size and -0.5 * style.size < left - right < 0.5 * style.size

    def _found(self, text: str, first: int, last: int, address: int, *, spaced: bool | None = None) -> Found:
        """Return the word from one character to another."""
        style = self._styles.of(first, address)
        left, right, baseline = self._extent(first, last, style.angle)
        word = Word(text, left, right, baseline, style.size, style.bold, spaced, 0.0, style.apart)
        return Found(word, address, style, self._box(first, last) if style.angle else None)

    def _lines(self) -> Iterator[Found]:
        """Yield each line as one word."""
        from_right = 2 * right_to_left_letters(self._characters) > sum(map(str.isalpha, self._characters))
        for line in split(self._glyphs(), "\r\n"):
            text = _text(line_text(line, from_right=from_right))
            if text:
                first, last = (extreme(line, key=lambda glyph: glyph.middle).index for extreme in (min, max))
                yield self._found(text, first, last, _address(self._raw, first) or 0)

    def _glyphs(self) -> Iterator[Glyph]:
        """Yield the characters with their painted extents."""
        half = ""
        for index, character in enumerate(self._characters):
            if "\ud800" <= character < "\udc00":
                half = character
                continue
            left, _, right, _ = self._page.get_charbox(index)
            if character != "\0":
                yield Glyph(_whole(half + character), index, left, right)
            half = ""

    def _extent(self, first: int, last: int, angle: int) -> tuple[float, float, float]:
        """Return the left edge, the right edge and the baseline of the characters in their own frame."""
        raw.FPDFText_GetCharOrigin(self._raw, first, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(self._raw, last, self._rect)
        if angle == 0:
            return self._x.value, self._rect.right, self._y.value
        left, baseline = _framed(self._x.value, self._y.value, angle)
        corners = product((self._rect.left, self._rect.right), (self._rect.bottom, self._rect.top))
        return left, max(_framed(x, y, angle)[0] for x, y in corners), baseline

    def _box(self, first: int, last: int) -> Box:
        """Return the box around two characters on the page."""
        boxes = []
        for index in (first, last):
            raw.FPDFText_GetLooseCharBox(self._raw, index, self._rect)
            boxes.append((self._rect.left, self._rect.bottom, self._rect.right, self._rect.top))
        (left, bottom, right, top), other = boxes
        return Box(min(left, other[0]), min(bottom, other[1]), max(right, other[2]), max(top, other[3]))


def _text(characters: str) -> str:
    """Return the normalised characters. Keep a soft or hard hyphen that breaks a word at the end of a line."""
    if characters.isascii():
        return characters
    hyphen = {"\ufffe": "-", SOFT_HYPHEN: SOFT_HYPHEN}.get(characters[-1], "")
    return normalised(_whole(characters)) + hyphen


def _whole(characters: str) -> str:
    """Return the text with surrogate pairs joined and lone surrogates replaced."""
    if characters.isascii():
        return characters
    return characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
