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
    """The reader's files are missing, damaged or of another version."""


class Logits(NamedTuple):
    """A network's output for one window. The first token's logits are those of "no answer in this window".

    Attributes:
        start: (tokens,), the logit of an answer that starts at each token.
        end: (tokens,), the logit of an answer that ends at each token.
        relevance: logit that the passage is on the question's topic; None if the network has no such output.
    """

    start: Array
    end: Array
    relevance: float | None


class Network(Protocol):
    """A model that marks spans, with its tokenizer. Any number of threads may run it at once."""

    @property
    def tokenizer(self) -> PairTokenizer:
        """What turns a question and a passage into windows."""

    def run(self, window: Window) -> Logits:
        """Return the network's logits for one window."""


class OnnxNetwork:
    """The network in a folder that `training.export` wrote."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = PairTokenizer.of(folder)
        self._model = OnnxModel(folder / NETWORK, threads=0, optimised=True)

    def run(self, window: Window) -> Logits:
        """Return the network's logits for one window."""
        inputs = padded([window])
        given = {"ids": inputs.ids, "types": inputs.types, "attended": inputs.attended}
        start, end, relevance = self._model.run({name: given[name] for name in self._model.inputs})
        return Logits(start[0], end[0], relevance.item())
