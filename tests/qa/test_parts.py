"""Several questions in one are answered one by one, and nothing is added up or compared."""

from pathlib import Path

import pytest

from index import Document, FolderCollection, read
from index.testing import BagOfWords
from qa import ask
from qa.answer import Form
from qa.question.parts import asks_to_compute, parts_of
from qa.share import wording
from qa.share.card import card
from qa.share.terminal import answer_text
from qa.share.transcript import plain_text

TEXT = (
    "The Ardley dam was built in 1934 by Mottram & Hay. It is 41 metres high.\n\n"
    "The plant in Kolding employs 460 people, the plant in Malmö 310.\n"
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who is the chief, and who is the mayor?", ["Who is the chief?", "who is the mayor?"]),
        ("Who won? Who lost it?", ["Who won?", "Who lost it?"]),
        ("Where was it founded and by whom?", ["Where was it founded?", "by whom?"]),
        ("When and where was she born?", ["When was she born?", "where was she born?"]),
        ("Who are Signe and Runa?", ["Who are Signe and Runa?"]),
        ("Who knew what was planned and paid?", ["Who knew what was planned and paid?"]),
    ],
)
def test_a_question_is_divided_where_another_begins(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


def test_sums_comparisons_and_superlatives_are_told_from_what_is_stated() -> None:
    asked = ("How much is it in total?", "Is it longer than that?", "Which is longer, this or that?", "Who paid most?")
    assert all(map(asks_to_compute, asked))
    assert not asks_to_compute("What is the total?", "The total is £40.")
    assert not any(map(asks_to_compute, ("What is the best guest house?", "When did the forest burn?")))


@pytest.mark.parametrize(
    "question",
    [
        "How wide is the rainforest?",
        "What does it mean?",
        "Who found more than 200 coins?",
        "Where are most of the coins?",
        "How many died at most?",
        "What is the most important rule?",
        "How are the atoms bonded together?",
        "What do bacteria ingest?",
    ],
)
def test_a_hedge_a_verb_and_a_name_ask_for_no_sum(question: str) -> None:
    assert not asks_to_compute(question)


def test_a_sentence_states_a_superlative_or_a_comparison_in_its_own_words() -> None:
    assert not asks_to_compute("What is the largest hall?", "The biggest hall is Ayr Hall.")
    assert not asks_to_compute("Which pier is longer than Ash Pier?", "Elm Pier is longer than Ash Pier.")
    assert asks_to_compute("Which pier is longer than Ash Pier?", "Elm Pier is longer than the quay.")


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> FolderCollection:
    made = FolderCollection(tmp_path_factory.mktemp("dam"), BagOfWords())
    made.add(Document(TEXT, "The dam"))
    return made


def test_each_part_is_answered_in_order_and_what_is_not_stated_is_said_so(collection: FolderCollection) -> None:
    answer = ask("Who built the Ardley dam, and who painted the opera?", collection)
    assert answer.form is Form.PARTS
    assert [part.text for part in answer.parts] == ["Mottram & Hay", ""]
    assert answer.note == "Not stated: who painted the opera?"
    assert answer.note in answer_text(answer, colours=False)
    assert "who painted the opera" in plain_text(answer)


def test_a_sum_shows_its_figures_and_that_nothing_was_added_up(collection: FolderCollection) -> None:
    answer = ask("How many people do the plants employ in total?", collection)
    assert answer.form is Form.FIGURES
    assert "460" in answer.text
    assert "310" in answer.text
    heading = wording.HEADINGS[Form.FIGURES]
    assert all(heading in told for told in (plain_text(answer), answer_text(answer, colours=False), card(answer)))


def test_a_superlative_that_a_table_states_is_not_computed(tmp_path: Path) -> None:
    rows = ("Gauge,Highest level,Day", "Mill,2.97 m,9 May", "Weir,4.05 m,10 May")
    (tmp_path / "levels.csv").write_text("\n".join(rows))
    with FolderCollection(tmp_path / "collection", BagOfWords()) as levels:
        levels.add(read(tmp_path / "levels.csv"))
        assert ask("What was the highest level at Mill?", levels).text == "2.97 m"
        assert ask("Which gauge had the highest level?", levels).form is Form.FIGURES
