"""A quote of a PDF has rectangles on its pages, which contain its words and no others."""

import random
from pathlib import Path

import pytest

from evaluation.rectangles import checked
from index import Document, Span, read
from index.box import Rectangle
from index.errors import SpanOutsideText
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, lines, text

CASES = Path(__file__).parent / "cases"
BODY = lines(
    80, 700, "The council met nine times in the year and heard", "reports from all of its working groups on dredg-",
    "ing, lights and safety, and it asked for a survey.",
)  # fmt: skip


def rectangles(document: Document, words: str) -> tuple[Rectangle, ...]:
    start = document.text.index(words)
    return document.rectangles(Span(start, start + len(words)))


def of(*pages: str, **more: str) -> Document:
    content = read_pdf(a_pdf(*pages, more=more))
    return Document(content.text, "any", places=content.places, blocks=content.blocks, boxes=content.boxes)


@pytest.mark.parametrize("name", ["pdf_pagebreak-report.pdf", "inspection-report.pdf", "disclaimer-report.pdf"])
def test_the_ink_of_a_quote_is_in_its_rectangles_and_no_other(name: str) -> None:
    found = checked((CASES / name).read_bytes(), 8, random.Random(1))

    assert len(found) == 8
    assert [each for each in found if not each.is_right] == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rectangles_are_on_the_page_as_it_is_shown(turn: int) -> None:
    page = f"/Rotate {turn} /MediaBox [-20 -30 595 842] /CropBox [50 400 560 800]"
    along = "".join(f"BT 0 1 -1 0 {400 + 14 * n} 500 Tm /F1 11 Tf ({line}) Tj ET " for n, line in enumerate("abc"))
    found = checked(a_pdf(BODY + along, more={"page": page}), 8, random.Random(1))

    assert len(found) == 8
    assert [each for each in found if not each.is_right] == []


def test_a_word_that_is_hyphenated_has_two_rectangles() -> None:
    document = of(BODY)
    first, second = rectangles(document, "dredging")

    assert (first.left > 250, second.left < 85) == (True, True)
    assert first.bottom - second.bottom == pytest.approx(14, abs=0.2)


def test_the_rectangle_of_a_word_does_not_cover_struck_words_after_it() -> None:
    struck = text(120, 700, "thirty") + text(152, 700, "forty pounds.") + "120 703 m 147 703 l S"
    (rectangle,) = rectangles(of(text(80, 700, "It costs") + struck), "costs")

    assert rectangle.right < 120


def test_a_quote_over_two_pages_has_rectangles_on_both() -> None:
    document = of(BODY + text(80, 60, "It is said that the lights"), text(80, 780, "were lit in May."))

    assert [each.page for each in rectangles(document, "the lights were lit")] == [1, 2]


def test_words_behind_leader_dots_have_their_own_rectangles() -> None:
    document = of(lines(50, 700, "Contents", "1 Summary ............................ 37", "2 Findings ......... 42"))

    assert [round(each.bottom) for words in ("37", "42") for each in rectangles(document, words)] == [683, 669]


def test_rectangles_come_back_from_the_process_that_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(a_pdf(BODY))

    assert len(rectangles(read(tmp_path / "report.pdf"), "council")) == 1


def test_boxes_that_do_not_fit_the_text_are_refused() -> None:
    boxes = of(BODY).boxes
    for damaged in (boxes, boxes[:-8], b"no boxes"):
        with pytest.raises(SpanOutsideText):
            Document("Short.", "any", boxes=damaged)


def test_a_page_is_called_as_the_file_calls_it() -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    document = of(*(text(50, 700, f"Words {n}.") for n in range(4)), catalog=labels)

    assert [place.label for place in document.places] == [
        *("page i (1 of 4)", "page ii (2 of 4)", "page 1 (3 of 4)", "page 2 (4 of 4)")
    ]
