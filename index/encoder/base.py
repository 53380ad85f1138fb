"""What turns texts into vectors: the contract. `index.encoder.sentence_transformer` fulfils it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """What a `Collection` asks of a model: float32 vectors of unit length, whose dot product is their cosine."""

    @property
    def name(self) -> str:
        """Names the model; a collection made with one name is never searched with another."""

    def encode_question(self, question: str) -> Vectors:
        """Return the question's vector, `(dim,)`."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, `(len(texts), dim)`, in their order."""
