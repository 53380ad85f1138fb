"""What the page shows where the server answers in another order than it was asked: the last thing wanted stays."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import needs_chromium
from tests.index.formats.pdf_files import a_pdf, lines
from tests.page.browsing import SECONDS, add_files, ask_on, marked_words, question_box, wait_until_ready

QUESTION = "who opened the conference?"

pytestmark = needs_chromium


@contextmanager
def held(page: Page, function: str) -> Iterator[list[str]]:
    """Hold the page's first call of `function` until the block ends; yield the names of all calls as they are made."""
    called: list[str] = []
    waiting: list[Route] = []

    def receive(route: Route) -> None:
        name = json.loads(route.request.post_data or "")["function"]
        called.append(name)
        if name == function and not waiting:
            waiting.append(route)
        else:
            route.continue_()

    page.route("**/call", receive)
    yield called
    for route in waiting:
        route.continue_()


def test_what_is_asked_while_a_conversation_is_restored_is_asked_in_it_and_its_answer_stays_marked(page: Page) -> None:
    ask_on(page, QUESTION)
    with held(page, "turns") as called:
        page.reload()
        wait_until_ready(page)
        question_box(page).fill("what is his position?")
        question_box(page).press("Enter")
        expect(page.locator(".pending")).to_be_visible()
        page.wait_for_timeout(300)  # in which it would be sent
        assert "turns" in called
        assert "answer" not in called
    expect(page.locator(".turn .actions")).to_have_count(2, timeout=SECONDS)
    expect(page.locator(".understood")).to_contain_text("Hamouchi")
    expect(page.locator(".turn").nth(1).locator("[aria-current]")).to_have_count(1)
    assert "Director General" in marked_words(page, "answer")
    expect(page.locator(".source mark.answer").first).to_be_in_viewport()


def test_what_a_reader_opens_while_the_place_is_restored_stays_open(page: Page, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry to Aran sails at nine.", encoding="utf-8")
    add_files(page, tmp_path / "ferry.txt")
    title = page.locator(".source h2")
    expect(title).to_have_text("ferry", timeout=SECONDS)
    page.get_by_label("Ask article").check()  # the first file of one's own may have unticked it
    ask_on(page, QUESTION)
    expect(title).not_to_have_text("ferry")
    with held(page, "turns"):
        page.reload()
        page.locator(".documents").get_by_role("button", name="ferry", exact=True).click()
        expect(title).to_have_text("ferry")
    expect(page.locator(".turn .actions")).to_have_count(1, timeout=SECONDS)
    expect(page).to_have_url(re.compile("doc="))
    expect(title).to_have_text("ferry")
    expect(page.locator(".source .text")).to_contain_text("sails at nine")


def test_of_two_places_on_a_page_the_one_opened_last_stays_marked(page: Page, tmp_path: Path) -> None:
    (tmp_path / "tides.pdf").write_bytes(a_pdf(lines(72, 700, "High water is at noon.", "Low water is at six.")))
    add_files(page, tmp_path / "tides.pdf")
    expect(page.locator(".source h2")).to_have_text("tides", timeout=SECONDS)
    text = "".join(page.locator(".source .text p").all_text_contents())
    document = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('doc')")
    places = [f"doc={document}&at={at}-{at + 4}" for at in (text.index("noon"), text.index("six."))]
    spot = page.locator(".spot.passage")
    page.evaluate("address => { location.hash = address }", places[1])
    expect(spot).to_have_count(1)
    expected = spot.bounding_box()
    page.go_back()
    expect(spot).to_have_count(0)
    with held(page, "rectangles"):
        page.evaluate("address => { location.hash = address }", places[0])
        page.evaluate("address => { location.hash = address }", places[1])
        expect(spot).to_have_count(1)
    page.wait_for_timeout(300)  # in which the first would be marked
    assert spot.bounding_box() == pytest.approx(expected)
    assert page.url.endswith(places[1].partition("&")[2])
