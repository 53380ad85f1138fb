"""Reads the words of a page from pdfium, with as few calls as possible."""

import ctypes
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, product, repeat
from typing import Any
from unicodedata import combining

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage, raw

from index.formats.bidi import right_to_left_letters
from index.formats.normal import normalised
from index.formats.pdf.found import Found, framed
from index.formats.pdf.line import GAP
from index.formats.pdf.painted import Box
from index.formats.pdf.right_to_left import Glyph, SetLine, SetWord, joined, set_words, words_in_order
from index.formats.pdf.stroke import Stroke
from index.formats.pdf.style import Styles
from index.formats.pdf.word import SOFT_HYPHEN, Part

_LINE = re.compile("[^\\s\ufffe\\x00](?:[^\r\n\ufffe]*[^\\s\ufffe\\x00])?\ufffe?")
_WORD = re.compile("[^\\s\ufffe\\x00]+\ufffe?")


def _with_addresses(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """Return a function of pdfium declared to take and return addresses as plain numbers, which is faster."""
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(function, ctypes.c_void_p).value or 0
    )


_address = _with_addresses(raw.FPDFText_GetTextObject, result=ctypes.c_void_p)
_box = _with_addresses(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p)
_origin = _with_addresses(raw.FPDFText_GetCharOrigin, ctypes.c_void_p, ctypes.c_void_p)


_SYMBOLS = {
    **dict.fromkeys("\uf06f\uf071\uf072\uf0a8", "☐"),
    "\uf0fe": "☑",
    "\uf0fd": "☒",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0e0": "→",
    "\uf0e8": "→",
}
"""What the characters of the font Wingdings show that stand by themselves. Others are taken for bullets."""

_MOST_RULES = 500
"""Largest number of lines on a page whose ends may divide words."""

_Edges = tuple[float, float, float]
"""The left edge, the right edge and the baseline, in points."""

_Span = tuple[str, int, int, int, int, int, bool | None, bool]
"""A word before it is placed: its text, the indices of its first and last character and of the character that shows
its baseline, the address of its text object, the number of its style, whether a space precedes it, and whether it is
placed by itself and not with its line."""


def found_on(page: PdfPage, rules: Sequence[Box] = (), strokes: Sequence[Stroke] = ()) -> Found:
    """Return the words on a page in the order of the file, including invisible ones.

    A line with right-to-left text, or a cell of it, is one word, whose own words are its parts.

    Args:
        page: the page.
        rules: the lines on it. A word is divided where one begins or ends that may strike out a part of it.
        strokes: the lines on it that may divide cells.
    """
    return _PageText(page, rules, strokes).found()


class _PageText:
    """The text of a page by character index."""

    def __init__(self, page: PdfPage, rules: Sequence[Box], strokes: Sequence[Stroke]) -> None:
        self._page = page.get_textpage()
        self._ends = [(x, rule.middle[1]) for rule in rules[:_MOST_RULES] for x in (rule.left, rule.right)]
        self._uprights = [stroke for stroke in strokes[:_MOST_RULES] if stroke.is_vertical]
        self._raw = self._page.raw
        self._at = ctypes.cast(self._raw, ctypes.c_void_p).value or 0
        self._characters = self._read_characters()
        self._styles = Styles(self._raw)
        self._parts: dict[int, tuple[Part, ...]] = {}
        self._is_from_right = 2 * right_to_left_letters(self._characters) > sum(map(str.isalpha, self._characters))
        self._x, self._y, self._rect = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def found(self) -> Found:
        """Return the words."""
        spans = self._words()
        texts, firsts, lasts, levels, addresses, style, spaced, alone = zip(*spans, strict=True) if spans else [()] * 8
        first, last = (self._boxes(indices).astype(np.float64) for indices in (firsts, lasts))
        shown, inverse = np.unique(np.array(levels, dtype=np.intp), return_inverse=True)
        x, y = self._origins(shown.tolist())[inverse].T
        edges = np.stack([np.where(np.array(alone, dtype=bool), x, first[:, 0]), last[:, 2], y], axis=1)
        turned: dict[int, Box] = {}
        if any(each.angle for each in self._styles.all):
            for number, angle in enumerate(self._styles.all[each].angle for each in style):
                if angle:
                    edges[number] = _own_edges(x[number], y[number], last[number], angle)
                    turned[number] = _around(first[number].tolist(), last[number].tolist())
        styles = self._styles.all, np.array(style, dtype=np.intp)
        parts = {number: self._parts[first] for number, first in enumerate(firsts) if first in self._parts}
        return Found(texts, addresses, spaced, edges, *styles, turned, parts, self._is_from_right)

    def _words(self) -> list[_Span]:
        found: list[_Span] = []
        spans = [line.span() for line in _LINE.finditer(self._characters)]
        from_right = self._lines_from_the_right(spans)
        starts = map(_address, repeat(self._at), [first for first, _ in spans])
        ends = map(_address, repeat(self._at), [end - 1 for _, end in spans])
        for (first, end), address, last in zip(spans, starts, ends, strict=True):
            number = self._styles.number(first, address or 0)
            if first in from_right:
                found += self._from_the_right(from_right[first])
            elif address == last and self._styles.all[number].angle == 0:
                found += self._of_one_object(first, end, address or 0, number)
            else:
                found += self._of_several_objects(first, end)
        return found

    def _of_one_object(self, first: int, end: int, address: int, style: int) -> list[_Span]:
        """Return the words of a line in a single style. Most lines are such, so this is optimised for speed."""
        spaced: bool | None = None
        found: list[_Span] = []
        for match in _WORD.finditer(self._characters, first, end):
            start, stop = match.span()
            text = match[0]
            if text.isascii() or (text := _text(text)):
                found.append((text, start, stop - 1, first, address, style, spaced, False))
            spaced = True
        return found

    def _of_several_objects(self, first: int, end: int) -> Iterator[_Span]:
        spaced = None
        for match in _WORD.finditer(self._characters, first, end):
            for start, stop, address in self._runs(*match.span()):
                text = _text(self._characters[start:stop])
                if text:
                    number = self._styles.number(start, address)
                    yield text, start, stop - 1, start, address, number, spaced, True
                spaced = False
            spaced = True

    def _lines_from_the_right(self, spans: Sequence[tuple[int, int]]) -> dict[int, list[SetLine]]:
        """Return the first index of each line with right-to-left text → its parts; none if it is part of another.

        On a page whose text mostly runs to the left, these are all lines.
        """
        lines: dict[int, SetLine] = {}
        for first, end in spans:
            if self._is_from_right or right_to_left_letters(self._characters[first:end]):
                glyphs = list(self._glyphs(first, end))
                level = next((glyph.index for glyph in glyphs if not combining(glyph.text[0])), first)
                style = self._styles.all[self._styles.number(level, _address(self._at, level) or 0)]
                lines[first] = SetLine(glyphs, self._extent(level, 0)[2], style.size)
        firsts = {id(line): first for first, line in lines.items()}
        found = {min(firsts[id(line)] for line in parts): parts for parts in joined(list(lines.values()))}
        return {first: found.get(first, []) for first in lines}

    def _from_the_right(self, lines: Sequence[SetLine]) -> Iterator[_Span]:
        """Yield a line with right-to-left text, or each of its cells, as one word, and keep where its words are."""
        for words in set_words(lines, self._are_apart):
            yield from self._as_one_word(words)

    def _are_apart(self, line: SetLine, left: float, right: float) -> bool:
        """Return whether a gap in a line is between two cells: it is wide, or an upright line divides it."""
        height = line.baseline + 0.3 * line.size
        is_divided = any(left <= each.at <= right and each.start <= height <= each.end for each in self._uprights)
        return self._is_from_right and (is_divided or right - left >= GAP * line.size)

    def _as_one_word(self, found: Sequence[SetWord]) -> Iterator[_Span]:
        pieces = words_in_order(found, from_right=self._is_from_right)
        words = [(text, piece) for piece in pieces if (text := _text(piece.text))]
        if not words:
            return
        glyphs = [glyph for _, word in found for glyph in word]
        left, right = (extreme(glyphs, key=lambda glyph: glyph.middle).index for extreme in (min, max))
        ends = list(accumulate(len(text) + 1 for text, _ in words))
        self._parts[left] = tuple(
            Part(last - len(text) - 1, last - 1, piece.left, piece.right)
            for (text, piece), last in zip(words, ends, strict=True)
        )
        address = _address(self._at, left) or 0
        text = " ".join(text for text, _ in words)
        yield text, left, right, left, address, self._styles.number(left, address), None, True

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
        start = last = _address(self._at, first) or 0
        if _address(self._at, end - 1) != last:
            for index in range(first + 1, end):
                address = _address(self._at, index) or 0
                if address != last and not self._goes_on(index, last, address):
                    yield first, index, start
                    first, start = index, address
                last = address
        yield first, end, start

    def _goes_on(self, index: int, last: int, address: int) -> bool:
        """Return whether a character has the style of the one before it and follows it without a gap."""
        number = self._styles.number(index, address)
        if number != self._styles.number(index - 1, last):
            return False
        style = self._styles.all[number]
        _, right, before = self._extent(index - 1, style.angle)
        left, _, baseline = self._extent(index, style.angle)
        is_next = abs(baseline - before) < 0.05 * style.size and -0.5 * style.size < left - right < 0.5 * style.size
        return is_next and not (style.angle == 0 and self._is_end(left, baseline, style.size))

    def _is_end(self, x: float, baseline: float, size: float) -> bool:
        """Return whether a line that may strike out words begins or ends at `x`."""
        return any(abs(at - x) < 0.1 * size and 0 < height - baseline < 0.6 * size for at, height in self._ends)

    def _glyphs(self, first: int, end: int) -> Iterator[Glyph]:
        """Yield the characters of a line with their painted extents."""
        half = ""
        for index, character in enumerate(self._characters[first:end], start=first):
            if "\ud800" <= character < "\udc00":
                half = character
                continue
            left, _, right, _ = self._page.get_charbox(index)
            if character != "\0":
                yield Glyph(_whole(half + character), index, left, right)
            half = ""

    def _extent(self, index: int, angle: int) -> _Edges:
        """Return the edges of a character in its own frame. It is asked for by itself, unlike those of words."""
        _box(self._at, index, ctypes.addressof(self._rect))
        _origin(self._at, index, ctypes.addressof(self._x), ctypes.addressof(self._y))
        rect = self._rect
        return _own_edges(self._x.value, self._y.value, (rect.left, rect.top, rect.right, rect.bottom), angle)

    def _boxes(self, indices: Sequence[int]) -> npt.NDArray[np.float32]:
        """Return `(characters, 4)`: the left, upper, right and lower edges of characters, as the font measures them."""
        boxes = np.zeros((len(indices), 4), dtype=np.float32)
        to = range(boxes.ctypes.data, boxes.ctypes.data + boxes.nbytes, boxes.itemsize * 4)
        deque(map(_box, repeat(self._at), indices, to), maxlen=0)
        return boxes

    def _origins(self, indices: Sequence[int]) -> npt.NDArray[np.float64]:
        """Return `(characters, 2)`: where characters begin on their baselines."""
        points = np.zeros((len(indices), 2))
        across, up = (range(at, at + points.nbytes, 16) for at in (points.ctypes.data, points.ctypes.data + 8))
        deque(map(_origin, repeat(self._at), indices, across, up), maxlen=0)
        return points


def _own_edges(x: float, y: float, box: Sequence[float], angle: int) -> _Edges:
    """Return the edges of characters in their own frame.

    Args:
        x: where the first one begins on the baseline.
        y: the height of this point.
        box: the left, upper, right and lower edges of the last one.
        angle: the direction of writing, in degrees anticlockwise.
    """
    left, top, right, bottom = box
    if angle == 0:
        return x, right, y
    begin, baseline = framed(x, y, angle)
    return begin, max(framed(*corner, angle)[0] for corner in product((left, right), (bottom, top))), baseline


def _around(first: Sequence[float], last: Sequence[float]) -> Box:
    """Return the box around two boxes of characters."""
    (left, top, right, bottom), other = first, last
    return Box(min(left, other[0]), min(bottom, other[3]), max(right, other[2]), max(top, other[1]))


def _text(characters: str) -> str:
    """Return the normalised characters. Keep a soft or hard hyphen that breaks a word at the end of a line."""
    if characters.isascii():
        return characters
    hyphen = {"\ufffe": "-", SOFT_HYPHEN: SOFT_HYPHEN}.get(characters[-1], "")
    if len(characters) == 1 and "\uf020" <= characters <= "\uf0ff":
        return _SYMBOLS.get(characters, "•")
    return normalised(_whole(characters)) + hyphen


def _whole(characters: str) -> str:
    """Return the text with surrogate pairs joined and lone surrogates replaced."""
    if characters.isascii():
        return characters
    return characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
