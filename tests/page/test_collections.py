"""Several collections on one's own machine: made, opened, asked and deleted."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from bench.served import authorization
from index import Document, FolderCollection
from index.testing import BagOfWords
from page.collections import FIRST, Collections, UnknownCollection, UnusableName
from tests.conftest import needs_chromium
from tests.page.browsing import SECONDS, add_files, ask_on

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
    for name, error in ((FIRST, UnusableName), ("Bridge", UnknownCollection), ("../first", UnknownCollection)):
        with pytest.raises(error):
            collections.delete(name)
    assert len(collections.session(FIRST).collection()) == 1


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
def test_a_collection_is_deleted_if_the_reader_agrees_and_the_first_is_not(shown: Page, mine: str) -> None:
    chooser, delete = (
        shown.get_by_label("Open a collection"),
        shown.get_by_role("button", name="Delete this collection"),
    )
    expect(delete).to_be_hidden()
    make(shown, "Old")
    expect(chooser).to_have_value("Old", timeout=SECONDS)
    delete.click()
    shown.get_by_role("button", name="Keep", exact=True).click()
    shown.reload()
    expect(chooser).to_have_value("Old", timeout=SECONDS)
    delete.click()
    expect(shown.get_by_role("dialog")).to_contain_text("Delete the collection “Old”?")
    shown.get_by_role("button", name="Delete", exact=True).click()
    expect(chooser).to_have_value(FIRST, timeout=SECONDS)
    expect(chooser.get_by_role("option").filter(has_text="Old")).to_have_count(0)
    shown.goto(f"{mine}/?collection=Old")
    expect(shown.get_by_role("alert")).to_contain_text("no collection “Old”", timeout=SECONDS)
    chooser.select_option(FIRST)
    expect(shown.get_by_label("Ask article")).to_be_checked(timeout=SECONDS)


def make(page: Page, name: str) -> None:
    page.get_by_role("button", name="New collection").click()
    page.get_by_role("dialog").get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make").click()


@needs_chromium
def test_where_a_collection_was_named_none_is_chosen(page: Page) -> None:
    expect(page.locator(".documents .title").first).to_be_visible(timeout=SECONDS)
    expect(page.get_by_label("Open a collection")).to_be_hidden()
