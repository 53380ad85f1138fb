"""From a network's logits to a finding: the best span of a passage, and how likely it is to answer."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from qa.reading.excerpt import Excerpt
from qa.reading.network import Array, Network
from qa.reading.span import sentences_around, whole_name
from qa.reading.tokens import Window

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

_INDIFFERENCE = 1.0
"""Logits by which a whole name may score below its part. A larger value lowers F1 on news (see docs/decisions)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The best span of an excerpt, and what follows from the start logits s and the end logits e.

    Attributes:
        span: the span of the passage with the greatest s + e.
        relevance: logit that the passage is on the question's topic, whether it answers or not. A network without
            this output gets logsumexp(s) + logsumexp(e).
        margin: logsumexp(s) + logsumexp(e) - s(first token) - e(first token). These are the log odds that an answer
            starts here plus the log odds that one ends here. Several spans that are almost as good do not lower it.
        certainty: max(s + e) - logsumexp(s) - logsumexp(e), at most 0. This is the log probability of the best span
            if the passage answers.
    """

    span: Span
    relevance: float
    margin: float
    certainty: float


@dataclass(frozen=True)
class Look:
    """Logits of one window: of its passage's tokens, (tokens,) each, and the sum s + e of its first token, `null`."""

    question: str
    excerpt: Excerpt
    window: Window
    start: Array
    end: Array
    null: float
    network_relevance: float | None

    @property
    def any_span(self) -> float:
        """logsumexp(s) + logsumexp(e)."""
        return float(np.logaddexp.reduce(self.start) + np.logaddexp.reduce(self.end))

    @cached_property
    def scores(self) -> Array:
        """The score s + e of each span, as `span_scores` gives it."""
        return span_scores(self.start, self.end, self.excerpt.part_numbers(self.window.offsets))

    @cached_property
    def best(self) -> Span:
        """The best span of the excerpt."""
        return best_span(self.excerpt.text, self.window, self.scores)

    @property
    def finding(self) -> Finding:
        """The finding from this look alone."""
        return Finding(
            self.excerpt.source(self.best),
            relevance=self.any_span if self.network_relevance is None else self.network_relevance,
            margin=self.any_span - self.null,
            certainty=float(self.scores.max()) - self.any_span,
        )


def look(network: Network, question: str, excerpt: Excerpt) -> Look:
    """Run `network` on `excerpt`.

    A passage that is too long for one window is read in overlapping windows, and the one with the greatest margin is
    returned. Each window runs alone, so that no other input can change its result.
    """
    looks = [_run(network, question, excerpt, window) for window in network.tokenizer.windows(question, excerpt.text)]
    return max(looks, key=lambda each: each.any_span - each.null)


def look_again(network: Network, first: Look) -> Finding:
    """Run `network` a second time, on the sentence that the first look found, and combine both looks.

    Some spans look right only because other sentences share words with the question; a second look at the sentence
    alone rejects them (see docs/decisions). The best span is the one with the greatest mean logits. Relevance, margin
    and certainty are sums over both looks.
    """
    found, excerpt = first.finding, first.excerpt
    tokens = first.window.inside(sentences_around(excerpt.text, first.best, excerpt.breaks))
    sentence = first.window.part(tokens)
    second = first if sentence == first.window else _run(network, first.question, excerpt, sentence)
    confirmed = second.finding
    start = np.mean([first.start[tokens], second.start], axis=0)
    end = np.mean([first.end[tokens], second.end], axis=0)
    scores = span_scores(start, end, excerpt.part_numbers(sentence.offsets))
    return Finding(
        excerpt.source(best_span(excerpt.text, sentence, scores)),
        relevance=found.relevance + confirmed.relevance,
        margin=found.margin + confirmed.margin,
        certainty=found.certainty + confirmed.certainty,
    )


def _run(network: Network, question: str, excerpt: Excerpt, window: Window) -> Look:
    start, end, relevance = network.run(window)
    tokens = slice(window.first, window.first + len(window.offsets))
    return Look(question, excerpt, window, start[tokens], end[tokens], float(start[0] + end[0]), relevance)


def span_scores(start: Array, end: Array, parts: NDArray[np.int64]) -> Array:
    """Return s + e of each span within one part and of at most LONGEST_SPAN tokens; -inf for any other.

    Args:
        start: (tokens,) logits.
        end: (tokens,) logits.
        parts: (tokens,), the number of each token's part; below 0 if it is in none.

    Returns:
        (first token, last token).
    """
    scores: Array = start[:, None] + end
    length = np.arange(1, len(end) + 1) - np.arange(len(start))[:, None]
    scores[(length < 1) | (length > LONGEST_SPAN) | (parts[:, None] != parts) | (parts < 0)] = -np.inf
    return scores


def best_span(text: str, window: Window, scores: Array) -> Span:
    """Return the span with the greatest of `scores`, (first token, last token).

    If the span is part of a name whose score is at most _INDIFFERENCE lower, the whole name is returned.
    """
    first, last = divmod(int(np.argmax(scores)), len(scores))
    span = window.span(window.first + first, window.first + last)
    name = whole_name(text, span)
    tokens = window.tokens(name)
    if tokens and scores[tokens[0] - window.first, tokens[1] - window.first] >= scores[first, last] - _INDIFFERENCE:
        return name
    return span
