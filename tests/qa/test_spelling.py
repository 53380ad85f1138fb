"""A misspelled name is asked as the documents spell it, if another word of the name vouches for it."""

import pytest

from qa.question.spelling import renamed

TEXTS = ["Ida Bromley kept the lighthouse at Gannet Point.", "Gwen Talbot and Gordon Lisle met Anna Berg, Anna Berk."]


@pytest.mark.parametrize(
    ("question", "missing", "meant"),
    [
        ("When did Ida Bromly come to Ganet Point?", ["Bromly", "Ganet"], "When did Ida Bromley come to Gannet Point?"),
        ("Who is Gordon Lyle?", ["Lyle"], "Who is Gordon Lyle?"),
        ("Who is Petra Talbot?", ["Petra"], "Who is Petra Talbot?"),
        ("Who is Bromly?", ["Bromly"], "Who is Bromly?"),
        ("Who is Anna Bert?", ["Bert"], "Who is Anna Bert?"),
    ],
)  # a word without a vouching neighbour, too far away, or near to two, stays
def test_a_name_is_respelled_only_beside_a_word_that_vouches_for_it(
    question: str, missing: list[str], meant: str
) -> None:
    assert renamed(question, missing, TEXTS) == meant
