"""Several collections on one's own machine: made, opened, asked, renamed, deleted; documents copied between them."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Literal

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from bench.served import authorization, entrance
from index import Collection, DiskFull, Document, FolderCollection, UnknownDocument, UnusableCollection
from index.testing import ONE_SENTENCE, BagOfWords, check_whole, numbered
from page.collections import FIRST, Collections, Copied, OtherVersion, UnknownCollection, UnusableName
from tests.conftest import CHROMIUM, needs_chromium
from tests.index.test_disk import mounted
from tests.page.browsing import (
    SECONDS,
    add_files,
    ask_on,
    choose,
    question_box,
    screenshot,
    serious,
    wait_until_ready,
)

NOTE = Document("Mary Doyle closed the harbour on Friday.", "note")


@pytest.fixture
def collections(tmp_path: Path) -> Iterator[Collections]:
    with FolderCollection(tmp_path / "first", BagOfWords()) as first:
        first.add(NOTE)
        yield Collections(tmp_path / "collections", lambda: first)


def test_what_a_collection_holds_no_other_holds(collections: Collections, tmp_path: Path) -> None:
    assert collections.make("  Bridge  of Aran ") == "Bridge of Aran"
    collections.session("Bridge of Aran").changed().add(Document("The bridge opened.", "bridge"))
    assert [each.title for each in collections.session("Bridge of Aran").collection()] == ["bridge"]
    assert [each.title for each in collections.session(FIRST).collection()] == ["note"]
    again = Collections(tmp_path / "collections", collections.session(FIRST).collection)
    assert again.names() == [FIRST, "Bridge of Aran"]
    assert len(again.session("Bridge of Aran").collection()) == 1


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "a\\b", ".hidden", "x" * 61, "ends.", "a\0b", FIRST.lower(), "BRIDGE"]
)
def test_a_name_that_cannot_be_a_folders_or_is_taken_is_refused(collections: Collections, name: str) -> None:
    collections.make("Bridge")
    with pytest.raises(UnusableName):
        collections.make(name)
    assert collections.names() == [FIRST, "Bridge"]


def test_a_deleted_collection_leaves_nothing_and_the_first_is_never_deleted(
    collections: Collections, tmp_path: Path
) -> None:
    collections.make("Bridge")
    kept = collections.session("Bridge")
    kept.changed().add(NOTE)
    collections.delete("Bridge")
    assert not list((tmp_path / "collections").iterdir())
    with pytest.raises(UnknownCollection, match="no collection “Bridge”"):
        kept.collection()
    collections.make("Ferry")
    (tmp_path / "collections" / "Ferry").rename(tmp_path / "collections" / ".deleted-x")  # and then it was killed
    again = Collections(tmp_path / "collections", collections.session(FIRST).collection)
    assert again.names() == [FIRST]
    assert not list((tmp_path / "collections").iterdir())
    for name, error in ((FIRST, UnusableName), ("Bridge", UnknownCollection), ("../first", UnknownCollection)):
        with pytest.raises(error):
            collections.delete(name)
    assert len(collections.session(FIRST).collection()) == 1


def versions(*years: str) -> list[Document]:
    text = "The council met on Monday and closed the bridge for {} years."
    return [Document(text.format(each), "minutes", "minutes.txt") for each in years]


@pytest.fixture
def bridge(collections: Collections) -> Collection:
    return collections.session(collections.make("Bridge")).collection()


def test_a_copy_has_title_file_and_vectors_and_nothing_is_encoded_again(
    collections: Collections, bridge: Collection
) -> None:
    first = collections.session(FIRST).collection()
    kept, encoder = Document("The ferry sailed at nine.", "ferry", "ferry.txt"), first.encoder
    first.add(kept, original=b"The ferry sailed at nine.")
    first.rename(kept.id, "The log of the ferry")
    assert isinstance(encoder, BagOfWords)
    before = encoder.encoded
    assert collections.copy(kept.id, first, "Bridge") is Copied.ADDED
    assert collections.copy(kept.id, first, "Bridge") is Copied.THERE
    assert encoder.encoded == before
    one, other = first.encoded(kept.id), bridge.encoded(kept.id)
    assert (other.document.title, other.document.source, other.original) == (
        "The log of the ferry",
        "ferry.txt",
        b"The ferry sailed at nine.",
    )
    assert one.passages == other.passages
    assert np.array_equal(one.vectors, other.vectors)
    check_whole(bridge)


def test_what_is_done_to_a_copy_is_not_done_to_the_other(collections: Collections, bridge: Collection) -> None:
    first = collections.session(FIRST).collection()
    collections.copy(NOTE.id, first, "Bridge")
    bridge.rename(NOTE.id, "Closed on Friday")
    assert [each.title for each in first] == ["note"]
    first.remove(NOTE.id)
    assert [each.title for each in bridge] == ["Closed on Friday"]
    assert bridge.search("who closed the harbour?", k=1)[0].passage.text == NOTE.text


def test_another_version_is_replaced_only_if_that_is_wanted_and_in_one_transaction(
    collections: Collections, bridge: Collection
) -> None:
    (older, newer), first = versions("two", "six"), collections.session(FIRST).collection()
    first.add(newer)
    bridge.add(older)
    bridge.rename(older.id, "Minutes of May")
    with pytest.raises(OtherVersion, match="“Bridge” has another version of “minutes”"):
        collections.copy(newer.id, first, "Bridge")
    assert bridge.documents() == [older]
    assert collections.copy(newer.id, first, "Bridge", replaces=True) is Copied.REPLACED
    assert [(each, each.title) for each in bridge] == [(newer, "Minutes of May")]
    check_whole(bridge)


def test_versions_that_people_told_apart_by_their_titles_are_both_kept(
    collections: Collections, bridge: Collection
) -> None:
    (older, newer), first = versions("two", "six"), collections.session(FIRST).collection()
    first.add(newer)
    first.rename(newer.id, "Minutes of June")
    bridge.add(older)
    bridge.rename(older.id, "Minutes of May")
    assert collections.copy(newer.id, first, "Bridge", replaces=True) is Copied.ADDED
    assert {each.title for each in bridge} == {"Minutes of May", "Minutes of June"}


def test_a_new_collection_is_made_with_the_copy_or_not_at_all(collections: Collections) -> None:
    first = collections.session(FIRST).collection()
    assert collections.copy_to_new(NOTE.id, first, " The  bridge ") == "The bridge"
    assert collections.session("The bridge").collection().documents() == [NOTE]
    with pytest.raises(UnusableName):
        collections.copy_to_new(NOTE.id, first, "The Bridge")
    with pytest.raises(UnknownDocument):
        collections.copy_to_new("0" * 64, first, "Another")
    assert collections.names() == [FIRST, "The bridge"]


def test_a_full_disk_is_one_sentence_and_neither_half_a_copy_nor_a_new_collection(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "16m") as disk, FolderCollection(tmp_path / "first", BagOfWords()) as first:
        large = Document("\n\n".join(numbered(number).text for number in range(400)), "annals")
        first.add(large, original=os.urandom(4_000_000))
        collections = Collections(disk, lambda: first)
        there = collections.session(collections.make("There")).collection()
        (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 3_000_000))
        for act in (collections.copy, collections.copy_to_new):
            with pytest.raises(DiskFull, match=ONE_SENTENCE):
                act(large.id, first, "There" if act == collections.copy else "New")
            assert collections.names() == [FIRST, "There"]
            assert there.documents() == []
            check_whole(there)
        (disk / "ballast").unlink()
        assert collections.copy(large.id, first, "There") is Copied.ADDED


def test_a_collection_that_is_deleted_meanwhile_is_named_and_made_by_no_copy(collections: Collections) -> None:
    first = collections.session(FIRST).collection()
    done = threading.Event()

    def make_and_delete() -> None:
        for _ in range(20):
            collections.make("Bridge")
            collections.delete("Bridge")
        done.set()

    with ThreadPoolExecutor(1) as threads:
        changing = threads.submit(make_and_delete)
        while not done.is_set() and not changing.done():
            with suppress(UnknownCollection, UnusableCollection):  # the latter if it is made again at once
                collections.copy(NOTE.id, first, "Bridge")
        changing.result()
    assert collections.names() == [FIRST]
    with pytest.raises(UnknownCollection, match="no collection “Bridge”"):
        collections.copy(NOTE.id, first, "Bridge")


def test_a_renamed_collection_keeps_its_documents_and_conversations(collections: Collections) -> None:
    collections.make("Brigde")
    wrong = collections.session("Brigde")
    wrong.changed().add(NOTE)
    _, answer = wrong.chats.ask("one", 0, "who closed the harbour?", None)
    assert collections.rename("Brigde", "Bridge") == "Bridge"
    assert collections.names() == [FIRST, "Bridge"]
    right = collections.session("Bridge")
    assert right.chats.find("one").answers() == [answer]
    right.changed().add(Document("The bridge opened.", "bridge"))
    check_whole(right.collection())
    with pytest.raises(UnknownCollection):
        wrong.collection()
    assert collections.rename("Bridge", "bridge") == "bridge"
    collections.make("Ferry")
    for name, other, error in (
        (FIRST, "Mine", UnusableName),
        ("bridge", "FERRY", UnusableName),
        ("bridge", "a/b", UnusableName),
        ("Bridge", "Pier", UnknownCollection),
    ):
        with pytest.raises(error):
            collections.rename(name, other)
    assert len(collections.session("bridge").collection()) == 2


@needs_chromium
def test_collections_are_made_and_chosen_by_name(shown: Page, mine: str, tmp_path: Path) -> None:
    note, chooser = tmp_path / "ferry.txt", shown.get_by_label("Open a collection")
    note.write_text("The ferry Skarv carried 310 passengers.", encoding="utf-8")
    make(shown, "a/b")
    expect(shown.get_by_role("alert")).to_contain_text("cannot be called")
    shown.get_by_role("dialog").get_by_label("Name").fill("Ferries & piers")
    shown.get_by_role("button", name="Make").click()
    expect(chooser).to_have_value("Ferries & piers", timeout=SECONDS)
    expect(shown.locator(".scope")).to_have_text("none yet")
    add_files(shown, note)
    expect(shown.get_by_label("Ask ferry")).to_be_checked(timeout=SECONDS)
    ask_on(shown, "how many passengers did the ferry carry?")
    expect(shown.locator("p.answer")).to_contain_text("310")

    listed = [f"{mine}/v1/documents?collection={name}" for name in ("Ferries %26 piers", "Ferries", "")]
    answers = [httpx.get(each, headers=authorization(mine)) for each in listed]
    assert [each.status_code for each in answers] == [200, 404, 200]
    assert [answers[n].json()["documents"][0]["title"] for n in (0, 2)] == ["ferry", "article"]

    chooser.select_option(FIRST)
    expect(shown.get_by_label("Ask article")).to_be_checked(timeout=SECONDS)
    expect(shown.get_by_label("Ask ferry")).to_have_count(0)
    expect(shown.locator(".turn")).to_have_count(0)
    shown.go_back()
    expect(shown.locator("p.answer")).to_contain_text("310", timeout=SECONDS)
    expect(chooser).to_have_value("Ferries & piers")


@needs_chromium
def test_a_collection_is_renamed_and_deleted_if_the_reader_agrees_and_the_first_is_neither(
    shown: Page, mine: str
) -> None:
    chooser, menu = shown.get_by_label("Open a collection"), shown.get_by_label("What can be done with this collection")
    expect(menu.first).to_be_hidden()
    make(shown, "Odl")
    expect(chooser).to_have_value("Odl", timeout=SECONDS)
    choose(shown, "this collection", "Rename")
    shown.get_by_role("dialog").get_by_label("Name").fill(FIRST)
    shown.get_by_role("button", name="Rename", exact=True).click()
    expect(shown.get_by_role("alert")).to_contain_text("There is a collection")
    shown.get_by_role("dialog").get_by_label("Name").fill("Old")
    shown.get_by_role("button", name="Rename", exact=True).click()
    expect(chooser).to_have_value("Old", timeout=SECONDS)
    choose(shown, "this collection", "Delete")
    shown.get_by_role("button", name="Keep", exact=True).click()
    shown.reload()
    expect(chooser).to_have_value("Old", timeout=SECONDS)
    choose(shown, "this collection", "Delete")
    expect(shown.get_by_role("dialog")).to_contain_text("Delete the collection “Old”?")
    shown.get_by_role("button", name="Delete", exact=True).click()
    expect(chooser).to_have_value(FIRST, timeout=SECONDS)
    expect(chooser.get_by_role("option").filter(has_text="Old")).to_have_count(0)
    shown.goto(f"{mine}/?collection=Old")
    expect(shown.get_by_role("alert")).to_contain_text("no collection “Old”", timeout=SECONDS)
    chooser.select_option(FIRST)
    expect(shown.get_by_label("Ask article")).to_be_checked(timeout=SECONDS)


@needs_chromium
def test_a_document_is_copied_to_a_new_collection_by_two_clicks_once_and_each_copy_is_its_own(
    shown: Page, tmp_path: Path
) -> None:
    chooser, note = shown.get_by_label("Open a collection"), tmp_path / "skiff.txt"
    note.write_text("The skiff Tern carried 12 passengers.", encoding="utf-8")
    make(shown, "Boats")
    expect(chooser).to_have_value("Boats", timeout=SECONDS)
    add_files(shown, note)
    expect(shown.get_by_label("Ask skiff")).to_be_checked(timeout=SECONDS)
    choose(shown, "skiff", "Add skiff to another")
    dialog = shown.get_by_role("dialog", name="Add to another collection")
    expect(dialog).to_contain_text("“skiff” stays in “Boats”")
    expect(dialog.get_by_role("checkbox")).to_be_hidden()  # no other document is ticked
    dialog.get_by_label("To collection").select_option("A new collection")
    dialog.get_by_label("Name").fill(" Small  boats")
    dialog.get_by_role("button", name="Add").dblclick()
    notices = shown.locator(".notices li")
    expect(notices).to_have_text(["“skiff” added to “Small boats” Open×"], timeout=SECONDS)
    expect(chooser.get_by_role("option").filter(has_text="Small boats")).to_have_count(1)

    shown.get_by_role("button", name="Open Small boats").click()
    expect(chooser).to_have_value("Small boats", timeout=SECONDS)
    ask_on(shown, "how many passengers did the skiff carry?")
    expect(shown.locator("p.answer")).to_contain_text("12")
    expect(shown).to_have_title("Small boats · Cited")  # also after Gradio's page has set its own
    choose(shown, "skiff", "Rename")
    shown.keyboard.type("The Tern")
    shown.keyboard.press("Enter")
    expect(shown.get_by_role("button", name="The Tern", exact=True)).to_be_focused(timeout=SECONDS)
    chooser.select_option("Boats")
    expect(shown.get_by_label("Ask skiff")).to_be_checked(timeout=SECONDS)
    choose(shown, "skiff", "Add skiff to another")
    dialog.get_by_label("To collection").select_option("Small boats")
    dialog.get_by_role("button", name="Add").click()
    expect(notices).to_have_text(["“skiff” already in “Small boats” Open×"], timeout=SECONDS)
    choose(shown, "skiff", "Remove")
    shown.get_by_role("button", name="Remove", exact=True).click()
    expect(shown.locator(".scope")).to_have_text("none yet", timeout=SECONDS)
    chooser.select_option("Small boats")
    expect(shown.get_by_label("Ask The Tern")).to_be_checked(timeout=SECONDS)
    expect(shown.locator("p.answer")).to_contain_text("12")
    shown.go_back()
    expect(chooser).to_have_value("Boats", timeout=SECONDS)


@needs_chromium
def test_all_that_are_ticked_are_copied_and_another_version_is_replaced_if_the_reader_agrees(
    shown: Page, mine: str, tmp_path: Path
) -> None:
    chooser, notices = shown.get_by_label("Open a collection"), shown.locator(".notices li")
    dialog = shown.get_by_role("dialog", name="Add to another collection")
    for name, years in (("Older", "two"), ("Newer", "six")):
        make(shown, name)
        expect(chooser).to_have_value(name, timeout=SECONDS)
        for file, text in (("minutes", f"The council met and closed the bridge for {years} years."), ("map", "A map.")):
            if file == "minutes" or name == "Newer":
                (tmp_path / f"{file}.txt").write_text(text, encoding="utf-8")
                add_files(shown, tmp_path / f"{file}.txt")
                expect(shown.get_by_label(f"Ask {file}")).to_be_checked(timeout=SECONDS)
    for answer, outcome in (
        ("Keep", "“minutes” not added: “Older” keeps its other version"),
        ("Replace", "in place of"),
    ):
        choose(shown, "map", "Add map to another")
        dialog.get_by_label("To collection").select_option("Older")
        dialog.get_by_label("and the other one that is ticked").check()
        dialog.get_by_role("button", name="Add").click()
        expect(shown.get_by_role("dialog")).to_contain_text("Replace “minutes” in “Older”?", timeout=SECONDS)
        shown.get_by_role("button", name=answer, exact=True).click()
        expect(notices).to_contain_text(["“map”"], timeout=SECONDS)
        expect(notices).to_contain_text([outcome])
    shown.get_by_role("button", name="Open Older").click()
    expect(shown.locator(".documents .title")).to_have_text(["minutes", "map"], timeout=SECONDS)
    shown.get_by_role("button", name="minutes", exact=True).click()
    expect(shown.locator(".source .text")).to_contain_text("six years")

    chooser.select_option("Newer")
    expect(shown.get_by_label("Ask map")).to_be_checked(timeout=SECONDS)
    choose(shown, "map", "Add map to another")
    dialog.get_by_label("To collection").select_option("Older")
    delete = {"function": "delete_collection", "arguments": {"name": "Older"}}
    shown.request.post(f"{mine}/call", data=delete, headers=authorization(mine))  # as another window would
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_role("alert")).to_contain_text("no collection “Older”", timeout=SECONDS)
    expect(dialog.get_by_role("option").filter(has_text="Older")).to_have_count(0)
    dialog.get_by_role("button", name="Cancel").click()


@needs_chromium
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_on_a_phone_and_by_keyboard_the_menu_of_a_document_is_in_the_window_and_gives_the_focus_back(
    browser: Browser, mine: str, colours: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=colours)
    page.goto(entrance(mine))
    wait_until_ready(page)
    page.locator(".documents summary").click()
    more = page.get_by_role("button", name="What can be done with article")
    more.press("Enter")
    items = page.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    for each in items.all():
        expect(each).to_be_in_viewport(ratio=1)
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(more).to_be_focused()
    expect(page.locator(".documents .drawer")).to_be_visible()
    more.press("Enter")
    page.keyboard.press("ArrowDown")
    assert not serious(page)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add to another collection")
    expect(dialog.get_by_role("button", name="Add")).to_be_in_viewport(ratio=1)
    assert not serious(page)
    screenshot(page, f"copying-{colours}")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    page.close()


@needs_chromium
def test_a_step_back_to_a_page_that_the_browser_kept_shows_what_was_copied_meanwhile_and_forward_leads_on(
    browser: Browser, mine: str
) -> None:
    kept = ["--disable-back-forward-cache"]
    with browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=kept
    ) as other:
        page = other.new_page()
        page.goto(entrance(mine))
        chooser = page.get_by_label("Open a collection")
        expect(chooser).to_have_value(FIRST, timeout=SECONDS)
        make(page, "Tides")
        expect(chooser).to_have_value("Tides", timeout=SECONDS)
        expect(page.locator(".documents .shelf")).not_to_have_attribute("aria-busy", "true", timeout=SECONDS)
        page.evaluate("window.isKept = true")
        chooser.select_option(FIRST)
        expect(page.get_by_label("Ask article")).to_be_attached(timeout=SECONDS)
        choose(page, "article", "Add article to another")
        page.get_by_label("To collection").select_option("Tides")
        page.get_by_role("dialog").get_by_role("button", name="Add").click()
        expect(page.locator(".notices")).to_contain_text("“article” added to “Tides”", timeout=SECONDS)
        page.evaluate("history.back()")
        expect(chooser).to_have_value("Tides", timeout=SECONDS)
        expect(page.get_by_label("Ask article")).to_be_checked(timeout=SECONDS)
        assert page.evaluate("window.isKept")
        expect(page.locator(".source h2")).to_have_text("article", timeout=SECONDS)
        page.evaluate("history.forward()")
        expect(chooser).to_have_value(FIRST, timeout=SECONDS)


@needs_chromium
def test_the_list_of_conversations_opens_in_the_window_wherever_its_heading_stands(shown: Page) -> None:
    make(shown, "A collection with a long name")
    expect(shown).to_have_title(re.compile("long name"), timeout=SECONDS)
    question_box(shown).fill("who is there?")
    question_box(shown).press("Enter")
    expect(shown.locator(".earlier .title")).to_have_count(1, timeout=SECONDS)
    drawer = shown.locator(".earlier .drawer")
    shown.set_viewport_size({"width": 1180, "height": 844})
    expect(drawer).to_be_hidden()
    shown.locator(".earlier summary").click()
    for width in (1180, 1024, 900, 820, 390):
        shown.set_viewport_size({"width": width, "height": 844})
        expect(drawer).to_be_in_viewport(ratio=1)


def make(page: Page, name: str) -> None:
    page.get_by_role("button", name="New collection").click()
    page.get_by_role("dialog").get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make").click()


@needs_chromium
def test_where_a_collection_was_named_none_is_chosen_nor_copied_to(page: Page, address: str) -> None:
    expect(page.locator(".documents .title").first).to_be_visible(timeout=SECONDS)
    expect(page.get_by_label("Open a collection")).to_be_hidden()
    page.get_by_role("button", name="What can be done with article").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Rename", "Remove"])
    to_another = {"function": "copy_to", "arguments": {"document": "x", "name": "Other"}}
    assert "has one collection" in page.request.post(f"{address}/call", data=to_another).json()["error"]
