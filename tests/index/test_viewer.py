"""Pages are drawn by a child process: as they are shown, and whatever the file does."""

import io
import os
import sys
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from bench.hostile_files import pdf_of_nested_forms
from index import TooDemanding, UnreadableFile
from index.sandbox.viewer import Spot, Viewer, viewer
from index.sandbox.worker import Limits
from tests.index.formats.pdf_files import a_pdf, lines, text
from tests.index.test_sandbox import children_of

PAGE = text(50, 700, "Some words.")


def picture_of(data: bytes, page: int = 1, width: int = 595, **more: object) -> Image.Image:
    viewer.sizes("any", data)
    return Image.open(io.BytesIO(viewer.png("any", bytes, page, width, **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("turn", "size"), [(0, (510, 400)), (90, (400, 510)), (180, (510, 400)), (270, (400, 510))])
def test_a_page_is_drawn_cropped_and_rotated(turn: int, size: tuple[int, int]) -> None:
    page = f"/Rotate {turn} /MediaBox [-20 -30 595 842] /CropBox [50 400 560 800]"
    data = a_pdf(PAGE, more={"page": page})

    assert viewer.sizes("any", data) == [size]
    assert picture_of(data, width=2 * size[0]).size == (2 * size[0], 2 * size[1])


def test_a_part_of_a_page_is_drawn_with_what_is_marked_in_it() -> None:
    data = a_pdf("0 0 0 rg 100 700 50 20 re f")
    picture = picture_of(data, width=200, part=(50, 650, 250, 750), spots=[Spot((90, 690, 160, 730), (255, 215, 90))])

    assert picture.size == (200, 100)
    colours = {place: picture.getpixel(place) for place in [(20, 50), (45, 25), (60, 40), (120, 40)]}
    assert colours == {(20, 50): (255,) * 3, (45, 25): (255, 215, 90), (60, 40): (0, 0, 0), (120, 40): (255,) * 3}


def test_a_page_without_colours_is_a_picture_in_greys() -> None:
    assert picture_of(a_pdf(PAGE)).mode == "L"


def test_what_is_filled_into_a_form_is_drawn() -> None:
    field = "/Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (Filled) /Rect [50 600 250 620] /F 4 /DA (/F1 11 Tf 0 g)"
    picture = picture_of(a_pdf(PAGE, annotations=[f"<< {field} >>"], form=[0]))

    assert picture.convert("L").crop((40, 220, 260, 245)).getextrema()[0] < 128  # type: ignore[operator]


def test_a_page_that_takes_too_long_is_refused_and_the_next_file_is_drawn() -> None:
    hurried = Viewer(Limits(seconds=4))
    with pytest.raises(TooDemanding, match="read its text"):
        hurried.png("bomb", pdf_of_nested_forms, 1, 600)

    assert hurried.sizes("good", a_pdf(PAGE)) == [(595, 842)]


def test_what_is_no_pdf_and_a_page_that_there_is_not_are_refused() -> None:
    for data in (b"Not a PDF", b"%PDF-1.7 broken %%EOF"):
        with pytest.raises(UnreadableFile, match="no PDF"):
            viewer.sizes("any", data)
    for page in (0, 2, -1):
        with pytest.raises(UnreadableFile, match="cannot be shown"):
            viewer.png("good", lambda: a_pdf(PAGE), page, 100)


def test_a_file_is_asked_for_again_only_if_it_is_no_longer_open() -> None:
    viewer.close()
    asked = []

    def load(name: str) -> bytes:
        asked.append(name)
        return a_pdf(PAGE)

    for name in ("one", "one", "two", "one", "three", "two"):
        viewer.png(name, partial(load, name), 1, 100)
    assert asked == ["one", "two", "three", "two"]
    viewer.close()
    viewer.png("two", lambda: load("two"), 1, 100)
    assert asked[4:] == ["two"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for child processes in /proc")
def test_the_memory_of_who_draws_is_steady_over_500_pages() -> None:
    viewer.close()
    before = set(children_of(os.getpid()))
    data = a_pdf(*(lines(50, 780, *(f"Line {n} of page {page}." for n in range(9))) for page in range(500)))
    taken = []
    assert len(viewer.sizes("long", data)) == 500
    (child,) = set(children_of(os.getpid())) - before
    for page in range(1, 501):
        viewer.png("long", bytes, page, 150)
        if page % 100 == 0:
            taken.append(int(Path(f"/proc/{child}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    assert max(taken) < 1.2 * taken[0]
