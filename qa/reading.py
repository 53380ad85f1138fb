"""From a model's logits to the best span of each passage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from qa.encoding import PairTokenizer, Window

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

Logits = Callable[[Window], tuple[NDArray[np.float32], NDArray[np.float32]]]
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
    return [
        max((best_span(window, *logits(window)) for window in tokenizer.windows(question, passage)), key=_margin)
        for passage in passages
    ]


def best_span(window: Window, start: NDArray[np.float32], end: NDArray[np.float32]) -> Reading:
    """Return the span of at most LONGEST_SPAN tokens whose start and end logits are the greatest together.

    start, end: (tokens,), of the whole input.
    """
    passage = slice(window.first, window.first + len(window.offsets))
    totals = start[passage, None] + end[None, passage] - (start[0] + end[0])
    distance = np.arange(len(window.offsets)) - np.arange(len(window.offsets))[:, None]
    totals[(distance < 0) | (distance >= LONGEST_SPAN)] = -np.inf
    first, last = divmod(int(np.argmax(totals)), len(window.offsets))
    return Reading(window.span(window.first + first, window.first + last), float(totals[first, last]))


def _margin(reading: Reading) -> float:
    return reading.margin
