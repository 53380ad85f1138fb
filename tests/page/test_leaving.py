"""A page tells a server for others when it is opened and closed, so that its session can end."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bench.served import served
from tests.page.browsing import SECONDS, question_box


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("home"), None, "--no-auth") as (address, _):
        yield address


def test_a_page_says_that_it_is_open_and_then_that_it_is_closed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    with page.expect_request(lambda sent: '"arrive"' in (sent.post_data or ""), timeout=SECONDS):
        page.goto(address)
        question_box(page).wait_for()
    with page.expect_request(lambda sent: sent.resource_type == "ping", timeout=SECONDS):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # a closed page shows no requests
    page.close()
