"""The list of documents in a browser: files are added and cancelled, documents renamed, filtered and sorted."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.formats.scans import program
from index.testing import numbered
from tests.conftest import needs_chromium
from tests.index.formats.scanned import NEEDS_TESSERACT, WORDS, drawn, scan
from tests.page.browsing import SECONDS, add_files, ask_on, choose, citation_chip, saved_file, screenshot

pytestmark = needs_chromium


def test_files_show_how_far_they_have_come_and_are_cancelled_while_they_wait_or_are_read(
    page: Page, tmp_path: Path
) -> None:
    annals, surge = tmp_path / "annals.txt", tmp_path / "surge.txt"
    annals.write_text("\n\n".join(numbered(number).text for number in range(150)), encoding="utf-8")
    surge.write_text("The surge came at dawn.", encoding="utf-8")
    add_files(page, annals, surge)
    notices = page.locator(".notices li")
    expect(notices.nth(1)).to_contain_text("surge.txt: waiting")
    expect(notices.nth(0)).to_contain_text("annals.txt: making it searchable", timeout=SECONDS)
    expect(notices.nth(0)).to_contain_text(re.compile("left"), timeout=SECONDS)
    assert 0 < notices.nth(0).get_by_role("progressbar").evaluate("bar => bar.position") < 1
    screenshot(page, "adding")
    page.get_by_role("button", name="Cancel surge.txt").click()
    page.get_by_role("button", name="Cancel annals.txt").click()
    expect(notices.nth(0)).to_contain_text("annals.txt: cancelled", timeout=SECONDS)
    expect(notices.nth(1)).to_contain_text("surge.txt: cancelled")
    page.reload()
    expect(page.get_by_role("checkbox", name="Ask article")).to_have_count(1, timeout=SECONDS)
    expect(page.get_by_role("checkbox", name=re.compile("annals|surge"))).to_have_count(0)


LOGS = {
    "ferry-log.txt": "Log of the ferry, 3 May 2021\n\nThe ferry Skarv carried 310 passengers.",
    "pier-log.txt": "Log of the pier, 9 June 2023\n\nThe pier was painted green by Ines Dahl.",
    "10 tides.txt": "The tide of the tenth week was the highest.",
    "9 tides.txt": "The tide of the ninth week was the lowest.",
}


def test_a_document_is_renamed_everywhere_and_the_list_is_filtered_and_sorted(page: Page, tmp_path: Path) -> None:
    for name, text in LOGS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    add_files(page, *(tmp_path / name for name in LOGS))
    expect(page.locator(".notices")).to_contain_text("9 tides.txt: added", timeout=2 * SECONDS)
    expect(page.locator(".documents .title").first).to_have_text("9 tides")
    ask_on(page, "who painted the pier green?")
    page.get_by_label("in the dossier").check()
    citation_chip(page, 1).click()

    choose(page, "pier-log", "Rename")
    page.keyboard.type("Never mind")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="pier-log", exact=True)).to_be_focused()
    choose(page, "pier-log", "Rename")
    page.keyboard.type("Été on the pier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Été on the pier", exact=True)).to_be_focused()
    expect(page.locator(".source h2")).to_have_text("Été on the pier")
    expect(page.locator("cite")).to_contain_text("Été on the pier")
    expect(citation_chip(page, 1)).to_have_attribute("aria-label", re.compile("Été on the pier"))
    expect(citation_chip(page, 1)).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("in the dossier")).to_be_checked()
    assert "Été on the pier" in saved_file(page, "Evidence card", tmp_path).read_text(encoding="utf-8")
    screenshot(page, "renamed")

    titles = page.locator(".documents .title")
    with page.expect_response(lambda answer: '"order":"title"' in (answer.request.post_data or ""), timeout=SECONDS):
        page.get_by_label("Sort the documents").select_option("By title")
    assert [each for each in titles.all_text_contents() if re.fullmatch(r"\d+ tides", each)] == ["9 tides", "10 tides"]
    page.get_by_label("Filter the documents").fill("PIER ete")
    expect(titles).to_have_text(["Été on the pier"])
    page.get_by_label("Filter the documents").fill("nowhere")
    expect(page.locator(".documents .none")).to_be_visible()
    page.reload()
    expect(page.locator("cite")).to_contain_text("Été on the pier", timeout=SECONDS)
    expect(page.get_by_label("Sort the documents")).to_have_value("title")
    assert titles.all_text_contents().index("article") < titles.all_text_contents().index("ferry-log")


@NEEDS_TESSERACT
def test_a_scan_is_read_if_the_reader_wants_it(page: Page, tmp_path: Path) -> None:
    whole, mixed = tmp_path / "scanned.pdf", tmp_path / "half-scanned.pdf"
    whole.write_bytes(scan(WORDS))
    mixed.write_bytes(scan("The harbour was dredged in spring.", before="Minutes of the harbour board, of May."))
    add_files(page, whole, mixed)
    notices = page.locator(".notices li")
    expect(notices.nth(0)).to_contain_text("scanned.pdf: a scan; its text must be recognised", timeout=SECONDS)
    expect(notices.nth(1)).to_contain_text("half-scanned.pdf: added; not read: 1 scanned page", timeout=SECONDS)
    screenshot(page, "scans")
    page.get_by_role("button", name="Read the scans in scanned.pdf (OCR)").click()
    expect(notices.nth(0)).to_contain_text("scanned.pdf: added", timeout=SECONDS)
    expect(page.locator(".source .origin")).to_have_text("scanned.pdf")
    page.get_by_role("button", name="Read the scans in half-scanned.pdf (OCR)").click()
    expect(notices.nth(1)).to_contain_text("half-scanned.pdf: added in place of its older version", timeout=SECONDS)
    expect(page.get_by_role("checkbox", name="Ask half-scanned")).to_have_count(1)


def test_a_page_without_words_says_so_and_offers_to_read_its_scan(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "minutes-of-june.pdf"
    file.write_bytes(scan(WORDS, before="Minutes of the harbour board, of June."))
    add_files(page, file)
    expect(page.locator(".notices")).to_contain_text("added; not read", timeout=SECONDS)
    expect(page.locator(".source h2")).to_have_text("minutes-of-june", timeout=SECONDS)
    page.reload()  # the notice is gone
    unread = page.locator('.leaf[data-number="2"] .unread')
    page.locator('.leaf[data-number="2"]').scroll_into_view_if_needed(timeout=SECONDS)
    expect(unread).to_contain_text("No words were read on this page", timeout=SECONDS)
    expect(page.locator('.leaf[data-number="1"] .unread')).to_have_count(0)
    unread.get_by_role("button", name="Read scans (OCR)").click()
    if program():
        expect(page.locator(".notices")).to_contain_text("added in place of its older version", timeout=SECONDS)
        expect(page.locator(".source .unread")).to_have_count(0)
    else:
        expect(page.locator(".notices")).to_contain_text("install the program tesseract", timeout=SECONDS)


@pytest.mark.parametrize("page", [{}, {"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_a_text_is_pasted_under_a_title_and_asked(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.get_by_role("button", name="Paste text").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()  # a title is missing
    screenshot(page, f"paste-{width}")
    page.get_by_label("Title", exact=True).fill(f"The keeper, on {width} pixels")
    page.get_by_label("Text", exact=True).fill(
        f"The lighthouse of isle {width} is kept by Mary Doyle.\n\n<b>She</b> is 63."
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".notices")).to_contain_text(f"The keeper, on {width} pixels: added", timeout=SECONDS)
    expect(page.locator(".source h2")).to_have_text(f"The keeper, on {width} pixels")
    expect(page.locator(".source .text")).to_contain_text("<b>She</b> is 63.")
    expect(page.locator(".source .origin")).to_have_text("pasted text")


@NEEDS_TESSERACT
def test_a_quote_from_a_picture_is_called_recognised(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "lifeboat.png"
    drawn("The lifeboat of Kelmouth is rowed by Torquil Brandywine.").save(picture)
    add_files(page, picture)
    page.get_by_role("button", name="Read the scans in lifeboat.png (OCR)").click(timeout=SECONDS)
    expect(page.locator(".notices")).to_contain_text("lifeboat.png: added", timeout=SECONDS)
    ask_on(page, "who rows the lifeboat of Kelmouth?")

    turn = page.locator(".turn")
    expect(turn.locator("cite")).to_contain_text("page 1, recognised text")
    expect(turn.locator(".proof")).to_contain_text("compared with the recognised text")
    expect(page.locator(".source .check")).to_have_text("✓ as it was recognised in the source")
    expect(page.locator('.leaf[data-number="1"] .spot').first).to_be_visible(timeout=SECONDS)
