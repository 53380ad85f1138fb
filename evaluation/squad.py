"""Files in SQuAD's format: questions, and the paragraphs that they were asked about."""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index import Collection, Document, FolderCollection, Span
from qa import Answer

TRAINING_FILES = ("squad-train.json.gz", "qed-nq-train.json.gz", "fairytaleqa-train.json.gz")
"""The files from which readers learn, in this order."""

_LONGEST_ANSWER = 300
"""Code points. A longer answer is a passage rather than a span of one, and its question is left out."""

_EVERY, DEVELOPMENT, HELD_OUT = slice(None), slice(0, None, 2), slice(1, None, 2)
"""Slices of a file's articles: all, those that `training.calibrate` uses, and the others."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that questions were asked about. `article` is the number of its article, counted over all files."""

    article: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about `paragraph` (an index into the corpus), and the spans of its `answers`; none if unanswerable."""

    id: str
    text: str
    paragraph: int
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paragraphs, and questions about them, in the order of their files."""

    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Question, ...]

    def articles(self) -> dict[int, list[int]]:
        """Return, for each article, the indices of its paragraphs, in order."""
        members: dict[int, list[int]] = {}
        for index, paragraph in enumerate(self.paragraphs):
            members.setdefault(paragraph.article, []).append(index)
        return members


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question to ask, the paragraph that it was asked about, and the accepted answers; none if unanswerable."""

    question: str
    paragraph: Document
    accepted: tuple[str, ...]


def read_corpus(paths: Iterable[Path]) -> Corpus:
    """Read files in the format of SQuAD 1.1 or 2.0 (Rajpurkar et al., 2016 and 2018) into one corpus."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    article_number = -1
    for path in paths:
        for article in _articles(path):
            article_number += 1
            for entry in article:
                questions.extend(_questions(entry, paragraph=len(paragraphs)))
                paragraphs.append(Paragraph(article_number, entry["context"]))
    return Corpus(tuple(paragraphs), tuple(questions))


def load(file: Path, sample: int | None = None, articles: slice = _EVERY) -> tuple[list[Document], list[SquadQuestion]]:
    """Return the distinct paragraphs of a SQuAD file, `.json` or `.json.gz`, each as a document, and the questions.

    Args:
        file: the file.
        sample: number of questions to return, always the same; by default all. The paragraphs are always all.
        articles: the articles to return.
    """
    questions = [
        SquadQuestion(asked["question"], document, tuple(answer["text"] for answer in asked["answers"]))
        for number, article in list(enumerate(_articles(file)))[articles]
        for entry in article
        for document in [Document(entry["context"], title=str(number))]
        for asked in entry["qas"]
    ]
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    if sample is not None and sample < len(questions):
        questions = random.Random(0).sample(questions, sample)
    return paragraphs, questions


def half_answerable(questions: Sequence[SquadQuestion], count: int | None = None) -> list[SquadQuestion]:
    """Return at most `count` of `questions`, always the same: half with an answer, half without."""
    kinds = [[q for q in questions if q.accepted], [q for q in questions if not q.accepted]]
    half = min(len(kinds[0]), len(kinds[1]), len(questions) if count is None else count // 2)
    return [question for kind in kinds for question in random.Random(0).sample(kind, half)]


def words_that_answer(answer: Answer) -> str:
    """Return the words that answer, without those that deny or plan them, which no accepted answer of SQuAD holds."""
    return answer.evidence.bare if answer.evidence else ""


def of_all(
    paragraphs: Sequence[Document], questions: Iterable[SquadQuestion]
) -> Iterator[tuple[SquadQuestion, Collection]]:
    """Yield each question with a collection of all `paragraphs`."""
    with TemporaryDirectory() as folder, FolderCollection(Path(folder) / "collection") as collection:
        collection.add(*paragraphs)
        for question in questions:
            yield question, collection


def of_own(
    paragraphs: Sequence[Document], questions: Sequence[SquadQuestion]
) -> Iterator[tuple[SquadQuestion, Collection]]:
    """Yield each question with a collection of only its own article's `paragraphs`."""
    for title in dict.fromkeys(paragraph.title for paragraph in paragraphs):
        yield from of_all(
            [paragraph for paragraph in paragraphs if paragraph.title == title],
            [question for question in questions if question.paragraph.title == title],
        )


def _articles(file: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the paragraphs of each article of `file` as JSON objects; a name that ends in `.gz` means gzip."""
    data = file.read_bytes()
    for article in json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)["data"]:
        yield article["paragraphs"]


def _questions(entry: dict[str, Any], paragraph: int) -> Iterator[Question]:
    for asked in entry["qas"]:
        answers = tuple(_spans(asked, entry["context"]))
        if all(answer.end - answer.start <= _LONGEST_ANSWER for answer in answers):
            yield Question(asked["id"], asked["question"].strip(), paragraph, answers)


def _spans(asked: dict[str, Any], context: str) -> Iterator[Span]:
    """Yield the spans of the answers; all occurrences, if the file does not say for certain which one is meant."""
    for answer in asked["answers"]:
        if asked.get("ambiguous_start"):
            yield from occurrences(answer["text"], context)
        else:
            yield Span(answer["answer_start"], answer["answer_start"] + len(answer["text"]))


def occurrences(answer: str, text: str) -> list[Span]:
    """Return the spans of `answer` in `text` as whole words, first to last.

    >>> occurrences("art", "Art as art, not as party")
    [Span(start=7, end=10)]
    """
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)]
