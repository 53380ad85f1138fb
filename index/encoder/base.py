"""The protocol of encoders, which turn texts into vectors. `index.encoder.sentence_transformer` implements it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """A model that turns texts into float32 vectors of unit length, so that dot products are cosines.

    Any thread may call its methods, and several may do so at once.
    """

    @property
    def name(self) -> str:
        """The name of the model, such as its folder. Messages show it."""

    @property
    def digest(self) -> str:
        """A digest of the model's settings and weights, which identifies it; empty if the name has to.

        A collection is only ever searched with the model that made it.
        """

    def encode_question(self, question: str) -> Vectors:
        """Return the vector of the question, `(dim,)` float32, of unit length."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of the texts in the same order, `(len(texts), dim)` float32, each of unit length."""
