"""How well are the questions in a file answered?

The file has one question a line, as JSON. `question` is the question, and `answerable` says whether it has an answer.
A right answer contains one of `answers`, whatever the case. The top passage must contain `evidence`; null allows any.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from index import FolderCollection, read_all
from index.add import find
from qa import Answer, ask
from qa.reading.load import default_reader


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what is known of its answer."""

    question: str
    answers: list[str]
    evidence: str | None
    answerable: bool

    def is_right(self, answer: Answer) -> bool:
        """Return whether the answer contains one of the accepted ones."""
        return any(accepted.casefold() in answer.text.casefold() for accepted in self.answers)

    def complaints(self, answer: Answer) -> Iterator[str]:
        """Yield what is wrong with the answer."""
        if self.evidence is not None and not self.has_evidence_on_top(answer):
            yield "evidence not on top"
        if self.answerable and not self.is_right(answer):
            yield "wrong" if answer.citations else "refused"
        if not self.answerable and answer.citations:
            yield "made up"

    def has_evidence_on_top(self, answer: Answer) -> bool:
        """Return whether the first passage contains the evidence."""
        return self.evidence is not None and self.evidence in answer.passages[0].passage.text


def main() -> None:
    """Ask every question and print a line for each miss, then the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.answers", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--documents", type=Path, metavar="FOLDER", help="ask the files in it, not the bundled article")
    options = parser.parse_args()
    questions = list(_questions(options.file))
    with TemporaryDirectory() as folder:
        collection = _collection(options.documents, Path(folder)) if options.documents else None
        best = [(question, ask(question.question, collection, min_confidence=0.0)) for question in questions]
    threshold = default_reader().calibration.threshold
    asked = [(q, answer if answer.confidence >= threshold else replace(answer, claims=())) for q, answer in best]
    answerable = [(question, answer) for question, answer in asked if question.answerable]
    proven = [(question, answer) for question, answer in asked if question.evidence is not None]
    unanswerable = [answer for question, answer in asked if not question.answerable]
    for question, answer in asked:
        for complaint in question.complaints(answer):
            print(f"{complaint}: {question.question} | {answer.text!r} ({answer.confidence:.2f})")
    wrong = sum(bool(a.citations) and not q.is_right(a) for q, a in answerable)
    print(
        f"right answers                {sum(q.is_right(a) for q, a in answerable)} of {len(answerable)}, {wrong} wrong"
    )
    print(f"evidence in the top passage  {sum(q.has_evidence_on_top(a) for q, a in proven)} of {len(proven)}")
    print(f"unanswerable and refused     {sum(not a.citations for a in unanswerable)} of {len(unanswerable)}")
    _print_risk(best)


def _collection(documents: Path, folder: Path) -> FolderCollection:
    """Return a collection, kept in `folder`, of the files in `documents` that can be read."""
    collection = FolderCollection(folder)
    collection.add(*(document for file in find([documents]).files for document in read_all(file)))
    return collection


def _print_risk(asked: Sequence[tuple[Question, Answer]]) -> None:
    """Print the share of wrong answers among those given, for different shares of the questions answered."""
    print("\ncoverage  wrong  from confidence")
    surest_first = sorted(asked, key=lambda pair: pair[1].confidence, reverse=True)
    for percent in range(10, 101, 10):
        given = surest_first[: max(1, round(len(surest_first) * percent / 100))]
        wrong = fmean(not question.is_right(answer) for question, answer in given)
        print(f"{percent:7}%  {wrong:5.0%}  {given[-1][1].confidence:.2f}")


def _questions(file: Path) -> Iterator[Question]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield Question(**json.loads(line))


if __name__ == "__main__":
    main()
