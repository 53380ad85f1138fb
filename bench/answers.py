"""How well are a file's questions answered?

One question a line, as JSON: `question`, accepted `answers` (one of them stands in a right answer, whatever the
case), `evidence` (text that the top passage must hold; null for any) and `answerable`.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import Collection
from qa import Answer, ask


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is known of its answer."""

    question: str
    answers: list[str]
    evidence: str | None
    answerable: bool

    def is_right(self, answer: Answer) -> bool:
        return any(accepted.casefold() in answer.text.casefold() for accepted in self.answers)

    def has_evidence_on_top(self, answer: Answer) -> bool:
        return self.evidence is not None and self.evidence in answer.passages[0].passage.text


def main() -> None:
    """Ask every question and print the figures, one line for each miss before them."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--collection", type=Path, metavar="PATH", help="ask it instead of the bundled article")
    options = parser.parse_args()
    collection = Collection(options.collection) if options.collection else None

    asked = [(question, ask(question.question, collection)) for question in _questions(options.file)]
    answerable = [pair for pair in asked if pair[0].answerable]
    proven = [pair for pair in asked if pair[0].evidence is not None]
    for question, answer in proven:
        if not question.has_evidence_on_top(answer):
            print(f"miss: {question.question} | {question.evidence} | {answer.passages[0].passage.text[:80]!r}…")
    print(f"evidence in the top passage  {sum(q.has_evidence_on_top(a) for q, a in proven)} of {len(proven)}")
    print(f"right answers                {sum(q.is_right(a) for q, a in answerable)} of {len(answerable)}")


def _questions(file: Path) -> Iterator[Question]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield Question(**json.loads(line))


if __name__ == "__main__":
    main()
