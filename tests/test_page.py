"""The page in a real browser, served by the real program, on the real article."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gradio_client import Client
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from index import Collection
from qa import ask

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM = next(
    filter(None, map(shutil.which, (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome"))), None
)
QUESTION = "who opened the conference?"
HOSTILE = (
    "The minister said <img src=x onerror=alert(1)> ${alert(2)} {{value}} **bold** [here](http://example.com) 😀 ﷽."
)
SECONDS = 60_000  # to wait for what may need the model to be loaded first

expect.set_options(timeout=30_000)  # a busy machine may take seconds to draw

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; `make test` says how to get one")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page as `make run` does, with folders of its own."""
    home = tmp_path_factory.mktemp("home")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings = {
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "GRADIO_TEMP_DIR": str(home / "uploads"),
        "GRADIO_SERVER_PORT": str(port),
    }
    with subprocess.Popen([sys.executable, "app.py"], cwd=REPOSITORY, env=os.environ | settings) as process:
        yield _answering(f"http://127.0.0.1:{port}")
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the page, and fail at the end if it asked anything of another host, raised an error or opened a dialog."""
    complaints: list[str] = []
    page = browser.new_page(**getattr(request, "param", {}))
    page.on("request", lambda sent: complaints.append(sent.url) if _leaves_this_machine(sent.url) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(address)
    _question(page).wait_for()
    yield page
    page.close()
    assert not complaints


def test_the_answer_is_highlighted_where_it_stands_in_the_source(page: Page, about_the_article: Collection) -> None:
    expected = ask(QUESTION, about_the_article)
    _ask(page, QUESTION)
    answer = page.locator("mark.answer")
    expect(answer).to_have_text(expected.text)
    expect(answer).to_have_text("Abdel Latif Hamouchi")
    expect(page.locator("mark.passage").first).to_contain_text("The Director General of National Security")
    expect(answer).to_be_in_viewport()
    expect(page.locator("p.answer")).to_have_text(expected.text)
    if "SCREENSHOTS" in os.environ:
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / "page.png")


def test_a_click_on_another_passage_moves_the_source_to_it(page: Page, about_the_article: Collection) -> None:
    _ask(page, QUESTION)
    hits = ask(QUESTION, about_the_article).passages
    for number in (1, 2, 0):
        _passages(page).nth(number).click()
        marked = page.locator("#source mark.passage")
        # At its beginning: passages overlap, so that the one before may hold it too.
        expect(marked.first).to_have_text(re.compile("^" + re.escape(hits[number].passage.text[:30])))
        assert "".join(marked.all_text_contents()) == hits[number].passage.text
        expect(marked.first).to_be_in_viewport()


def test_earlier_answers_stay_and_their_passages_still_open(page: Page) -> None:
    _ask(page, QUESTION)
    _ask(page, "what do criminal gangs depend on?", turns=2)
    expect(page.locator("mark.answer")).to_contain_text("technologies")
    _passages(page).first.click()
    expect(page.locator("mark.answer")).to_contain_text("Hamouchi")


def test_an_example_question_is_asked_by_a_click(page: Page) -> None:
    page.locator("button.example").first.click()
    expect(page.locator("p.answer")).to_contain_text("Hamouchi", timeout=SECONDS)


def test_asking_twice_in_a_hurry_asks_once(page: Page) -> None:
    _question(page).fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(page.locator("mark.answer")).to_be_visible(timeout=SECONDS)
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize(("question", "sentence"), [("  ", "no words"), ("?" * 100_000, "100,000 characters")])
def test_a_bad_question_gets_a_sentence_and_stays_in_its_box(page: Page, question: str, sentence: str) -> None:
    _question(page).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(_question(page)).to_have_value(question)


def test_what_a_document_holds_is_shown_as_text_and_nothing_else(page: Page, tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 broken")
    page.locator("input[type=file]").set_input_files([tmp_path / "hostile.txt", tmp_path / "report.pdf"])
    notices = page.get_by_role("status").get_by_role("listitem")
    expect(notices).to_have_text([re.compile("hostile.txt: added"), re.compile("report.pdf is a PDF")], timeout=SECONDS)
    expect(page.locator("#source .text")).to_have_text(HOSTILE)
    _ask(page, "what did the minister say?")
    assert "".join(page.locator("#source mark").all_text_contents()) == HOSTILE
    expect(page.locator("button.passage-button .snippet")).to_have_text(HOSTILE)


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_on_a_phone_nothing_is_cut_off_and_a_click_leads_down_to_the_source(page: Page) -> None:
    _ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    _passages(page).first.click()
    expect(page.locator("mark.answer")).to_be_in_viewport()


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_the_page_is_dark_where_the_reader_prefers_it(page: Page) -> None:
    red, green, blue = map(int, re.findall(r"\d+", _background(page.locator("body")))[:3])
    assert max(red, green, blue) < 64


def test_a_program_gets_the_same_answer_from_the_api(address: str, about_the_article: Collection) -> None:
    client = Client(address, verbose=False)
    assert client.predict(QUESTION, api_name="/ask") == ask(QUESTION, about_the_article).to_dict()
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]


def _answering(address: str) -> str:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(f"Nothing answers at {address}")


def _question(page: Page) -> Locator:
    return page.get_by_label("Question")


def _passages(page: Page) -> Locator:
    return page.locator("button.passage-button")


def _ask(page: Page, question: str, turns: int = 1) -> None:
    """Ask, and wait until that many questions in all have been answered."""
    _question(page).fill(question)
    _question(page).press("Enter")
    expect(page.locator("p.answer")).to_have_count(turns, timeout=SECONDS)


def _background(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))


def _leaves_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.hostname not in ("127.0.0.1", "localhost")
