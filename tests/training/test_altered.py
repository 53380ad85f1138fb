"""A question about another name or number looks answerable and is not."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from training.altered import LARGEST_STEP, altered

TEXT = "In 1923 the station of Fez was opened by Rosa Bonheur, before that of Rabat."
NEAR = ["A market in Oujda was shut by Marie Curie.", "The road to Fez is long."]


@given(st.integers(0, 1000))
def test_a_name_is_exchanged_for_one_that_only_other_texts_have(seed: int) -> None:
    other = altered("When was the station of Fez opened?", TEXT, NEAR, Random(seed))
    assert other in {f"When was the station of {name} opened?" for name in ("Oujda", "Marie Curie")}


@given(st.integers(0, 1000))
def test_a_year_is_exchanged_for_one_nearby(seed: int) -> None:
    other = altered("Who opened the station in 1923?", TEXT, NEAR, Random(seed))
    assert other
    year = int(other.removeprefix("Who opened the station in ").removesuffix("?"))
    assert 0 < abs(year - 1923) <= LARGEST_STEP


def test_a_question_without_a_name_or_number_of_the_text_is_not_changed() -> None:
    assert altered("What was opened first?", TEXT, NEAR, Random(0)) is None
    assert altered("When was the station of Oujda opened?", TEXT, NEAR, Random(0)) is None
    assert altered("When was the station of Fez opened?", TEXT, [], Random(0)) is None
