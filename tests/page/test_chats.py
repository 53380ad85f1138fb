"""The conversations that the page's server remembers."""

import pytest

from index import FolderCollection
from page import chats
from page.calls import Forgotten
from page.chats import Chats

QUESTION = "who opened the conference?"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Chats:
    monkeypatch.setattr(chats, "MOST_CHATS", 3)
    monkeypatch.setattr(chats, "MOST_TURNS", 2)
    return Chats()


def test_of_too_many_conversations_the_one_unused_for_longest_is_forgotten(
    few: Chats, about_the_article: FolderCollection
) -> None:
    for name in ("first", "second", "third"):
        few.shown(name, 0, about_the_article)
    assert few.find("first")
    few.shown("fourth", 0, about_the_article)
    assert [name for name in ("first", "second", "third", "fourth") if few.find(name)] == ["first", "third", "fourth"]


def test_a_conversation_of_which_the_browser_shows_more_is_said_to_be_forgotten(
    few: Chats, about_the_article: FolderCollection
) -> None:
    with pytest.raises(Forgotten, match="no longer remembers this conversation"):
        few.shown("unknown", 1, about_the_article)
    with pytest.raises(Forgotten, match="no longer remembers this answer"):
        few.answer("unknown", "x")


@pytest.mark.slow
def test_a_conversation_has_so_many_questions_and_gives_each_answer_by_its_name(
    few: Chats, about_the_article: FolderCollection
) -> None:
    chat = few.shown("long", 0, about_the_article)
    names = [chat.ask(QUESTION, None)[0] for _ in range(2)]
    assert [name for name, _ in chat.said()] == names
    assert few.answer("long", names[1]).question == QUESTION
    with pytest.raises(Forgotten, match="begin a new one"):
        chat.ask(QUESTION, None)
