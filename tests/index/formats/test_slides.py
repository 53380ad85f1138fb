"""Presentations read slide by slide, with notes and comments, and each quote is cited with its slide."""

import io
import zipfile
from pathlib import Path

import pytest

from bench.office_files import slide_shape, slides
from index import Kind, read

CASES = Path(__file__).with_name("cases")


def test_slides_are_read_with_their_titles_notes_and_tables() -> None:
    document = read(CASES / "slides-survey.pptx")

    assert document.text == (
        "Survey of Rundvik harbour\n\nLiv Strand, Port Office\n\n"
        "What we found\n\nThe east pier has sunk by 14 centimetres.\nTwo of the nine bollards are loose.\n"
        "Seen by divers in June.\n\nSay that the pier stays open until October.\n\n"
        "What it costs\n\nWork\tCost\nLifting the pier\t340,000 kr\nNew bollards\t55,000 kr"
    )
    assert document.unread == ("1 hidden slide",)
    assert [fact.value for fact in document.facts] == ["Harbour survey", "Liv Strand"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Liv Strand, Port", "slide 1"),
        ("sunk by 14", "slide 2"),
        ("open until October", "notes of slide 2"),
        ("340,000 kr", "slide 3, table 1, row “Lifting the pier”, column “Cost”"),
    ],
)
def test_what_stands_on_a_slide_is_cited_with_it(words: str, expected: str) -> None:
    document = read(CASES / "slides-survey.pptx")
    start = document.text.index(words)

    assert document.place(start, start + len(words)).startswith(expected.partition(",")[0])


def test_numbers_of_lists_struck_text_and_hidden_shapes(tmp_path: Path) -> None:
    numbered = "".join(
        f"<a:p><a:pPr><a:buAutoNum type='alphaLcParenR'/></a:pPr><a:r><a:t>{words}</a:t></a:r></a:p>"
        for words in ("Moor", "Load")
    )
    runs = "<a:r><a:t>62 </a:t></a:r><a:r><a:rPr strike='sngStrike'/><a:t>49 </a:t></a:r><a:r><a:t>euros</a:t></a:r>"
    hidden = slide_shape("No", 'hidden="1"')
    shapes = f"<sp><txBody>{numbered}</txBody></sp><sp><txBody><a:p>{runs}</a:p></txBody></sp>" + hidden
    (tmp_path / "a.pptx").write_bytes(slides(shapes))
    document = read(tmp_path / "a.pptx")

    assert document.text == "a) Moor\nb) Load\n\n62 euros"
    assert [block.kind for block in document.blocks] == [Kind.ITEM, Kind.ITEM, Kind.PARAGRAPH]


def test_a_diagram_is_read_as_it_is_drawn(tmp_path: Path) -> None:
    kinds = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        with zipfile.ZipFile(
            io.BytesIO(slides(slide_shape("Plan") + "<graphicFrame><relIds/></graphicFrame>"))
        ) as whole:
            for name in whole.namelist():
                archive.writestr(name, whole.read(name))
        relation = f'<Relationship Id="r1" Type="{kinds}" Target="drawing1.xml"/>'
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", f"<Relationships>{relation}</Relationships>")
        drawn = slide_shape("Dredge first.") + slide_shape("Then build.")
        archive.writestr("ppt/slides/drawing1.xml", f"<drawing xmlns:a='a'>{drawn}</drawing>")
    document = read(tmp_path / "a.pptx")

    assert document.text == "Plan\n\nDredge first.\n\nThen build."
    assert document.unread == ()
