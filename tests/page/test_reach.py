"""Everybody can use the page: by keyboard, on a phone, without sight, in the dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.served import authorization, served
from qa import ask
from qa.reading.curve import curve_of
from qa.reading.load import default_reader, shipped_reader
from qa.share.wording import confidence
from tests.conftest import needs_chromium
from tests.page.browsing import (
    QUESTION,
    SECONDS,
    add_files,
    ask_on,
    citation_chip,
    question_box,
    screenshot,
    serious,
    tab_to,
    wait_until_ready,
)

pytestmark = needs_chromium


def test_keys_step_through_citations_return_recall_and_are_listed(page: Page) -> None:
    ask_on(page, "who is mentioned?")
    page.locator(".source .text").focus()
    page.keyboard.press("n")
    expect(page.locator(".number").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("p")
    expect(page.locator(".number").nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".number").nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(question_box(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(question_box(page)).to_have_value("who is mentioned?")
    page.locator(".source .text").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_colours_and_the_size_of_what_is_read_are_chosen_and_stay(page: Page) -> None:
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    usual, dark = page.locator(".source .text").evaluate(size), _background(page.locator("body"))
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Light", exact=True).check()
    page.get_by_label("Large", exact=True).check()
    page.get_by_role("button", name="Close", exact=True).click()
    for _ in range(2):
        expect(page.locator("html")).to_have_css("color-scheme", "light")
        assert _background(page.locator("body")) != dark
        assert page.locator(".source .text").evaluate(size) == pytest.approx(1.2 * usual)
        page.reload()
        wait_until_ready(page)


def test_how_sure_an_answer_must_be_is_set_says_what_it_means_stays_and_refuses_what_is_less_sure(page: Page) -> None:
    ask_on(page, "when was the conference opened?")
    expect(page.locator("p.answer")).to_have_count(1)
    slider, means = page.get_by_label("Least confidence"), page.locator("#sure-means")
    page.get_by_role("button", name="Settings").click()
    expect(slider).to_be_enabled(timeout=SECONDS)
    expect(means).to_contain_text("This is the usual limit")
    usual = slider.input_value()
    slider.fill("99")
    curve = curve_of(default_reader().calibration)
    assert curve  # or else: python -m evaluation.risk FILE --sample 1000 --curve
    expect(means).to_contain_text(f"answered {100 * curve.answered[99]:.0f} at this limit: ")
    expect(means).to_contain_text("More is refused than usual")
    page.wait_for_timeout(600)  # until it is kept
    page.get_by_role("button", name="Close", exact=True).click()
    ask_on(page, "when was the conference opened?", turns=2)
    expect(page.locator(".turn").nth(1).locator(".verdict")).to_have_text("Not stated.")
    page.reload()
    wait_until_ready(page)
    page.get_by_role("button", name="Settings").click()
    expect(slider).to_have_value("99", timeout=SECONDS)
    page.get_by_role("button", name="As usual").click()
    expect(slider).to_have_value(usual)
    expect(page.get_by_role("button", name="As usual")).to_be_hidden()
    page.wait_for_timeout(600)


def test_which_reader_reads_is_chosen_says_what_it_means_stays_and_is_asked_from_then_on(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    large, small = page.get_by_label("Large: right more often"), page.get_by_label("Small: faster")
    expect(large).to_be_checked(timeout=SECONDS)
    curves = {name: curve_of(shipped_reader(name).calibration) for name in ("large", "small")}
    for name, curve in curves.items():
        assert curve
        right = round(100 * curve.right[round(100 * curve.threshold)])
        expect(page.locator("#reader-means")).to_contain_text(
            re.compile(f"{name} (reader|one) answered {right} rightly")
        )
    small.check()
    usual = round(100 * shipped_reader("small").calibration.threshold)
    expect(page.get_by_label("Least confidence")).to_have_value(f"{usual}")
    expect(page.locator("#sure-means")).to_contain_text("This is the usual limit")
    assert curves["small"]
    expect(page.locator("#sure-means")).to_contain_text(f"answered {100 * curves['small'].answered[usual]:.0f} at this")
    page.get_by_role("button", name="Close", exact=True).click()
    ask_on(page, QUESTION)
    answer = ask(QUESTION, reader=shipped_reader("small"))
    expect(page.locator(".turn")).to_contain_text(confidence(answer.confidence))
    page.reload()
    wait_until_ready(page)
    page.get_by_role("button", name="Settings").click()
    expect(small).to_be_checked(timeout=SECONDS)
    large.check()
    page.get_by_role("button", name="Close", exact=True).click()
    ask_on(page, QUESTION, turns=2)
    answer = ask(QUESTION, reader=shipped_reader("large"))
    expect(page.locator(".turn").nth(1)).to_contain_text(confidence(answer.confidence))


def test_a_reader_that_was_chosen_where_cited_was_started_is_named_and_no_other_is_offered(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITED_READER", "small")
    with served(tmp_path) as (address, _), browser.new_context(extra_http_headers=authorization(address)) as context:
        page = context.new_page()
        page.goto(address)
        wait_until_ready(page)
        page.get_by_role("button", name="Settings").click()
        expect(page.locator("#reader-means")).to_contain_text("chose the reader “small” (CITED_READER)")
        expect(page.get_by_label("Large: right more often")).to_be_hidden()
        usual = round(100 * shipped_reader("small").calibration.threshold)
        expect(page.get_by_label("Least confidence")).to_have_value(f"{usual}")


def test_a_notice_of_what_failed_stays_until_it_is_dismissed_and_others_until_a_question(
    page: Page, tmp_path: Path
) -> None:
    broken, buoy = tmp_path / "broken.pdf", tmp_path / "buoy.txt"
    broken.write_bytes(b"%PDF-1.7 broken")
    buoy.write_text("The buoy off Skarv is red.", encoding="utf-8")
    add_files(page, broken, buoy)
    notice = page.locator(".notices .failed")
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page.locator(".notices .done").first).to_contain_text("buoy.txt: added", timeout=SECONDS)
    ask_on(page, "what colour is the buoy off Skarv?")
    expect(page.locator(".notices .done")).to_have_count(0)
    expect(notice).to_be_in_viewport(ratio=1)
    notice.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".notices")).to_be_hidden()


@pytest.mark.parametrize("page", [{}, {"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_the_keyboard_alone_asks_opens_a_citation_and_saves_a_card(page: Page) -> None:
    expect(question_box(page)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("p.answer")).to_have_count(1, timeout=SECONDS)
    expect(question_box(page)).to_be_focused()
    tab_to(page, "Citation 1", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(".source .text")).to_be_focused()
    expect(page.locator(".source mark.answer")).to_be_in_viewport()
    tab_to(page, "Evidence card", backwards=True)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".html")


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_on_a_phone_nothing_is_cut_off_and_a_click_leads_down_to_the_source(page: Page) -> None:
    expect(page.locator(".source h2")).not_to_be_empty()
    assert page.evaluate("scrollY") == 0
    ask_on(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(page, "phone")
    citation_chip(page, 1).click()
    expect(page.locator(".source mark.answer")).to_be_in_viewport()


@pytest.mark.parametrize(
    "page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_nothing_on_the_page_keeps_out_who_cannot_see_or_point(page: Page, request: pytest.FixtureRequest) -> None:
    ask_on(page, QUESTION)
    ask_on(page, "how many INTERPOL officers work in Antarctica?", turns=2)
    assert not serious(page)
    if "dark" in request.node.name:
        red, green, blue = map(int, re.findall(r"\d+", _background(page.locator("body")))[:3])
        assert max(red, green, blue) < 64
        screenshot(page, "dark")


def _background(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))
