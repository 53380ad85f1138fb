"""The losses of teachers and students."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.batches import Batch
from training.model import NEVER

_RANKING = 0.5
"""Weight of the ranking loss in the teacher's loss; the span loss has weight 1."""

_GOLD_SPANS, _TAUGHT_RANKING, _GOLD_RANKING = 0.3, 0.5, 0.1
"""Weights of the other parts of a student's loss; imitating the teacher's spans has weight 1."""

Outputs = tuple[Tensor, Tensor, Tensor]
"""Logits of starts and of ends, (rows, tokens) each, and of relevance, (rows,)."""


def loss(outputs: Outputs, batch: Batch) -> Tensor:
    """Return the teacher's loss: `gold_spans`, and _RANKING times `ranking_loss`."""
    return gold_spans(outputs, batch) + _RANKING * ranking_loss(outputs[2].float(), batch.groups)


def gold_spans(outputs: Outputs, batch: Batch) -> Tensor:
    """Return the mean of the `span_loss` of starts and that of ends."""
    start, end, _ = outputs
    starting = span_loss(start.float(), batch.starts, batch.candidates, batch.weights)
    return (starting + span_loss(end.float(), batch.ends, batch.candidates, batch.weights)) / 2


def span_loss(logits: Tensor, gold: Tensor, candidates: Tensor, weights: Tensor) -> Tensor:
    """Return BERT's loss for SQuAD 2.0 (Devlin et al., 2019): the weighted mean over rows of -log p(gold).

    A row's probabilities are a softmax over its candidates and its first token, [CLS], which is right if there is no
    gold. If the answer occurs several times, the probabilities of all occurrences are summed.

    Args:
        logits: (rows, tokens).
        gold: (rows, tokens); whether the answer is there.
        candidates: (rows, tokens); whether an answer may be there.
        weights: (rows,).
    """
    null = logits[:, 0]
    everything = torch.logaddexp(_log_sum(logits, candidates), null)
    right = torch.where(gold.any(dim=1), _log_sum(logits, gold), null)
    return ((everything - right) * weights).sum() / weights.sum()


def ranking_loss(relevance: Tensor, groups: Tensor) -> Tensor:
    """Return the mean over questions of -log p(first row), the row of the text that the question was asked about.

    p is a softmax over the rows of a question, so that relevance is learnt from lists of passages (ListNet's top one;
    Cao et al., 2007). This includes unanswerable questions, which are also about one passage rather than another.

    Args:
        relevance: (rows,).
        groups: (questions, most rows of one), padded with -1.
    """
    return -listed(relevance, groups)[:, 0].mean()


def listed(relevance: Tensor, groups: Tensor) -> Tensor:
    """Return the log probabilities of the rows of each question, in the shape of `groups`."""
    return torch.where(groups >= 0, relevance[groups], NEVER).log_softmax(dim=1)


def placed(logits: Tensor, candidates: Tensor) -> Tensor:
    """Return (rows, tokens): log probabilities of the candidates and of the first token, about NEVER elsewhere."""
    possible = candidates.clone()
    possible[:, 0] = True
    return logits.masked_fill(~possible, NEVER).log_softmax(dim=1)


@dataclass(frozen=True, slots=True)
class Taught:
    """The targets from teachers for one batch.

    Probabilities of starts and ends are (rows, tokens), those of the ranking have the shape of `groups`. `states` are
    the hidden states that a student's should be like, (rows, tokens, width) each.
    """

    start: Tensor
    end: Tensor
    ranking: Tensor
    states: tuple[Tensor, ...]


def taught(outputs: Sequence[Outputs], states: Sequence[Tensor], batch: Batch) -> Taught:
    """Return the mean of the probabilities in several teachers' `outputs`."""
    starts, ends, relevance = zip(*outputs, strict=True)

    def mean(logs: list[Tensor]) -> Tensor:
        return torch.stack(logs).exp().mean(dim=0)

    return Taught(
        mean([placed(start.float(), batch.candidates) for start in starts]),
        mean([placed(end.float(), batch.candidates) for end in ends]),
        mean([listed(each.float(), batch.groups) for each in relevance]),
        tuple(states),
    )


def distillation_loss(outputs: Outputs, batch: Batch, teacher: Taught) -> Tensor:
    """Return a student's loss without the hidden states (Hinton et al., 2015, at temperature 1).

    It is the sum of the divergence of starts and ends from the teacher's, _TAUGHT_RANKING times that of the ranking,
    _GOLD_SPANS times `gold_spans`, and _GOLD_RANKING times `ranking_loss`.
    """
    start, end, relevance = outputs
    starting = divergence(placed(start.float(), batch.candidates), teacher.start)
    ending = divergence(placed(end.float(), batch.candidates), teacher.end)
    ranking = divergence(listed(relevance.float(), batch.groups), teacher.ranking)
    gold = _GOLD_SPANS * gold_spans(outputs, batch) + _GOLD_RANKING * ranking_loss(relevance.float(), batch.groups)
    return (starting + ending) / 2 + _TAUGHT_RANKING * ranking + gold


def divergence(logs: Tensor, target: Tensor) -> Tensor:
    """Return the mean over rows of KL(target ‖ student), from log probabilities and probabilities, (rows, n) each."""
    return nn.functional.kl_div(logs, target, reduction="batchmean")


def states_loss(states: Sequence[Tensor], target: Sequence[Tensor], attended: Tensor) -> Tensor:
    """Return the mean over tokens and layers of 1 − cosine of hidden states, (rows, tokens, width) each."""
    read = attended.float()
    cosines = [
        nn.functional.cosine_similarity(a.float(), b.float(), dim=-1) for a, b in zip(states, target, strict=True)
    ]
    return torch.stack([((1 - cosine) * read).sum() / read.sum() for cosine in cosines]).mean()


def _log_sum(logits: Tensor, chosen: Tensor) -> Tensor:
    """Return (rows,): the log of the summed exponentials of the `chosen` tokens of each row of (rows, tokens)."""
    return logits.masked_fill(~chosen, NEVER).logsumexp(dim=1)
