"""Presentations read slide by slide, with notes and comments, and each quote is cited with its slide."""

import io
import zipfile
from pathlib import Path

import pytest

from bench.office_files import slide_shape, slides
from index import Kind, Role, read
from tests.index.formats.files import a_chart, a_diagram, related, with_parts

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
    runs = "<a:r><a:t>62 </a:t></a:r><a:r><a:rPr strike='sngStrike'/><a:t>49</a:t></a:r><a:r><a:t> euros</a:t></a:r>"
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


def test_a_formula_on_a_slide_keeps_its_power(tmp_path: Path) -> None:
    power = "<sSup><e><r><t>10</t></r></e><sup><r><t>6</t></r></sup></sSup>"
    runs = f"<a:r><a:t>So </a:t></a:r><oMath>{power}</oMath><a:r><a:t> cells</a:t></a:r>"
    (tmp_path / "a.pptx").write_bytes(slides(f"<sp><txBody><a:p>{runs}</a:p></txBody></sp>"))

    assert read(tmp_path / "a.pptx").text == "So 10⁶ cells"


def test_the_shapes_of_a_slide_are_read_as_they_stand_and_those_beside_it_are_not(tmp_path: Path) -> None:
    # The group is drawn at half its size in the lower right corner.
    ends = "<a:off x='6000' y='4000'/><a:ext cx='3000' cy='2000'/>"
    inside = "<a:chOff x='0' y='0'/><a:chExt cx='6000' cy='4000'/>"
    group = f"<grpSp><grpSpPr><a:xfrm>{ends}{inside}</a:xfrm></grpSpPr>{slide_shape('5', at=(0, 0))}</grpSp>"
    placed = [("4", (500, 4000)), ("3", (5000, 1000)), ("2", (0, 1500)), ("1", (0, 900)), ("Out", (-3500, 900))]
    (tmp_path / "a.pptx").write_bytes(slides(group + "".join(slide_shape(words, at=at) for words, at in placed)))

    assert read(tmp_path / "a.pptx").text.split("\n\n") == ["1", "2", "3", "4", "5"]


def test_a_hidden_group_hides_its_shapes(tmp_path: Path) -> None:
    group = f'<grpSp><nvGrpSpPr><cNvPr hidden="1"/></nvGrpSpPr>{slide_shape("Gone.")}</grpSp>'
    (tmp_path / "a.pptx").write_bytes(slides(group + slide_shape("Seen.")))

    assert read(tmp_path / "a.pptx").text == "Seen."


def test_the_words_in_charts_and_diagrams_and_on_layouts_are_read(tmp_path: Path) -> None:
    namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    frames = f'<graphicFrame {namespace}><{{}} r:{{}}="{{}}"/></graphicFrame>'
    shapes = slide_shape("Fishing") + frames.format("chart", "id", "c") + frames.format("relIds", "dm", "d")
    layout = f'<sldLayout xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{slide_shape("Draft")}'
    prompt = slide_shape("Click").replace("<cNvPr />", '<nvPr><ph type="title"/></nvPr>')
    parts = {
        "ppt/slides/_rels/slide1.xml.rels": related(
            ("c", "chart", "c.xml"), ("d", "diagramData", "d.xml"), ("l", "slideLayout", "l.xml")
        ),
        "ppt/slides/c.xml": a_chart("Catch of cod", ("Havnsund", "Skarv")),
        "ppt/slides/d.xml": a_diagram("Chair: Ada Lind"),
        "ppt/slides/l.xml": f"{layout}{prompt}</sldLayout>",
    }
    (tmp_path / "a.pptx").write_bytes(with_parts(slides(shapes), parts))
    found = read(tmp_path / "a.pptx")

    assert found.text.split("\n\n") == ["Fishing", "Catch of cod\nHavnsund, Skarv", "Chair: Ada Lind", "Draft"]
    assert found.block(found.text.index("Draft")).role == Role.FOOTER
    assert found.unread == ("1 chart",)
