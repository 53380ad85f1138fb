"""The page in a real browser, served by the real program, on the real article."""

import re
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fpdf import FPDF
from gradio_client import Client
from playwright.sync_api import Browser, Locator, Page, expect

from bench.served import authorization, entrance, free_port, served
from index import Collection
from qa import ask
from tests.conftest import RunPython, needs_chromium
from tests.page.browsing import (
    SECONDS,
    add_files,
    ask_on,
    citation_chip,
    marked_words,
    question_box,
    saved_file,
    screenshot,
    tab_to,
)

QUESTION = "who opened the conference?"
LETTER = (  # it must do no harm
    "The minister said <img src=x onerror=alert(1)> ${alert(2)} {{value}} **bold** [here](http://example.com) 😀 ﷽."
)
OPENED = """async (hit) => {
    const began = performance.now();
    hit.click();
    while (!hit.hasAttribute("aria-current")) await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""
"""How many milliseconds it takes until a passage that is clicked stands marked in view."""

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


def test_earlier_conversations_are_listed_searched_opened_and_deleted(page: Page) -> None:
    for question in ("who attended the conference in Rabat?", "when was the conference opened?"):
        page.get_by_role("button", name="New conversation").click()
        ask_on(page, question)
    listed = page.locator(".earlier .title")
    expect(listed.first).to_have_text("when was the conference opened?")
    page.get_by_label("Search the conversations").fill("Rabat attend")
    expect(listed).to_have_count(1)
    listed.click()
    expect(page.locator(".question")).to_have_text("who attended the conference in Rabat?")
    page.get_by_role("button", name="Delete the conversation “who attended").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".earlier .none")).to_be_visible()


def test_the_strip_shows_where_passages_stand_and_leads_there(page: Page) -> None:
    ask_on(page, QUESTION)
    ticks = page.locator(".strip").get_by_role("button")
    expect(ticks).to_have_count(1 + 5)
    ticks.nth(2).click()
    expect(page.locator(".source mark.passage").first).to_be_in_viewport()
    expect(page.locator(".strip [aria-current]")).to_have_count(1)


def test_follow_up_questions_are_understood_and_say_how(page: Page) -> None:
    said = [QUESTION, "what is his position?", "in which city?", "who else was there?"]
    for turns, question in enumerate(said, start=1):
        ask_on(page, question, turns)
    turn = page.locator(".turn")
    expect(turn.nth(0).locator(".understood")).to_have_count(0)
    expect(turn.nth(1).locator(".understood")).to_contain_text("Abdel Latif Hamouchi")
    expect(turn.nth(1).locator("p.answer")).to_contain_text("Director General")
    for citation in turn.locator(".number").all():
        citation.hover()
        quote = page.locator(".tip mark").text_content()
        citation.click()
        expect(citation).to_have_attribute("aria-current", "true")
        assert marked_words(page, "answer") == quote
        expect(page.locator(".source mark.answer").first).to_be_in_viewport()
    citation_chip(turn.nth(1), 1).click()
    page.mouse.move(0, 0)
    question_box(page).focus()
    screenshot(page, "conversation")


def test_a_conversation_is_there_still_when_the_page_is_loaded_again(page: Page) -> None:
    ask_on(page, QUESTION)
    page.reload()
    expect(page.locator("p.answer")).to_contain_text("Hamouchi", timeout=SECONDS)
    ask_on(page, "what is his position?", turns=2)
    expect(page.locator(".understood")).to_have_count(1)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)


def test_everything_is_as_it_was_after_a_restart_of_the_server(browser: Browser, tmp_path: Path) -> None:
    port, page = free_port(), browser.new_page()
    (tmp_path / "note.txt").write_text("The mayor closed the harbour on Friday.", encoding="utf-8")
    with served(tmp_path, port) as (address, _):
        page.goto(entrance(address))
        add_files(page, tmp_path / "note.txt")
        page.get_by_label("Ask article").check(timeout=SECONDS)  # the first file of one's own has unticked it
        page.get_by_label("Ask note").uncheck()
        ask_on(page, QUESTION)
        page.wait_for_timeout(500)  # until it is kept
    question_box(page).fill("what is his position?")
    question_box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("see whether it is still running", timeout=SECONDS)
    with served(tmp_path, port):
        ask_on(page, "what is his position?", turns=2)  # the page that stayed open goes on
        expect(page.locator(".understood")).to_have_count(1)
        another = browser.new_page()
        another.goto(entrance(address))
        expect(another.locator("p.answer").nth(1)).to_contain_text("Director General", timeout=SECONDS)
        expect(another.get_by_label("Ask note")).not_to_be_checked()
        expect(another.locator(".source mark.answer")).to_be_in_viewport()
        another.close()
    page.close()


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


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_colours_and_the_size_of_what_is_read_are_chosen_and_stay(page: Page) -> None:
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    usual, dark = page.locator(".source .text").evaluate(size), _background(page.locator("body"))
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Light", exact=True).check()
    page.get_by_label("Large", exact=True).check()
    page.get_by_role("button", name="Close", exact=True).click()
    for _ in range(2):
        expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
        assert _background(page.locator("body")) != dark
        assert page.locator(".source .text").evaluate(size) == pytest.approx(1.2 * usual)
        page.reload()
        question_box(page).wait_for()


def test_a_notice_stays_in_the_window_until_it_is_dismissed(page: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    add_files(page, tmp_path / "broken.pdf")
    notice = page.locator(".notices .failed")
    expect(notice).to_be_in_viewport(ratio=1)
    notice.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".notices")).to_be_hidden()


def test_the_answers_that_are_ticked_or_all_go_on_one_card(page: Page, tmp_path: Path) -> None:
    ask_on(page, QUESTION)
    ask_on(page, "in which city?", turns=2)
    dossier = saved_file(page, "Save dossier", tmp_path).read_text(encoding="utf-8")
    assert dossier.count('<section class="answered">') == 2
    page.get_by_label("in the dossier").first.check()
    card = saved_file(page, "Save dossier", tmp_path).read_text(encoding="utf-8")
    assert card.count('<section class="answered">') == 1


def test_a_suggested_question_is_asked_by_a_click_and_has_an_answer(page: Page) -> None:
    page.locator("button.example").first.click(timeout=SECONDS)
    expect(page.locator("p.answer, ul.several")).to_have_count(1, timeout=SECONDS)


def test_asking_twice_in_a_hurry_asks_once(page: Page) -> None:
    question_box(page).fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(page.locator(".source mark.answer")).to_be_visible(timeout=SECONDS)
    expect(page.locator(".turn")).to_have_count(1)


def test_while_one_question_is_answered_the_next_is_typed_or_a_new_conversation_begun(page: Page) -> None:
    question_box(page).fill(QUESTION)
    question_box(page).press("Enter")
    question_box(page).fill("what is his position?")
    page.get_by_role("button", name="Save as JSON").focus()
    expect(page.locator(".turn .actions")).to_have_count(1, timeout=SECONDS)
    expect(page.get_by_role("button", name="Save as JSON")).to_be_focused()
    expect(question_box(page)).to_have_value("what is his position?")
    question_box(page).press("Enter")
    page.get_by_role("button", name="New conversation").click()
    ask_on(page, QUESTION)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".understood")).to_have_count(0)


@pytest.mark.parametrize(("question", "sentence"), [("  ", "no words"), ("?" * 100_000, "100,000 characters")])
def test_a_bad_question_gets_a_sentence_and_stays_in_its_box(page: Page, question: str, sentence: str) -> None:
    question_box(page).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(question_box(page)).to_have_value(question)


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
    page.get_by_role("checkbox", name="Ask harbour").wait_for()
    for other in page.get_by_role("checkbox").all():
        other.set_checked(other.get_attribute("aria-label") == "Ask harbour")
    ask_on(page, "who was the lighthouse keeper?")
    assert marked_words(page, "answer") == "Mary Doyle"
    citation_chip(page, 1).hover()
    expect(page.locator(".tip").first).to_contain_text("page 2")
    expect(page.locator(".leaf img").first).to_have_js_property("complete", True)
    screenshot(page, "documents")
    page.get_by_role("button", name="Remove harbour").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("checkbox", name="Ask harbour")).to_have_count(1)
    page.get_by_role("button", name="Remove harbour").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("checkbox", name="Ask harbour")).to_have_count(0)
    page.reload()
    expect(page.locator(".proof")).to_have_text(re.compile("Its document has been removed"), timeout=SECONDS)
    citation_chip(page, 1).click()
    expect(page.locator(".source .check")).to_contain_text("has been removed")
    expect(page.locator(".source mark")).to_have_count(0)


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


def test_an_answer_is_copied_saved_and_verified_later(page: Page, tmp_path: Path, python: RunPython) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask_on(page, QUESTION)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Abdel Latif Hamouchi" in page.evaluate("navigator.clipboard.readText()")
    card = saved_file(page, "Evidence card", tmp_path)
    assert python("-m", "qa", "verify", card).returncode == 0
    assert "Abdel Latif Hamouchi" in saved_file(page, "Save as Markdown", tmp_path).read_text(encoding="utf-8")
    assert "Abdel Latif Hamouchi" in saved_file(page, "Save as JSON", tmp_path).read_text(encoding="utf-8")
    page.goto(card.as_uri())
    expect(page.get_by_role("heading", name="Abdel Latif Hamouchi")).to_be_visible()
    screenshot(page, "card")


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
    violations = Axe().run(page).response["violations"]
    assert not [each for each in violations if each["impact"] in ("serious", "critical")]
    if "dark" in request.node.name:
        red, green, blue = map(int, re.findall(r"\d+", _background(page.locator("body")))[:3])
        assert max(red, green, blue) < 64
        screenshot(page, "dark")


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


def _background(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))
