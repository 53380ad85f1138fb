"""A bare question word asks the question before it anew, as an English sentence, or nothing of it is shown."""

import pytest

from qa.question.completion import completed, reads_well
from qa.question.past import base_form


@pytest.mark.parametrize(
    ("fragment", "asked", "answer", "meant"),
    [
        ("why", "When was the dam closed", "in May", "why was the dam closed"),
        ("by whom", "When was the mill built", "1802", "by whom was the mill built"),
        ("since when", "Who is the chair of the club", "Ann Berg", "since when is Ann Berg the chair of the club"),
        ("when", "Who planned the tunnel", "Ann Berg", "when did Ann Berg plan the tunnel"),
        ("for how long", "How many nurses worked there", "Nine", "for how long did nine nurses work there"),
        ("where", "how many goats did the flood kill", "31", "where did the flood kill 31 goats"),
        ("how many", "Where did the army train dogs", "Lens", "how many dogs did the army train"),
        ("why", "Has the lift ever been used", "", "why has the lift ever been used"),
        ("why", "What did the mayor do", "resigned", "why did the mayor do that"),
        ("until when", "on which boat was he held", "Gull", "until when was he held"),
        ("who else", "Which towns voted for it", "Lens", "who else voted for it"),
        ("by how much", "Who said that the price has risen", "Ann", "by how much has the price risen"),
        ("why", "which bakeries have closed", "Blum and Sons", "why have Blum and Sons closed"),
    ],
)
def test_a_question_word_takes_the_place_of_the_one_before_it(
    fragment: str, asked: str, answer: str, meant: str
) -> None:
    assert completed(fragment, asked, answer) == meant
    assert reads_well(f"{meant}?")


@pytest.mark.parametrize(
    "question",
    [
        "where goats did the flood kill?",
        "who was present, the meeting?",
        "how long is the bridge, after that?",
        "in which city Ann Berg opened it?",
        "why did is it closed?",
        "what about Lens?",
        "why?",
    ],
)
def test_what_is_no_sentence_does_not_read_well(question: str) -> None:
    assert not reads_well(question)


@pytest.mark.parametrize(
    ("past", "verb"),
    [
        ("stopped", "stop"),
        ("carried", "carry"),
        ("died", "die"),
        ("agreed", "agree"),
        ("noted", "note"),
        ("waited", "wait"),
        ("filled", "fill"),
        ("changed", "change"),
        ("fled", "flee"),
        ("red", ""),
        ("ship", ""),
    ],
)
def test_a_past_tense_has_its_verb(past: str, verb: str) -> None:
    assert base_form(past) == verb
