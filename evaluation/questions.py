"""Question files in SQuAD's form."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.squad import load_json
from index import Collection, Document

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


def half_answerable(questions: Sequence[SquadQuestion], count: int | None = None) -> list[SquadQuestion]:
    """Return `count` of `questions`, always the same, or as many as there can be: half with an answer, half without."""
    kinds = [[q for q in questions if q.accepted], [q for q in questions if not q.accepted]]
    half = min(len(kinds[0]), len(kinds[1]), len(questions) if count is None else count // 2)
    return [question for kind in kinds for question in random.Random(0).sample(kind, half)]


def of_all(
    paragraphs: Sequence[Document], questions: Iterable[SquadQuestion]
) -> Iterator[tuple[SquadQuestion, Collection]]:
    """Yield each question with a collection of all `paragraphs` to ask."""
    with TemporaryDirectory() as folder, Collection(Path(folder) / "collection") as collection:
        collection.add(*paragraphs)
        for question in questions:
            yield question, collection


def of_own(
    paragraphs: Sequence[Document], questions: Sequence[SquadQuestion]
) -> Iterator[tuple[SquadQuestion, Collection]]:
    """Yield each question with a collection of its own article's `paragraphs` alone."""
    for title in dict.fromkeys(paragraph.title for paragraph in paragraphs):
        yield from of_all(
            [paragraph for paragraph in paragraphs if paragraph.title == title],
            [question for question in questions if question.paragraph.title == title],
        )


def _questions(file: Path, articles: slice) -> Iterator[SquadQuestion]:
    for number, article in list(enumerate(load_json(file)["data"]))[articles]:
        for paragraph in article["paragraphs"]:
            document = Document(paragraph["context"], title=str(number))
            for asked in paragraph["qas"]:
                yield SquadQuestion(asked["question"], document, tuple(answer["text"] for answer in asked["answers"]))
