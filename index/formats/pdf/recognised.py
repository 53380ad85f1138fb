"""The words of a scanned page, as the program Tesseract recognises them."""

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from statistics import median

from pypdfium2 import PdfPage

from index.formats import scans
from index.formats.content import NoContent
from index.formats.normal import normalised
from index.formats.pdf.word import Word

_RESOLUTION = 300
"""Pixels in an inch of the picture in which text is recognised. Tesseract's manual asks for at least this."""

_LARGEST = 5000
"""Longer side of the picture, in pixels."""

_LONGEST = 120
"""Seconds that recognising one page may take."""

_LEAST_SURE = 30
"""Smallest confidence of a word, of 100. Below it are spots and drawings."""

_SIZE = 1.05
"""Font size, as a multiple of the height of a line from its ascenders to its descenders."""

_SAME_SIZE = 0.25
"""Largest difference between the measured size of a line and the page's usual size, as a share of that size."""

_LINE = re.compile(
    r"class='ocr_\w+' id='line_[^>]*?bbox \d+ \d+ \d+ (\d+); baseline \S+ (\S+);[^>]*?x_size ([\d.]+)"
    r"(.*?)(?=id='line_|\Z)",
    re.DOTALL,
)
_WORD = re.compile(
    r"class='ocrx_word'[^>]*?bbox (\d+) \d+ (\d+) \d+; x_wconf (\d+)[^>]*>((?:(?!</span>).)*)</span>", re.DOTALL
)
_TAG = re.compile("<[^>]*>")


def recognised(page: PdfPage) -> list[Word]:
    """Return the words of a page as it is shown, in reading order. Lengths are in points from its lower left corner.

    Raises:
        NoContent: Tesseract is not installed, fails, or takes too long.
    """
    program = scans.program()
    if program is None:
        raise NoContent("has scanned pages, and the program tesseract is not installed; install it, or add without OCR")
    scale = min(_RESOLUTION / 72, _LARGEST / max(page.get_size()))
    picture = page.render(scale=scale, grayscale=True).to_numpy().squeeze()
    height, width = picture.shape
    data = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    command = [program, "-", "-", "--dpi", str(round(scale * 72)), "-c", "tessedit_create_hocr=1"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_LONGEST, check=True)
    except subprocess.TimeoutExpired as error:
        raise NoContent(f"has a page on which text is not recognised in {_LONGEST} s; add without OCR") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoContent(f"has pages in which tesseract recognises no text ({error}); add without OCR") from error
    return list(_words(done.stdout.decode("utf-8", "replace"), height, scale))


def _words(hocr: str, height: int, scale: float) -> Iterator[Word]:
    """Yield the words of Tesseract's output, in which lengths are in pixels from the upper left corner."""
    lines = [(int(bottom) + float(rise), float(size), words) for bottom, rise, size, words in _LINE.findall(hocr)]
    usual = median(size for _, size, _ in lines) if lines else 0.0
    for baseline, measured, words in lines:
        size = usual if abs(measured - usual) <= _SAME_SIZE * usual else measured
        for left, right, sureness, marked in _WORD.findall(words):
            text = "".join(normalised(unescape(_TAG.sub("", marked))).split())
            if text and int(sureness) >= _LEAST_SURE:
                edges = int(left) / scale, int(right) / scale, (height - baseline) / scale
                yield Word(text, *edges, _SIZE * size / scale, spaced=True)
