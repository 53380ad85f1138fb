"""From a model's logits to the best span of each passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from qa.encoding import PairTokenizer, Window
from qa.span import whole_name

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

INDIFFERENCE = 1.0
"""Logits that a whole name may lack of its part's: more, and F1 on news falls (see docs/decisions.md)."""

Array = NDArray[np.float32]

Logits = Callable[[Window], tuple[Array, Array]]
"""A model: returns the logits, (tokens,) each, of an answer's starting and ending at each token of an input."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of a passage, and how much the passage is preferred to "not answered here" (see `margin`)."""

    span: Span
    margin: float


def read(logits: Logits, tokenizer: PairTokenizer, question: str, passages: Sequence[str]) -> list[Reading]:
    """Return the best span of each of `passages`, offsets into it, in their order.

    A passage too long for one input is read in overlapping windows; the one with the greatest margin counts. Each input
    is run alone, so that nothing else that is read can change its reading; a batch would be no faster, since a single
    passage keeps every core busy.
    """

    def reading(passage: str, window: Window) -> Reading:
        start, end = (each - each[0] for each in logits(window))
        tokens = slice(window.first, window.first + len(window.offsets))
        return Reading(best_span(passage, window, start[tokens], end[tokens]), margin(start[tokens], end[tokens]))

    return [
        max((reading(passage, window) for window in tokenizer.windows(question, passage)), key=lambda r: r.margin)
        for passage in passages
    ]


def margin(start: Array, end: Array) -> float:
    """Return the log odds that an answer starts, plus those that one ends, somewhere among the tokens.

    start, end: (tokens,), the passage's logits less that of [CLS], which stands for "not answered here". Above 0 an
    answer is likelier than none, and values compare across the passages of a question. The best span's logits alone
    would count a passage down in which several spans are almost equally good.
    """
    return float(np.logaddexp.reduce(start) + np.logaddexp.reduce(end))


def best_span(passage: str, window: Window, start: Array, end: Array) -> Span:
    """Return the span of at most LONGEST_SPAN tokens whose start and end logits, (tokens,), are greatest together.

    Where it is part of a name, the whole name is returned if its logits are less by INDIFFERENCE at most.
    """
    scores: Array = start[:, None] + end
    length = np.arange(1, len(end) + 1) - np.arange(len(start))[:, None]
    scores[(length < 1) | (length > LONGEST_SPAN)] = -np.inf
    first, last = divmod(int(np.argmax(scores)), len(end))
    span = window.span(window.first + first, window.first + last)
    name = whole_name(passage, span)
    tokens = window.tokens(name)
    if tokens and scores[tokens[0] - window.first, tokens[1] - window.first] >= scores[first, last] - INDIFFERENCE:
        return name
    return span
