"""What people see on a PDF's page is read: what is hidden or struck out is not, what is filled in is."""

import pytest

from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf, a_stream, an_image, lines, text
from tests.index.formats.pdf_pages import HARBOUR, LEFT, blocks, page

SCAN = "q 595 0 0 842 0 0 cm /I Do Q "

IMAGES = {"resources": "/XObject << /I 100 0 R >>"}


# What is seen


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(text(50, 600, "Ignore all.", before="3 Tr") + "0 Tr ", id="invisible ink"),
        pytest.param(text(50, 600, "Ignore all.", before="1 g"), id="white on white"),
        pytest.param("0.4 g 40 590 200 30 re f " + text(50, 600, "Ignore all.", before="0.4 g"), id="grey on grey"),
        pytest.param(text(50, 600, "Ignore all.") + "0 g 40 590 200 30 re f ", id="painted over"),
        pytest.param(text(50, 600, "Ignore all.", size=0.5), id="tiny"),
        pytest.param(text(700, 600, "Ignore all."), id="off the page"),
        pytest.param("q /G gs " + text(50, 600, "Ignore all.") + "Q ", id="transparent"),
        pytest.param("/OC /L BDC " + text(50, 600, "Ignore all.") + "EMC ", id="layer that is off"),
        pytest.param("q 40 500 10 10 re W n " + text(50, 600, "Ignore all.") + "Q ", id="clipped away"),
        pytest.param("q 0 0 0 0 re W n " + text(50, 600, "Ignore all.") + "Q ", id="clipped to nothing"),
    ],
)
def test_what_cannot_be_seen_is_not_read(hidden: str) -> None:
    data = a_pdf(
        text(50, 700, "Seen.") + hidden + text(50, 500, "Seen too.", before="0 g 0 Tr"),
        parts=[b"<< /Type /OCG /Name (Layer) >>"],
        more={
            "resources": "/ExtGState << /G << /ca 0 >> >> /Properties << /L 100 0 R >>",
            "catalog": "/OCProperties << /OCGs [100 0 R] /D << /OFF [100 0 R] >> >>",
        },
    )
    content = read_pdf(data)

    assert blocks(content) == ["Seen.", "Seen too."]
    assert content.unread == ("1 page with text that cannot be seen",)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("0.2 g 40 590 200 30 re f " + text(50, 600, "Read me.", before="1 g"), id="white on a plate"),
        pytest.param("0.8 g 40 590 200 30 re f " + text(50, 600, "Read me.", before="0 g"), id="black on a plate"),
        pytest.param(text(50, 600, "Read me.", before="0.6 g"), id="grey"),
        pytest.param("q 40 590 300 30 re W n " + text(50, 600, "Read me.") + "Q ", id="inside a clipping path"),
        pytest.param("BT /F1 1 Tf 11 0 0 11 50 600 Tm (Read me.) Tj ET ", id="scaled"),
        pytest.param(
            "0.5 g " + text(50, 600, "Read me.", before="0 g") + "0 g 40 400 200 30 re f ", id="beside a plate"
        ),
        pytest.param("/OC /L BDC " + text(50, 600, "Read me.") + "EMC ", id="layer that is on"),
    ],
)
def test_what_can_be_seen_is_read(shown: str) -> None:
    layers = {"resources": "/Properties << /L 100 0 R >>"}
    data = a_pdf(shown, parts=[b"<< /Type /OCG /Name (Layer) >>"], more=layers)
    content = read_pdf(data)

    assert blocks(content) == ["Read me."]
    assert content.unread == ()


STRIKE_OUT = "<< /Type /Annot /Subtype /StrikeOut /Rect [78 698 101 711] /QuadPoints [78 711 101 711 78 698 101 698] >>"


@pytest.mark.parametrize(
    ("line", "annotations", "expected"),
    [
        pytest.param("78 703 m 101 703 l S", [], "It is forty boats.", id="line"),
        pytest.param("0 g 78 702.7 23 0.6 re f", [], "It is forty boats.", id="bar"),
        pytest.param("", [STRIKE_OUT], "It is forty boats.", id="annotation"),
        pytest.param("3 w 78 703 m 101 703 l S", [], "It is forty boats.", id="thick line"),
        pytest.param("1 g 0 G 78 701 23 3.5 re f", [], "It is forty boats.", id="thick bar"),
        pytest.param("78 703 m 90 703 l S 90 703 m 101 703 l S", [], "It is forty boats.", id="line in two parts"),
        pytest.param(text(78, 700, "///////"), [], "It is forty boats.", id="slashes"),
        pytest.param(
            "BT /F1 11 Tf 0 1 -1 0 400 300 Tm (Margin) Tj ET 78 703 m 101 703 l S",
            [],
            "It is forty boats.",
            id="beside upright text",
        ),
        pytest.param("78 698.5 m 101 698.5 l S", [], "It is thirty forty boats.", id="underlined"),
        pytest.param("1 1 0 rg 78 698 23 5 re f", [], "It is thirty forty boats.", id="marked with a pen"),
        pytest.param("20 703 m 500 703 l S", [], "It is thirty forty boats.", id="line of a grid"),
    ],
)
def test_struck_text_is_not_read(line: str, annotations: list[str], expected: str) -> None:
    drawn = text(50, 700, "It is") + text(78, 700, "thirty") + text(109, 700, "forty boats.") + line

    assert blocks(read_pdf(a_pdf(drawn, annotations=annotations)))[0] == expected


def test_the_struck_part_of_a_word_is_not_read() -> None:
    drawn = text(50, 700, "It costs") + text(96, 700, "30") + text(108.2, 700, "45 pounds.") + "96 703 m 108.2 703 l S"

    assert page(drawn) == ["It costs 45 pounds."]


def test_struck_text_on_its_side_is_not_read() -> None:
    drawn = "".join(f"BT /F1 11 Tf 0 1 -1 0 400 {y} Tm ({words}) Tj ET " for y, words in ((300, "A"), (312, "hundred")))
    drawn += "BT /F1 11 Tf 0 1 -1 0 400 360 Tm (berths) Tj ET 397 312 m 397 350.5 l S"

    assert page(drawn) == ["A berths"]


def test_the_recognised_text_of_a_scan_is_its_text() -> None:
    recognised = "".join(text(50, 700 - 14 * n, line, before="3 Tr") for n, line in enumerate(LEFT))
    content = read_pdf(a_pdf(SCAN + recognised, more=IMAGES, parts=[an_image()]))

    assert blocks(content) == [" ".join(LEFT)]
    assert content.unread == ()
    assert [place.label for place in content.places] == ["page 1, text layer of a scan"]


def test_a_scan_with_a_stamp_is_told_of() -> None:
    strips = "".join(f"q 595 0 0 100 0 {100 * n} cm /I Do Q " for n in range(6))
    for scan in (SCAN, strips):
        content = read_pdf(a_pdf(scan + text(450, 20, "KEL-000123"), more=IMAGES, parts=[an_image()]))
        assert content.text == "KEL-000123"
        assert content.unread == ("1 page that is a picture with few words",)


def test_images_and_scans_without_text_are_counted() -> None:
    picture = "q 200 0 0 200 50 400 cm /I Do Q "
    content = read_pdf(a_pdf(picture + text(50, 700, "Seen."), SCAN, SCAN, more=IMAGES, parts=[an_image()]))

    assert content.unread == ("2 scanned pages without text", "1 image without text")


def widget(y: int, entries: str, width: int = 100) -> str:
    return (
        f"<< /Type /Annot /Subtype /Widget /Rect [150 {y} {150 + width} {y + 14}] /F 4 /DA (/F1 11 Tf 0 g) {entries} >>"
    )


def test_what_was_filled_into_a_form_is_read_beside_its_label() -> None:
    labels = {"Name:": 700, "Member:": 670, "Sponsor:": 640, "Berth:": 610}
    ticked = "/FT /Btn /V /Yes /AS /{} /AP << /N << /Yes 100 0 R /Off 101 0 R >> >>"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 12 12] /Resources << /Font << /F4 13 0 R >> >>"
    data = a_pdf(
        "".join(text(50, y, label) for label, y in labels.items()),
        annotations=[
            widget(697, "/FT /Tx /T (a) /V (Ada Lind)"),
            widget(667, "/T (b) " + ticked.format("Yes"), 14),
            widget(637, "/T (c) " + ticked.format("Off"), 14),
            widget(607, "/FT /Ch /Ff 131072 /T (d) /V (North quay) /Opt [(North quay) (South quay)]"),
            widget(577, "/FT /Tx /T (e) /V (hidden)").replace("/F 4", "/F 2"),
            "<< /Type /Annot /Subtype /FreeText /Rect [50 500 300 530] /Contents (Approved on 3 May.) /F 4 >>",
            "<< /Type /Annot /Subtype /Text /Rect [50 400 70 420] /Contents (A note that is closed.) >>",
        ],
        form=[0, 1, 2, 3, 4],
        parts=[a_stream(b"BT /F4 10 Tf 1 1 Td (4) Tj ET", form), a_stream(b"", form)],
    )

    assert blocks(read_pdf(data)) == [
        *("Name:\tAda Lind", "Member:\t☒", "Sponsor:\t☐", "Berth:\tNorth quay", "Approved on 3 May."),
        "A note that is closed.",
    ]


def test_a_field_is_read_beside_its_label_whose_line_is_a_little_higher() -> None:
    labels = {"Name of the boat:": 700, "Owner:": 670, "Length in metres:": 640}
    values = ("Morwenna", "Jago Trelawney", "7.8")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 100 14] /Resources << /Font << /F1 10 0 R >> >>"
    shown = [a_stream(f"BT /F1 12 Tf 2 1 Td ({value}) Tj ET".encode(), form) for value in values]
    entries = [f"/FT /Tx /T ({n}) /V ({value}) /AP << /N {100 + n} 0 R >>" for n, value in enumerate(values)]
    data = a_pdf(
        "".join(text(50, y, label) for label, y in labels.items()),
        annotations=[widget(y - 4, entry) for y, entry in zip(labels.values(), entries, strict=True)],
        form=[0, 1, 2],
        parts=shown,
    )

    assert blocks(read_pdf(data)) == [f"{label}\t{value}" for label, value in zip(labels, values, strict=True)]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown() -> None:
    drawn = "".join(f"BT 0 1 -1 0 {100 + 14 * n} 50 Tm /F1 11 Tf ({line}) Tj ET " for n, line in enumerate(HARBOUR))

    assert blocks(read_pdf(a_pdf(drawn, more={"page": "/Rotate 90"}))) == [" ".join(HARBOUR)]


def test_a_watermark_does_not_cut_the_text() -> None:
    stamp = "q 0.9 g BT 0.7 0.7 -0.7 0.7 100 600 Tm /F2 80 Tf (DRAFT) Tj ET Q "

    assert page(lines(50, 700, *HARBOUR, "work began."), stamp) == [" ".join([*HARBOUR, "work began."]), "DRAFT"]
