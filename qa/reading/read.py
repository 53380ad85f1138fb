"""From a model's logits to the best span of each passage."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from index.text.words import content_words, overlap
from qa.reading.span import sentences_around, whole_name
from qa.reading.tokens import PairTokenizer, Window

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

INDIFFERENCE = 1.0
"""Logits a look that a whole name may lack of its part's: more, and F1 on news falls (see docs/decisions.md)."""

KIND_ASKED_FOR = re.compile(r"\b(?:what|which|whose|how(?: many| much)?) \w+", re.IGNORECASE)
"""Which city, how many officers: an answer is one of these, and need not say so."""

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

    [CLS] stands for "not answered here". The passage is looked at twice: whole, and then at nothing but the sentences
    that the first look's best span stands in. The model's numbers are sums over the two looks.

    Attributes:
        span: that with the greatest s + e, the means of the two looks.
        relevance: how much the passage is what the question is about, whether it answers it or not: the model's logit,
            or from one that has none, logsumexp(s) + logsumexp(e). With the search's score and overlap, what
            passages are ranked by.
        margin: logsumexp(s) + logsumexp(e) - s([CLS]) - e([CLS]): the log odds that an answer starts here plus those
            that one ends here. Unlike the best span's logits, it does not count a passage down in which several spans
            are almost as good.
        certainty: max(s + e) - logsumexp(s) - logsumexp(e): the log of the best span's probability, if the text that
            is looked at answers; at most 0.
        overlap: the share of the question's distinct content words, without the kind of thing that it asks for, of
            which those sentences hold a form, in [0, 1]; 1 if it has none. It tells apart what a small model confuses:
            a passage that answers, and one that would answer a question like this (see docs/decisions.md).
    """

    span: Span
    relevance: float
    margin: float
    certainty: float
    overlap: float


@dataclass(frozen=True, slots=True)
class _Look:
    """What a model says of one input: of the passage's tokens start and end, (tokens,) each; and of its [CLS] null."""

    window: Window
    start: Array
    end: Array
    null: float
    model_relevance: float | None

    @property
    def spans(self) -> Array:
        return span_scores(self.start, self.end)

    @property
    def any_span(self) -> float:
        return float(np.logaddexp.reduce(self.start) + np.logaddexp.reduce(self.end))

    @property
    def relevance(self) -> float:
        return self.any_span if self.model_relevance is None else self.model_relevance

    @property
    def margin(self) -> float:
        return self.any_span - self.null

    @property
    def certainty(self) -> float:
        return float(self.spans.max()) - self.any_span


def read(model: Model, tokenizer: PairTokenizer, question: str, passages: Sequence[str]) -> list[Reading]:
    """Return the best span of each of `passages`, offsets into it, in their order.

    A passage too long for one input is read in overlapping windows; the one with the greatest margin counts. What is
    found is looked at a second time, without what stands around its sentences: a span that only looks like the answer
    beside words that other sentences share with the question is found out (see docs/decisions.md).

    Each input is run alone, so that nothing else that is read can change its reading; a batch would be no faster, since
    a single passage keeps every core busy.
    """
    asked = frozenset(content_words(KIND_ASKED_FOR.sub(" ", question)))
    return [_read(model, passage, tokenizer.windows(question, passage), asked) for passage in passages]


def _read(model: Model, passage: str, windows: Sequence[Window], asked: frozenset[str]) -> Reading:
    first = max((_look(model, window) for window in windows), key=lambda look: look.margin)
    around = sentences_around(passage, best_span(passage, first.window, first.spans))
    tokens = first.window.inside(around)
    sentence = first.window.part(tokens)
    second = first if sentence == first.window else _look(model, sentence)  # which would find what the first look did
    start = np.mean([first.start[tokens], second.start], axis=0)
    end = np.mean([first.end[tokens], second.end], axis=0)
    return Reading(
        best_span(passage, sentence, span_scores(start, end)),
        relevance=first.relevance + second.relevance,
        margin=first.margin + second.margin,
        certainty=first.certainty + second.certainty,
        overlap=overlap(asked, set(content_words(passage[around.start : around.end]))),
    )


def _look(model: Model, window: Window) -> _Look:
    start, end, relevance = model(window)
    tokens = slice(window.first, window.first + len(window.offsets))
    return _Look(window, start[tokens], end[tokens], float(start[0] + end[0]), relevance)


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
