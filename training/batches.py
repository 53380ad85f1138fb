"""The order of training: which questions are used when, and in which batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qa.reading.tokens import PairTokenizer, Window, padded
from training.rows import Example, Examples, Labelled, sequence

_POOL = 4096
"""Questions that are sorted by length together."""

_MULTIPLE = 8
"""The length of a batch is a multiple of this, for the matrix units of GPUs."""

_DISTRACTOR = 0.5
"""Weight of a distractor in the span loss; the text that a question was asked about has weight 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """One input, and the positions of the tokens at which answers start and end; none if it does not answer."""

    window: Window
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows padded at the end to equal length.

    Args:
        ids, types, attended: (rows, tokens) int64, the reader's inputs.
        candidates: (rows, tokens) bool, the tokens at which an answer may start or end.
        starts, ends: (rows, tokens) bool, the tokens at which an answer does start or end.
        weights: (rows,) float, the weight of each row in the span loss.
        groups: (questions, most rows of one) int64, the rows of each question, padded with -1. The first is of the
            text that the question was asked about.
    """

    ids: Tensor
    types: Tensor
    attended: Tensor
    candidates: Tensor
    starts: Tensor
    ends: Tensor
    weights: Tensor
    groups: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return this batch on `device`."""
        return Batch(*(getattr(self, name).to(device, non_blocking=True) for name in self.__slots__))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle tensors as arrays, because each tensor would take a file descriptor on its way between processes."""
        return _batch, tuple(getattr(self, name).numpy() for name in self.__slots__)


def _batch(*arrays: NDArray[np.generic]) -> Batch:
    return Batch(*map(torch.from_numpy, arrays))


@dataclass(frozen=True, slots=True)
class Pools:
    """Pools of batches. Pool i has the questions i * size to (i + 1) * size of an endless sequence of epochs.

    A pool's questions are sorted by length into batches of up to `tokens` tokens, so that there is little padding. A
    pool depends only on the seed and its number.
    """

    examples: Examples
    tokenizer: PairTokenizer
    seed: int
    tokens: int
    size: int = _POOL

    def __getitem__(self, index: int) -> list[Batch]:
        random = Random(f"{self.seed} pool {index}")
        numbers = sequence(self.examples.epoch, self.seed, index * self.size, self.size)
        groups = [self._group(self.examples.draw(number, random), random) for number in numbers]
        groups.sort(key=_longest)
        batches = list(_packed(groups, self.tokens))
        random.shuffle(batches)
        return [collate(batch) for batch in batches]

    def _group(self, example: Example, random: Random) -> list[Row]:
        return [self._row(example.question, text, random) for text in example.texts]

    def _row(self, question: str, text: Labelled, random: Random) -> Row:
        """Return one input of `text`. If it needs several, return one with an answer, if there is one."""
        rows = [_marked(window, text) for window in self.tokenizer.windows(question, text.text)]
        return random.choice([row for row in rows if row.starts] or rows)


def collate(groups: Sequence[Sequence[Row]]) -> Batch:
    """Return the rows of `groups`, one group for each question, as one batch."""
    rows = [row for group in groups for row in group]
    inputs = padded([row.window for row in rows])
    spare = -inputs.ids.shape[1] % _MULTIPLE
    ids, types, attended = (np.pad(part, ((0, 0), (0, spare))) for part in (inputs.ids, inputs.types, inputs.attended))
    candidates, starts, ends = (np.zeros(ids.shape, np.bool_) for _ in range(3))
    for i, row in enumerate(rows):
        candidates[i, row.window.first : len(row.window.ids) - 1] = True
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    members = np.full((len(groups), max(map(len, groups))), -1)
    weights = np.full(len(rows), _DISTRACTOR, np.float32)
    first = 0
    for number, group in enumerate(groups):
        members[number, : len(group)] = np.arange(first, first + len(group))
        weights[first] = 1.0
        first += len(group)
    return _batch(ids, types, attended, candidates, starts, ends, weights, members)


def _marked(window: Window, text: Labelled) -> Row:
    found = [tokens for answer in text.answers if (tokens := window.tokens(answer))]
    return Row(window, tuple(start for start, _ in found), tuple(end for _, end in found))


def _longest(group: Sequence[Row]) -> int:
    return max(len(row.window.ids) for row in group)


def _packed(groups: Sequence[Sequence[Row]], tokens: int) -> Iterator[list[Sequence[Row]]]:
    """Yield runs of neighbouring groups of up to `tokens` tokens, padding included. No group is divided.

    A group of more than `tokens` tokens is a batch of its own.
    """
    batch: list[Sequence[Row]] = []
    rows = longest = 0
    for group in groups:
        length = max(longest, -(-_longest(group) // _MULTIPLE) * _MULTIPLE)
        if batch and (rows + len(group)) * length > tokens:
            yield batch
            batch, rows, length = [], 0, -(-_longest(group) // _MULTIPLE) * _MULTIPLE
        batch.append(group)
        rows, longest = rows + len(group), length
    yield batch
