"""Mined negatives are what retrieval returns, less what answers."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.squad import Corpus, Paragraph, Question
from index import FolderCollection, Span
from index.encoder.base import Vectors
from training.mine import miner

FEZ = "The station of Fez was opened in 1923. It has nine platforms, and trains leave for Rabat."
RABAT = "The station of Rabat was rebuilt in 2018. Trains leave for Fez every hour of the day."
OUJDA = "A market is held in Oujda. Opened in 1923, its hall is older than the station of Fez."


class LetterEncoder:
    """Encodes a text as the shares of the letters a to z in it."""

    name = "letters"

    def encode_question(self, question: str) -> Vectors:
        vector: Vectors = self.encode_passages([question])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.lower().count(chr(code)) for code in range(97, 123)] for text in texts], np.float32)
        vectors: Vectors = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return vectors


def test_passages_that_hold_the_answer_are_no_negatives(tmp_path: Path) -> None:
    question = Question("q", "When was the station of Fez opened?", 0, (Span(33, 37),))
    corpus = Corpus(tuple(Paragraph(0, text) for text in (FEZ, RABAT, OUJDA)), (question,))
    with FolderCollection(tmp_path / "collection", LetterEncoder()) as collection:
        record = miner(collection, corpus).record(question)
    assert record == {"id": "q", "passages": [[1, 0, len(RABAT)]]}
