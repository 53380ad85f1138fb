"""Who said something, and what somebody said, is told by reported speech, and not by the words around it."""

import pytest

from index import Document, Passage, Span
from qa.answer import Citation
from qa.explain.spoken import only_says, said_by, said_in, words_of_another

TEXT = (
    "Anna Berg opened the meeting. The minister, Carl Dahl, said that the weld had been examined in 2018. A spokeswoman"
    " for the council denied that a warning had been ignored. She said that no crack had been seen. “We will not reopen"
    " a bridge that is not safe,” Anna Berg told the Gazette."
)
PASSAGE = Passage(Document(TEXT, "news"), Span(0, len(TEXT)))


def _cited(words: str) -> Citation:
    start = TEXT.index(words)
    return Citation(PASSAGE.document, Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who said that the weld had been examined?", "Carl Dahl"),
        ("Who said that no crack had been seen?", "spokeswoman for the council"),
        ("Who denied that a warning had been ignored?", "spokeswoman for the council"),
    ],
)
def test_who_said_something_is_answered_by_its_speaker(question: str, speaker: str) -> None:
    found = said_by(question, PASSAGE)
    assert found is not None
    assert speaker in found[0].quote


@pytest.mark.parametrize("question", ["Who opened the meeting?", "Who said that the ferry had sunk?"])
def test_nobody_is_named_for_what_nobody_said(question: str) -> None:
    assert said_by(question, PASSAGE) is None


def test_what_somebody_said_is_the_sentence_in_their_words() -> None:
    found = said_in("What did Anna Berg say about the bridge?", PASSAGE)
    assert found is not None
    assert "We will not reopen" in TEXT[found[0].start : found[0].end]
    assert said_in("What did Anna Berg say about the ferry?", PASSAGE) is None


def test_what_the_holder_of_an_office_said_is_found_under_their_name() -> None:
    found = said_in("What did the minister say?", PASSAGE)
    assert found is not None
    assert "the weld had been examined" in TEXT[found[0].start : found[0].end]
    assert said_in("What did the mayor say?", PASSAGE) is None


def test_the_words_of_one_person_are_not_those_of_another() -> None:
    assert words_of_another("What did Anna Berg say?", _cited("the weld had been examined"), Span(0, 5))
    assert not words_of_another("What did Carl Dahl say?", _cited("the weld had been examined"), Span(0, 5))


def test_whoever_says_that_something_was_done_has_not_done_it() -> None:
    sentence = next(Span(s, s + 68) for s in [TEXT.index("The minister")])
    assert only_says("Who examined the weld?", _cited("Carl Dahl"), sentence)
    assert not only_says("Who said that the weld was examined?", _cited("Carl Dahl"), sentence)
