"""Lines from right to left are read as they were written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Span, read
from index.formats.bidi import reading_order
from tests.index.formats.made import a_pdf_with_every_letter

ARABIC = "السلام عليكم ورحمة الله (25 مئوية) في NASA سنة 2025."

ARABIC_AS_SET = ".2025 ةنس NASA يف (ةيوئم 25) هللا ةمحرو مكيلع مالسلا"

HEBREW = "הכנס נפתח ביום רביעי, 12.5.2025"

HEBREW_AS_SET = "12.5.2025 ,יעיבר םויב חתפנ סנכה"


@pytest.mark.parametrize("order", ["as a whole", "from the left", "from the right"])
def test_right_to_left_lines_of_a_pdf_read_as_they_were_written(tmp_path: Path, order: str) -> None:
    pdf = a_pdf_with_every_letter()
    for y, line in enumerate([ARABIC_AS_SET, HEBREW_AS_SET, "Left to right."]):
        x, characters = 20.0, []
        for character in line:
            characters.append((x, character))
            x += pdf.get_string_width(character)
        if order == "from the right":
            characters.reverse()
        for left, text in [(20.0, line)] if order == "as a whole" else characters:
            pdf.text(left, 20 + 20 * y, text)
    pdf.output(str(tmp_path / "file.pdf"))

    assert read(tmp_path / "file.pdf").text == f"{ARABIC}\n\n{HEBREW}\n\nLeft to right."


def test_a_word_from_right_to_left_has_a_rectangle_of_its_own(tmp_path: Path) -> None:
    pdf = a_pdf_with_every_letter()
    pdf.text(20, 20, HEBREW_AS_SET)
    pdf.text(20, 40, "Nothing else was found.")
    pdf.output(str(tmp_path / "file.pdf"))
    document = read(tmp_path / "file.pdf")
    boxes = []
    for word in ("הכנס", "נפתח", "12.5.2025", "Nothing", "else"):
        start = document.text.index(word)
        (box,) = document.rectangles(Span(start, start + len(word)))
        boxes.append(box)
        assert box.right - box.left == pytest.approx(pdf.k * pdf.get_string_width(word), rel=0.2)

    first, second, day, *_ = boxes
    assert day.right < second.left < second.right <= first.left + 2


@given(st.text("abא ב1.()", min_size=1))
def test_the_reading_order_of_a_line_loses_no_character(line: str) -> None:
    assert sorted(reading_order(line, from_right=True).replace(")", "(")) == sorted(line.replace(")", "("))
