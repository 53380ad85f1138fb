"""The span reader and what it is trained to minimise."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertForQuestionAnswering

from training.batches import Batch

NEVER = -1e4
"""Log-probability of what cannot be; finite, because the gradient of logsumexp over -inf alone is not a number."""


class SpanReader(BertForQuestionAnswering):  # type: ignore[misc]  # transformers is untyped to mypy
    """BERT's span reader (Devlin et al., 2019) that also says how relevant a passage is to a question.

    Where the answer starts and ends is read off each token, and relevance off [CLS], as Nogueira & Cho (2019) do. That
    one output has one aim keeps the two from spoiling each other: a passage may be what the question is about and not
    answer it.
    """

    def __init__(self, config: BertConfig) -> None:
        super().__init__(config)
        self.relevance = nn.Linear(config.hidden_size, 1)
        self.post_init()

    def forward(self, ids: Tensor, types: Tensor, attended: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of starts and of ends, (rows, tokens) each, and of relevance, (rows,)."""
        states = self.bert(ids, attended, types).last_hidden_state
        start, end = self.qa_outputs(states).unbind(dim=-1)
        return start, end, self.relevance(states[:, 0]).squeeze(-1)


def load_reader(folder: Path, dropout: float = 0.0) -> SpanReader:
    """Return the span reader with the weights in `folder`, its word embeddings frozen.

    `folder` holds a reader, or an encoder, on which new output layers are put. Frozen embeddings keep rare words,
    which question-answering data hardly teaches, where pre-training left them. Attention is eager: on a CPU and at
    these lengths its backward pass is a third faster than that of torch's fused attention.
    """
    model: SpanReader = SpanReader.from_pretrained(
        folder,
        dtype=torch.float32,
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    model.get_input_embeddings().requires_grad_(False)
    return model


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
