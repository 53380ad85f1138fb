"""Documents in the source pane as people know them: bold and italic words, slides with their notes."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import needs_chromium
from tests.page.browsing import SECONDS, add_files, marked_words
from tests.page.test_source import CASES

MARKDOWN = "# The lock\n\nThe **lock _keeper_** opens *at dawn*.\n\n<img src=x onerror=alert(1)> **<b>no</b>**"

pytestmark = needs_chromium


def test_bold_and_italic_words_are_shown_so_without_their_signs_and_marked_over_their_ends(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "lock.md").write_text(MARKDOWN, encoding="utf-8")
    add_files(page, tmp_path / "lock.md")
    text = page.locator(".source .text")
    expect(page.locator(".source h2")).to_have_text("The lock", timeout=SECONDS)
    line = text.locator("p", has_text="keeper")
    assert line.evaluate("element => element.innerText.trim()") == "The lock keeper opens at dawn."
    for word, weight, slope in (("lock ", 700, "normal"), ("keeper", 700, "italic"), ("at dawn", 400, "italic")):
        shown = line.locator("span:visible", has_text=word).first
        assert shown.evaluate(
            "element => [+getComputedStyle(element).fontWeight, getComputedStyle(element).fontStyle]"
        ) == [
            weight,
            slope,
        ]
    assert text.text_content() == MARKDOWN  # all of it is there, and what looks like HTML is text
    start = MARKDOWN.index("keeper")
    place = f"at={start - 2}-{start + 15}"
    page.evaluate("place => { location.hash = location.hash.replace(/&at=.*|$/, `&${place}`) }", place)
    expect(page.locator(".source mark.passage").first).to_be_visible()
    assert marked_words(page) == MARKDOWN[start - 2 : start + 15]


@pytest.mark.parametrize("page", [{}, {"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_slides_are_shown_as_slides_with_their_notes_below_them(page: Page, tmp_path: Path) -> None:
    add_files(page, Path(shutil.copy(CASES / "slides-survey.pptx", tmp_path)))
    slides, notes = page.locator(".source .slide"), page.locator(".source .notes")
    expect(slides).to_have_count(3, timeout=SECONDS)
    expect(slides.nth(1).locator("li")).to_have_count(3)
    page.locator(".source").scroll_into_view_if_needed()
    notes.scroll_into_view_if_needed()
    above, below = slides.nth(1).bounding_box(), notes.bounding_box()
    assert above
    assert below
    assert below["y"] == pytest.approx(above["y"] + above["height"], abs=1)
    assert (below["x"], below["width"]) == (above["x"], above["width"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    violations = Axe().run(page).response["violations"]
    assert not [each for each in violations if each["impact"] in ("serious", "critical")]
