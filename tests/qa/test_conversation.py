"""A follow-up question is understood by what came before it, and one that stands alone is asked as it was typed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, FolderCollection, Kind, UnusableQuestion
from index.collection import LONGEST_QUESTION
from index.testing import BagOfWords
from qa import Answer, Conversation, article, ask
from qa.question.follow_up import MOST_INTERPRETATIONS, Turn, bare_interpretations, interpretations, known
from qa.question.grammar import is_follow_up
from qa.question.understand import understand
from qa.reading.load import SMALL, default_ranker, load_reader
from qa.reading.network import Logits
from qa.reading.ranker import rank
from qa.reading.reader import Reader
from qa.reading.tokens import PairTokenizer, Window

OPENED = Turn("who opened the conference?", "Abdel Latif Hamouchi", "who opened the conference?")
VISITED = Turn(
    "how many people visited the Lantern Festival last year?",
    "4 million",
    "how many people visited the Lantern Festival last year?",
)
HELD = Turn("on which ship was she held?", "Freewinds", "on which ship was she held?")
SOUGHT = Turn("who is the youngest member elected in Chiba?", "", "who is the youngest member elected in Chiba?")
SHIP = Turn("where will Discovery be displayed?", "Udvar-Hazy Center", "where will Discovery be displayed?")

pytestmark = pytest.mark.usefixtures("about_the_article")


@pytest.fixture(scope="module")
def dialogue(about_the_article: object) -> tuple[Answer, ...]:
    conversation = Conversation()
    for question in ("who opened the conference?", "what is his position?", "in which city?", "who else was there?"):
        conversation.ask(question)
    return conversation.answers


def test_follow_up_questions_are_answered(dialogue: tuple[Answer, ...]) -> None:
    opened, position, city, others = dialogue

    assert opened.text == "Abdel Latif Hamouchi"
    assert "Director General of National Security" in position.text
    assert city.text == "Tangier"
    assert others.text
    assert "Hamouchi" not in others.text


def test_an_answer_says_how_its_question_was_understood(dialogue: tuple[Answer, ...]) -> None:
    opened, position, *_ = dialogue

    assert (opened.question, opened.understood) == ("who opened the conference?", "")
    assert position.question == "what is his position?"
    assert position.understood == "what is Abdel Latif Hamouchi's position?"
    assert json.loads(json.dumps(position.to_dict()))["understood"] == position.understood


def test_every_quote_of_a_conversation_is_a_slice_of_its_document(dialogue: tuple[Answer, ...]) -> None:
    for answer in dialogue:
        assert answer.citations
        for cited in answer.citations:
            assert cited.quote == cited.document.text[cited.span.start : cited.span.end]


def test_a_conversation_goes_on_from_its_answers_and_answers_the_same(dialogue: tuple[Answer, ...]) -> None:
    *earlier, last = dialogue
    restored = Conversation(answers=earlier)

    assert restored.ask(last.question) == last
    assert restored.answers == dialogue


def test_a_question_that_stands_alone_is_asked_as_it_was_typed(dialogue: tuple[Answer, ...]) -> None:
    question = "What do criminal gangs depend on?"

    assert Conversation(answers=dialogue).ask(question) == ask(question)


def test_an_overview_is_of_the_documents_whatever_was_said_before(dialogue: tuple[Answer, ...]) -> None:
    question = "What is this about?"

    assert Conversation(answers=dialogue).ask(question) == ask(question)


def test_the_first_question_is_asked_as_it_was_typed() -> None:
    assert Conversation().ask("what is his position?") == ask("what is his position?")


def test_after_not_stated_the_last_question_that_was_answered_counts(dialogue: tuple[Answer, ...]) -> None:
    conversation = Conversation(answers=dialogue[:1])

    assert conversation.ask("how much did the tickets cost?").text == ""
    assert conversation.ask("what is his position?").understood == "what is Abdel Latif Hamouchi's position?"


@pytest.mark.parametrize("question", ["", " ?!", "and " + "x" * LONGEST_QUESTION, "what about \ud800?"])
def test_a_question_that_cannot_be_asked_is_refused_and_nothing_is_lost(
    question: str, dialogue: tuple[Answer, ...]
) -> None:
    conversation = Conversation(answers=dialogue)

    with pytest.raises(UnusableQuestion):
        conversation.ask(question)

    assert conversation.answers == dialogue


def test_a_confidence_that_is_no_probability_is_refused_and_nothing_is_lost(dialogue: tuple[Answer, ...]) -> None:
    conversation = Conversation(answers=dialogue)

    with pytest.raises(UnusableQuestion, match=r"give 0\.8"):
        conversation.ask("what is his position?", min_confidence=80)

    assert conversation.answers == dialogue


def test_only_whole_words_of_a_known_answer_are_left_out(tmp_path: Path) -> None:
    text = "The Mayor of Lille opened the fair in May 2010. The Mayor of Lens opened it in June."
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document(text, "fair"))
        asked = understand("who opened the fair?", collection, exclude=["May", "10"])
        (candidate,) = rank(asked.text, collection.search(asked.text), default_ranker(), asked.exclude)

    assert candidate.excerpt.text == text.replace("in May", "in    ")


class _Counting:
    """A network that counts how often it reads each passage."""

    def __init__(self) -> None:
        self.network = load_reader(str(SMALL)).network
        self.windows: Counter[tuple[int, ...]] = Counter()

    @property
    def tokenizer(self) -> PairTokenizer:
        return self.network.tokenizer

    def run(self, window: Window) -> Logits:
        passage = tuple(window.ids[window.first :])
        self.windows[passage] += 1
        return self.network.run(window)


@pytest.mark.parametrize("question", ["in which city?", "who else was there?", "what is his position?"])
def test_the_reader_of_a_follow_up_reads_each_passage_at_most_once(dialogue: tuple[Answer, ...], question: str) -> None:
    network = _Counting()
    Conversation(answers=dialogue[:1], reader=Reader(network)).ask(question)

    assert network.windows
    assert max(network.windows.values()) == 1


@pytest.mark.parametrize(
    "question",
    [
        "what is his position?",
        "who founded it?",
        "Which party is he from?",
        "what was the name of their first album?",
        "in which city?",
        "in partnership with whom?",
        "when?",
        "Why?",
        "who won?",
        "who else was there?",
        "what happened there?",
        "and Lee?",
        "what about Lee?",
        "according to Lee?",
        "how many were wounded?",
        "who said that?",
    ],
)
def test_pronouns_and_missing_words_lean_on_what_came_before(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "who opened the conference?",
        "How many types of cilia are there?",
        "How long does it take to reach Kabul?",
        "What did Napoleon do when he returned?",
        "Which Belgian footballer claimed that he should be free?",
        "What is the science that examines the brain called?",
        "Who announced she would step down as leader?",
        "Besides Britain, where else did refugees settle?",
        "When did war start?",
        "DECnet stands for what?",
        "What do ctenophores have that no other animals have?",
    ],
)
def test_a_question_with_all_it_needs_does_not_lean(question: str) -> None:
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    ("question", "turn", "interpretation"),
    [
        ("how old is he?", OPENED, "how old is Abdel Latif Hamouchi?"),
        ("who is his father?", OPENED, "who is Abdel Latif Hamouchi's father?"),
        ("how old is she?", SOUGHT, "how old is the youngest member?"),
        ("how long does it last?", OPENED, "how long does the conference last?"),
        ("what is its name?", OPENED, "what is the name of the conference?"),
        ("who else was there?", OPENED, "who else was there at the conference?"),
        ("in which city?", OPENED, "in which city did Abdel Latif Hamouchi open the conference?"),
        ("for how long?", HELD, "for how long was she held?"),
        ("since when?", SHIP, "since when will Discovery be displayed?"),
        ("what about Endeavour?", SHIP, "where will Endeavour be displayed?"),
        ("And Atlantis?", SHIP, "where will Atlantis be displayed?"),
        ("and how many were lost?", VISITED, "how many people were lost?"),
        ("what does he do?", Turn("who sang?", "Ned Wray", "who sang?"), "what is Ned Wray's job?"),
        ("and the rent?", Turn("when is the fee due?", "May", "when is the fee due?"), "when is the rent due?"),
        ("according to the city?", VISITED, VISITED.asked.replace("?", ", according to the city?")),
    ],
)
def test_what_a_follow_up_refers_to_takes_its_place(question: str, turn: Turn, interpretation: str) -> None:
    assert interpretation in interpretations(question, [turn])


def test_a_bare_where_is_asked_of_the_document_that_was_spoken_of(tmp_path: Path) -> None:
    fair = Document("The fair took place in the city of Rabat. It took place in Rabat in May.", title="fair")
    with FolderCollection(tmp_path) as collection:
        collection.add(article(), fair)
        conversation = Conversation(collection)
        conversation.ask("who opened the conference?")
        first = conversation.ask("in which city?")
        collection.remove(article().id)
        second = conversation.ask("in which city?")

    assert first.text == "Tangier"
    assert second.text == "Rabat"


def test_what_no_document_and_no_dictionary_holds_is_no_follow_up(dialogue: tuple[Answer, ...]) -> None:
    conversation = Conversation(answers=dialogue[:1])

    answer = conversation.ask("asdf qwer zxcv")

    assert (answer.text, answer.understood, answer.missing) == ("", "", ("asdf", "qwer", "zxcv"))
    assert answer.nearest
    assert answer.nearest.document.block(answer.nearest.span.start).kind is not Kind.HEADING


def test_he_is_still_the_person_whom_the_last_question_was_about() -> None:
    party = Turn("which party is Abdel Latif Hamouchi from?", "Istiqlal Party", "which party is he from?")
    president = Turn("which president opened the conference?", "Al-Raisi", "which president opened the conference?")

    assert interpretations("how old is he?", [party]) == ["how old is Abdel Latif Hamouchi?"]
    assert "how old is Al-Raisi?" in interpretations("how old is he?", [president])


def test_somebody_is_never_a_clause() -> None:
    denied = Turn("What did the head deny?", "that the lift had failed", "What did the head deny?")

    assert interpretations("who accused them?", [denied]) == ["who accused the head?"]


def test_who_else_asks_for_nobody_who_was_named_since_the_subject_began() -> None:
    president = Turn("who is the president of Interpol?", "Al-Raisi", "who is the president of Interpol?")
    position = Turn("what is Abdel Latif Hamouchi's position?", "Director General", "what is his position?")

    assert known("who else was there?", [position, OPENED, president]) == ["Abdel Latif Hamouchi"]
    assert known("what about Endeavour?", [SHIP, OPENED]) == ["Udvar-Hazy Center"]
    assert known("when was it?", [OPENED]) == []


WORDS = st.sampled_from(
    "and what about who else is his of it there the Lee in which how many did they ' , ? . İ 9 é".split()
)
TYPED = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=8).map(" ".join))


@given(TYPED, st.lists(st.builds(Turn, TYPED, TYPED, TYPED), max_size=3))
def test_whatever_is_typed_has_a_few_interpretations_and_the_last_is_itself(question: str, turns: list[Turn]) -> None:
    named, bare = interpretations(question, turns), bare_interpretations(question)

    assert len(named) + len(bare) <= MOST_INTERPRETATIONS
    assert bare[-1] == question
    assert all(len(each) <= LONGEST_QUESTION for each in named)
    assert named == interpretations(question, turns)
    assert known(question, turns) == known(question, turns)
    assert is_follow_up(question) in {True, False}
