"""A PDF on the page: as its pages, with a quote marked over its very words."""

import io
import random
import statistics
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from fpdf import FPDF
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from evaluation.rectangles import Quote, quotes_of, tight_boxes
from index import Document
from index.formats.pdf import read_pdf
from tests.conftest import REPOSITORY, needs_chromium
from tests.index.formats.pdf_files import a_pdf, lines
from tests.page.browsing import SECONDS, add_files

pytestmark = needs_chromium

CASES = REPOSITORY / "tests" / "index" / "formats" / "cases"

PROSE = " ".join(
    f"Boat {n} left the quay with {n + 30} casks on deck, but the storm of day {n + 60} drove it back to port."
    for n in range(1, 13)
)
TWO_COLUMNS = "".join(
    lines(x, 700, *textwrap.wrap(PROSE, 42)[part]) for x, part in ((50, slice(0, 14)), (320, slice(14, 28)))
)

ARRIVED = """(number) => {
    const leaf = document.querySelector(`.leaf[data-number="${number}"]`), picture = leaf?.querySelector("img");
    const spot = leaf?.querySelector(".spot")?.getBoundingClientRect();
    const pane = document.querySelector(".pages").getBoundingClientRect();
    const isInView = spot && spot.top >= pane.top && spot.bottom <= pane.bottom;
    return Boolean(location.hash.includes("chat=") && picture?.complete && picture.naturalWidth && isInView);
}"""
"""Whether the page has gone where an address without a conversation leads, and has drawn what is marked there."""

GOES = f"""async ([address, number]) => {{
    const began = performance.now(), arrived = {ARRIVED};
    location.hash = address;
    while (!arrived(number)) await new Promise(requestAnimationFrame);
    return performance.now() - began;
}}"""
"""How many milliseconds it takes from a citation to the page with the quote marked on it, in view."""

PLACES = """(number) => {
    const leaf = document.querySelector(`.leaf[data-number="${number}"]`);
    return [leaf, ...leaf.querySelectorAll(".spot")].map((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return [left, top, right, bottom].map((edge) => edge * devicePixelRatio);
    });
}"""
"""The edges of a page, and of each part of it that is marked, in pixels of the screen."""

OPENS = """async (title) => {
    const began = performance.now(), picture = () => document.querySelector('.leaf[data-number="1"] img');
    title.click();
    while (!picture()?.naturalWidth) await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""
"""How many milliseconds it takes until a document that is clicked shows its first page."""


def right_to_left() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    fonts = Path(pytest.importorskip("matplotlib").get_data_path()) / "fonts" / "ttf"
    pdf.add_font("DejaVu", fname=fonts / "DejaVuSans.ttf")
    pdf.set_font("DejaVu", size=14)
    for line in ("הכנס נפתח ביום רביעי בנמל", "הספינה יצאה לדרך בשעה שמונה", "המנהל הודה לכל העובדים"):
        pdf.cell(0, 12, line, new_x="LMARGIN", new_y="NEXT", align="R")
    return bytes(pdf.output())


def turned(turn: int) -> bytes:
    page = f"/Rotate {turn} /MediaBox [-20 -30 595 842] /CropBox [40 400 560 800]"
    said = (f"Council {n} met in the year {n} and turned {turn} down." for n in range(1, 9))
    return a_pdf(lines(80, 700, *said), more={"page": page})


FILES = {
    **{path.name: path.read_bytes() for path in sorted(CASES.glob("*.pdf"))},
    "turned-90.pdf": turned(90),
    "turned-180.pdf": turned(180),
    "cropped.pdf": turned(0),
    "columns.pdf": a_pdf(TWO_COLUMNS),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdfs")
    for name, data in {**FILES, "hebrew.pdf": right_to_left()}.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    "page", [{"device_scale_factor": 2, "viewport": {"width": 1400, "height": 1200}}], indirect=True
)
def test_the_ink_of_a_quote_lies_in_the_rectangles_on_the_page_that_is_shown(page: Page, folder: Path) -> None:
    files = sorted(folder.iterdir())
    add_files(page, *files)
    expect(page.locator(".source h2")).to_have_text(files[-1].stem, timeout=3 * SECONDS)  # the last one is opened
    compared = 0
    for file in files:
        data = file.read_bytes()
        with pypdfium2.PdfDocument(data) as pdf:
            for quote in quotes_of(pdf, data, 1, random.Random(1)):
                show(page, quote)
                assert share_of_ink_outside(page, pdf, quote) <= 0.02, (file.name, quote.document.quote(quote.span))
                compared += 1
    assert compared == len(files)


def show(page: Page, quote: Quote) -> None:
    """Open a quote's page; offsets are the same in UTF-16 in these files."""
    address = f"doc={quote.document.id}&at={quote.span.start}-{quote.span.end}"
    page.evaluate(GOES, [address, quote.page])


def share_of_ink_outside(page: Page, pdf: pypdfium2.PdfDocument, quote: Quote) -> float:
    """Return the share of the quote's ink on the screen that lies outside what is marked."""
    picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    (left, top, right, _), *spots = page.evaluate(PLACES, quote.page)
    sheet = pdf[quote.page - 1]
    own = tight_boxes(sheet, sheet.get_textpage(), quote.characters, (right - left) / sheet.get_size()[0])
    ink = (picture < 128) & covered(picture.shape, (np.add(box, (left, top, left, top)).tolist() for box in own))
    return float((ink & ~covered(picture.shape, spots)).sum() / ink.sum())


def covered(shape: tuple[int, ...], boxes: Iterable[Sequence[float]]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    for left, top, right, bottom in boxes:
        mask[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = True
    return mask


def leaf_of(page: Page, number: int) -> Locator:
    return page.locator(f'.leaf[data-number="{number}"]')


def test_the_words_of_a_page_can_be_selected_and_a_switch_shows_the_text(page: Page, folder: Path) -> None:
    add_files(page, folder / "inspection-report.pdf")
    expect(page.locator(".source h2")).to_contain_text("Inspection Report", timeout=SECONDS)
    expect(leaf_of(page, 1).locator(".words span").first).to_be_attached(timeout=SECONDS)
    words = "document.querySelector('.leaf .words')"
    copied = page.evaluate(f"() => {{ getSelection().selectAllChildren({words}); return getSelection().toString(); }}")
    text = read_pdf((folder / "inspection-report.pdf").read_bytes()).text
    assert " ".join(copied.split())[:200] == " ".join(text.split())[:200]
    expect(page.locator(".source .text")).to_be_hidden()
    assert not [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.locator(".source .text")).to_be_visible()
    expect(page.locator(".source .pages")).to_be_hidden()
    expect(page.get_by_role("table")).to_contain_text("Repair of eastern girder")
    page.get_by_role("button", name="Pages", exact=True).click()
    expect(leaf_of(page, 1).locator("img")).to_be_visible()


@pytest.mark.alone
def test_five_hundred_pages_open_at_once_and_few_of_them_are_drawn(page: Page, tmp_path: Path) -> None:
    line = "The inspector of ward {0} counted {1} lamps on the {2}th day and wrote it down."
    pages = (lines(50, 780, *(line.format(n, 7 * n + day, day) for day in range(4))) for n in range(1, 501))
    (tmp_path / "wards.pdf").write_bytes(a_pdf(*pages))
    text = read_pdf((tmp_path / "wards.pdf").read_bytes()).text
    add_files(page, tmp_path / "wards.pdf")
    expect(page.locator(".notices")).to_contain_text("wards.pdf: added", timeout=3 * SECONDS)
    document = page.locator(".shelf").get_by_role("button", name="wards", exact=True)
    page.get_by_role("button", name="article", exact=True).click()
    expect(page.locator(".source h2")).not_to_have_text("wards")
    assert document.evaluate(OPENS) <= 1000
    milliseconds, drawn = [], []
    for number in random.Random(1).sample(range(1, 501), 20):
        start = text.index(f"The inspector of ward {number} ")
        address = f"doc={Document(text, 'wards').id}&at={start}-{start + 30}"
        page.wait_for_timeout(150)  # a reader looks at a page before the next one
        milliseconds.append(page.evaluate(GOES, [address, number]))
        drawn.append(page.locator(".leaf img").count())
    assert statistics.median(milliseconds) <= 300
    page.locator(".pages").evaluate(
        "async (pane) => { for (let n = 0; n < 200; n++) {"
        " pane.scrollTop = n * pane.scrollHeight / 200; await new Promise(requestAnimationFrame); } }"
    )
    assert max(*drawn, page.locator(".leaf img").count()) <= 8
