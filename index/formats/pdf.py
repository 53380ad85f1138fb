"""PDF: the text of its pages. The only module that imports pypdfium2."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING

from index.document import Place
from index.formats.bidi import reading_order, right_to_left_letters
from index.formats.content import Content, NoContent, normalised

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_FIRST, _LAST = b"%PDF-", b"%%EOF"

_REACH = 1024
"""Bytes at a file's beginning and end in which viewers look for its first and its last mark."""

_LONGEST_WORD = 200
"""Characters from which what has no space in it is no word, and is left as it is."""

_pdfium = Lock()
"""Held by the one thread at a time that may use pdfium."""

_WORDS = re.compile(r"\w+(?:-\w+)*")
_BROKEN_WORD = re.compile(r"(\w{1,100})\ufffe(\w{1,100})")
"""A word that the end of a line cuts at a hyphen, for which pdfium puts a character that is none."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character with the marks on it, and how far it reaches over the page, in points from its left."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def is_pdf(data: bytes) -> bool:
    """Return whether `data` begins as a PDF does, or is one behind a few bytes of something else."""
    return data.startswith(_FIRST) or (_FIRST in data[:_REACH] and _is_whole(data))


def read_pdf(data: bytes) -> Content:
    """Return the text of a PDF, page by page.

    A word that was hyphenated at the end of a line is whole again. Right-to-left writing stands in the order in which
    it is read; pdfium gives it in the order in which the file's maker happened to set it.

    Raises:
        NoContent: the file is damaged, cut short or encrypted, or has no page or no text.
    """
    import pypdfium2

    if not _is_whole(data):
        raise NoContent("is a PDF that is cut short; get the whole file again")
    try:
        with _pdfium, pypdfium2.PdfDocument(data[data.find(_FIRST) :]) as document:
            pages = [_page_text(page.get_textpage()) for page in document]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise NoContent("is a PDF that a password protects; save it without one") from error
        raise NoContent("is a PDF that is damaged, or has no pages; get or make it again") from error
    if not any(any(map(str.isalnum, page)) for page in pages):
        raise NoContent("is a PDF without text, a scan perhaps; have its text recognised (OCR) first")
    return _joined([normalised(page).strip() for page in _rejoined(pages)])


def _is_whole(data: bytes) -> bool:
    return _LAST in data.rstrip(b"\0\t\n\f\r ")[-_REACH:]


def _joined(pages: list[str]) -> Content:
    """Return the pages as one text, each but the empty ones a place."""
    places, length = [], 0
    for number, page in enumerate(pages, start=1):
        if page:
            places.append(Place(length, f"page {number}"))
            length += len(page) + 1
    return Content("\n".join(filter(None, pages)), tuple(places))


def _rejoined(pages: list[str]) -> list[str]:
    """Return the pages with broken words rejoined, and with their hyphens where the word has one elsewhere."""
    if not any("\ufffe" in page for page in pages):
        return pages
    words = {word.lower() for page in pages for word in _WORDS.findall(page)}

    def join(broken: re.Match[str]) -> str:
        first, second = broken.groups()
        hyphenated = f"{first}-{second}"
        known = {word for word in (first + second, hyphenated) if word.lower() in words}
        # A name or a number keeps its hyphen: Anne-Marie, COVID-19.
        return hyphenated if hyphenated in known or (not known and not second[0].islower()) else first + second

    return [_BROKEN_WORD.sub(join, page).replace("\ufffe", "-") for page in pages]


def _page_text(page: "PdfTextPage") -> str:
    """Return a page's text; pages with right-to-left writing are put together from where their characters stand."""
    text: str = page.get_text_range(errors="replace")
    from_right = right_to_left_letters(text)
    if not from_right:
        return text
    lines = _split(_glyphs(page), "\r\n")
    runs_from_right = 2 * from_right > sum(map(str.isalpha, text))
    return "\n".join(_line_text(line, from_right=runs_from_right) for line in lines)


def _line_text(line: list[_Glyph], *, from_right: bool) -> str:
    text = "".join(glyph.text for glyph in line)
    if not right_to_left_letters(text):
        return text
    # Where spaces stand is not to be relied on; that they part words is.
    words = [_marked(word) for word in _split(line, " \t\xa0")]
    words.sort(key=lambda word: word[0].left + word[-1].right)
    set_line = [glyph.text for word in words for glyph in (*word, _Glyph(" ", 0, 0))]
    return reading_order(set_line[:-1], from_right=from_right)


def _split(glyphs: Iterable[_Glyph], separators: str) -> list[list[_Glyph]]:
    parts = groupby(glyphs, key=lambda glyph: glyph.text in separators)
    return [list(part) for is_separator, part in parts if not is_separator]


def _marked(word: list[_Glyph]) -> list[_Glyph]:
    """Return the word from left to right, each mark with the letter that it stands on."""
    if len(word) > _LONGEST_WORD:
        return word
    marks = [glyph for glyph in word if unicodedata.combining(glyph.text)]
    letters = [glyph for glyph in word if not unicodedata.combining(glyph.text)]
    if not letters:
        return word
    texts = [letter.text for letter in letters]
    for mark in marks:
        distances = [abs(letter.middle - mark.middle) for letter in letters]
        texts[distances.index(min(distances))] += mark.text
    marked = (replace(letter, text=text) for letter, text in zip(letters, texts, strict=True))
    return sorted(marked, key=lambda glyph: glyph.middle)


def _glyphs(page: "PdfTextPage") -> Iterator[_Glyph]:
    from pypdfium2 import raw

    first_half = 0
    for index in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:
            first_half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((first_half - 0xD800) << 10) + code - 0xDC00 if first_half else 0xFFFD
        left, _, right, _ = page.get_charbox(index)
        if code:
            yield _Glyph("\ufffe" if raw.FPDFText_IsHyphen(page, index) == 1 else chr(code), left, right)
        first_half = 0
