"""The text of a scanned page is recognised if asked for, and called so."""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from index import Document, Span, read
from index.formats.content import NoContent
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, a_stream, text

NEEDS_TESSERACT = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
WORDS = "The council met nine times in the year."


def scan(words: str, *, before: str = "", rotate: int = 0) -> bytes:
    """A page that is a picture of `words`, after a page with the text `before`, if any."""
    with pypdfium2.PdfDocument(a_pdf(text(60, 700, words, size=16))) as document:
        picture = document[0].render(scale=2, grayscale=True, rotation=-rotate % 360).to_numpy().squeeze()
    height, width = picture.shape
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    image = a_stream(picture.tobytes(), f"{entries} /BitsPerComponent 8")
    across, up = (595, 842) if rotate in {0, 180} else (842, 595)
    pages = [*([text(50, 700, before)] if before else []), f"q {across} 0 0 {up} 0 0 cm /I Do Q "]
    more = {"resources": "/XObject << /I 100 0 R >>", "page": f"/Rotate {rotate} /MediaBox [0 0 {across} {up}]"}
    return a_pdf(*pages, parts=[image], more=more)


@NEEDS_TESSERACT
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_scan_is_read_where_its_words_are(rotate: int) -> None:
    content = read_pdf(scan(WORDS, rotate=rotate), ocr=True)
    document = Document(content.text, "scan", places=content.places, boxes=content.boxes)
    start = content.text.index("council")
    (rectangle,) = document.rectangles(Span(start, start + len("council")))

    assert content.text == WORDS
    assert document.place(0) == "page 1, recognised text"
    assert content.unread == ()
    assert rectangle[:3] == pytest.approx((1, 94, 695), abs=6)
    assert rectangle.top == pytest.approx(714, abs=6)


@NEEDS_TESSERACT
def test_only_the_scanned_pages_of_a_file_are_recognised(tmp_path: Path) -> None:
    file = tmp_path / "mixed.pdf"
    file.write_bytes(scan(WORDS, before="Minutes of May."))

    assert [place.label for place in read(file, ocr=True).places] == ["page 1", "page 2, recognised text"]
    assert read(file).unread == ("1 scanned page without text",)


def test_a_scan_is_refused_with_the_way_to_read_it() -> None:
    with pytest.raises(NoContent, match="--ocr"):
        read_pdf(scan(WORDS))


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoContent, match="tesseract is not installed; install it"):
        read_pdf(scan(WORDS), ocr=True)
