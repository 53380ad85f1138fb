"""Pictures of pages are read as scans are, and shown as pages."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from docx import Document as WordDocument
from PIL import Image

from index import EmptyDocument, Span, read
from index.add import find
from index.errors import ScannedFile, UnreadableFile
from index.sandbox.viewer import viewer
from index.testing import ONE_SENTENCE
from tests.index.formats.scanned import JOINED, NEEDS_TESSERACT, PARAGRAPH, WORDS, drawn

ORIENTATION = 0x0112
"""The entry of EXIF that says how a camera was held."""


def picture(form: str, *, others: int = 0) -> bytes:
    file = BytesIO()
    own = drawn(PARAGRAPH).convert("1" if form == "TIFF" else "P" if form == "GIF" else "RGB")
    options = {"save_all": True, "append_images": [drawn(WORDS).convert("1")] * others} if others else {}
    own.save(file, form, **options)
    return file.getvalue()


@NEEDS_TESSERACT
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_read_if_its_text_is_wanted(tmp_path: Path, form: str) -> None:
    file = tmp_path / "letter.any"
    file.write_bytes(picture(form))

    document = read(file, ocr=True)
    assert document.text == JOINED
    assert document.place(0) == "page 1, recognised text"
    assert document.facts == ()
    with pytest.raises(ScannedFile, match="is an image; add it with --ocr"):
        read(file)


@NEEDS_TESSERACT
def test_each_picture_of_a_file_is_a_page_that_can_be_shown(tmp_path: Path) -> None:
    data = picture("TIFF", others=1)
    (tmp_path / "letters.tif").write_bytes(data)

    document = read(tmp_path / "letters.tif", ocr=True)
    assert [place.label for place in document.places] == ["page 1, recognised text", "page 2, recognised text"]
    assert document.text == f"{JOINED}\n\n{WORDS}"
    (rectangle,) = document.rectangles(Span(len(JOINED) + 2, len(document.text)))
    assert rectangle.page == 2
    assert len(viewer.sizes("letters", data)) == 2
    shown = np.asarray(Image.open(BytesIO(viewer.png("letters", lambda: data, 2, 600))).convert("L"))
    scale = 600 / viewer.sizes("letters", data)[1][0]
    rows, columns = np.nonzero(shown < 128)
    edges = (columns.min(), shown.shape[0] - rows.max(), columns.max(), shown.shape[0] - rows.min())
    assert [edge * scale for edge in rectangle[1:]] == pytest.approx(edges, abs=5)


@NEEDS_TESSERACT
def test_a_picture_is_read_as_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    drawn(PARAGRAPH).rotate(90, expand=True).save(tmp_path / "photo.jpg", exif=exif)

    assert read(tmp_path / "photo.jpg", ocr=True).text == JOINED


def test_a_damaged_picture_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "half.png").write_bytes(picture("PNG")[:2000])

    with pytest.raises(UnreadableFile, match=ONE_SENTENCE) as refusal:
        read(tmp_path / "half.png", ocr=True)
    assert "is an image that is damaged, or too large" in str(refusal.value)


def test_pictures_in_folders_are_found_if_their_text_is_wanted(tmp_path: Path) -> None:
    photo = tmp_path / "photo.JPG"
    photo.touch()

    assert find([tmp_path]).passed_over == (photo,)
    assert find([tmp_path], ocr=True).files == (photo,)


def test_a_word_file_that_is_a_picture_is_refused_with_the_way_to_read_it(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(picture("PNG"))
    word = WordDocument()
    word.add_picture(str(tmp_path / "page.png"))
    word.save(str(tmp_path / "letter.docx"))

    with pytest.raises(EmptyDocument, match="'letter' holds no words, but 1 image; save it as a PDF") as refusal:
        read(tmp_path / "letter.docx")
    assert str(refusal.value).endswith(".")
