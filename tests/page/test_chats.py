"""The conversations that the page's server remembers, and what is left of them when it is started again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Collection, Document, FolderCollection, InvalidText
from index.testing import BagOfWords
from page import limits
from page.calls import Forgotten
from page.chats import Chats
from page.matching import LONGEST, Sought
from page.records import Lost, Records, Unkept
from page.settings import ReaderName, Settings
from qa import Answer, ask
from qa.reading.load import default_ranker, shipped_reader
from qa.share.card import card
from qa.share.verify import verify

QUESTION = "who opened the conference?"

SECRET = "The key of the lighthouse is under the mat."

NOTE = Document(f"The harbour master, Mary Doyle, closed the harbour on Friday.\n\n{SECRET}", "note")

Start = Callable[[Collection], Chats]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start a server's conversations, as a new server with the same folder would."""
    monkeypatch.setattr(limits, "CHATS_IN_MEMORY", 2)
    monkeypatch.setattr(limits, "TURNS", 2)
    return lambda collection: Chats(lambda: collection, Records(tmp_path / "conversations"))


def test_a_conversation_goes_on_after_a_restart_with_its_answers_unchanged(
    start: Start, about_the_article: FolderCollection
) -> None:
    before = start(about_the_article)
    turns = [before.ask("one", shown, asked, None) for shown, asked in enumerate((QUESTION, "what is his position?"))]
    after = start(about_the_article)
    assert after.find("one").said() == turns
    assert [given.to_dict() for given in after.find("one").answers()] == [given.to_dict() for _, given in turns]
    assert turns[1][1].understood
    assert after.answer("one", turns[0][0]).question == QUESTION


def test_however_many_conversations_there_are_each_is_remembered(
    start: Start, about_the_article: FolderCollection
) -> None:
    remembered = start(about_the_article)
    for name in ("first", "second", "third"):
        remembered.ask(name, 0, QUESTION, None)
    assert [len(remembered.find(name).said()) for name in ("first", "second", "third")] == [1, 1, 1]


def test_answers_cite_a_renamed_document_by_its_new_title_before_and_after_a_restart(
    start: Start, tmp_path: Path
) -> None:
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(NOTE)
        before = start(collection)
        before.ask("one", 0, "who closed the harbour?", None)
        saved = card(before.find("one").answers()[0])
        before.show(collection.rename(NOTE.id, "The log of the harbour"))
        _, repeated = before.ask("one", 1, "are you sure?", None)
        for chats in (before, start(collection)):
            answers = chats.find("one").answers()
            assert [each.text for each in answers] == ["Mary Doyle"] * 2
            for citation in (each for answer in answers for each in answer.citations):
                assert citation.document.title == "The log of the harbour"
                assert citation.quote in NOTE.text
        assert repeated.citations[0].document.title == "The log of the harbour"
        assert {finding.standing for finding in verify(saved, collection.documents())} == {"found"}


def test_an_answer_whose_document_is_removed_keeps_its_words_and_no_more(start: Start, tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(NOTE)
        name, given = start(collection).ask("one", 0, "who closed the harbour?", None)
        assert given.text == "Mary Doyle"
        (file,) = (tmp_path / "conversations").iterdir()
        assert SECRET not in file.read_text(encoding="utf-8")
        collection.remove(NOTE.id)
        after = start(collection)
        ((_, left),) = after.find("one").said()
        assert isinstance(left, Lost)
        assert "Mary Doyle" in left.text
        with pytest.raises(Forgotten, match="ask its question again"):
            after.answer("one", name)


def test_conversations_are_listed_the_newest_first_and_found_by_their_words(
    start: Start, about_the_article: FolderCollection
) -> None:
    remembered = start(about_the_article)
    remembered.ask("old", 0, QUESTION, None)
    remembered.ask("new", 0, "where did the conference take place?", None)
    listed = remembered.records.summaries()
    assert {each.chat: (each.title, each.questions) for each in listed}["old"] == ([(QUESTION, False)], 1)
    assert [each.chat for each in remembered.records.summaries("who Hamouchi")] == ["old"]
    assert not remembered.records.summaries("who Antarctica")
    remembered.forget("old")
    assert [each.chat for each in start(about_the_article).records.summaries()] == ["new"]


def test_a_conversation_has_the_title_that_people_gave_it_last_and_is_found_by_it(
    start: Start, about_the_article: FolderCollection
) -> None:
    remembered = start(about_the_article)
    remembered.ask("one", 0, QUESTION, None)
    (before,) = remembered.records.summaries()
    for title in ("Opening", " The first \n day "):
        remembered.records.rename("one", title)
    (listed,) = start(about_the_article).records.summaries("first day")
    assert listed.title == [("The ", False), ("first", True), (" ", False), ("day", True)]
    assert (listed.at, listed.questions, listed.documents) == (before.at, 1, about_the_article.document_ids())
    assert not remembered.records.summaries("opening antarctica")
    assert len(start(about_the_article).find("one").said()) == 1
    with pytest.raises(InvalidText, match="holds no words"):
        remembered.records.rename("one", " . ")
    with pytest.raises(Unkept, match="was not kept"):
        remembered.records.rename("two", "Another")
    assert [each.chat for each in remembered.records.summaries()] == ["one"]


def test_what_is_found_in_a_conversation_is_shown_with_the_answer_that_has_it(
    start: Start, about_the_article: FolderCollection
) -> None:
    remembered = start(about_the_article)
    (first, _), (second, _) = (
        remembered.ask("one", shown, asked, None)
        for shown, asked in enumerate(("how many officers work in Antarctica?", QUESTION))
    )
    for typed, found, turn in (
        ("antarctic", "", first),
        ("Hamouchi", "Hamouchi", second),
        ("conferen", "conference", second),
        ("OFFICERS hamouchi", "Hamouchi", second),
        ("officer", "", first),
    ):
        (listed,) = remembered.records.summaries(typed)
        marked = [text for text, is_found in listed.found if is_found]
        assert (found in marked) if found else not marked, typed  # what the title has is marked there
        assert listed.turn == turn
    (listed,) = remembered.records.summaries("hamouchi")
    assert len("".join(text for text, _ in listed.found)) <= LONGEST + 3
    assert remembered.records.summaries("")[0].found == []


@given(text=st.text("ab .\n", max_size=400), typed=st.text("ab ", max_size=9))
def test_an_excerpt_is_a_part_of_its_text_with_just_the_words_marked_that_are_looked_for(text: str, typed: str) -> None:
    sought = Sought(typed)
    assert "".join(piece for piece, _ in sought.marked(text)) == text
    excerpt = sought.excerpt(text)
    shown = "".join(piece for piece, _ in excerpt).removeprefix("… ").removesuffix("…").strip()
    assert shown in " ".join(text.split())
    marked = [piece for piece, is_sought in excerpt if is_sought]
    assert all(any(piece.startswith(part) for part in typed.split()) for piece in marked)
    assert bool(marked) == bool(sought.count(text))


def test_what_was_cut_off_or_written_by_another_version_costs_no_other_answer(
    start: Start, about_the_article: FolderCollection, tmp_path: Path
) -> None:
    (name, given) = start(about_the_article).ask("one", 0, QUESTION, None)
    file = tmp_path / "conversations" / "one.jsonl"
    other = '{"id": "x", "at": "2026", "text": "Yes.", "answer": {"question": "why?", "tomorrow": 1}}\n'
    file.write_text(other + file.read_text(encoding="utf-8") + '{"id": "y", "at"', encoding="utf-8")
    assert start(about_the_article).find("one").said() == [("x", Lost("why?", "Yes.")), (name, given)]


def test_a_conversation_of_which_the_browser_shows_more_is_said_to_be_forgotten(
    start: Start, about_the_article: FolderCollection
) -> None:
    remembered = start(about_the_article)
    with pytest.raises(Forgotten, match="no longer remembers this conversation"):
        remembered.ask("unknown", 1, QUESTION, None)
    with pytest.raises(Forgotten, match="no longer remembers this answer"):
        remembered.answer("unknown", "x")


def test_a_conversation_has_so_many_questions(start: Start, about_the_article: FolderCollection) -> None:
    remembered = start(about_the_article)
    for shown in range(2):
        name, answer = remembered.ask("long", shown, QUESTION, None)
        assert isinstance(answer, Answer)
        assert remembered.answer("long", name) == answer
    with pytest.raises(Forgotten, match="begin a new one"):
        remembered.ask("long", 2, QUESTION, None)


def test_the_place_at_which_the_page_was_left_is_kept(tmp_path: Path) -> None:
    records = Records(tmp_path / "conversations")
    assert records.place() == {}
    records.keep_place({"address": "doc=a"})
    records.keep_place({"address": "doc=b"})
    assert Records(tmp_path / "conversations").place() == {"address": "doc=b"}


def test_how_sure_an_answer_must_be_is_kept_with_the_documents_and_refuses_what_is_less_sure(tmp_path: Path) -> None:
    records = Records(tmp_path)
    assert records.settings() == Settings()
    records.keep_settings(Settings(0.9, "small"))
    records.keep_place({"address": "doc=a"})
    assert Records(tmp_path).settings() == Settings(0.9, "small")
    records.keep_settings(Settings())
    assert records.settings() == Settings()


@pytest.mark.parametrize("kept", ['{"confidence": "much", "reader": ["small"]}', '{"reader": "huge"}', "[]", "{"])
def test_settings_that_another_version_kept_are_the_usual_ones(tmp_path: Path, kept: str) -> None:
    (tmp_path / "settings.json").write_text(kept, encoding="utf-8")
    assert Records(tmp_path).settings() == Settings()


def test_each_question_is_read_by_the_reader_chosen_then_with_its_own_confidence_and_none_is_loaded_twice(
    start: Start, about_the_article: FolderCollection
) -> None:
    chats = start(about_the_article)
    names: tuple[ReaderName, ...] = ("small", "large")
    for shown, name in enumerate(names):
        chats.records.keep_settings(Settings(reader=name))
        _, answer = chats.ask("read", shown, QUESTION, None)
        assert answer.confidence == ask(QUESTION, reader=shipped_reader(name)).confidence
    small, large = (answer.confidence for answer in chats.find("read").answers())
    assert small != large
    assert Settings(reader="small").reading() is default_ranker()
