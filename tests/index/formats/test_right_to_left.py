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


def test_a_page_from_right_to_left_has_tables_columns_and_whole_paragraphs(tmp_path: Path) -> None:
    pdf = a_pdf_with_every_letter()

    def write(right: float, y: float, words: str) -> None:
        pdf.text(right - pdf.get_string_width(words), y, words if words.isascii() else words[::-1])

    rows = [["קו", "מבוגר", "ילד"], ["חיפה עכו", "םירבח", "חרוא"], ["יפו אשדוד", "תופסנ", "ןמוזמ"]]
    for n, row in enumerate(rows):
        for right, cell in zip((190, 140, 100), row, strict=True):
            write(right, 20 + 8 * n, cell)
    paragraph = ["הכרטיסים נמכרים על הסיפון בכל ימות השבוע ובכל", "החגים, ולא יוחזרו בשום מקרה."]
    for n, line in enumerate(paragraph):
        write(190, 60 + 6 * n, line)
    write(190, 90, "Sold on board by the crew.")
    pdf.output(str(tmp_path / "file.pdf"))
    document = read(tmp_path / "file.pdf")
    (table,) = document.tables
    found = {document.text[cell.start : cell.end]: cell for cell in table.cells}

    assert [cell.column for cell in table.cells] == [0, 1, 2] * 3
    assert document.text.endswith(f"{' '.join(paragraph)}\n\nSold on board by the crew.")
    (label,), (value,) = (document.rectangles(Span(found[words].start, found[words].end)) for words in ("קו", "ילד"))
    assert value.right < label.left
    assert label.right == pytest.approx(190 * pdf.k, abs=2)


@given(st.text("abא ב1.()", min_size=1))
def test_the_reading_order_of_a_line_loses_no_character(line: str) -> None:
    assert sorted(reading_order(line, from_right=True).replace(")", "(")) == sorted(line.replace(")", "("))
