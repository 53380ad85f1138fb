"""Are the forms of questions that people use answered, and never misleadingly? `python -m evaluation.forms`.

`evaluation/forms/KIND.jsonl` has one question a line; the kinds are those of docs/answers.md. The questions are about
the made-up texts in `evaluation/forms/texts` and were labelled before any of them was asked. `half` is "development"
or "held out"; no text is in both. Only misses in the development half are printed.

A row names its `documents` and the `turns` of a conversation, of which the last counts. What is shown for it must
hold one of `answers`, all of `shows` and none of `never`. `items` are the members of a list, and `parts` the accepted
answers to the parts of a question. A row with nothing of these must be refused. `sure` is false if the answer must not
read "Sure". `first` is the text of the first claim. `sources` is the number of documents that must agree. `missing` are
the words that must be named as missing.
A row with a `quote` asks who says it: `speakers` are the accepted speakers, or "document", or "unclear".
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index import Collection, Document, FolderCollection, Span, read
from qa import Answer, Conversation
from qa.answer import Form
from qa.english.stance import DENIED, NEGATED
from qa.explain.attribution import attribution
from qa.share import wording

_FORMS = Path(__file__).with_name("forms")
_TEXTS = _FORMS / "texts"

KINDS = {
    "wrappings": "What surrounds a question",
    "yes-no": "Yes/no questions",
    "modality": "Denials, plans, conditions and reports",
    "denials": "What was denied, failed or never came about",
    "speakers": "Who says so",
    "documents": "Several documents",
    "lists": "Lists",
    "roles": "Roles, descriptions and bylines",
    "kinds": "The kind of thing asked for",
    "compound": "Two questions in one, comparisons and sums",
    "follow-ups": "Follow-ups",
    "spelling": "Spelling",
    "talk": "Talk, and what a document is about",
    "not-stated": "Nothing stated, or stated as unknown",
    "near-misses": "Near misses: something like it is stated, of another kind",
    "wording": "All of these, about other texts and in other words",
}
"""The kinds of questions, each with its heading, in the order of docs/answers.md."""

TABLE = re.compile(r"(<!-- forms -->\n).*?(<!-- end -->\n)", re.DOTALL)
"""The part of docs/answers.md that `--write` replaces."""


class Outcome(StrEnum):
    """What an answer is worth."""

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and what its answer must and must not show; see this module's docstring."""

    half: str
    documents: list[str]
    turns: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    sure: bool = True
    form: str = ""
    first: str = ""
    sources: int = 0
    missing: tuple[str, ...] = ()
    per_document: bool = False
    quote: str = ""
    speakers: tuple[str, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the documents answer the question."""
        return bool(self.answers or self.shows or self.items or self.parts or self.form)


@dataclass(frozen=True, slots=True)
class Asked:
    """A row, what was answered, and what that is worth."""

    row: Row
    told: str
    outcome: Outcome
    found: int = 0
    listed: int = 0
    denial: str = ""


def main() -> None:
    """Ask the questions, print the misses of the development half, and a table of all kinds."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.forms", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], help="only these kinds")
    parser.add_argument("--half", choices=["development", "held out"], help="only this half")
    parser.add_argument("--denials", action="store_true", help="print every answer whose sentence denies or negates")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="put the table into this file")
    options = parser.parse_args()
    with TemporaryDirectory() as folder, FolderCollection(Path(folder)) as collection:
        texts = {path.name: read(path) for path in sorted(_TEXTS.iterdir())}
        collection.add(*texts.values())
        asked = {kind: list(_asked(kind, options.half, collection, texts)) for kind in options.kinds or KINDS}
    if options.denials:
        print("\n".join(each.denial for answers in asked.values() for each in answers if each.denial))
    table = "\n".join(_table(asked)) + "\n"
    print(table)
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(TABLE.sub(lambda found: found[1] + table + found[2], page), encoding="utf-8")


def rows(kind: str) -> Iterator[Row]:
    """Yield the questions of one kind."""
    known = {field.name for field in fields(Row)}
    for line in (_FORMS / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        assert values.keys() <= known, values
        yield Row(**values)


def _asked(kind: str, half: str | None, collection: Collection, texts: dict[str, Document]) -> Iterator[Asked]:
    """Ask the questions of one kind, and print the misses of the development half."""
    for row in rows(kind):
        if half and row.half != half:
            continue
        asked = _said_by(row, texts) if row.quote else _answered(row, collection, texts)
        if row.half == "development" and asked.outcome is not Outcome.RIGHT:
            print(f"{kind}: {asked.outcome}: {' → '.join(row.turns) or row.quote} | {asked.told}")
        yield asked


def _answered(row: Row, collection: Collection, texts: dict[str, Document]) -> Asked:
    """Ask the turns of `row`, and judge the answer to the last."""
    conversation = Conversation(collection)
    documents = [texts[name].id for name in row.documents]
    *_, last = [conversation.ask(turn, documents=documents) for turn in row.turns]
    listed = [item.quote for item in items(last)] if row.items or last.items else []
    told = f"{shown(last)!r} {wording.confidence(last.confidence, last.stance)}"
    return Asked(row, told, outcome(row, last), named(row.items, listed), len(listed), _denial(row, last))


def _denial(row: Row, answer: Answer) -> str:
    """Return the question, the answer and its sentence, if that denies or negates something; else ""."""
    sentence = " ".join(answer.evidence.sentence.quote.split()) if answer.evidence else ""
    is_denied = DENIED.search(sentence) or NEGATED.search(sentence)
    return f"{row.turns[-1]} | {answer.text!r} ({answer.stance}) | {sentence}" if is_denied else ""


def outcome(row: Row, answer: Answer) -> Outcome:
    """Return whether `answer` is right, wrong, or refuses to answer."""
    if row.form == Form.TALK:
        return Outcome.RIGHT if answer.form is Form.TALK and not answer.passages else Outcome.REFUSED
    is_refused = not shown(answer)
    if not row.is_stated:
        is_named = set(row.missing) <= set(answer.missing)
        return (Outcome.RIGHT if is_named else Outcome.REFUSED) if is_refused else Outcome.WRONG
    if is_refused:
        return Outcome.REFUSED
    return Outcome.RIGHT if all(_demands(row, answer)) else Outcome.WRONG


def _demands(row: Row, answer: Answer) -> Iterator[bool]:
    """Yield for each demand of `row` whether `answer` meets it."""
    told = shown(answer)
    yield not row.answers or _holds_any(told, row.answers)
    yield all(_holds_any(told, [each]) for each in row.shows)
    yield not _holds_any(told, row.never)
    yield row.sure or not wording.confidence(answer.confidence, answer.stance).startswith("Sure")
    yield not row.parts or len(row.parts) == len(answer.parts)
    for accepted, part in zip(row.parts, answer.parts, strict=False):
        yield _holds_any(part.text, accepted) if accepted else not part.citations
    yield not row.form or answer.form == row.form
    yield not row.first or _holds_any(answer.claims[0].text, [row.first])
    yield not row.sources or len(answer.claims[0].evidence) == row.sources
    yield not row.per_document or len({cited.document for cited in answer.overview}) == len(row.documents)
    if row.items:
        listed = [item.quote for item in items(answer)]
        yield len(listed) == len(row.items) == named(row.items, listed)


def shown(answer: Answer) -> str:
    """Return all that is shown as the answer: its claims, or what an overview or a list cites."""
    told = [claim.text for claim in answer.claims] or [cited.quote for cited in answer.citations]
    return " | ".join([*told, *(item.quote for item in answer.items)])


def items(answer: Answer) -> Sequence[Any]:
    """Return the members of the list that answers; without a list, the answer is the only one."""
    return answer.items or answer.citations[:1]


def named(items: Sequence[str], listed: Iterable[str]) -> int:
    """Return how many of `items` are named in `listed`, each by a member of its own.

    >>> named(["Ann", "Bo"], ["Ann and Bo"]), named(["Ann", "Bo"], ["Bo", "Cy", "Ann"])
    (1, 2)
    """
    left = list(items)
    for given in listed:
        if (item := next((each for each in left if _is_item(given, each)), None)) is not None:
            left.remove(item)
    return len(items) - len(left)


def _is_item(given: str, item: str) -> bool:
    """Return whether `given` names the list's member `item`, with little else."""
    return item.casefold() in given.casefold() and len(given.split()) <= len(item.split()) + 6


def _holds_any(text: str, words: Iterable[str]) -> bool:
    plain = " ".join(text.split()).casefold()
    return any(each.casefold() in plain for each in words)


def _said_by(row: Row, texts: dict[str, Document]) -> Asked:
    """Ask who makes the statement that `row` quotes."""
    document = texts[row.documents[0]]
    start = document.text.index(row.quote)
    said = attribution(document, Span(start, start + len(row.quote)))
    told = said.speaker.quote if said.speaker else "unclear" if said.reported else "document"
    is_right = any(told == each or (said.speaker and each.casefold() in told.casefold()) for each in row.speakers)
    named = said.speaker is not None
    worth = Outcome.RIGHT if is_right else Outcome.WRONG if named else Outcome.REFUSED
    return Asked(row, told, worth, named and is_right, named)


def _table(asked: dict[str, list[Asked]]) -> Iterator[str]:
    """Yield the lines of a table of both halves: right, wrong and refused."""
    yield "| kind | developed on: right | wrong | refused | held out: right | wrong | refused |"
    yield "|---|---|---|---|---|---|---|"
    for kind, answers in asked.items():
        cells = [KINDS[kind]]
        for half in ("development", "held out"):
            counts = Counter(each.outcome for each in answers if each.row.half == half)
            cells += [f"{counts[Outcome.RIGHT]} of {counts.total()}", str(counts[Outcome.WRONG])]
            cells += [str(counts[Outcome.REFUSED])]
        yield f"| {' | '.join(cells)} |"
    for kind in ("lists", "speakers"):
        for half in ("development", "held out"):
            part = [each for each in asked.get(kind, []) if each.row.half == half]
            if part:
                yield _precision(f"{KINDS[kind]}, {half}", part)


def _precision(name: str, asked: Sequence[Asked]) -> str:
    """Return a line with the precision and the recall of what is listed or named."""
    found, listed = sum(each.found for each in asked), sum(each.listed for each in asked)
    named = [each.row for each in asked if each.row.items or each.row.speakers]
    expected = sum(len(row.items) or row.speakers[0] not in ("document", "unclear") for row in named)
    precision, recall = found / max(1, listed), found / max(1, expected)
    return f"\n{name}: precision {precision:.2f} of {listed}, recall {recall:.2f} of {expected}."


if __name__ == "__main__":
    main()
