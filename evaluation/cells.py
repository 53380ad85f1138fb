"""Are questions about tables and labelled values answered with the right cell or value?

`python -m evaluation.cells tables` and `python -m evaluation.cells labels` make documents from descriptions, ask each
its questions, and print how many answers are right, wrong and refused, for development and held-out descriptions apart.
An answer is right if it is cited from the described cell, or the described value. Questions that a document does not
answer are to be refused. Misses are shown on development data only, so that nobody tunes the rules to the others.
"""

import argparse
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluation.making import SHEETS, TABLES, MadeTable, Sheet
from evaluation.metrics import is_right
from index import Document, FolderCollection, read
from qa import Answer, Citation, ask

FOLDER = Path(__file__).parent

_SETS = {"development": "", "held out": "-held-out"}

Proof = Callable[[Citation], bool]
"""Whether a citation is from the right cell or value."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question about a made document.

    Attributes:
        name: what the document is called, and its format.
        document: what was read from the file.
        question: the question.
        value: the right answer; None if the document has none.
        proof: tells whether a citation is from the place of the value.
    """

    name: str
    document: Document
    question: str
    value: str | None
    proof: Proof

    def outcome(self, answer: Answer) -> str:
        """Return `right`, `wrong`, `refused`, or for a question without an answer, `made up` or `left`."""
        if self.value is None:
            return "made up" if answer.citations else "left"
        if not answer.citations:
            return "refused"
        return "right" if is_right(answer.text, [self.value]) and self.proof(answer.citations[0]) else "wrong"


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the documents, ask the questions, and print the misses and the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.cells", description=__doc__)
    parser.add_argument("kind", choices=("tables", "labels"))
    parser.add_argument("--every-format", action="store_true", help="make each document in every format")
    options = parser.parse_args(arguments)
    cases_of = table_cases if options.kind == "tables" else label_cases
    for name, ending in _SETS.items():
        described = tomllib.loads((FOLDER / f"{options.kind}{ending}.toml").read_text(encoding="utf-8"))
        with TemporaryDirectory() as folder:
            outcomes: Counter[str] = Counter()
            for case in cases_of(described, Path(folder), options.every_format):
                answer = _answer(case)
                outcome = case.outcome(answer)
                outcomes[outcome] += 1
                if name == "development" and outcome not in ("right", "left"):
                    print(f"{outcome}: {case.question} | {answer.text!r} ({answer.confidence:.2f}) | {case.name}")
        _report(name, outcomes)


def _report(name: str, outcomes: Counter[str]) -> None:
    asked = outcomes["right"] + outcomes["wrong"] + outcomes["refused"]
    print(
        f"{name:<13}{outcomes['right']} of {asked} right, {outcomes['wrong']} wrong, {outcomes['refused']} refused;"
        f" without an answer: {outcomes['left']} of {outcomes['left'] + outcomes['made up']} refused"
    )


def _answer(case: Case) -> Answer:
    with TemporaryDirectory() as folder, FolderCollection(Path(folder)) as collection:
        collection.add(case.document)
        return ask(case.question, collection)


def table_cases(described: dict[str, Any], folder: Path, every: bool) -> Iterator[Case]:
    """Yield the questions about each table of `described`, made in its format or in every one."""
    for number, each in enumerate(described["table"]):
        cells = [[cell.strip() for cell in line.split("|")] for line in each["cells"].strip("\n").split("\n")]
        options = {name: each[name] for name in ("headers", "stub", "ruled") if name in each}
        table = MadeTable(each["title"], each["before"], each["after"], cells, **options)
        for kind in TABLES if every else [each["format"]]:
            suffix, write = TABLES[kind]
            file = folder / f"{number}{suffix}"
            write(table, file)
            document = read(file)
            for question, value, row, column in each["questions"]:
                proof = _in_cell(document, row + (kind == "markdown" and not table.headers), column)
                yield Case(f"{table.title}, {kind}", document, question, value, proof)
            for question in each["near"]:
                yield Case(f"{table.title}, {kind}", document, question, None, lambda _: False)


def label_cases(described: dict[str, Any], folder: Path, every: bool) -> Iterator[Case]:
    """Yield the questions about each sheet of `described`, made in its layout or in every one."""
    for number, each in enumerate(described["sheet"]):
        pairs = [line.partition(": ") for line in each["fields"].strip("\n").split("\n")]
        sheet = Sheet(each["title"], each["before"], each["after"], [(label, value) for label, _, value in pairs])
        for layout in SHEETS if every else [each["layout"]]:
            suffix, write = SHEETS[layout]
            file = folder / f"{number}-{layout}{suffix}"
            write(sheet, file)
            document = read(file)
            for question, value, _ in each["questions"]:
                yield Case(f"{sheet.title}, {layout}", document, question, value, _is_value(value))
            for question in each["near"]:
                yield Case(f"{sheet.title}, {layout}", document, question, None, lambda _: False)


def _in_cell(document: Document, row: int, column: int) -> Proof:
    def proves(citation: Citation) -> bool:
        return [(cell.row, cell.column) for _, cell in document.cells(citation.span)] == [(row, column)]

    return proves


def _is_value(value: str) -> Proof:
    return lambda citation: citation.quote in value


if __name__ == "__main__":
    main()
