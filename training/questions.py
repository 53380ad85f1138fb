"""Question files in SQuAD's form."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import Document
from training.squad import load_json

EVERY, DEVELOPMENT, HELD_OUT = slice(None), slice(0, None, 2), slice(1, None, 2)
"""Which of a file's articles: all, those that `training.calibrate` fits to, or the others."""


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the paragraph it was asked about, and the answers accepted: none if the paragraph has none."""

    question: str
    paragraph: Document
    accepted: tuple[str, ...]


def load(file: Path, sample: int | None = None, articles: slice = EVERY) -> tuple[list[Document], list[SquadQuestion]]:
    """Return the distinct paragraphs of a SQuAD file, `.json` or `.json.gz`, each as a document, and the questions.

    A paragraph is titled by the number of its article. With `sample`, the paragraphs are all there, and that many of
    the questions, always the same.
    """
    questions = list(_questions(file, articles))
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    if sample is not None and sample < len(questions):
        questions = random.Random(0).sample(questions, sample)
    return paragraphs, questions


def _questions(file: Path, articles: slice) -> Iterator[SquadQuestion]:
    for number, article in list(enumerate(load_json(file)["data"]))[articles]:
        for paragraph in article["paragraphs"]:
            document = Document(paragraph["context"], title=str(number))
            for asked in paragraph["qas"]:
                yield SquadQuestion(asked["question"], document, tuple(answer["text"] for answer in asked["answers"]))
