"""Addresses of the web on the page: read where the network is turned on, and nowhere else."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from index import FolderCollection
from index.testing import BagOfWords
from page.adding import Adding
from page.session import Lasting
from page.uploads import Uploads
from tests.conftest import needs_chromium
from tests.index.test_fetch import Answers, answers, asked, here, site  # noqa: F401
from tests.page.browsing import SECONDS


def test_an_address_is_added_like_a_file_under_its_own_name_and_read_again(
    site: str,  # noqa: F811
    answers: Answers,  # noqa: F811
    tmp_path: Path,
) -> None:
    with (
        closing(Uploads(tmp_path / "uploads", here)) as uploads,
        FolderCollection(tmp_path / "collection", BagOfWords()) as collection,
    ):
        adding = Adding(lambda: Lasting(lambda: collection), uploads)
        said = [adding.add(uploads.fetch(f"{site}/ferry"), "forged.txt")["outcome"]]
        kind, page = answers["/ferry"][1], answers["/ferry"][2]
        answers["/ferry"] = (200, kind, page.replace(b"Bergen", b"a man from Bergen"))
        said.append(adding.add(uploads.fetch(f"{site}/ferry"), "ferry")["outcome"])
        (document,) = collection
    assert said == ["added", "added in place of its older version"]
    assert document.source.endswith(f" UTC: {site}/ferry")
    assert not list((tmp_path).rglob("ferry.html"))


@needs_chromium
def test_this_machine_is_not_read_though_the_network_is_on(shown: Page, site: str, asked: list[str]) -> None:  # noqa: F811
    shown.get_by_role("button", name="Add address").click()
    shown.get_by_role("textbox", name="Address").fill("ferry.html")
    shown.get_by_role("button", name="Add", exact=True).click()
    expect(shown.get_by_role("dialog")).to_be_visible()  # that is no address
    shown.get_by_role("textbox", name="Address").fill(f"{site}/ferry")
    shown.get_by_role("button", name="Add", exact=True).click()
    expect(shown.locator(".notices .failed")).to_contain_text("in a private network", timeout=SECONDS)
    assert asked == []


@needs_chromium
def test_by_default_no_address_is_read_or_asked_for(page: Page, address: str) -> None:
    expect(page.get_by_role("button", name="Paste text")).to_be_visible()
    expect(page.get_by_role("button", name="Add address")).to_be_hidden()
    said = page.evaluate(
        """async () => (await fetch("/call", { method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ function: "fetch", arguments: { address: "https://example.org/" } }) })).json()"""
    )
    assert "only if Cited was started with --network" in said["error"]
