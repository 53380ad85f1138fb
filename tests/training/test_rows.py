"""What is read with a question answers it, or lies near to it and does not."""

from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.squad import Corpus, Paragraph, Question, occurrences
from index import Span
from training.mine import mined
from training.rows import Examples, Mixture, OtherCorpus, load_distractors, save_distractors, sequence, windows

FEZ = "The station of Fez was opened in 1923. It has nine platforms, and trains leave for Rabat."
RABAT = "The station of Rabat was rebuilt in 2018. Trains leave for Fez every hour of the day."
OUJDA = "A market is held in Oujda. Opened in 1923, its hall is older than the station of Fez."
STATIONS = tuple(Paragraph(0, text) for text in (FEZ, RABAT, OUJDA))


def test_windows_that_hold_the_answer_are_no_distractors() -> None:
    question = Question("q", "When was the station of Fez opened?", 0, (Span(33, 37),))
    assert [w for w in mined(Corpus(STATIONS, (question,)))[0] if w >= 0] == [1]


def test_the_distractors_of_a_question_without_an_answer_are_of_other_paragraphs_and_the_nearest_comes_first() -> None:
    question = Question("q", "Who opened the hall beside the station of Fez?", 1, ())
    assert [w for w in mined(Corpus(STATIONS, (question,)))[0] if w >= 0] == [2, 0]


def test_distractors_are_refused_for_other_data(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "distractors.npz"
    distractors = mined(corpus)
    save_distractors(path, corpus, distractors)
    assert np.array_equal(load_distractors(path, corpus), distractors)
    with pytest.raises(OtherCorpus, match=r"mined over other data; run python -m training\.mine again"):
        load_distractors(path, Corpus(STATIONS, ()))


def test_a_text_marks_its_answers_and_distractors_hold_none(corpus: Corpus) -> None:
    examples = Examples(corpus, mined(corpus), Mixture((0.2, 0.3, 0.5)))
    random = Random(0)
    texts = set()
    for number in examples.epoch * 20:
        question = corpus.questions[number]
        own, *distractors = examples.draw(number, random).texts
        texts.add(own.text)
        answers = [own.text[answer.start : answer.end] for answer in own.answers]
        paragraph = corpus.paragraphs[question.paragraph].text
        assert own.text in paragraph
        assert answers == [paragraph[answer.start : answer.end] for answer in question.answers]
        for distractor in distractors:
            assert not distractor.answers
            assert distractor.text not in paragraph
    whole = {paragraph.text for paragraph in corpus.paragraphs}
    assert whole & texts
    assert texts - whole


def test_as_many_distractors_are_read_as_the_mixture_says(corpus: Corpus) -> None:
    examples = Examples(corpus, mined(corpus), Mixture((0.25, 0.55, 0.2)))
    counts = Counter(len(examples.draw(0, Random(i)).texts) - 1 for i in range(1000))
    assert [round(counts[n] / 1000, 1) for n in range(3)] == [0.2, 0.6, 0.2]


def test_a_synthetic_example_comes_as_often_as_the_mixture_says(corpus: Corpus) -> None:
    own = {paragraph.text for paragraph in corpus.paragraphs}
    examples = Examples(corpus, mined(corpus), Mixture((1.0,), synthetic=0.3))
    drawn = [examples.draw(0, Random(i)).texts[0].text for i in range(500)]
    assert 0.25 < sum(not any(text in paragraph for paragraph in own) for text in drawn) / 500 < 0.35


def test_an_altered_question_comes_as_often_as_the_mixture_says_and_its_text_has_no_answer(corpus: Corpus) -> None:
    examples = Examples(corpus, mined(corpus), Mixture((1.0,), altered=0.5))
    own = corpus.questions[0]
    drawn = [examples.draw(0, Random(i)) for i in range(400)]
    assert {bool(example.texts[0].answers) for example in drawn} == {True, False}
    unanswered = [example for example in drawn if not example.texts[0].answers]
    assert 0.4 < len(unanswered) / 400 < 0.6
    assert all(example.texts[0].text in corpus.paragraphs[own.paragraph].text for example in unanswered)


def test_an_epoch_reads_each_question_and_those_without_an_answer_twice(corpus: Corpus) -> None:
    epoch = Examples(corpus, mined(corpus), Mixture((1.0,))).epoch
    read = Counter(sequence(epoch, seed=0, begin=0, size=len(epoch)))
    assert read == {i: 1 if question.answers else 2 for i, question in enumerate(corpus.questions)}


@given(st.integers(1, 20), st.integers(0, 50), st.integers(1, 50), st.integers(0, 3))
def test_an_endless_sequence_is_the_same_however_it_is_cut(length: int, begin: int, size: int, seed: int) -> None:
    epoch = range(length)
    whole = sequence(epoch, seed, 0, begin + size)
    assert sequence(epoch, seed, begin, size) == whole[begin:]
    assert all(sorted(whole[at : at + length]) == [*epoch] for at in range(0, len(whole) - length + 1, length))


@given(st.text(alphabet="ab. \né🕌", min_size=1, max_size=400))
def test_windows_of_a_paragraph_begin_and_end_later_and_later(text: str) -> None:
    found = windows(text)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(found))


def test_only_whole_words_are_occurrences() -> None:
    assert occurrences("1900", "In 1900, not 19000.") == [Span(3, 7)]
