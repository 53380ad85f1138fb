"""The order of training: which questions are read when, with which passages, in which batches.

The order is a pure function of the seed and the position, so that a resumed run goes on as if it had never stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from evaluation.noise import disturb
from evaluation.squad import Question
from qa.reading.tokens import PairTokenizer, Window, padded
from training.passages import Candidate, Passages

CUT = 0.6
"""Share of the questions that read a passage of the index's size; the others read their whole paragraph."""

NEGATIVE = 0.12
"""Share of the answerable questions that read, in place of what answers them, a passage or sentence that does not."""

RIVALS = 2
"""Passages or sentences, of those nearest to a question, that are read with it to learn ranking."""


@dataclass(frozen=True, slots=True)
class Row:
    """One input, and the positions in it at which answers start and end; none if it does not answer."""

    window: Window
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of equal length, padded at the end. Every field but `groups` is (rows, tokens).

    `candidates` are the tokens at which an answer may start or end, `starts` and `ends` those at which one does.
    `groups` (rows,) int64 numbers the question that each row belongs to, from 0 without gaps.
    """

    ids: Tensor
    types: Tensor
    attended: Tensor
    candidates: Tensor
    starts: Tensor
    ends: Tensor
    groups: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return this batch on `device`."""
        return Batch(*(getattr(self, name).to(device, non_blocking=True) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Pools:
    """Pool number i is the batches of questions i * size up to (i + 1) * size of an endless sequence of passes.

    The questions of a pool are sorted by length into batches, so that little is padding. Each pass is a new permutation
    of the corpus. The share `alone` of the questions read sentences, as the reader's second look does, the others
    passages; the share `ranked` of either several of them, to learn which of these they are about.
    """

    passages: Passages
    tokenizer: PairTokenizer
    seed: int
    rows: int
    alone: float
    ranked: float
    size: int = 1024

    def __getitem__(self, index: int) -> list[Batch]:
        random = Random(f"{self.seed} pool {index}")
        groups = [self._group(question, random) for question in self._questions(index)]
        groups.sort(key=lambda group: max(len(row.window.ids) for row in group))
        batches = list(_packed(groups, self.rows))
        random.shuffle(batches)
        return [collate(batch) for batch in batches]

    def _questions(self, index: int) -> Iterator[Question]:
        questions = self.passages.corpus.questions
        for position in range(index * self.size, (index + 1) * self.size):
            completed, place = divmod(position, len(questions))
            yield questions[_permutation(self.seed, completed, len(questions))[place]]

    def _group(self, question: Question, random: Random) -> list[Row]:
        """Return the rows of one question: one, or several to be ranked, that which it was asked about first."""
        text = disturb(question.text, random)
        candidates = self._sentences if random.random() < self.alone else self._passages
        return [self._row(text, candidate, random) for candidate in candidates(question, random)]

    def _sentences(self, question: Question, random: Random) -> list[Candidate]:
        is_negative = question.answers and random.random() < NEGATIVE
        if is_negative and (beside := self.passages.beside(question, random)):
            return [beside]
        is_ranked = random.random() < self.ranked
        rivals = self.passages.rival_sentences(question, RIVALS, random) if is_ranked else []
        return [self.passages.alone(question, random), *rivals]

    def _passages(self, question: Question, random: Random) -> list[Candidate]:
        is_negative = question.answers and random.random() < NEGATIVE
        if is_negative and (negative := self.passages.negatives(question, 1, random)):
            return negative
        rivals = self.passages.negatives(question, RIVALS, random) if random.random() < self.ranked else []
        # Rivals are of the index's size, which must not tell them from the passage that is asked about.
        cut = rivals or random.random() < CUT
        return [self.passages.cut(question, random) if cut else self.passages.whole(question), *rivals]

    def _row(self, question: str, passage: Candidate, random: Random) -> Row:
        """Return one input of `passage`: where it needs several, one that holds an answer, if it has any."""
        rows = [_marked(window, passage) for window in self.tokenizer.windows(question, passage.text)]
        return random.choice([row for row in rows if row.starts] or rows)


def collate(groups: Sequence[Sequence[Row]]) -> Batch:
    """Return the rows of `groups` as one batch."""
    rows = [row for group in groups for row in group]
    inputs = padded([row.window for row in rows])
    candidates, starts, ends = (np.zeros(inputs.ids.shape, np.bool_) for _ in range(3))
    for i, row in enumerate(rows):
        candidates[i, row.window.first : len(row.window.ids) - 1] = True
        starts[i, list(row.starts)] = True
        ends[i, list(row.ends)] = True
    members = np.array([number for number, group in enumerate(groups) for _ in group])
    fields = inputs.ids, inputs.types, inputs.attended, candidates, starts, ends, members
    return Batch(*map(torch.from_numpy, fields))


def _marked(window: Window, passage: Candidate) -> Row:
    found = [tokens for answer in passage.answers if (tokens := window.tokens(answer))]
    return Row(window, tuple(start for start, _ in found), tuple(end for _, end in found))


def _packed(groups: Sequence[Sequence[Row]], rows: int) -> Iterator[list[Sequence[Row]]]:
    """Yield neighbouring groups together, up to `rows` rows at a time; a group is never torn apart."""
    batch: list[Sequence[Row]] = []
    held = 0
    for group in groups:
        if batch and held + len(group) > rows:
            yield batch
            batch, held = [], 0
        batch.append(group)
        held += len(group)
    yield batch


@lru_cache(maxsize=2)
def _permutation(seed: int, completed: int, size: int) -> NDArray[np.int64]:
    """Return the order of the pass after `completed` others."""
    return np.random.default_rng((seed, completed)).permutation(size)
