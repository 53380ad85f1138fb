"""Files in SQuAD's format as questions, and the paragraphs that they were asked about."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.document import Span

TRAINING_FILES = ("squad-train.json.gz", "qed-nq-train.json.gz", "fairytaleqa-train.json.gz")
"""What the reader learns from, in this order."""

LONGEST_ANSWER = 300
"""Code points. A longer answer is a whole passage rather than a span of one; its question is left out."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that questions were asked about. `article` numbers the article, over all files, that it belongs to."""

    article: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where `paragraph` (an index into the corpus) answers it: any of `answers`, nowhere if empty."""

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


def load_json(path: Path) -> Any:
    """Return what the JSON file `path` holds, gzip-compressed if it ends in `.gz`."""
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def read_corpus(paths: Iterable[Path]) -> Corpus:
    """Read files in the format of SQuAD 1.1 or 2.0 (Rajpurkar et al., 2016 and 2018) into one corpus."""
    paragraphs: list[Paragraph] = []
    questions: list[Question] = []
    article_number = -1
    for path in paths:
        for article in load_json(path)["data"]:
            article_number += 1
            for entry in article["paragraphs"]:
                questions.extend(_questions(entry, paragraph=len(paragraphs)))
                paragraphs.append(Paragraph(article_number, entry["context"]))
    return Corpus(tuple(paragraphs), tuple(questions))


def read_training_corpus(folder: Path) -> Corpus:
    """Read the training files in `folder`.

    Unanswerable questions stand there twice, so that, negatives included, about half of what is read has no answer, as
    in SQuAD 2.0's development set.
    """
    corpus = read_corpus(folder / name for name in TRAINING_FILES)
    return replace(corpus, questions=corpus.questions + tuple(q for q in corpus.questions if not q.answers))


def _questions(entry: dict[str, Any], paragraph: int) -> Iterator[Question]:
    for asked in entry["qas"]:
        answers = tuple(_spans(asked, entry["context"]))
        if all(answer.end - answer.start <= LONGEST_ANSWER for answer in answers):
            yield Question(asked["id"], asked["question"].strip(), paragraph, answers)


def _spans(asked: dict[str, Any], context: str) -> Iterator[Span]:
    """Yield where the answers stand: all occurrences of one of which only the text is known for certain."""
    for answer in asked["answers"]:
        if asked.get("ambiguous_start"):
            yield from occurrences(answer["text"], context)
        else:
            yield Span(answer["answer_start"], answer["answer_start"] + len(answer["text"]))


def occurrences(answer: str, text: str) -> list[Span]:
    """Return where `answer` stands in `text` as whole words, first to last.

    >>> occurrences("art", "Art as art, not as party")
    [Span(start=7, end=10)]
    """
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)]
