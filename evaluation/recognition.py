"""Which share of the words of scanned pages is read rightly?

Texts of our own are set, drawn, and spoiled as scanners, fax machines and cameras spoil pages. The figure is the share
of the words, punctuation included, that are read letter for letter and in order. Of the words that are marked because
Tesseract is unsure of them, the share that is right is printed too: of the texts on which the limit was chosen, and of
those held out. It needs the program Tesseract.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

from index.emphasis import Style
from index.formats.content import Content
from index.formats.pdf import read_pdf

_TEXTS = Path(__file__).parent / "scanned"

_FONTS = ("Times", "Helvetica", "Courier")

Spoil = Callable[[Image.Image, np.random.Generator], Image.Image]


HELD_OUT = ("letter", "minutes")
"""The texts on which no limit was chosen."""


class Read(NamedTuple):
    """How a page was read.

    Attributes:
        words: number of its words.
        right: how many of them were read rightly.
        unsure: how many words were marked as unsure.
        unsure_right: how many of those are right.
    """

    words: int
    right: int
    unsure: int
    unsure_right: int


def a_page(text: str, font: str) -> bytes:
    """Return a PDF with a text: a heading, and paragraphs."""
    paper = FPDF(unit="pt", format="A4")
    paper.add_page()
    paper.set_margins(70, 70)
    paper.set_xy(70, 70)
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        is_heading = number == 0 and not paragraph.endswith(",")
        paper.set_font(font, "B" if is_heading else "", 15 if is_heading else 10.5)
        paper.multi_cell(455, 14, paragraph, align="L" if is_heading else "J", new_x="LMARGIN", new_y="NEXT")
        paper.ln(8)
    return bytes(paper.output())


def scanned(page: bytes, resolution: int, spoil: Spoil, draw: np.random.Generator) -> bytes:
    """Return a PDF whose page is a spoiled picture of a page, of `resolution` pixels an inch."""
    with pypdfium2.PdfDocument(page) as document:
        picture: Image.Image = document[0].render(scale=resolution / 72, grayscale=True).to_pil()
    file = BytesIO()
    spoil(picture.convert("L"), draw).save(file, "PDF", resolution=resolution)
    return file.getvalue()


def _grained(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    pixels = 20 + 0.85 * np.asarray(picture, dtype=np.float64)
    return Image.fromarray((pixels + draw.normal(0, 25, pixels.shape)).clip(0, 255).astype(np.uint8))


def _aslant(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    return picture.rotate(draw.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=255)


def _sideways(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    return picture.rotate(int(draw.choice((90, 180, 270))), expand=True)


def _faxed(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    """Return a picture of black and white alone, with a speck at one of 500 places."""
    pixels = np.where(np.asarray(_grained(picture, draw)) > 140, 255, 0).astype(np.uint8)
    pixels[draw.random(pixels.shape) < 0.002] = 0
    return Image.fromarray(pixels)


def _photographed(picture: Image.Image, draw: np.random.Generator) -> Image.Image:
    """Return a picture that is out of focus, and lit from one corner."""
    height, width = picture.height, picture.width
    light = 0.35 + 0.35 * np.linspace(0, 1, width) + 0.25 * np.linspace(1, 0, height)[:, None]
    shaded = (np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2))) * light).astype(np.uint8)
    return Image.fromarray((shaded + draw.normal(0, 6, shaded.shape)).clip(0, 255).astype(np.uint8))


CONDITIONS: dict[str, tuple[int, Spoil]] = {
    "300 dots an inch": (300, lambda picture, _: picture),
    "150 dots an inch": (150, lambda picture, _: picture),
    "grey grain": (200, _grained),
    "up to 3° aslant": (200, _aslant),
    "on its side, or upside down": (200, _sideways),
    "faxed": (200, _faxed),
    "photographed": (250, _photographed),
}
"""What was done to a page → the pixels in an inch of its picture, and how that is spoiled."""


def pages(spoil: Spoil, resolution: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name of each text, the text, and a PDF of its scan."""
    draw = np.random.default_rng(0)
    for number, file in enumerate(sorted(_TEXTS.glob("*.txt"))):
        text = file.read_text("utf-8")
        yield file.stem, text, scanned(a_page(text, _FONTS[number % len(_FONTS)]), resolution, spoil, draw)


def compared(text: str, content: Content) -> Read:
    """Compare what was read with a text, word for word."""
    words, found = text.split(), list(re.finditer(r"\S+", content.text))
    blocks = SequenceMatcher(None, words, [word[0] for word in found], autojunk=False).get_matching_blocks()
    right = {number for block in blocks for number in range(block.b, block.b + block.size)}
    parts = [part for part in content.emphasis if part.style == Style.UNSURE]
    unsure = {n for n, word in enumerate(found) if any(word.start() < p.end and p.start < word.end() for p in parts)}
    return Read(len(words), len(right), len(unsure), len(unsure & right))


def _total(found: Iterable[Read]) -> Read:
    return Read(*map(sum, zip(*found, strict=True)))


def main() -> None:
    """Print the share for each condition, for all pages, and for the words that are marked."""
    of_each: dict[str, list[Read]] = {}
    for name, (resolution, spoil) in CONDITIONS.items():
        found = []
        for title, text, data in pages(spoil, resolution):
            found.append(compared(text, read_pdf(data, ocr=True)))
            of_each.setdefault(title, []).append(found[-1])
        _print(name, found)
    _print("all", [each for found in of_each.values() for each in found])
    for name, is_held_out in (("chosen on", False), ("held out", True)):
        total = _total(chain(*(found for title, found in of_each.items() if (title in HELD_OUT) is is_held_out)))
        share = total.unsure_right / max(1, total.unsure)
        print(f"marked as unsure, {name:9} {total.unsure_right:5} of {total.unsure:5} words right  {share:.1%}")


def _print(name: str, found: Sequence[Read]) -> None:
    total, worst = _total(found), min(each.right / each.words for each in found)
    of_words = f"{total.right:5} of {total.words:5} words right  {total.right / total.words:.1%}"
    print(f"{name:27} {len(found):2} pages {of_words}, worst page {worst:.1%}", flush=True)


if __name__ == "__main__":
    main()
