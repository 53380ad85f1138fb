"""Are follow-up questions understood, and other questions left alone?

Asks the dialogues of `dialogues.jsonl`, each about its own document only, and counts the last turns that are answered
right. A right answer contains one of the accepted answers, whatever the case. For comparison, the last question is also
asked in full, as somebody who knows the dialogue would ask it; errors there are the reader's. Every second dialogue
was used in development, and only those print their misses.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.squad import load
from index import Document, FolderCollection, read
from qa import Answer, Conversation, article, ask
from qa.question.grammar import is_follow_up

DIALOGUES = Path(__file__).with_name("dialogues.jsonl")

_ALONE = 500
"""Questions of the SQuAD file that are asked after another."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns about a document, the accepted answers to the last, and the last as a question that needs no other."""

    document: str
    turns: list[str]
    answers: list[str]
    rewrite: str

    def is_right(self, answer: Answer) -> bool:
        """Return whether the answer contains one of the accepted ones."""
        return any(accepted.casefold() in answer.text.casefold() for accepted in self.answers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A dialogue, the answer to its last turn, and the answer to the same question in full."""

    dialogue: Dialogue
    last: Answer
    in_full: Answer


def main() -> None:
    """Ask every dialogue, print a line for each miss in the development half, and then the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.conversation", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds the articles, DOCUMENT.txt each")
    parser.add_argument("--squad", type=Path, metavar="FILE.json[.gz]", help="a file of questions that stand alone")
    options = parser.parse_args()

    dialogues = [Dialogue(**json.loads(line)) for line in DIALOGUES.read_text(encoding="utf-8").splitlines()]
    outcomes = [_asked(dialogue, options.folder) for dialogue in dialogues]
    names = list(dict.fromkeys(dialogue.document for dialogue in dialogues))
    development = [outcome for outcome in outcomes if outcome.dialogue.document in names[::2]]
    for outcome in development:
        if not outcome.dialogue.is_right(outcome.last):
            last, turns = outcome.last, " → ".join(outcome.dialogue.turns)
            print(f"{outcome.dialogue.document}: {turns} | {last.understood or last.question} | {last.text!r}")
    _print_right("developed on", development)
    _print_right("only measured", [outcome for outcome in outcomes if outcome not in development])
    _print_right("together", outcomes)
    if options.squad:
        _print_alone(options.squad)


def _asked(dialogue: Dialogue, folder: Path) -> Outcome:
    """Ask the turns of `dialogue` about its document only."""
    with TemporaryDirectory() as path, FolderCollection(path) as collection:
        collection.add(_document(dialogue.document, folder))
        conversation = Conversation(collection)
        *_, last = [conversation.ask(turn) for turn in dialogue.turns]
        return Outcome(dialogue, last, ask(dialogue.rewrite, collection))


def _document(name: str, folder: Path) -> Document:
    return article() if name == article().title else read(folder / f"{name}.txt")


def _print_right(name: str, outcomes: Sequence[Outcome]) -> None:
    right = sum(outcome.dialogue.is_right(outcome.last) for outcome in outcomes)
    in_full = sum(outcome.dialogue.is_right(outcome.in_full) for outcome in outcomes)
    print(f"{name:14} right {right:2} of {len(outcomes)}; right when asked in full {in_full:2}")


def _print_alone(squad: Path) -> None:
    """Print how many questions would be asked as they are typed, whatever was asked before.

    The words of a question alone decide whether it is a follow-up, so nothing has to be asked.
    """
    _, questions = load(squad, _ALONE)
    alone = sum(not is_follow_up(asked.question) for asked in questions)
    print(f"left alone {alone} of {len(questions)} questions that stand alone ({alone / len(questions):.1%})")


if __name__ == "__main__":
    main()
