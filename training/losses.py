"""What training minimises."""

import torch
from torch import Tensor

from training.batches import Batch
from training.model import NEVER, SpanReader


def loss(model: SpanReader, batch: Batch) -> Tensor:
    """Return what training minimises: `span_loss` of starts and of ends, their mean, plus `ranking_loss`."""
    start, end, relevance = model(batch.ids, batch.types, batch.attended)
    starting = span_loss(start.float(), batch.starts, batch.candidates, batch.groups)
    ending = span_loss(end.float(), batch.ends, batch.candidates, batch.groups)
    return (starting + ending) / 2 + ranking_loss(relevance.float(), batch.groups)


def span_loss(logits: Tensor, gold: Tensor, candidates: Tensor, groups: Tensor) -> Tensor:
    """Return BERT's loss for SQuAD 2.0 (Devlin et al., 2019): the mean over groups of their rows' mean of -log p(gold).

    logits, gold, candidates: (rows, tokens); groups: (rows,), the question of each row. A row's probabilities are a
    softmax over its candidates and its [CLS], the first token, which is what is right where there is no gold. That
    there are several, the occurrences of the answer, is met by their sum.
    """
    null = logits[:, 0]
    everything = torch.logaddexp(_log_sum(logits, candidates), null)
    right = torch.where(gold.any(dim=1), _log_sum(logits, gold), null)
    size = torch.bincount(groups)
    return ((everything - right) / size[groups]).sum() / len(size)


def ranking_loss(relevance: Tensor, groups: Tensor) -> Tensor:
    """Return the mean over groups of -log p(its first row), the passage that the question was asked about.

    relevance: (rows,); groups: (rows,). p is a softmax over the rows of a group, so that what passages are ranked by is
    learnt from lists of them (ListNet's top one; Cao et al., 2007). A question that nothing answers is still about one
    passage rather than another.
    """
    member = groups == torch.arange(int(groups.max()) + 1, device=groups.device)[:, None]
    everything = torch.where(member, relevance, NEVER).logsumexp(dim=1)
    return (everything - relevance[member.int().argmax(dim=1)]).mean()


def _log_sum(logits: Tensor, chosen: Tensor) -> Tensor:
    """Return (rows,): the log of the summed exponentials of the `chosen` tokens of each row of (rows, tokens)."""
    return logits.masked_fill(~chosen, NEVER).logsumexp(dim=1)
