"""The text of a scanned page is recognised if asked for, and called so."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import Document, FolderCollection, Span, read
from index.add import add
from index.errors import Cancelled
from index.formats.content import Content, NoContent
from index.formats.pdf import read_pdf
from index.sandbox.cancel import Cancel
from index.sandbox.sandbox import Sandbox, read_file
from index.testing import BagOfWords
from tests.index.formats.pdf_files import text
from tests.index.formats.scanned import JOINED, NEEDS_TESSERACT, PARAGRAPH, WORDS, drawn, of_pictures, scan

Tesseract = Callable[[str], None]

SCALE = 150 / 72


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tesseract:
    """Put a shell script in the place of the program tesseract."""

    def put(script: str) -> None:
        program = tmp_path / "bin" / "tesseract"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    return put


def document(content: Content) -> Document:
    return Document(content.text, "scan", places=content.places, boxes=content.boxes)


def ink_inside(found: Document, quote: str, mask: np.ndarray) -> tuple[float, float]:
    """Return which share of the ink of a quote its rectangles hold, and how much more of the page they cover."""
    start = found.text.index(quote)
    held = np.zeros_like(mask)
    for _, left, bottom, right, top in found.rectangles(Span(start, start + len(quote))):
        upper, lower = round(mask.shape[0] - top * SCALE), round(mask.shape[0] - bottom * SCALE)
        held[upper:lower, round(left * SCALE) : round(right * SCALE)] = True
    rows, columns = np.nonzero(mask)
    bounds = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
    return float((mask & held).sum() / mask.sum()), float(held.sum() / bounds)


@NEEDS_TESSERACT
@pytest.mark.parametrize(("rotate", "tilt"), [(0, 0), (0, -3), (90, 1.5), (270, 0)])
def test_the_lines_of_a_scan_are_read_as_a_paragraph_where_they_are(rotate: int, tilt: float) -> None:
    found = document(read_pdf(scan(PARAGRAPH, rotate=rotate, tilt=tilt), ocr=True))
    word = np.array(drawn(PARAGRAPH, red="Kelmouth", tilt=tilt))
    held, size = ink_inside(found, "Kelmouth", (word[..., 0] > 200) & (word[..., 1] < 100))

    assert found.text == JOINED
    assert found.place(0) == "page 1, recognised text"
    assert held > 0.98
    assert size < 2.5


@NEEDS_TESSERACT
@pytest.mark.parametrize(("turn", "tilt"), [(90, 2), (180, 0), (270, -1)])
def test_a_page_that_was_put_into_the_scanner_the_wrong_way_is_read(turn: int, tilt: float) -> None:
    picture = drawn(PARAGRAPH, tilt=tilt).rotate(turn, expand=True).convert("L")
    found = document(read_pdf(of_pictures(np.array(picture)), ocr=True))
    word = np.array(drawn(PARAGRAPH, red="Kelmouth", tilt=tilt).rotate(turn, expand=True))
    held, size = ink_inside(found, "Kelmouth", (word[..., 0] > 200) & (word[..., 1] < 100))

    assert found.text == JOINED
    assert held > 0.98
    assert size < 2.5


@NEEDS_TESSERACT
def test_a_page_that_was_photographed_in_uneven_light_is_read_whole() -> None:
    picture = np.array(drawn(PARAGRAPH).convert("L"))
    light = np.linspace(0.9, 0.3, picture.shape[0])[:, None] * np.linspace(1, 0.8, picture.shape[1])

    assert read_pdf(of_pictures((picture * light).astype(np.uint8)), ocr=True).text == JOINED


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


@pytest.mark.parametrize(
    ("installed", "read"),
    [
        ("deu eng fra osd", "eng+deu+fra"),
        ("eng osd", "eng"),
        ("deu osd", "deu"),
        ("ara ces dan deu eng fra", "eng"),
        ("chi_sim eng script/Latin", "eng"),
    ],
)
def test_scans_are_read_in_the_languages_that_are_installed_if_these_are_few(
    tesseract: Tesseract, tmp_path: Path, installed: str, read: str
) -> None:
    listed = f"echo 'List of available languages:'; printf '%s\\n' {installed}"
    tesseract(f'case "$1" in --list-langs) {listed};; *) echo "$@" > {tmp_path}/asked; exit 1;; esac')
    with pytest.raises(NoContent):
        read_pdf(scan(WORDS), ocr=True)
    assert f" -l {read} " in (tmp_path / "asked").read_text()


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        ("echo 'no English here' >&2; exit 1", "no English here"),
        ("kill -SEGV $$", "code -11"),
        ("echo rubbish", "its output is not hOCR"),
        ('printf \'<p><span class="ocr_line"><span class="ocrx_word">x</span></span></p>\'', "not hOCR"),
    ],
)
def test_a_program_that_fails_is_told_with_the_cause(tesseract: Tesseract, script: str, cause: str) -> None:
    tesseract(script)
    with pytest.raises(NoContent, match=f"on which the program tesseract fails: .*{cause}"):
        read_pdf(scan(WORDS), ocr=True)

    content = read_pdf(scan(WORDS, before="Minutes of May."), ocr=True)
    assert content.text == "Minutes of May."
    assert content.unread[0].startswith("1 scanned page without text (tesseract fails: ")


@NEEDS_TESSERACT
def test_a_page_on_which_the_program_fails_costs_no_other_page(tesseract: Tesseract, tmp_path: Path) -> None:
    begun, real = tmp_path / "begun", shutil.which("tesseract")
    tesseract(f'test -e {begun} && exec {real} "$@"; touch {begun}; exit 1')
    pictures = [np.array(drawn(words).convert("L")) for words in ("The first page.", WORDS)]

    content = read_pdf(of_pictures(*pictures), ocr=True)
    assert content.text == WORDS
    assert content.unread == ("1 scanned page without text (tesseract fails: it ended with code 1)",)


def test_a_program_that_fails_on_two_pages_is_not_tried_on_the_others(tesseract: Tesseract, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    tesseract(f"echo once >> {tried}; exit 1")
    picture = np.array(drawn(WORDS).convert("L"))

    assert "5 scanned pages without text" in read_pdf(of_pictures(*[picture] * 5, before="Of May."), ocr=True).unread[0]
    assert len(tried.read_text().split()) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the program in /proc")
def test_a_program_that_hangs_ends_with_the_reading_that_is_cancelled(tesseract: Tesseract, tmp_path: Path) -> None:
    file, number = tmp_path / "scan.pdf", tmp_path / "number"
    file.write_bytes(scan(WORDS))
    tesseract(f"echo $$ > {number}.new; mv {number}.new {number}; exec sleep 60")
    cancel = Cancel()
    with ThreadPoolExecutor() as threads:
        reading = threads.submit(Sandbox(ocr=True).read_file, file, cancel)
        while not number.exists() and not reading.done():
            time.sleep(0.05)
        cancel.set()
        with pytest.raises(Cancelled):
            reading.result()

    def has_ended() -> bool:
        status = Path("/proc", number.read_text().strip(), "stat")
        return not status.exists() or status.read_text().split()[2] == "Z"

    until = time.monotonic() + 10
    while not has_ended():
        assert time.monotonic() < until
        time.sleep(0.05)


@NEEDS_TESSERACT
def test_a_scan_with_a_stamp_is_recognised_and_a_picture_with_a_title_is_left_as_it_is() -> None:
    stamped = of_pictures(np.array(drawn(PARAGRAPH).convert("L")), over=text(450, 20, "KEL-000123"))
    titled = of_pictures(np.full((842, 595), 200, np.uint8), over=text(20, 200, "The light of Kelmouth", size=16))

    assert read_pdf(stamped, ocr=True).text == f"{JOINED}\n\nKEL-000123"
    content = read_pdf(titled, ocr=True)
    assert (content.text, content.places[0].label, content.unread) == ("The light of Kelmouth", "page 1", ())


@NEEDS_TESSERACT
def test_how_many_pages_are_recognised_is_told(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(of_pictures(*[np.array(drawn(words).convert("L")) for words in (WORDS, "The end.")]))
    shares: list[float] = []
    assert read_file(file, ocr=True, told=shares.append).documents[0].text == f"{WORDS}\n\nThe end."
    assert shares == [0.5, 1.0]

    shares.clear()
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        assert [outcome.change for outcome in add([file], collection, lambda _, share: shares.append(share), ocr=True)]
    assert shares == sorted(shares)
    assert (0 < shares[0] < 0.5, shares[-1]) == (True, 1.0)


@NEEDS_TESSERACT
def test_a_word_that_is_hard_to_read_is_kept_and_marked() -> None:
    picture = drawn("The mayor of the town was Torquil Brandywine for nine years.", red="Torquil")
    pixels = np.array(picture)
    word = (pixels[..., 0] > 200) & (pixels[..., 1] < 150)
    rows, columns = np.nonzero(word)
    grey = np.array(picture.convert("L"))
    grey[rows.min() + 8 : rows.min() + 13, columns.min() : columns.max()] = 0  # struck through
    content = read_pdf(of_pictures(grey), ocr=True)
    found = Document(content.text, "scan", places=content.places, emphasis=content.emphasis)
    start, end = len("The mayor of the town was "), found.text.index(" Brandywine")

    assert found.text.startswith("The mayor of the town was ")
    assert found.text.endswith(" Brandywine for nine years.")
    assert found.unsure_in(Span(0, len(found.text))) == (Span(start, end),)
    assert found.place(start, end) == f"page 1, recognised text, “{found.text[start:end]}” may be misread"
    assert found.place(0, start) == "page 1, recognised text"
