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
"""Margin that a whole name may lack of its part's: more, and F1 on news falls (see docs/decisions.md)."""

Array = NDArray[np.float32]

Logits = Callable[[Window], tuple[Array, Array]]
"""A model: returns the logits, (tokens,) each, of an answer's starting and ending at each token of an input."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of a passage, and how much it is preferred to "not answered here".

    `margin` is the span's start and end logits together less those of the input's [CLS]: above 0 the reader holds this
    answer to be likelier than none. Margins compare across the passages of a question.
    """

    span: Span
    margin: float


def read(logits: Logits, tokenizer: PairTokenizer, question: str, passages: Sequence[str]) -> list[Reading]:
    """Return the best span of each of `passages`, offsets into it, in their order.

    A passage too long for one input is read in overlapping windows; the one with the greatest margin counts. Each input
    is run alone, so that nothing else that is read can change its reading; a batch would be no faster, since a single
    passage keeps every core busy.
    """

    def best(passage: str, window: Window) -> Reading:
        margins = span_margins(window, *logits(window))
        return with_whole_name(passage, window, margins, best_span(window, margins))

    return [
        max((best(passage, window) for window in tokenizer.windows(question, passage)), key=lambda r: r.margin)
        for passage in passages
    ]


def span_margins(window: Window, start: Array, end: Array) -> Array:
    """Return the margin of each span of the passage by its first and last token, (tokens, tokens) of the passage's.

    start, end: (tokens,), of the whole input. Spans of more than LONGEST_SPAN tokens, or none, have -inf.
    """
    passage = slice(window.first, window.first + len(window.offsets))
    margins: Array = start[passage, None] + end[None, passage] - (start[0] + end[0])
    distance = np.arange(len(window.offsets)) - np.arange(len(window.offsets))[:, None]
    margins[(distance < 0) | (distance >= LONGEST_SPAN)] = -np.inf
    return margins


def best_span(window: Window, margins: Array) -> Reading:
    """Return the span with the greatest margin."""
    first, last = divmod(int(np.argmax(margins)), len(window.offsets))
    return Reading(window.span(window.first + first, window.first + last), float(margins[first, last]))


def with_whole_name(passage: str, window: Window, margins: Array, reading: Reading) -> Reading:
    """Return `reading`, its span grown to the whole name that it is part of, where the reader hardly minds."""
    span = whole_name(passage, reading.span)
    tokens = window.tokens(span)
    if tokens is None or margins[tokens[0] - window.first, tokens[1] - window.first] < reading.margin - INDIFFERENCE:
        return reading
    return Reading(span, reading.margin)
