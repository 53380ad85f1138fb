"""An answer under a denial, a question, a condition, a plan or a doubt is quoted with it, and not called sure."""

import pytest

from index import Document, FolderCollection, Span, sentences
from index.testing import BagOfWords
from qa import Answer, ask
from qa.answer import Form, Stance
from qa.explain.rejoinder import with_rejoinder
from qa.explain.stance import stance_of
from qa.share import card, wording
from qa.share.terminal import answer_text
from qa.share.transcript import plain_text

UNDER = """
She denied that the pump failed. | the pump failed | What failed? | denied | denied that the pump failed
The board did not approve the £40. | £40 | What was approved? | denied | did not approve the £40
He was asked whether the pier sank. | the pier | What sank? | asked | asked whether the pier sank
The hall could open in May. | May | When did the hall open? | planned | could open in May
The hall was to be sold in May. | May | When was the hall sold? | planned | was to be sold in May
If it rains, it ends on Friday. | Friday | When does it end? | conditional | If it rains, it ends on Friday
A boat may run on Sunday. | A boat | What runs on Sunday? | planned | A boat may run on Sunday
It is said that Lear built it. | Lear | Who built it? | uncertain | It is said that Lear built it
"""


@pytest.mark.parametrize(
    ("sentence", "words", "question", "stance", "quoted"), [line.split(" | ") for line in UNDER.strip().split("\n")]
)
def test_what_an_answer_stands_under_is_quoted_with_it(
    sentence: str, words: str, question: str, stance: str, quoted: str
) -> None:
    start = sentence.index(words)
    told, span = stance_of(sentence, Span(0, len(sentence)), Span(start, start + len(words)), question)
    assert (told, sentence[span.start : span.end]) == (Stance(stance), quoted)


@pytest.mark.parametrize(
    ("sentence", "words", "question"),
    [
        ("The hall opened in May, but it was not full.", "May", "When did the hall open?"),
        ("Nobody died, but three people were hurt.", "three", "How many people were hurt?"),
        ("The works will end in August.", "August", "When will the works end?"),
        ("She denied that the pump had failed.", "the pump had failed", "What did she deny?"),
        ("Abbas said that the hall opened in May.", "May", "When did the hall open?"),
        ("Ann Lee became the mayor in May.", "Ann Lee", "Who became the mayor?"),
        ("The mayor is Will Hay of Ayr.", "The mayor", "Who is of Ayr?"),
    ],
)
def test_what_is_stated_or_asked_for_as_such_is_quoted_alone(sentence: str, words: str, question: str) -> None:
    span = Span(sentence.index(words), sentence.index(words) + len(words))
    assert stance_of(sentence, Span(0, len(sentence)), span, question) == (Stance.STATED, span)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Some say he paid. There is no proof of it. It rained.", "Some say he paid. There is no proof of it."),
        (
            "Q: Did it fail?\n\nA: No. It was out for repair. It rained.",
            "Q: Did it fail?\n\nA: No. It was out for repair.",
        ),
        ("He paid. The hall is not large.", "He paid."),
    ],
)
def test_a_statement_is_shown_with_what_disputes_or_answers_it(text: str, whole: str) -> None:
    found = sentences(text)
    span = with_rejoinder(text, found[0], found)
    assert text[span.start : span.end] == whole


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    text = (
        "The bridge at Tarn was closed in March.\n\nA spokeswoman for the council denied that a warning had been"
        " ignored. The repair costs two million pounds."
    )
    with FolderCollection(tmp_path_factory.mktemp("warning"), BagOfWords()) as collection:
        collection.add(Document(text, "Minutes"))
        return ask("Was a warning ignored?", collection)


def test_a_question_for_yes_or_no_is_answered_by_the_whole_sentence(answer: Answer) -> None:
    assert answer.form is Form.STATEMENT
    assert answer.text == "A spokeswoman for the council denied that a warning had been ignored."


def test_every_surface_says_that_it_is_what_the_text_says(answer: Answer) -> None:
    shown = wording.HEADINGS[Form.STATEMENT]
    assert all(shown in told for told in (answer_text(answer, colours=False), plain_text(answer), card.card(answer)))
    assert answer.to_dict()["form"] == "statement"


def test_an_answer_that_is_not_stated_as_so_is_not_called_sure() -> None:
    assert all("Sure" not in wording.confidence(0.99, stance) for stance in Stance if stance is not Stance.STATED)
