"""Documents on the page: added, found, read, removed."""

import re
import statistics
from pathlib import Path

import pytest
from fpdf import FPDF
from playwright.sync_api import Browser, Page, expect

from bench.served import served
from tests.conftest import needs_chromium
from tests.page.browsing import (
    SECONDS,
    add_files,
    ask_on,
    choose,
    citation_chip,
    marked_words,
    screenshot,
)

OPENED = """async (hit) => {
    const began = performance.now();
    hit.click();
    while (!hit.hasAttribute("aria-current")) await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""
"""How many milliseconds it takes until a passage that is clicked stands marked in view."""

pytestmark = needs_chromium


def test_the_first_file_of_ones_own_is_asked_alone_and_its_next_version_replaces_it(
    browser: Browser, tmp_path: Path
) -> None:
    page, note = browser.new_page(), tmp_path / "minutes.txt"
    note.write_text("The council met on Monday and voted to close the bridge for two years.", encoding="utf-8")
    with served(tmp_path):
        page.goto((tmp_path / "data" / "cited" / "open.html").as_uri())  # what `make run` opens
        page.get_by_label("Ask article").wait_for(timeout=SECONDS)
        add_files(page, note)
        expect(page.get_by_label("Ask minutes")).to_be_checked(timeout=SECONDS)
        expect(page.get_by_label("Ask article")).not_to_be_checked()
        expect(page.locator(".notices")).to_contain_text("article: no longer asked")
        expect(page.locator(".example").first).to_be_visible(timeout=SECONDS)
        note.write_text("The council met on Monday and voted to close the bridge for six years.", encoding="utf-8")
        add_files(page, note)
        expect(page.locator(".notices")).to_contain_text("in place of its older version", timeout=SECONDS)
        expect(page.get_by_label("Ask minutes")).to_have_count(1)
        expect(page.locator(".source .text")).to_contain_text("six years")
    page.close()


def test_the_cell_that_answers_is_in_view_also_in_a_column_far_to_the_right(page: Page, tmp_path: Path) -> None:
    wards = ["Ash", "Beech", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple"]
    rows = [["", *(f"{ward} ward" for ward in wards)], ["Nurses", *(str(7 * number + 30) for number in range(12))]]
    (tmp_path / "nurses.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    add_files(page, tmp_path / "nurses.csv")
    expect(page.locator(".notices")).to_contain_text("nurses.csv: added", timeout=SECONDS)
    ask_on(page, "how many nurses does the Maple ward have?")
    expect(page.locator("p.answer")).to_contain_text("107")
    expect(page.locator(".source mark.answer")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_on_a_phone_no_word_or_number_of_a_table_is_broken_and_an_address_may_be(page: Page, tmp_path: Path) -> None:
    address = f"https://example.org/{'tender/' * 9}"
    rows = [("Tenderer", "Price", "Completion"), ("Northern Spans Ltd", "£7,095,000", "October"), (address, "", "")]
    (tmp_path / "tenders.md").write_text(
        "\n".join(["|".join(rows[0]), "---|---|---", *map("|".join, rows[1:])]), encoding="utf-8"
    )
    add_files(page, tmp_path / "tenders.md")
    expect(page.locator(".source h2")).to_have_text("tenders", timeout=SECONDS)
    for word in ("Completion", "£7,095,000", "Northern"):
        lines = f"""cell => {{
            const range = document.createRange(), text = cell.querySelector("span").firstChild;
            range.setStart(text, text.data.indexOf("{word}"));
            range.setEnd(text, range.startOffset + {len(word)});
            return range.getClientRects().length;
        }}"""
        assert page.locator(".source td, .source th").filter(has_text=word).first.evaluate(lines) == 1
    assert page.locator(".source .table").evaluate("table => table.scrollWidth") <= 390


def test_exact_words_are_found_in_all_documents_and_stepped_through_by_keyboard(page: Page) -> None:
    page.locator(".source .text").focus()
    page.keyboard.press("f")
    page.keyboard.type("interpol")
    expect(page.locator(".find .count")).to_contain_text("found", timeout=SECONDS)
    page.keyboard.press("Enter")
    expect(page.locator(".find .count")).to_contain_text("1 of")
    page.keyboard.press("Enter")
    expect(page.locator(".find .count")).to_contain_text("2 of")
    expect(page.locator(".source mark.answer")).to_be_in_viewport()
    assert marked_words(page, "answer").casefold() == "interpol"
    expect(page.locator(".source mark.found")).to_have_count(1)  # the other place
    page.keyboard.press("Escape")
    expect(page.locator(".find")).to_be_hidden()
    expect(page.locator(".source mark.found")).to_have_count(0)


def test_files_are_added_asked_alone_read_and_removed(page: Page, tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for text in ("The harbour of Rosslare was built in 1906.", "The lighthouse keeper, Mary Doyle, retired in 1951."):
        pdf.add_page()
        pdf.multi_cell(0, text=text)
    pdf.output(str(tmp_path / "harbour.pdf"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    add_files(page, tmp_path / "harbour.pdf", tmp_path / "broken.pdf")
    notices = page.locator(".notices li")
    expect(notices.nth(0)).to_have_text(re.compile("harbour.pdf: added"), timeout=SECONDS)
    expect(notices.nth(1)).to_have_text(re.compile("broken.pdf is a PDF"), timeout=SECONDS)
    expect(page.get_by_role("checkbox", name="Ask harbour")).to_be_checked()  # the whole list is drawn at once
    for other in page.get_by_role("checkbox").all():
        other.set_checked(other.get_attribute("aria-label") == "Ask harbour")
    ask_on(page, "who was the lighthouse keeper?")
    assert marked_words(page, "answer") == "Mary Doyle"
    citation_chip(page, 1).hover()
    expect(page.locator(".tip").first).to_contain_text("page 2")
    expect(page.locator(".leaf img").first).to_have_js_property("complete", True)
    screenshot(page, "documents")
    choose(page, "harbour", "Remove")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("checkbox", name="Ask harbour")).to_have_count(1)
    choose(page, "harbour", "Remove")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("checkbox", name="Ask harbour")).to_have_count(0)
    page.reload()
    expect(page.locator(".proof")).to_have_text(re.compile("Its document has been removed"), timeout=SECONDS)
    citation_chip(page, 1).click()
    expect(page.locator(".source .check")).to_contain_text("has been removed")
    expect(page.locator(".source mark")).to_have_count(0)


def test_a_file_dropped_on_the_page_is_added(page: Page) -> None:
    page.evaluate(
        """() => {
            const dropped = new DataTransfer();
            dropped.items.add(new File(["The tide turned at noon."], "tide.txt", { type: "text/plain" }));
            const drop = new DragEvent("drop", { dataTransfer: dropped, bubbles: true });
            document.querySelector(".log").dispatchEvent(drop);
        }"""
    )
    expect(page.locator(".notices")).to_contain_text("tide.txt: added", timeout=SECONDS)


@pytest.mark.alone
def test_citations_in_a_long_document_open_at_once(page: Page, tmp_path: Path) -> None:
    sentence = (
        "In ward {0} the inspector of bridges counted {1} lamps, and the mayor of ward {0} paid for each of them. "
    )
    pages = "\n\n".join(sentence.format(ward, 7 * ward) * 10 for ward in range(200))  # of some 1,000 characters each
    (tmp_path / "long.txt").write_text(pages, encoding="utf-8")
    add_files(page, tmp_path / "long.txt")
    expect(page.locator(".notices")).to_contain_text("long.txt: added", timeout=3 * SECONDS)
    for turns, ward in enumerate((3, 60, 120, 190), start=1):
        ask_on(page, f"how many lamps were counted in ward {ward}?", turns)
    for summary in page.locator(".evidence summary").all():
        summary.click()
    milliseconds = []
    for hit in page.locator("button.hit").all()[:20]:
        milliseconds.append(hit.evaluate(OPENED))
        assert marked_words(page)
    assert len(milliseconds) == 20
    assert statistics.median(milliseconds) <= 200
