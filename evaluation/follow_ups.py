"""Does a follow-up question, as it is understood, find what a person's rewrite of it finds?

A file of CANARD's form, `.jsonl.gz`: the `history` of a dialogue (an article's title, a heading, and then questions
and answers in turn), a `question`, and its `rewrite`, which stands alone. CANARD comes without the articles, so each
dialogue's title, heading and answers make a document, and the passages of all of them are searched. Counted is how
often the best passage for the rewrite is the best, or among the best 5, for the question: as typed, and as understood.

Nothing is read, which would take hours. Of the interpretations of a question that leans, the one whose best passage has
the highest search score is taken, not the one with the surest answer; as typed it is asked only where it has no other.
Answers that the file lacks count as not stated, and the article's title is what the first question follows.
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

UNKNOWN = "I don't know."
"""CANARD's answer to what an article does not say."""

DEPTH = 5
"""Passages among which that of the rewrite is looked for."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with what was said before it, and what a person made of it."""

    id: str
    history: list[str]
    question: str
    rewrite: str

    @property
    def dialogue(self) -> str:
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether what a rewrite finds first is found first, or among the first."""

    first: bool
    among: bool


def main() -> None:
    """Search for every question in three forms, and print how well they agree."""
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
    print(f"               first  among {DEPTH}")
    for name, agreements in (("as typed", typed), ("as understood", understood)):
        first, among = fmean(each.first for each in agreements), fmean(each.among for each in agreements)
        print(f"{name:13}  {first:.3f}  {among:.3f}")


def _document(dialogue: Sequence[FollowUp]) -> Document:
    """Return all that is said in `dialogue` before its last question, questions aside."""
    title, heading, *said = max((follow_up.history for follow_up in dialogue), key=len)
    return Document(
        "\n\n".join([title, heading, " ".join(answer for answer in said[1::2] if answer != UNKNOWN)]), title
    )


def _understood(dialogue: Sequence[FollowUp], collection: FolderCollection) -> Iterator[tuple[FollowUp, str]]:
    """Yield each question of `dialogue` with its chosen interpretation, given those of the questions before it."""
    understood: dict[str, str] = {}
    for follow_up in dialogue:
        title, heading, *said = follow_up.history
        turns = [Turn(f"{title} {heading}", title, f"{title} {heading}")]
        for question, answer in zip(said[::2], said[1::2], strict=True):
            text = "" if answer == UNKNOWN else answer.rstrip(".")
            turns.append(Turn(understood.get(question, question), text, question))
        meant = [follow_up.question]
        if is_follow_up(follow_up.question):
            meant = interpretations(follow_up.question, turns[::-1]) or meant
        taken = max(meant, key=lambda text: collection.search(text, 1)[0].score)
        understood[follow_up.question] = taken
        yield follow_up, taken


def _found(question: str, collection: FolderCollection) -> list[Passage]:
    return [hit.passage for hit in collection.search(question, DEPTH)]


def _agreement(best: Passage, found: Sequence[Passage]) -> Agreement:
    return Agreement(found[0] == best, best in found)


if __name__ == "__main__":
    main()
