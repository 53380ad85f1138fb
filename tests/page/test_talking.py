"""Conversations on the page: follow-ups, what is kept, sharing answers."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.served import entrance, free_port, served
from tests.conftest import RunPython, needs_chromium
from tests.page.browsing import (
    QUESTION,
    SECONDS,
    add_files,
    ask_on,
    choose,
    citation_chip,
    marked_words,
    question_box,
    saved_file,
    screenshot,
    wait_until_ready,
)

pytestmark = needs_chromium


def test_earlier_conversations_are_listed_searched_opened_and_deleted(page: Page) -> None:
    for question in ("who attended the conference in Rabat?", "when was the conference opened?"):
        page.get_by_role("button", name="New conversation").click()
        ask_on(page, question)
    listed = page.locator(".earlier .title")
    expect(listed.first).to_have_text("when was the conference opened?")
    page.get_by_label("Search the conversations").fill("Rabat attend")
    expect(listed).to_have_count(1)
    expect(listed.locator("mark")).to_have_text(["attended", "Rabat"])
    listed.click()
    expect(page.locator(".question")).to_have_text("who attended the conference in Rabat?")
    choose(page, "who attended", "Delete")
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".earlier .none")).to_be_visible()


def test_conversations_that_begin_alike_are_told_apart_and_can_be_given_titles(page: Page, tmp_path: Path) -> None:
    (tmp_path / "gala.txt").write_text("Ines Dahl opened the gala of the harbour.", encoding="utf-8")
    add_files(page, tmp_path / "gala.txt")
    expect(page.locator(".notices")).to_contain_text("gala.txt: added", timeout=SECONDS)
    page.get_by_label("Ask article").uncheck()
    asked = "who opened the gala of the harbour?"
    ask_on(page, asked)
    for _ in range(2):
        page.get_by_role("button", name="New conversation").click()
        page.wait_for_timeout(1000)  # nobody types two questions in one second
        ask_on(page, asked)
    ask_on(page, "who opened the harbour?", turns=2)
    entries = page.locator(".earlier li").filter(has_text=asked)
    expect(entries.filter(has_text="2 questions · gala")).to_have_count(1)
    expect(entries.filter(has_text="1 question · gala")).to_have_count(2)
    about = entries.locator(".about").all_text_contents()
    assert len(set(about)) == 3

    choose(page, asked, "Rename")
    expect(page.get_by_label(f"New title of {asked}")).to_be_focused()
    page.keyboard.type("The gala, for the paper")
    page.keyboard.press("Enter")
    named = page.locator(".earlier").get_by_role("button", name="The gala, for the paper", exact=True)
    expect(named).to_be_focused(timeout=SECONDS)
    page.reload()
    expect(named).to_have_attribute("aria-current", "true", timeout=SECONDS)
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_label("Search the conversations").fill("gala paper Ines")
    expect(page.locator(".earlier .title")).to_have_count(1)
    expect(page.locator(".earlier .snippet mark")).to_have_text(["Ines", "Ines"])
    tomorrow = datetime.now() + timedelta(days=1)
    page.clock.set_system_time(tomorrow)
    page.get_by_label("Search the conversations").fill("paper")
    expect(page.locator(".earlier time")).to_contain_text("yesterday, ")
    page.clock.set_system_time(datetime.now())


def test_a_word_found_in_a_conversation_leads_to_the_answer_that_has_it(page: Page) -> None:
    for turns, question in enumerate((QUESTION, "how many INTERPOL officers work in Greenland?", "in which city?"), 1):
        ask_on(page, question, turns)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_label("Search the conversations").fill("greenl")
    expect(page.locator(".earlier .snippet mark")).to_have_text("Greenland")
    page.locator(".earlier .title").click()
    expect(page.locator(".turn")).to_have_count(3, timeout=SECONDS)
    expect(page.locator(".turn").nth(1)).to_be_in_viewport()
    expect(page).to_have_url(re.compile("turn="))
    expect(page.locator(".turn").nth(1).locator("[aria-current]").first).to_be_attached()


def test_a_conversation_in_which_nothing_is_asked_leaves_neither_an_entry_nor_a_step_back(page: Page) -> None:
    ask_on(page, QUESTION)
    entries = page.locator(".earlier li")
    expect(page.locator(".earlier [aria-current]")).to_have_text(QUESTION)
    listed = entries.count()
    for _ in range(3):
        page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".earlier [aria-current]")).to_have_count(0)
    assert entries.count() == listed
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1, timeout=SECONDS)


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


def test_a_question_that_was_corrected_can_be_asked_as_it_was_typed(page: Page) -> None:
    ask_on(page, "hoo opned the conference?")
    corrected = page.locator(".turn").nth(0)
    expect(corrected.locator(".understood")).to_contain_text("who opened the conference?")
    screenshot(page, "corrected")
    corrected.get_by_role("button", name="Ask as typed").click()
    expect(page.locator(".question").nth(1)).to_have_text('"hoo opned" the conference?', timeout=SECONDS)
    expect(page.locator(".turn").nth(1).locator(".understood")).to_have_count(0)


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
        wait_until_ready(page)
        add_files(page, tmp_path / "note.txt")
        expect(page.locator(".notices")).to_contain_text("article: no longer asked", timeout=SECONDS)
        page.get_by_label("Ask article").check()
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


def test_where_few_questions_can_be_suggested_what_the_documents_are_about_is_suggested_too(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "skarv.txt").write_text("The lighthouse of Skarv was built in 1906.", encoding="utf-8")
    add_files(page, tmp_path / "skarv.txt")
    expect(page.locator(".source h2")).to_have_text("skarv", timeout=SECONDS)
    for box in page.locator(".documents .shelf input").all():
        box.set_checked(box.get_attribute("aria-label") == "Ask skarv")
    suggested = ["When was the lighthouse of Skarv built?", "What is this about?", "Who is mentioned?"]
    expect(page.locator(".example")).to_have_text(suggested, timeout=SECONDS)


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
