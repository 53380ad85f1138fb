"""A loss is what it says, and what teaches can be learnt from."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from training.batches import Batch
from training.losses import (
    distillation_loss,
    divergence,
    gold_spans,
    placed,
    ranking_loss,
    span_loss,
    states_loss,
    taught,
)

ROWS, TOKENS = 6, 5
GROUPS = torch.tensor([[0, 1], [2, -1], [3, 4], [5, -1]])


def batch(seed: int) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    candidates = torch.rand(ROWS, TOKENS, generator=generator) < 0.7
    candidates[:, 0] = False
    starts, ends = (candidates & (torch.rand(ROWS, TOKENS, generator=generator) < 0.2) for _ in range(2))
    blank = torch.zeros(ROWS, TOKENS, dtype=torch.int64)
    weights = torch.tensor([1.0, 0.5, 1.0, 1.0, 0.5, 1.0])
    return Batch(blank, blank, blank + 1, candidates, starts, ends, weights, GROUPS)


@settings(max_examples=30)
@given(st.integers(0, 2**20))
def test_a_rows_probabilities_are_one_softmax_over_its_candidates_and_its_null(seed: int) -> None:
    read = batch(seed)
    logits = 3 * torch.randn(ROWS, TOKENS, generator=torch.Generator().manual_seed(seed))
    total = torch.tensor(0.0)
    for row in range(ROWS):
        scores = torch.cat([logits[row, :1], logits[row][read.candidates[row]]]).softmax(0)
        right = torch.cat([~read.starts[row].any()[None], read.starts[row][read.candidates[row]]])
        total -= read.weights[row] * scores[right].sum().log()
        assert torch.allclose(placed(logits, read.candidates)[row].exp().sum(), torch.tensor(1.0))
    expected = total / read.weights.sum()
    assert torch.allclose(span_loss(logits, read.starts, read.candidates, read.weights), expected, atol=1e-4)


def test_a_passage_ranks_against_those_of_its_own_question_alone() -> None:
    relevance = torch.tensor([2.0, 0.0, 9.0, 5.0, -1.0, 7.0])
    ranked = [-relevance[first : first + 2].log_softmax(0)[0] for first in (0, 3)]
    assert torch.allclose(ranking_loss(relevance, GROUPS), sum(ranked, torch.tensor(0.0)) / len(GROUPS))
    assert float(ranking_loss(relevance, torch.arange(6)[:, None])) == 0


def test_the_loss_of_a_question_without_an_answer_has_a_gradient() -> None:
    logits = torch.randn(2, 4, requires_grad=True)
    nothing = torch.zeros(2, 4, dtype=torch.bool)
    span_loss(logits, nothing, ~nothing, torch.ones(2)).backward()  # type: ignore[no-untyped-call]
    assert logits.grad is not None
    assert logits.grad.isfinite().all()


def outputs(seed: int) -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    start, end = (torch.randn(ROWS, TOKENS, generator=generator) for _ in range(2))
    return start, end, torch.randn(ROWS, generator=generator)


def test_two_teachers_teach_the_mean_of_their_probabilities() -> None:
    read = batch(0)
    each = [taught([outputs(seed)], [], read) for seed in (1, 2)]
    both = taught([outputs(1), outputs(2)], [], read)
    for name in ("start", "end", "ranking"):
        mean = (getattr(each[0], name) + getattr(each[1], name)) / 2
        assert torch.allclose(getattr(both, name), mean)


def test_a_student_that_says_what_its_teacher_says_has_only_the_gold_answers_to_learn() -> None:
    read = batch(3)
    teacher = taught([outputs(1)], [], read)
    start, _, relevance = outputs(1)
    assert abs(float(divergence(placed(start, read.candidates), teacher.start))) < 1e-5
    gold = 0.3 * gold_spans(outputs(1), read) + 0.1 * ranking_loss(relevance, GROUPS)
    assert torch.allclose(distillation_loss(outputs(1), read, teacher), gold, atol=1e-5)
    assert float(distillation_loss(outputs(2), read, teacher)) > float(gold)


def test_hidden_states_are_compared_where_something_is_read() -> None:
    states = torch.randn(2, 3, 4)
    attended = torch.tensor([[1, 1, 0], [1, 1, 1]])
    other = states.clone()
    other[0, 2] = -states[0, 2]
    assert abs(float(states_loss([states, states], [2 * other, other], attended))) < 1e-6
    assert abs(float(states_loss([states], [-states], attended)) - 2) < 1e-6
