"""From a model's logits to the best span of each passage."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from qa.encoding import Inputs, PairTokenizer, Window, padded

LONGEST_SPAN = 30
"""Tokens of the longest answer."""

BATCH_TOKENS = 4096
"""Tokens, padding included, that are read at once: enough to keep every core busy, little enough for a laptop."""

Logits = Callable[[Inputs], tuple[NDArray[np.float32], NDArray[np.float32]]]
"""A model: returns the logits, (rows, tokens) each, of an answer's starting and ending at each token."""


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

    A passage too long for one input is read in overlapping windows; the one with the greatest margin counts.
    """
    rows = [(i, window) for i, passage in enumerate(passages) for window in tokenizer.windows(question, passage)]
    rows.sort(key=lambda row: len(row[1].ids))
    best: dict[int, Reading] = {}
    for part in _batches(rows):
        starts, ends = logits(padded([window for _, window in part]))
        for (i, window), start, end in zip(part, starts, ends, strict=True):
            reading = best_span(window, start, end)
            if i not in best or reading.margin > best[i].margin:
                best[i] = reading
    return [best[i] for i in range(len(passages))]


def best_span(window: Window, start: NDArray[np.float32], end: NDArray[np.float32]) -> Reading:
    """Return the span of at most LONGEST_SPAN tokens whose start and end logits are the greatest together.

    start, end: (tokens,), of the whole input; padding may follow.
    """
    passage = slice(window.first, window.first + len(window.offsets))
    totals = start[passage, None] + end[None, passage] - (start[0] + end[0])
    distance = np.arange(len(window.offsets)) - np.arange(len(window.offsets))[:, None]
    totals[(distance < 0) | (distance >= LONGEST_SPAN)] = -np.inf
    first, last = divmod(int(np.argmax(totals)), len(window.offsets))
    return Reading(window.span(window.first + first, window.first + last), float(totals[first, last]))


def _batches(rows: Sequence[tuple[int, Window]]) -> Iterator[Sequence[tuple[int, Window]]]:
    """Yield neighbours of `rows`, which are sorted by length, together while they fit a batch."""
    first = 0
    for last in range(1, len(rows) + 1):
        if last == len(rows) or (last + 1 - first) * len(rows[last][1].ids) > BATCH_TOKENS:
            yield rows[first:last]
            first = last
