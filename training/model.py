"""The span reader and what it is trained to minimise."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import BertForQuestionAnswering, PreTrainedModel

from training.batches import Batch

NEVER = -1e4
"""Log-probability of what cannot be; finite, because the gradient of logsumexp over -inf alone is not a number."""


def load_reader(folder: Path, dropout: float = 0.0) -> PreTrainedModel:
    """Return BERT's span reader (Devlin et al., 2019) with the weights in `folder`, its word embeddings frozen.

    `folder` holds a reader, or an encoder, on which a new output layer is put. Frozen embeddings keep rare words,
    which question-answering data hardly teaches, where pre-training left them. Attention is eager: on a CPU and at
    these lengths its backward pass is a third faster than that of torch's fused attention.
    """
    model: PreTrainedModel = BertForQuestionAnswering.from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    model.get_input_embeddings().requires_grad_(False)
    return model


def span_logits(model: PreTrainedModel, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the start and end logits of every token, (rows, tokens) float32, less those of the row's [CLS].

    [CLS] stands for "not answered here", so a logit above 0 speaks for an answer, and logits compare across rows.
    """
    out = model(input_ids=batch.ids, token_type_ids=batch.types, attention_mask=batch.attended)
    start, end = out.start_logits.float(), out.end_logits.float()
    return start - start[:, :1], end - end[:, :1]


def shared_normalisation_loss(logits: Tensor, gold: Tensor, candidates: Tensor, groups: Tensor) -> Tensor:
    """Return the mean over groups of -log p(gold), normalised over all passages of a question at once.

    logits, gold, candidates: (rows, tokens); groups: (rows,), the question of each row. With s the logit of a token
    less that of its row's [CLS], and one "not answered" of logit 0 for the whole group g:

        p(token) = exp(s(token)) / (1 + sum of exp(s) over the candidates of all rows of g)

    This is the shared normalisation of Clark & Gardner (2018) with their sum over all occurrences of the answer.
    For a group of one row it equals BERT's loss for SQuAD 2.0, since a softmax does not change under a shift.
    """
    member = groups == torch.arange(int(groups.max()) + 1, device=groups.device)[:, None]
    everything = _log_sum(logits, candidates, member)
    right = _log_sum(logits, gold, member)
    answerable = (member[:, :, None] & gold).any(dim=2).any(dim=1)
    total = torch.logaddexp(everything, torch.zeros_like(everything))
    return (total - torch.where(answerable, right, 0.0)).mean()


def loss(model: PreTrainedModel, batch: Batch) -> Tensor:
    """Return the mean of the losses of where answers start and of where they end."""
    start, end = span_logits(model, batch)
    starting = shared_normalisation_loss(start, batch.starts, batch.candidates, batch.groups)
    ending = shared_normalisation_loss(end, batch.ends, batch.candidates, batch.groups)
    return (starting + ending) / 2


def _log_sum(logits: Tensor, chosen: Tensor, member: Tensor) -> Tensor:
    """Return (groups,): the log of the summed exponentials of the `chosen` tokens (rows, tokens) of each group."""
    by_row = logits.masked_fill(~chosen, NEVER).logsumexp(dim=1)
    return torch.where(member, by_row, NEVER).logsumexp(dim=1)
