"""The page as it is served by the real program, in a real browser."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench.served import authorization, entrance, served
from page.collections import FIRST
from tests.conftest import CHROMIUM
from tests.page.browsing import SECONDS, leaves_this_machine, wait_until_ready


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page as `make run` does, with folders of its own."""
    with served(tmp_path_factory.mktemp("home")) as (address, _):
        yield address


@pytest.fixture(scope="package")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve without naming a collection, and with the network turned on."""
    with served(tmp_path_factory.mktemp("home"), None, "--network", is_named=False) as (address, _):
        yield address


@pytest.fixture(scope="module")  # while it is open, no other test can open one, or run coroutines
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser's data, among them the page's files, which need not be sent again for each test."""
    with browser.new_context(extra_http_headers=authorization(address)) as context:
        yield context


@pytest.fixture
def page(browser: Browser, context: BrowserContext, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the page with a new conversation, of all documents. A parameter holds settings of a browser of its own.

    Fail at the end if it asked anything of another host, raised an error or opened a dialog.
    """
    complaints: list[str] = []
    settings = getattr(request, "param", {})
    page = browser.new_page(extra_http_headers=authorization(address), **settings) if settings else context.new_page()
    page.on("request", lambda sent: complaints.append(sent.url) if leaves_this_machine(sent.url) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    everything = {"function": "keep", "arguments": {"unasked": [], "address": ""}}
    page.request.post(f"{address}/call", data=everything, timeout=SECONDS)
    page.goto(f"{address}/#chat={uuid4()}")
    wait_until_ready(page)
    yield page
    page.close()
    assert not complaints


@pytest.fixture
def shown(browser: Browser, mine: str) -> Iterator[Page]:
    """Open the page of that server, with the first of its collections."""
    page = browser.new_page()
    page.goto(entrance(mine))
    expect(page.get_by_label("Open a collection")).to_have_value(FIRST, timeout=SECONDS)
    yield page
    page.close()
