"""What people do on the page, in a real browser."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

QUESTION = "who opened the conference?"
SECONDS = 60_000  # to wait for what may need the model to be loaded first

expect.set_options(timeout=30_000)  # a busy machine may take seconds to draw


def question_box(page: Page) -> Locator:
    return page.get_by_label("Question", exact=True)


def wait_until_ready(page: Page) -> None:
    """Wait until the documents are listed. The page is shown before, and does nothing yet."""
    expect(page.locator(".documents .shelf")).not_to_have_attribute("aria-busy", "true", timeout=SECONDS)


def citation_chip(within: Page | Locator, number: int) -> Locator:
    return within.get_by_role("button", name=re.compile(f"^Citation {number}:")).first


def ask_on(page: Page, question: str, turns: int = 1) -> None:
    """Ask, and wait until that many questions in all have been answered, and the source of the last is open."""
    question_box(page).fill(question)
    question_box(page).press("Enter")
    expect(page.locator(".turn .actions")).to_have_count(turns, timeout=2 * SECONDS)
    expect(page.locator(".turn").nth(turns - 1).locator("[aria-current]").first).to_be_attached()


def choose(page: Page, what: str, action: str) -> None:
    """Choose from the menu of a document, a conversation or the collection what is to be done with it."""
    page.get_by_role("button", name=f"What can be done with {what}").first.click()
    page.get_by_role("menuitem", name=action).click()


def serious(page: Page) -> list[str]:
    """Return the names of axe's rules that the page violates seriously."""
    violations = Axe().run(page).response["violations"]
    return [each["id"] for each in violations if each["impact"] in ("serious", "critical")]


def marked_words(page: Page, kind: str = "") -> str:
    """Return the words that are marked in the source; with `kind`, those alone that are marked so."""
    return "".join(page.locator(f".source mark{kind and '.' + kind}").all_text_contents())


def add_files(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def saved_file(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name=button).click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def tab_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is on what is called `name`."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focused = page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")
        if focused.startswith(name):
            return
    raise AssertionError(f"No Tab leads to {name}")


def screenshot(page: Page, name: str) -> None:
    """Save a picture for the documentation, if asked to: `SCREENSHOTS=docs pytest tests/page`."""
    if "SCREENSHOTS" in os.environ:
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")


def leaves_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "file") and parts.hostname not in ("127.0.0.1", "localhost")
