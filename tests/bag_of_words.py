"""An encoder that a person can predict: texts are as alike as the words they share."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.encoder import Vectors

DIMENSIONS = 256


class BagOfWords:
    """Counts words, each in the dimension that its checksum names, and counts the passages it was asked to encode."""

    def __init__(self, name: str = "bag of words") -> None:
        self.name = name
        self.encoded = 0

    def encode_question(self, question: str) -> Vectors:
        return _vector(question)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIMENSIONS, np.float32)
    for word in re.findall(r"\w+", text.lower()):
        vector[crc32(word.encode()) % DIMENSIONS] += 1
    if not vector.any():
        vector[0] = 1
    return vector / np.linalg.norm(vector)
