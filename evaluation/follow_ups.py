"""Does the interpretation of a follow-up question find what a person's rewrite of it finds?

The file has CANARD's format, `.jsonl.gz`. `history` is the article's title, a heading, and then questions and answers
in turn; `question` is the follow-up, and `rewrite` is the same without reference to others. CANARD comes without the
articles. So each dialogue's title, heading and answers make a document, and the passages of all of them are searched.
The figures say how often the rewrite's best passage is the best, or among the best 5: for the question as typed, and
for its interpretation.

No reader is used, because it would take hours. The interpretation of a follow-up with the highest search score is
taken, instead of the one with the surest answer. The question as typed is taken only if there is no other. Answers that
the file lacks count as not stated, and the article's title counts as the turn before the first question.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from index import Document, FolderCollection, Passage
from qa.question.follow_up import Turn, interpretations
from qa.question.grammar import is_follow_up

_UNKNOWN = "I don't know."
"""CANARD's answer to what an article does not say."""

_DEPTH = 5
"""Passages among which that of the rewrite is looked for."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, what was said before it, and a person's rewrite of it."""

    id: str
    history: list[str]
    question: str
    rewrite: str

    @property
    def dialogue(self) -> str:
        """The dialogue that the turn belongs to."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether the rewrite's best passage is found first, or among the first."""

    first: bool
    among: bool


def main() -> None:
    """Search for every question in three forms, and print how often the passages agree."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.follow_ups", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl.gz")
    options = parser.parse_args()
    with gzip.open(options.file, "rt", encoding="utf-8") as lines:
        follow_ups = [FollowUp(**json.loads(line)) for line in lines]
    dialogues = [list(group) for _, group in groupby(follow_ups, key=lambda follow_up: follow_up.dialogue)]
    typed: list[Agreement] = []
    understood: list[Agreement] = []
    with TemporaryDirectory() as folder, FolderCollection(folder) as collection:
        collection.add(*map(_document, dialogues))
        for dialogue in dialogues:
            for follow_up, interpretation in _understood(dialogue, collection):
                best, *_ = _found(follow_up.rewrite, collection)
                typed.append(_agreement(best, _found(follow_up.question, collection)))
                understood.append(_agreement(best, _found(interpretation, collection)))
    count = sum(is_follow_up(follow_up.question) for follow_up in follow_ups)
    print(f"{len(follow_ups):,} questions in {len(dialogues)} dialogues; {count:,} of them lean on those before")
    print(f"               first  among {_DEPTH}")
    for name, agreements in (("as typed", typed), ("as understood", understood)):
        first, among = fmean(each.first for each in agreements), fmean(each.among for each in agreements)
        print(f"{name:13}  {first:.3f}  {among:.3f}")


def _document(dialogue: Sequence[FollowUp]) -> Document:
    """Return the text of `dialogue` before its last question, without the questions."""
    title, heading, *said = max((follow_up.history for follow_up in dialogue), key=len)
    return Document(
        "\n\n".join([title, heading, " ".join(answer for answer in said[1::2] if answer != _UNKNOWN)]), title
    )


def _understood(dialogue: Sequence[FollowUp], collection: FolderCollection) -> Iterator[tuple[FollowUp, str]]:
    """Yield each question of `dialogue` with its chosen interpretation, given those of the questions before it."""
    understood: dict[str, str] = {}
    for follow_up in dialogue:
        title, heading, *said = follow_up.history
        turns = [Turn(f"{title} {heading}", title, f"{title} {heading}")]
        for question, answer in zip(said[::2], said[1::2], strict=True):
            text = "" if answer == _UNKNOWN else answer.rstrip(".")
            turns.append(Turn(understood.get(question, question), text, question))
        meant = [follow_up.question]
        if is_follow_up(follow_up.question):
            meant = interpretations(follow_up.question, turns[::-1]) or meant
        taken = max(meant, key=lambda text: collection.search(text, 1)[0].score)
        understood[follow_up.question] = taken
        yield follow_up, taken


def _found(question: str, collection: FolderCollection) -> list[Passage]:
    return [hit.passage for hit in collection.search(question, _DEPTH)]


def _agreement(best: Passage, found: Sequence[Passage]) -> Agreement:
    return Agreement(found[0] == best, best in found)


if __name__ == "__main__":
    main()
