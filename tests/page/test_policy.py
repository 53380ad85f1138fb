"""What comes from elsewhere does nothing on the page, and the page asks nobody else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from gradio_client import Client
from playwright.sync_api import Page, expect

from bench.served import authorization
from index import Collection
from qa import ask
from tests.conftest import needs_chromium
from tests.page.browsing import (
    QUESTION,
    SECONDS,
    add_files,
    ask_on,
    marked_words,
)

LETTER = (  # it must do no harm
    "The minister said <img src=x onerror=alert(1)> ${alert(2)} {{value}} **bold** [here](http://example.com) 😀 ﷽."
)

pytestmark = needs_chromium


def test_what_a_document_holds_is_shown_as_text_and_nothing_else(page: Page, tmp_path: Path) -> None:
    (tmp_path / "letter-to-the-editor.txt").write_text(LETTER, encoding="utf-8")
    add_files(page, tmp_path / "letter-to-the-editor.txt")
    expect(page.locator(".source .text")).to_have_text(LETTER, timeout=SECONDS)
    ask_on(page, "what did the minister say?")
    page.locator("summary").get_by_text("found").or_(page.locator("summary").get_by_text("more")).last.click()
    hit = page.locator("button.hit", has_text="onerror")
    hit.click()
    assert marked_words(page) == LETTER
    expect(hit.locator(".snippet")).to_have_text(LETTER)
    expect(page.locator(".source .check")).to_have_text("✓ as it stands in the source")


def test_the_name_of_a_file_a_title_and_a_question_are_shown_as_text_and_nothing_else(
    page: Page, tmp_path: Path
) -> None:
    name, title, question = (f"{words}<img src=x onerror=alert(1)>" for words in ("tide", "News", "who closed it? "))
    written = f"<title>{escape(title)}</title><p>Mary Doyle closed the harbour of Skarv.</p>"
    (tmp_path / f"{name}.html").write_text(written, encoding="utf-8")
    add_files(page, tmp_path / f"{name}.html")
    page.locator(".documents").get_by_role("button", name=title, exact=True).click(timeout=SECONDS)
    expect(page.locator(".source").get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator(".source").get_by_text(name)).to_be_visible()
    ask_on(page, question)
    expect(page.locator(".turn").get_by_text(question).first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_a_program_gets_the_same_answer_from_the_api(address: str, about_the_article: Collection) -> None:
    client = Client(address, verbose=False, headers=authorization(address))
    said, alone = client.predict(QUESTION, api_name="/ask"), ask(QUESTION, about_the_article).to_dict()
    del said["passages"], alone["passages"]  # other documents have been added to the page
    assert said == alone
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]


def test_what_a_site_has_the_server_fetch_never_runs_as_our_page(page: Page, address: str) -> None:
    with _another_site(b"<script>document.title = 'taken over'</script>") as (other, asked):
        for path in ("/gradio_api/file=", "/file=", "/gradio_api/file/", "/gradio_api/proxy=", "/proxy="):
            answered = page.goto(f"{address}{path}{other}/x.png")
            assert answered is not None
            assert answered.status in (403, 404)
            assert page.title() != "taken over"
    assert not asked


def test_no_other_site_frames_the_page_or_leads_to_it(page: Page, address: str) -> None:
    link = f'<a href="{address}/">open</a><iframe src="{address}/"></iframe>'
    with _another_site(link.encode()) as (other, _):
        page.goto(other.replace("127.0.0.1", "localhost"))
        assert page.frames[1].get_by_label("Question", exact=True).count() == 0
        page.get_by_text("open").click()
        expect(page.get_by_text("Cited answers its own page alone")).to_be_visible()


def test_a_script_that_gets_into_the_page_does_not_run(page: Page) -> None:
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken over'";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="document.title = 'taken over'">`);
    }""")
    page.wait_for_timeout(200)
    assert page.title() != "taken over"


@contextmanager
def _another_site(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Serve `content` as HTML, at whatever path; yield the address, and a list that grows by each path asked for."""
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it has there
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}", asked
        site.shutdown()
