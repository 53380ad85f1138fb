"""Question files in SQuAD's form."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import Document


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question and the paragraph it was asked about."""

    question: str
    paragraph: Document


def load(file: Path, sample: int | None = None) -> tuple[list[Document], list[SquadQuestion]]:
    """Return the distinct paragraphs of a SQuAD file, `.json` or `.json.gz`, each as a document, and the questions.

    With `sample`, the paragraphs are all there, and the questions that many of them, always the same.
    """
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        questions = list(_questions(json.load(stream)))
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    if sample is not None and sample < len(questions):
        questions = random.Random(0).sample(questions, sample)
    return paragraphs, questions


def _questions(squad: dict[str, Any]) -> Iterator[SquadQuestion]:
    for article in squad["data"]:
        for paragraph in article["paragraphs"]:
            document = Document(paragraph["context"], title=article.get("title", ""))
            for asked in paragraph["qas"]:
                yield SquadQuestion(asked["question"], document)
