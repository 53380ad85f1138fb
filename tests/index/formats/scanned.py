"""Pages that are pictures of text, made for tests."""

import shutil
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from PIL import Image

from tests.index.formats.pdf_files import a_pdf, a_stream, text

NEEDS_TESSERACT = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")

WORDS = "The council met nine times in the year."

PARAGRAPH = (
    "The keeper of the light was Mary Doyle, who came to the",
    "island in the spring of 1921 and stayed for thirty years. Every",
    "evening she climbed the stairs of the tower with a can of oil, re-",
    "gardless of the weather. The boat from Kelmouth brought flour,",
    "lamp glass and letters, if the sea was calm enough to land.",
)
"""The lines of a paragraph."""

JOINED = " ".join(PARAGRAPH).replace("re- gardless", "regardless")


def scan(words: str | Sequence[str], *, before: str = "", rotate: int = 0, tilt: float = 0.0) -> bytes:
    """Return a PDF with a page that is a picture of lines, after a page with the text `before`, if any.

    Args:
        words: a line, or several.
        before: the text.
        rotate: by how much a viewer turns the page so that its text is level.
        tilt: by how much the text rises, in degrees.
    """
    picture = np.array(drawn(words, tilt=tilt).rotate(rotate, expand=True).convert("L"))
    return of_pictures(picture, before=before, rotate=rotate)


def of_pictures(*pictures: npt.NDArray[np.uint8], before: str = "", rotate: int = 0, over: str = "") -> bytes:
    """Return a PDF whose pages are pictures, after a page with the text `before`, with `over` drawn over each."""
    up, across = (round(length * 72 / 150) for length in pictures[0].shape)
    images = []
    for picture in pictures:
        height, width = picture.shape
        entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        images.append(a_stream(picture.tobytes(), f"{entries} /BitsPerComponent 8"))
    names = " ".join(f"/I{number} {100 + number} 0 R" for number in range(len(images)))
    pages = [f"q {across} 0 0 {up} 0 0 cm /I{number} Do Q {over}" for number in range(len(images))]
    more = {"resources": f"/XObject << {names} >>", "page": f"/Rotate {rotate} /MediaBox [0 0 {across} {up}]"}
    return a_pdf(*([text(50, 500, before)] if before else []), *pages, parts=images, more=more)


def drawn(words: str | Sequence[str], *, red: str = "", tilt: float = 0.0) -> Image.Image:
    """Return a picture of lines, 150 pixels an inch, in which one word may be red."""
    rows = [words] if isinstance(words, str) else words
    shown = [text(60, 700 - 20 * number, row, size=16) for number, row in enumerate(rows)]
    page = "".join(shown).replace(red, f") Tj 1 0 0 rg ({red}) Tj 0 g (") if red else "".join(shown)
    with pypdfium2.PdfDocument(a_pdf(page)) as document:
        picture: Image.Image = document[0].render(scale=150 / 72).to_pil()
    return picture.convert("RGB").rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor="white")
