"""How often is the right paragraph found, and how fast?

All paragraphs of a SQuAD-format file are indexed, each as a document, and every question is asked of:

- the lexical index;
- the dense index;
- both, fused by their scores;
- the collection, which orders the best of these by the question's terms;
- `ask`, which also reads what the collection finds.

A paragraph has the rank of its best passage. The right paragraph is the one that the question was asked about, whether
it answers or not. hit@1 is also printed for the answerable questions alone.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.metrics import is_right
from evaluation.squad import SquadQuestion, load, words_that_answer
from index import Document, Encoder, FolderCollection, split
from index.collection import DEPTH
from index.folder.collection import DATABASE
from index.folder.database import Database
from index.folder.dense import DenseIndex
from index.folder.lexical import LexicalIndex
from index.ranking import fuse
from qa import ask

_RANKS = 10
"""Paragraphs that count for MRR; one below them adds nothing."""


def main() -> None:
    """Index, ask, and print a line of figures for each ranking."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.retrieval", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.json[.gz]")
    parser.add_argument("--sample", type=int, metavar="N", help="ask only N of the questions, always the same")
    options = parser.parse_args()
    paragraphs, questions = load(options.file, options.sample)
    passages = [passage for paragraph in paragraphs for passage in split(paragraph)]
    print(f"{len(paragraphs):,} paragraphs, {len(passages):,} passages, {len(questions):,} questions")

    with TemporaryDirectory() as folder, FolderCollection(Path(folder) / "collection") as collection:
        encoder = collection.encoder
        encoder.encode_question("so that loading the model is not timed")
        start = time.perf_counter()
        collection.add(*paragraphs)
        print(f"indexed {len(passages) / (time.perf_counter() - start):.1f} passages per second\n")

        database = Database(collection.path / DATABASE, encoder)
        lexical, dense = LexicalIndex(collection.path / "lexical"), DenseIndex(collection.path / "dense", database)
        lexical.load()
        dense.load()
        dense.update(database.changes(dense.generation))  # adds what is not in the last saved index
        paragraph_of = [passage.document for passage in passages]  # passages are numbered from 1 in the order of adding
        print("         hit@1   answerable  hit@5   MRR@10  p50 ms  p95 ms")
        _measure("lexical", questions, lambda q: [paragraph_of[n - 1] for n in lexical.search(q, DEPTH)])
        _measure(
            "dense", questions, lambda q: [paragraph_of[n - 1] for n in dense.search(encoder.encode_question(q), DEPTH)]
        )
        _measure("fused", questions, lambda q: [paragraph_of[n - 1] for n in _fused(q, lexical, dense, encoder)])
        _measure("search", questions, lambda q: [hit.passage.document for hit in collection.search(q, 3 * _RANKS)])
        _measure("read", questions, lambda q: [ranked.passage.document for ranked in ask(q, collection).passages])
        right = [
            is_right(words_that_answer(ask(asked.question, collection, min_confidence=0.0)), asked.accepted)
            for asked in questions
            if asked.accepted
        ]
        print(f"\nof the questions that have an answer, {fmean(right):.4f} are answered right if all are answered")


def _fused(question: str, lexical: LexicalIndex, dense: DenseIndex, encoder: Encoder) -> Iterable[int]:
    """Return the passages that a collection finds, before they are ordered by the question's terms."""
    vector = encoder.encode_question(question)
    by_words, by_vector = lexical.search(question, DEPTH), dense.search(vector, DEPTH)
    return fuse(by_words, by_vector | dense.cosines(vector, by_words.keys() - by_vector.keys()))


def _measure(name: str, questions: Sequence[SquadQuestion], search: Callable[[str], Iterable[Document]]) -> None:
    """Ask `search` for the documents of its best passages, and print its accuracy and speed."""
    reciprocal_ranks, seconds = [], []
    for asked in questions:
        start = time.perf_counter()
        found = search(asked.question)
        seconds.append(time.perf_counter() - start)
        ranked = list(dict.fromkeys(found))[:_RANKS]
        reciprocal_ranks.append(1 / (1 + ranked.index(asked.paragraph)) if asked.paragraph in ranked else 0.0)
    hit_at_1 = fmean(rank == 1 for rank in reciprocal_ranks)
    answerable = fmean(rank == 1 for rank, asked in zip(reciprocal_ranks, questions, strict=True) if asked.accepted)
    hit_at_5 = fmean(rank >= 1 / 5 for rank in reciprocal_ranks)
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    figures = f"{hit_at_1:.4f}  {answerable:<10.4f}  {hit_at_5:.4f}  {fmean(reciprocal_ranks):.4f}"
    print(f"{name:8} {figures}  {p50:6.1f}  {p95:6.1f}", flush=True)


if __name__ == "__main__":
    main()
