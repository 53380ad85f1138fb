"""Span networks: question and passage in, logits out. The shipped ones run on ONNX Runtime, without torch."""

from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index import CitedError
from index.encoder.onnx import OnnxModel
from qa.reading.tokens import PairTokenizer, Window, padded

NETWORK = "reader.onnx"

Array = NDArray[np.float32]


class UnusableReader(CitedError):
    """The reader's files are missing, or not those that it was shipped with."""


class Logits(NamedTuple):
    """What a network says of one window. The first token stands for "not answered here".

    Attributes:
        start: (tokens,), the logit of an answer that starts at each token.
        end: (tokens,), the logit of an answer that ends there.
        relevance: the logit of the passage being what the question is about; None from a network without that output.
    """

    start: Array
    end: Array
    relevance: float | None


class Network(Protocol):
    """A model that marks spans, with its tokenizer. Any number of threads may run it at once."""

    @property
    def tokenizer(self) -> PairTokenizer: ...

    def run(self, window: Window) -> Logits: ...


class OnnxNetwork:
    """The network in a folder that `training.export` wrote."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = PairTokenizer.of(folder)
        self._model = OnnxModel(folder / NETWORK, threads=0, optimised=True)

    def run(self, window: Window) -> Logits:
        inputs = padded([window])
        given = {"ids": inputs.ids, "types": inputs.types, "attended": inputs.attended}
        start, end, relevance = self._model.run({name: given[name] for name in self._model.inputs})
        return Logits(start[0], end[0], relevance.item())
