"""Mine negatives: `python -m training.mine --data ../shared/data --collection FOLDER --out FILE.jsonl`.

Asks this project's own retrieval the answerable training questions, over all training paragraphs, and writes the best
passages that do not hold the answer: what the reader meets in use. Stopped at any time, the same command goes on.
`python -m training.reader --mined FILE.jsonl` then learns from them.
"""

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from evaluation.squad import Corpus, Question, read_training_corpus
from index.document import Document
from index.folder.collection import FolderCollection
from training.mined import fingerprint, records
from training.passages import Passages

RETRIEVED = 10
"""Passages that are retrieved for a question: those that the product reads, and some that it might have."""

ADDED = 1000
"""Paragraphs that are added to the collection at a time; a stopped run loses no more."""


@dataclass(frozen=True, slots=True)
class Miner:
    """Finds passages that are near to a question and do not answer it; `numbers` are the paragraphs' by document id."""

    collection: FolderCollection
    passages: Passages
    numbers: Mapping[str, int]

    def record(self, question: Question) -> dict[str, Any]:
        """Return the line of the file that is about `question`."""
        found = [hit.passage for hit in self.collection.search(question.text, RETRIEVED)]
        silent = [passage for passage in found if self.passages.silent(question, passage.text)]
        places = [[self.numbers[p.document.id], p.span.start, p.span.end] for p in silent]
        return {"id": question.id, "passages": places}


def miner(collection: FolderCollection, corpus: Corpus) -> Miner:
    """Return a miner over all paragraphs of `corpus`, added to `collection` as a document each.

    Paragraphs that the collection holds already cost nothing.
    """
    documents = [Document(paragraph.text, title=f"paragraph {i}") for i, paragraph in enumerate(corpus.paragraphs)]
    for first in range(0, len(documents), ADDED):
        collection.add(*documents[first : first + ADDED])
    return Miner(collection, Passages(corpus), {document.id: i for i, document in enumerate(documents)})


def remaining(corpus: Corpus, sample: int | None, done: set[str]) -> list[Question]:
    """Return the answerable questions, or `sample` of them drawn at random, less those whose ids are `done`."""
    answerable = [question for question in corpus.questions if question.answers]
    drawn = Random(0).sample(answerable, sample) if sample else answerable
    return [question for question in drawn if question.id not in done]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the question files")
    parser.add_argument("--collection", type=Path, required=True, help="folder for the training paragraphs' collection")
    parser.add_argument("--out", type=Path, required=True, help="file of the mined negatives")
    parser.add_argument("--sample", type=int, help="ask only so many questions, drawn at random")
    chosen = parser.parse_args(arguments)
    corpus = read_training_corpus(chosen.data)
    chosen.out.touch()
    os.truncate(chosen.out, chosen.out.read_bytes().rfind(b"\n") + 1)  # a line that a kill tore goes
    done = {record.get("id", "") for record in records(chosen.out)}
    found = miner(FolderCollection(chosen.collection), corpus)
    with chosen.out.open("a", encoding="utf-8", buffering=1) as out:
        if not done:
            out.write(json.dumps({"corpus": fingerprint(corpus)}) + "\n")
        for question in remaining(corpus, chosen.sample, done):
            out.write(json.dumps(found.record(question)) + "\n")


if __name__ == "__main__":
    main()
