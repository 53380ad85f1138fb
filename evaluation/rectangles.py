"""Do the rectangles of a quote contain the ink of its words, and of no other word?

Quotes are drawn at random from the text that pdfium extracts of each page, and looked for in the document. The page is
rendered. The ink of a character is what is painted inside the tight box that pdfium gives for it.
"""

import argparse
import gzip
import random
import re
from collections.abc import Iterator, Sequence
from ctypes import c_int
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from index.box import Rectangle
from index.document import Document, Place, Span
from index.formats.pdf import read_pdf

_SCALE = 3.0
"""Pixels in a point."""

_WORDS = range(1, 20)
_WORD = re.compile(r"[^\s\x00]+")
_FAINT = 60
"""Smallest difference from the paper, of 255, of a pixel that counts as ink."""

_STRAY = 0.02
"""Share of ink that may be outside: a pixel on an edge belongs to both sides."""

Mask = npt.NDArray[np.bool_]


class Checked(NamedTuple):
    """A quote that was checked.

    Attributes:
        quote: its words.
        page: number of its page, from 1.
        outside: share of its ink that is outside its rectangles.
        foreign: share of the ink inside its rectangles that belongs to other words.
    """

    quote: str
    page: int
    outside: float
    foreign: float

    @property
    def is_right(self) -> bool:
        """Whether all of its ink is inside, and no other."""
        return self.outside <= _STRAY and self.foreign <= _STRAY


class Quote(NamedTuple):
    """A quote and its characters on a page.

    Attributes:
        document: its document.
        span: its span.
        page: number of its page, from 1.
        characters: pdfium's indices of its characters on the page.
    """

    document: Document
    span: Span
    page: int
    characters: range


def quotes_of(pdf: pypdfium2.PdfDocument, data: bytes, count: int, draw: random.Random) -> Iterator[Quote]:
    """Yield `count` random quotes of a PDF; fewer if its words are not found once each."""
    content = read_pdf(data)
    document = Document(content.text, "checked", places=_numbered(content.places), boxes=content.boxes)
    for _ in range(20 * count):
        number = draw.randrange(len(pdf))
        quote = _draw(pdf[number], number + 1, document, draw)
        if quote:
            yield Quote(document, quote[0], number + 1, quote[1])
            count -= 1
        if not count:
            return


def checked(data: bytes, quotes: int, draw: random.Random) -> list[Checked]:
    """Return `quotes` random quotes of a PDF, checked. Fewer come back if its words are not found once each."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [_check(pdf[quote.page - 1], quote) for quote in quotes_of(pdf, data, quotes, draw)]


def _numbered(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places with the number of the page alone as their label, as in `page 6` for `page iv (6 of 200)`."""
    return tuple(Place(place.start, re.sub(r"page .* \((\d+) of \d+\)", r"page \1", place.label)) for place in places)


def _draw(page: pypdfium2.PdfPage, number: int, document: Document, draw: random.Random) -> tuple[Span, range] | None:
    """Return a quote as a span of the document and as a range of characters of the page."""
    text_page = page.get_textpage()
    characters = "".join(chr(raw.FPDFText_GetUnicode(text_page, n)) for n in range(text_page.count_chars()))
    words = list(_WORD.finditer(characters))
    if not words:
        return None
    first = draw.randrange(len(words))
    part = words[first : first + draw.choice(_WORDS)]
    start, end = part[0].start(), part[-1].end()
    wanted = r"\s+".join(re.escape(word[0]) for word in part).replace("\x02", "-?").replace("\ufffe", "-?")
    wanted = re.sub(r"-\?(?:\\s\+)", "-?", wanted)
    matches = list(re.finditer(rf"(?<!\S){wanted}(?!\S)", document.text))
    spans = [Span(*match.span()) for match in matches if document.place(match.start()) == f"page {number}"]
    return (spans[0], range(start, end)) if len(spans) == 1 else None


def _check(page: pypdfium2.PdfPage, quote: Quote) -> Checked:
    document, span, number, own = quote
    pixels = page.render(scale=_SCALE, draw_annots=False).to_numpy()[..., :3].astype(np.int16)
    paper = np.median(pixels.reshape(-1, 3), axis=0)
    ink: Mask = (abs(pixels - paper) > _FAINT).any(axis=-1)
    inside = _mask(ink.shape, _pixels(document.rectangles(span), number, ink.shape[0]))
    text_page = page.get_textpage()
    count = text_page.count_chars()
    of_own = _mask(ink.shape, tight_boxes(page, text_page, own)) & ink
    of_others = (
        _mask(ink.shape, tight_boxes(page, text_page, [n for n in range(count) if n not in own])) & ink & ~of_own
    )
    outside, foreign = (of_own & ~inside).sum(), (of_others & inside).sum()
    return Checked(
        document.quote(span), number, float(outside / max(1, of_own.sum())), float(foreign / max(1, of_own.sum()))
    )


def _pixels(rectangles: Sequence[Rectangle], number: int, height: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangles on a page as left, top, right and bottom, in pixels."""
    for page, left, bottom, right, top in rectangles:
        if page == number:
            yield left * _SCALE, height - top * _SCALE, right * _SCALE, height - bottom * _SCALE


def tight_boxes(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, characters: Sequence[int], scale: float = _SCALE
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the tight boxes of characters as left, top, right and bottom, in pixels; `scale` is pixels in a point."""
    width, height = (round(length * scale * 10) for length in page.get_size())
    x, y = c_int(), c_int()
    for index in characters:
        left, bottom, right, top = text_page.get_charbox(index)
        if left == right or chr(raw.FPDFText_GetUnicode(text_page, index)).isspace():
            continue
        across, up = [], []
        for corner in product((left, right), (bottom, top)):
            raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, x, y)
            across.append(x.value / 10)
            up.append(y.value / 10)
        yield min(across), min(up), max(across), max(up)


def _mask(shape: tuple[int, ...], boxes: Iterator[tuple[float, float, float, float]]) -> Mask:
    mask = np.zeros(shape, dtype=bool)
    for left, top, right, bottom in boxes:
        mask[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = True
    return mask


def main() -> None:
    """Check quotes of each file, and print the share that is right and those that are wrong."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.rectangles", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf[.gz]")
    parser.add_argument("--quotes", type=int, default=10, metavar="N", help="quotes of each file")
    options = parser.parse_args()
    right = total = 0
    for path in options.files:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        found = checked(data, options.quotes, random.Random(0))
        total += len(found)
        right += sum(each.is_right for each in found)
        print(f"{path.name:30}{sum(each.is_right for each in found):4} of {len(found)}")
        for each in found:
            if not each.is_right:
                print(
                    f"    page {each.page}, outside {each.outside:.2f}, foreign {each.foreign:.2f}: {each.quote[:90]!r}"
                )
    print(f"{right} of {total} quotes: their rectangles contain the ink of their words, and of no other word")


if __name__ == "__main__":
    main()
