"""Question files in SQuAD's form."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import Document
from training.squad import load_json


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the paragraph it was asked about, and the answers accepted: none if the paragraph has none."""

    question: str
    paragraph: Document
    accepted: tuple[str, ...]


def load(file: Path, sample: int | None = None) -> tuple[list[Document], list[SquadQuestion]]:
    """Return the distinct paragraphs of a SQuAD file, `.json` or `.json.gz`, each as a document, and the questions.

    With `sample`, the paragraphs are all there, and that many of the questions, always the same.
    """
    questions = list(_questions(file))
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    if sample is not None and sample < len(questions):
        questions = random.Random(0).sample(questions, sample)
    return paragraphs, questions


def _questions(file: Path) -> Iterator[SquadQuestion]:
    for article in load_json(file)["data"]:
        for paragraph in article["paragraphs"]:
            document = Document(paragraph["context"], title=article.get("title", ""))
            for asked in paragraph["qas"]:
                yield SquadQuestion(asked["question"], document, tuple(answer["text"] for answer in asked["answers"]))
