"""A question and a passage as the network's input, and the way back from tokens to characters."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.document import Span

LONGEST_INPUT = 384
"""Tokens of one input: [CLS] question [SEP] passage [SEP]."""

_OVERLAP = 128
"""Tokens that neighbouring windows share, if a passage is too long for one input."""

LONGEST_EXCERPT = 3000
"""Longest text, in code points, that is read of a passage; the rest is cut off."""

_LONGEST_QUESTION = 96
"""Tokens of a question that are read; the rest is cut off."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network.

    Attributes:
        ids: the input's tokens. The passage's begin at position `first` and end before the closing [SEP].
        offsets: the characters of the passage that each of its tokens represents.
    """

    ids: list[int]
    first: int
    offsets: list[tuple[int, int]]

    def tokens(self, span: Span) -> tuple[int, int] | None:
        """Return the input positions of the first and the last token of `span`; None if the window lacks part of it."""
        inside = self.inside(span)
        covered = self.offsets[inside]
        if not covered or covered[0][0] > span.start or covered[-1][1] < span.end:
            return None
        return self.first + inside.start, self.first + inside.stop - 1

    def inside(self, span: Span) -> slice:
        """Return which of the passage's tokens, counted from 0, represent characters of `span`."""
        inside = [i for i, (start, end) in enumerate(self.offsets) if start < span.end and span.start < end]
        return slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)

    def part(self, tokens: slice) -> "Window":
        """Return this input with only `tokens` of the passage, counted from 0."""
        question, passage, end = self.ids[: self.first], self.ids[self.first : -1], self.ids[-1:]
        return Window(question + passage[tokens] + end, self.first, self.offsets[tokens])

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the passage from the input position `first` through `last`."""
        return Span(self.offsets[first - self.first][0], self.offsets[last - self.first][1])


@dataclass(frozen=True, slots=True)
class Inputs:
    """Windows of equal length, padded at the end: (rows, tokens) int64 each.

    `types` is 1 for the passage and its [SEP], `attended` 1 for all but padding.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    attended: NDArray[np.int64]


def padded(windows: Sequence[Window]) -> Inputs:
    """Return `windows`, at least one, as one batch."""
    shape = len(windows), max(len(window.ids) for window in windows)
    inputs = Inputs(*(np.zeros(shape, np.int64) for _ in range(3)))
    for i, window in enumerate(windows):
        inputs.ids[i, : len(window.ids)] = window.ids
        inputs.types[i, window.first : len(window.ids)] = 1
        inputs.attended[i, : len(window.ids)] = 1
    return inputs


class PairTokenizer:
    """Encodes pairs of question and passage, up to `longest_input` tokens together.

    `definition` is the content of a model folder's tokenizer.json.
    """

    def __init__(self, definition: str, longest_input: int = LONGEST_INPUT) -> None:
        self._tokenizer = Tokenizer.from_str(definition)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest_input, stride=_OVERLAP, strategy="only_second")
        self._question_tokenizer = Tokenizer.from_str(definition)
        self._question_tokenizer.no_padding()
        self._question_tokenizer.enable_truncation(_LONGEST_QUESTION)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return the tokenizer of the reader in `folder`."""
        return cls((folder / "tokenizer.json").read_text(encoding="utf-8"))

    def windows(self, question: str, passage: str) -> list[Window]:
        """Return the inputs that cover `passage`, first to last: one, or several that overlap.

        A passage longer than LONGEST_EXCERPT is cut off, so that the work per passage has a limit.
        """
        read = max(end for _, end in self._question_tokenizer.encode(question).offsets)
        encoding = self._tokenizer.encode(question[:read], passage[:LONGEST_EXCERPT])
        return [_window(part) for part in (encoding, *encoding.overflowing)]


def _window(encoding: Encoding) -> Window:
    first = encoding.sequence_ids.index(1)
    return Window(encoding.ids, first, encoding.offsets[first:-1])
