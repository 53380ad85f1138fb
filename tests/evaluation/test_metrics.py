"""SQuAD 2.0's measures, against their definitions and by brute force."""

import math

from hypothesis import given
from hypothesis import strategies as st

from evaluation.metrics import Prediction, area_under_roc, best_threshold, exact_match, f1, normalised, score

texts = st.text(alphabet="aAbT .,'he-", max_size=12)
margins = st.integers(-3, 3).map(float)
predictions = st.builds(
    Prediction,
    text=texts.filter(normalised),
    margin=margins,
    accepted=st.lists(texts.filter(normalised), max_size=3).map(tuple),
)
samples = st.lists(predictions, min_size=1, max_size=12)


def test_case_punctuation_articles_and_spaces_do_not_count() -> None:
    assert exact_match("The  Beatles!", ["beatles"]) == 1.0
    assert exact_match("Beatles' drummer", ["the Beatles drummer"]) == 1.0


def test_an_article_inside_a_word_counts() -> None:
    assert exact_match("theatre", ["atre"]) == 0.0


def test_the_best_accepted_answer_counts() -> None:
    assert f1("in 1912", ["the year 1912", "1912"]) == 2 / 3


def test_a_word_counts_as_often_as_both_hold_it() -> None:
    assert f1("new york new york", ["new york"]) == 2 / 3


def test_only_silence_answers_an_unanswerable_question() -> None:
    assert (f1("", []), f1("something", [])) == (1.0, 0.0)
    assert (exact_match("", []), exact_match("something", [])) == (1.0, 0.0)


@given(texts, st.lists(texts.filter(normalised), min_size=1, max_size=3))
def test_an_exact_match_has_a_perfect_f1_and_nothing_else_has_more(text: str, accepted: list[str]) -> None:
    assert exact_match(text, accepted) <= f1(text, accepted) <= 1.0


@given(samples)
def test_no_threshold_beats_the_best_one(sample: list[Prediction]) -> None:
    tried = [score(sample, threshold).f1 for threshold in (-4, *(p.margin for p in sample), math.inf)]
    assert math.isclose(score(sample, best_threshold(sample)).f1, max(tried))


@given(samples)
def test_the_area_is_the_share_of_pairs_in_the_right_order(sample: list[Prediction]) -> None:
    pairs = [(a.margin, b.margin) for a in sample for b in sample if a.accepted and not b.accepted]
    area = area_under_roc(sample)
    if not pairs:
        assert math.isnan(area)
    else:
        assert math.isclose(area, sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs))


@given(samples)
def test_both_kinds_of_question_make_up_the_whole(sample: list[Prediction]) -> None:
    scores = score(sample, threshold=0.0)
    answerable = sum(bool(p.accepted) for p in sample)
    parts = [(scores.has_answer_f1, answerable), (scores.no_answer, len(sample) - answerable)]
    whole = sum(mean * count for mean, count in parts if count) / len(sample)
    assert math.isclose(scores.f1, whole)
