"""From a model's logits to the best span of each passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from qa.encoding import PairTokenizer, Window
from qa.span import sentences_around, whole_name

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

INDIFFERENCE = 1.0
"""Logits that a whole name may lack of its part's: more, and F1 on news falls (see docs/decisions.md)."""

Array = NDArray[np.float32]


class Logits(NamedTuple):
    """What a model says of one input.

    Attributes:
        start: (tokens,), of an answer's starting at each token.
        end: (tokens,), of its ending there.
        relevance: of the passage's being what the question is about; None from a model that does not say.
    """

    start: Array
    end: Array
    relevance: float | None


Model = Callable[[Window], Logits]


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of a passage, and what the logits of starts, s, and of ends, e, say of it.

    [CLS] stands for "not answered here".

    Attributes:
        relevance: how much the passage is what the question is about, whether it answers it or not: the model's logit,
            or from one that has none, logsumexp(s) + logsumexp(e). What the passages of a question are ranked by.
        margin: logsumexp(s) + logsumexp(e) - s([CLS]) - e([CLS]): the log odds that an answer starts here plus those
            that one ends here, summed over two looks: at the passage, and at nothing but the sentences that the span
            stands in. Unlike the best span's logits, it does not count a passage down in which several spans are almost
            as good.
        certainty: max(s + e) - logsumexp(s) - logsumexp(e): the log of the span's probability, if the passage answers;
            at most 0.
    """

    span: Span
    relevance: float
    margin: float
    certainty: float


def read(model: Model, tokenizer: PairTokenizer, question: str, passages: Sequence[str]) -> list[Reading]:
    """Return the best span of each of `passages`, offsets into it, in their order.

    What is found is looked at a second time, without what stands around its sentences: a span that only looks like the
    answer beside words that other sentences share with the question is found out (see docs/decisions.md).
    """

    def twice(passage: str) -> Reading:
        first = _look(model, tokenizer, question, passage)
        alone = sentences_around(passage, first.span)
        is_all = alone == Span(0, len(passage))  # so that a second look would find what the first did
        second = first if is_all else _look(model, tokenizer, question, passage[alone.start : alone.end])
        return replace(first, margin=first.margin + second.margin)

    return [twice(passage) for passage in passages]


def _look(model: Model, tokenizer: PairTokenizer, question: str, text: str) -> Reading:
    """Return what one look at `text` finds, its margin being that look's.

    A text too long for one input is read in overlapping windows; the one with the greatest margin counts. Each input is
    run alone, so that nothing else that is read can change its reading; a batch would be no faster, since a single
    passage keeps every core busy.
    """

    def reading(window: Window) -> Reading:
        start, end, relevance = model(window)
        tokens = slice(window.first, window.first + len(window.offsets))
        spans = span_scores(start[tokens], end[tokens])
        all_spans = float(np.logaddexp.reduce(start[tokens]) + np.logaddexp.reduce(end[tokens]))
        return Reading(
            best_span(text, window, spans),
            relevance=all_spans if relevance is None else relevance,
            margin=all_spans - float(start[0] + end[0]),
            certainty=float(spans.max()) - all_spans,
        )

    return max(map(reading, tokenizer.windows(question, text)), key=lambda found: found.margin)


def span_scores(start: Array, end: Array) -> Array:
    """Return the summed logits of each span of at most LONGEST_SPAN tokens, -inf for any other: (first, last).

    start, end: (tokens,).
    """
    scores: Array = start[:, None] + end
    length = np.arange(1, len(end) + 1) - np.arange(len(start))[:, None]
    scores[(length < 1) | (length > LONGEST_SPAN)] = -np.inf
    return scores


def best_span(passage: str, window: Window, scores: Array) -> Span:
    """Return the span with the greatest of the `scores`, (first token, last token).

    Where it is part of a name, the whole name is returned if its score is less by INDIFFERENCE at most.
    """
    first, last = divmod(int(np.argmax(scores)), len(scores))
    span = window.span(window.first + first, window.first + last)
    name = whole_name(passage, span)
    tokens = window.tokens(name)
    if tokens and scores[tokens[0] - window.first, tokens[1] - window.first] >= scores[first, last] - INDIFFERENCE:
        return name
    return span
