"""A server for others: what a session adds and says is its own, and ends with it."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bench.served import served
from index import Document, FolderCollection, ReadOnlyCollection
from index.testing import BagOfWords, numbered
from page import limits
from page.pace import Pace, TooManyQuestions
from page.serving import Serving, UnsafeServing
from page.sessions import Ended, Sessions, TooManyDocuments, Visit
from tests.conftest import REPOSITORY, RunPython, needs_chromium
from tests.page.browsing import SECONDS, add_files, wait_until_ready

NOTE = Document("The harbour master, Mary Doyle, closed the harbour on Friday.", "note", "note.txt")

PDF = REPOSITORY / "tests" / "index" / "formats" / "cases" / "inspection-report.pdf"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[FolderCollection]:
    with FolderCollection(tmp_path / "shared", BagOfWords()) as collection:
        collection.add(NOTE)
        yield collection


@pytest.fixture
def sessions(tmp_path: Path, shared: FolderCollection) -> Iterator[Sessions]:
    with closing(Sessions(tmp_path / "sessions", lambda: shared, is_writable=False)) as sessions:
        yield sessions


def begun(sessions: Sessions) -> Visit:
    visit = sessions.visit([sessions.begin()])
    assert visit
    return visit


def test_what_a_session_adds_only_it_can_ask(sessions: Sessions, shared: FolderCollection) -> None:
    mine, other = begun(sessions), begun(sessions)
    mine.changed().add(numbered(1))
    assert mine.collection().document_ids() == [NOTE.id, numbered(1).id]
    found = mine.collection().search("Which word does document1 say? The harbour", 50)
    assert {hit.passage.document.id for hit in found} == {NOTE.id, numbered(1).id}
    for asked in (other.collection(), sessions.program("mary").collection(), shared):
        assert asked.document_ids() == [NOTE.id]


def test_what_all_share_can_be_asked_but_not_changed(sessions: Sessions, shared: FolderCollection) -> None:
    mine = begun(sessions)
    mine.changed().add(numbered(1))
    with pytest.raises(ReadOnlyCollection, match="All share this document"):
        mine.collection().remove(NOTE.id)
    with pytest.raises(ReadOnlyCollection, match="can be asked, but not changed"):
        sessions.program("mary").changed()
    mine.collection().remove(numbered(1).id)
    assert mine.collection().document_ids() == shared.document_ids() == [NOTE.id]


def test_with_writable_all_share_what_is_added(tmp_path: Path, shared: FolderCollection) -> None:
    with closing(Sessions(tmp_path / "sessions", lambda: shared, is_writable=True)) as sessions:
        begun(sessions).changed().add(numbered(1))
        assert numbered(1) in begun(sessions).collection()
        assert sessions.program("mary").changed() is shared


def test_a_conversation_is_its_sessions_own(sessions: Sessions, tmp_path: Path) -> None:
    mine, other = begun(sessions), begun(sessions)
    mine.chats.ask("chat", 0, "who closed the harbour?", None)
    assert [each.chat for each in mine.chats.records.summaries()] == ["chat"]
    assert not other.chats.records.summaries()
    assert not other.chats.find("chat").said()
    with pytest.raises(Ended, match="load the page again"):
        _ = sessions.program("mary").chats


def test_a_document_that_is_added_during_a_conversation_is_asked_in_it(sessions: Sessions) -> None:
    mine = begun(sessions)
    mine.chats.ask("chat", 0, "who closed the harbour?", None)
    mine.changed().add(Document("Ada Berg opened the lighthouse on Sunday.", "light"))
    _, answer = mine.chats.ask("chat", 1, "who opened the lighthouse?", None)
    assert answer.text == "Ada Berg"


def test_a_session_is_deleted_a_day_after_it_began_or_when_its_last_page_is_closed(
    clock: Callable[[float], None], sessions: Sessions
) -> None:
    forgotten, left = begun(sessions), begun(sessions)
    left.arrive()
    left.arrive()
    left.leave()
    clock(limits.SESSION_LEFT_SECONDS + 1)
    assert not left.has_ended()
    left.leave()
    left.arrive()  # loaded again
    clock(limits.SESSION_LEFT_SECONDS + 1)
    assert not left.has_ended()
    left.leave()
    clock(limits.SESSION_LEFT_SECONDS + 1)
    assert left.has_ended()
    assert not forgotten.has_ended()
    clock(limits.SESSION_SECONDS)
    assert forgotten.has_ended()


def test_nothing_is_left_of_a_session_that_has_ended(sessions: Sessions, tmp_path: Path) -> None:
    mine = begun(sessions)
    mine.changed().add(numbered(1))
    mine.chats.ask("chat", 0, "who closed the harbour?", None)
    assert list((tmp_path / "sessions").rglob("*.sqlite"))
    mine.close()
    assert not [file for file in (tmp_path / "sessions").rglob("*") if file.suffix in {".sqlite", ".jsonl"}]


def test_a_session_has_room_for_so_much_and_the_server_for_so_many(
    monkeypatch: pytest.MonkeyPatch, sessions: Sessions
) -> None:
    monkeypatch.setattr(limits, "SESSION_DOCUMENTS", 1)
    monkeypatch.setattr(limits, "SESSIONS_WITH_DOCUMENTS", 1)
    monkeypatch.setattr(limits, "SESSIONS", 2)
    mine = begun(sessions)
    mine.check_room(1000)
    mine.changed().add(numbered(1))
    with pytest.raises(TooManyDocuments, match="You may add 1 documents"):
        mine.check_room(1000)
    with pytest.raises(TooManyDocuments, match="300 MB"):
        begun(sessions).check_room(limits.SESSION_BYTES + 1)
    with pytest.raises(TooManyDocuments, match="1 sessions have added documents"):
        begun(sessions).changed()
    begun(sessions)
    assert mine.collection().document_ids() == [NOTE.id, numbered(1).id]  # who has documents keeps them


def test_a_session_may_ask_so_many_questions_a_minute(clock: Callable[[float], None], sessions: Sessions) -> None:
    mine = begun(sessions)
    for _ in range(limits.QUESTIONS_A_MINUTE):
        mine.count_question()
        clock(0.5)
    with pytest.raises(TooManyQuestions, match=r"You may ask 60 questions a minute, .* ask again in 31 s\."):
        mine.count_question()
    begun(sessions).count_question()
    clock(31)
    mine.count_question()


def test_a_question_that_is_one_too_many_does_not_lengthen_the_wait(clock: Callable[[float], None]) -> None:
    pace = Pace(1)
    pace.count()
    for _ in range(59):
        clock(1)
        with pytest.raises(TooManyQuestions):
            pace.count()
    clock(1)
    pace.count()


def test_others_may_change_only_a_collection_that_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnsafeServing, match="name their collection with --collection"):
        Serving(is_open=True, is_writable=True).access()
    assert Serving(is_open=True, is_writable=True, collection=str(tmp_path)).access()
    assert not Serving().is_shared
    assert Serving(is_open=True).is_shared
    assert Serving(passwords=tmp_path / "passwords").is_shared


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with FolderCollection(home / "collection") as collection:
        collection.add(NOTE)
    with served(home, None, "--no-auth") as (address, _):
        yield address


class Visitor(httpx.Client):
    """What a browser sends, with the cookies that it got."""

    def opened(self) -> "Visitor":
        assert self.get("/").status_code == 200
        return self

    def call(self, function: str, **arguments: Any) -> Any:
        return self.post("/call", json={"function": function, "arguments": arguments}).json()

    def add(self, name: str, content: bytes) -> Any:
        (copy,) = self.post("/upload", files={"files": (name, content)}).json()
        return self.call("add", path=copy, name=name)


@pytest.fixture
def visitor(address: str) -> Iterator[Callable[[], Visitor]]:
    opened: list[Visitor] = []

    def open_another() -> Visitor:
        opened.append(Visitor(base_url=address, timeout=120).opened())
        return opened[-1]

    yield open_another
    for each in opened:
        each.close()


def test_a_browser_keeps_its_session_by_a_cookie(address: str, visitor: Callable[[], Visitor]) -> None:
    with Visitor(base_url=address, timeout=120) as one:
        given = one.get("/").headers["set-cookie"]
        assert re.fullmatch(r"cited-session-\d+=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict", given)
        assert "set-cookie" not in one.get("/").headers
        assert "set-cookie" not in one.get("/healthz").headers
    with Visitor(base_url=address, timeout=120, headers={"Cookie": "=; cited-session-1=x"}) as stranger:
        assert "load the page again" in stranger.call("turns", chat="x")["error"]


def test_no_session_reaches_anothers_documents_pictures_and_conversations(visitor: Callable[[], Visitor]) -> None:
    mine, other = visitor(), visitor()
    document = mine.add("report.pdf", PDF.read_bytes())["document"]
    turn = mine.call("answer", chat="chat", shown=0, question="who closed the harbour?", documents=None)
    assert turn["answer"] == "Mary Doyle"
    assert mine.call("open_pages", document=document)
    assert mine.get(f"/picture/{document}/1/100").status_code == 200

    assert [each["title"] for each in other.call("documents")] == ["note"]
    for function, arguments in (
        ("source", {}),
        ("open_pages", {}),
        ("words", {"page": 1}),
        ("remove", {}),
        ("rename", {"title": "x"}),
    ):
        assert "has been removed" in other.call(function, document=document, **arguments)["error"]
    assert other.get(f"/picture/{document}/1/100").status_code == 404
    asked = other.call("answer", chat="chat", shown=0, question="what was inspected?", documents=[document])
    assert "has been removed" in asked["error"]
    assert other.call("turns", chat="chat") == other.call("chats_kept", words="") == []
    assert "no longer remembers" in other.call("card", chat="chat", turns=[turn["id"]])["error"]
    assert "was not kept" in other.call("name_chat", chat="chat", title="x")["error"]
    other.call("forget", chat="chat")
    assert len(mine.call("turns", chat="chat")) == 1
    assert other.post("/v1/ask", json={"question": "what?", "documents": [document]}).status_code == 404
    assert document not in httpx.get(f"{other.base_url}/v1/documents").text


def test_what_all_share_is_neither_removed_nor_replaced_by_a_file(visitor: Callable[[], Visitor]) -> None:
    mine, other = visitor(), visitor()
    added = mine.add("note.txt", NOTE.text.replace("Friday", "Monday").encode())
    assert added["outcome"] == "added"
    shared = mine.call("documents")[0]["id"]
    assert [each["isFixed"] for each in mine.call("documents")] == [True, False]
    assert mine.call("rename", document=added["document"], title="mine")["isFixed"] is False
    assert "All share this document" in mine.call("remove", document=shared)["error"]
    assert "All share this document" in mine.call("rename", document=shared, title="x")["error"]
    for document in (shared, added["document"]):
        assert "one collection" in mine.call("copy_to", document=document, name="Other", is_new=True)["error"]
    assert "one collection" in mine.call("rename_collection", name="Other", other="x")["error"]
    assert shared in [each["id"] for each in other.call("documents")]
    assert "end with your session" in _rated(mine)
    with httpx.Client(base_url=mine.base_url) as program:
        refused = program.post("/v1/add", files={"file": ("x.txt", b"New words.")})
        assert (refused.status_code, "not changed" in refused.text) == (403, True)


def test_questions_beyond_the_limit_of_a_minute_are_refused_to_pages_and_programs(
    visitor: Callable[[], Visitor],
) -> None:
    mine = visitor()

    def ask(_: int) -> Any:
        return mine.call("answer", chat="much", shown=0, question="?!", documents=None)["error"]

    with ThreadPoolExecutor(4) as crowd:
        said = list(crowd.map(ask, range(limits.QUESTIONS_A_MINUTE + 2)))
    assert sum("You may ask 60 questions a minute" in each for each in said) == 2
    for _ in range(limits.QUESTIONS_A_MINUTE):
        mine.cookies.clear()
        mine.post("/v1/ask", json={"question": "?!"})
    refused = mine.post("/v1/search", json={"question": "harbour"})
    assert (refused.status_code, refused.json()["error"]["type"]) == (429, "TooManyQuestions")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    asked = {"data": ["who?"], "fn_index": 0, "session_hash": "x"}
    assert mine.post("/gradio_api/queue/join", json=asked).status_code == 429


def test_what_others_may_change_must_be_named(python: RunPython) -> None:
    refused = python("-m", "cited", "serve", "--no-auth", "--writable")
    assert (refused.returncode, "--collection" in refused.stderr) == (1, True)


def _rated(browser: Visitor) -> str:
    turn = browser.call("answer", chat="rated", shown=0, question="who closed the harbour?", documents=None)
    return str(browser.call("rate", chat="rated", turn=turn["id"], useful=True)["error"])


@needs_chromium
def test_the_page_offers_to_change_only_what_is_ones_own(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "tide.txt").write_text("The tide turned at noon.")
    with browser.new_page() as page:
        page.goto(address)
        wait_until_ready(page)
        add_files(page, tmp_path / "tide.txt")
        expect(page.get_by_role("button", name="What can be done with tide")).to_be_visible(timeout=SECONDS)
        expect(page.get_by_role("button", name="What can be done with note")).to_have_count(0)


@needs_chromium
def test_a_page_says_that_it_is_open_and_then_that_it_is_closed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    with page.expect_request(lambda sent: '"arrive"' in (sent.post_data or ""), timeout=SECONDS):
        page.goto(address)
    wait_until_ready(page)
    with page.expect_request(lambda sent: sent.resource_type == "ping", timeout=SECONDS):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # a closed page shows no requests
    page.close()
