"""Answers on the page lead to the source, in a real browser, on the real article."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.served import authorization
from index import Collection
from qa import ask
from tests.conftest import needs_chromium
from tests.page.browsing import (
    QUESTION,
    SECONDS,
    add_files,
    ask_on,
    citation_chip,
    marked_words,
    question_box,
    screenshot,
)

TIP_FITS = """() => {
    const overlap = (one, other) =>
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    const [tip, log] = [".tip", ".log"].map((each) => document.querySelector(each).getBoundingClientRect());
    const chips = [...document.querySelectorAll(".number")].map((each) => each.getBoundingClientRect());
    return tip.left >= 0 && tip.top >= 0 && tip.right <= innerWidth && tip.bottom <= innerHeight
        && !chips.some((chip) => overlap(chip, log) && overlap(chip, tip));
}"""
"""Whether the tip lies in the window and covers no citation that can be seen."""

pytestmark = needs_chromium


def test_the_page_is_shown_before_any_script_has_run(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False, extra_http_headers=authorization(address))
    page.goto(address)
    expect(page.get_by_role("heading", name="Cited", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Add files")).to_be_visible()
    expect(question_box(page)).to_be_in_viewport()
    page.close()


def test_the_answer_is_highlighted_where_it_stands_in_the_source(page: Page, about_the_article: Collection) -> None:
    expected = ask(QUESTION, about_the_article)
    ask_on(page, QUESTION)
    expect(page.locator("p.answer")).to_contain_text(expected.text)
    assert marked_words(page, "answer") == expected.text == "Abdel Latif Hamouchi"
    assert marked_words(page) == expected.citations[1].quote
    expect(page.locator(".source mark.answer")).to_be_in_viewport()
    expect(page.locator(".source .check")).to_have_text("✓ as it stands in the source")
    screenshot(page, "page")


def test_every_citation_and_passage_opens_the_source_at_exactly_its_words(
    page: Page, about_the_article: Collection
) -> None:
    ask_on(page, QUESTION)
    page.get_by_text("passages found").click()
    for number in (1, 2, 0):
        passage = ask(QUESTION, about_the_article).passages[number].passage
        page.locator("button.hit").nth(number).click()
        expect(page.locator("button.hit").nth(number)).to_have_attribute("aria-current", "true")
        assert marked_words(page) == passage.text
        expect(page.locator(".source mark").first).to_be_in_viewport()
    citation_chip(page, 1).click()
    assert marked_words(page, "answer") == "Abdel Latif Hamouchi"


@pytest.mark.parametrize("page", [{"viewport": {"width": 1024, "height": 600}}], indirect=True)
def test_a_citation_shows_its_sentence_in_the_window_and_over_no_other_citation(page: Page) -> None:
    ask_on(page, "who is mentioned?")
    tip = page.locator(".tip")
    expect(tip).to_be_hidden()
    for citation in page.locator(".number").all()[:6]:
        citation.hover()
        expect(tip).to_be_visible()
        assert page.evaluate(TIP_FITS)
    ask_on(page, QUESTION, turns=2)
    citation_chip(page.locator(".turn").nth(1), 1).hover()
    expect(tip).to_contain_text("opened the 47th Conference")
    expect(tip.locator("mark")).to_have_text("Abdel Latif Hamouchi")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(0, 0)
    citation_chip(page.locator(".turn").nth(1), 1).hover()
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_the_strip_shows_where_passages_stand_and_leads_there(page: Page) -> None:
    ask_on(page, QUESTION)
    ticks = page.locator(".strip").get_by_role("button")
    expect(ticks).to_have_count(1 + 5)
    ticks.nth(2).click()
    expect(page.locator(".source mark.passage").first).to_be_in_viewport()
    expect(page.locator(".strip [aria-current]")).to_have_count(1)


def test_back_forward_and_a_link_lead_to_the_same_place(page: Page, address: str) -> None:
    ask_on(page, QUESTION)
    quoted, link = marked_words(page), page.url
    page.get_by_text("passages found").click()
    page.locator("button.hit").nth(2).click()
    expect(page.locator("button.hit").nth(2)).to_have_attribute("aria-current", "true")
    found = marked_words(page)
    assert found != quoted
    page.go_back()
    expect(page.locator(".number[aria-current]")).to_have_count(1)
    assert marked_words(page) == quoted
    page.go_forward()
    expect(page.locator("button.hit").nth(2)).to_have_attribute("aria-current", "true")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".source mark.answer")).to_be_in_viewport()
    assert marked_words(page) == quoted


def test_what_is_not_stated_never_looks_like_an_answer(page: Page) -> None:
    ask_on(page, "how many INTERPOL officers work in Antarctica?")
    expect(page.locator(".verdict")).to_have_text("Not stated.")
    expect(page.locator(".turn")).to_contain_text("Antarctica")
    expect(page.locator(".turn")).to_contain_text("Related, not an answer")
    expect(page.locator("p.answer, .source mark.answer, .source mark.passage")).to_have_count(0)
    expect(page.locator(".source mark.related").first).to_be_in_viewport()
    screenshot(page, "not-stated")


def test_an_answer_that_is_a_whole_sentence_is_shown_once(page: Page) -> None:
    ask_on(page, QUESTION)
    expect(page.locator(".turn blockquote")).to_contain_text("Abdel Latif Hamouchi")
    ask_on(page, "did Abdel Latif Hamouchi open the conference?", turns=2)
    whole = page.locator(".turn").nth(1)
    expect(whole.locator("p.answer")).to_contain_text("Abdel Latif Hamouchi")
    expect(whole.locator("cite, .proof")).to_have_count(2)
    expect(whole.locator("blockquote")).to_have_count(0)


def test_the_documents_that_agree_on_a_long_answer_are_named_in_few_lines(page: Page, tmp_path: Path) -> None:
    said = "The committee has agreed to keep the ferry to Skarv running until the harbour is open again, for £38,000."
    files = [tmp_path / f"{name}.txt" for name in ("minutes of the harbour committee", "gazette of the islands")]
    for number, file in enumerate(files):
        file.write_text(f"Page {number}. {said}", encoding="utf-8")
    add_files(page, *files)
    expect(page.locator(".notices")).to_contain_text("islands.txt: added", timeout=SECONDS)
    ask_on(page, "is the ferry to Skarv running?")
    expect(page.locator(".claims dt")).to_contain_text("2 sources")
    expect(page.locator(".claims .place")).to_have_count(2)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        lines = page.locator(".claims .place").evaluate_all("all => all.map((each) => each.getClientRects().length)")
        assert max(lines) <= 3
