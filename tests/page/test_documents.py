"""The list of documents in a real browser: files are added and cancelled, documents named, sought and sorted."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from index.testing import numbered
from tests.conftest import needs_chromium
from tests.page.browsing import SECONDS, add_files, screenshot

pytestmark = needs_chromium


def test_files_show_how_far_they_have_come_and_are_cancelled_while_they_wait_or_are_read(
    page: Page, tmp_path: Path
) -> None:
    long, tide = tmp_path / "long.txt", tmp_path / "tide.txt"
    long.write_text("\n\n".join(numbered(number).text for number in range(150)), encoding="utf-8")
    tide.write_text("The tide turned.", encoding="utf-8")
    add_files(page, long, tide)
    notices = page.locator(".notices li")
    expect(notices.nth(1)).to_contain_text("tide.txt: waiting")
    expect(notices.nth(0)).to_contain_text("long.txt: making it searchable", timeout=SECONDS)
    expect(notices.nth(0)).to_contain_text(re.compile("left"), timeout=SECONDS)
    assert 0 < notices.nth(0).get_by_role("progressbar").evaluate("bar => bar.position") < 1
    screenshot(page, "adding")
    page.get_by_role("button", name="Cancel tide.txt").click()
    page.get_by_role("button", name="Cancel long.txt").click()
    expect(notices.nth(0)).to_contain_text("long.txt: cancelled", timeout=SECONDS)
    expect(notices.nth(1)).to_contain_text("tide.txt: cancelled")
    page.reload()
    expect(page.get_by_role("checkbox", name="Ask article")).to_have_count(1, timeout=SECONDS)
    expect(page.get_by_role("checkbox", name=re.compile("long|tide"))).to_have_count(0)
