"""Are follow-up questions understood, and other questions left alone?

Asks three sets of dialogues about their own documents only, and counts the last turns that are answered right:
`dialogues.jsonl`; `bare-dialogues.jsonl`, whose follow-ups are bare, such as "why?" and "are you sure?"; and
`unanswered-dialogues.jsonl`, whose last turns the documents do not answer. A right answer contains one of the accepted
answers, whatever the case; if none is accepted, the question must be refused. For comparison, the last question is also
asked in full, as somebody who knows the dialogue would ask it; errors there are the reader's. `half` is "development"
or "held out", by document; only misses of the first are printed.

It also prints what a turn costs, in windows that the ranker and the reader read, and the log odds that fit the
confidence of follow-ups to the development halves of all sets, in which those with an answer and those without have the
same weight (see docs/decisions).
"""

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.squad import load
from index import Document, FolderCollection, read
from qa import Answer, Conversation, article, ask
from qa.question.grammar import is_follow_up
from qa.reading.load import default_ranker, default_reader
from qa.reading.network import Logits, Network
from qa.reading.reader import Reader
from qa.reading.tokens import PairTokenizer, Window

_SETS = ("dialogues.jsonl", "bare-dialogues.jsonl", "unanswered-dialogues.jsonl")
"""The sets of dialogues, beside this module."""

_ALONE = 500
"""Questions of the SQuAD file that are asked after another."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns about a document, the accepted answers to the last, and the last as a question that needs no other."""

    half: str
    document: str
    turns: list[str]
    answers: list[str]
    rewrite: str

    def is_right(self, answer: Answer) -> bool:
        """Return whether the answer contains one of the accepted ones, or there is neither."""
        if not self.answers:
            return not answer.text
        return any(accepted.casefold() in answer.text.casefold() for accepted in self.answers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A dialogue, the answer to its last turn, that with no least confidence, and that to the question in full."""

    dialogue: Dialogue
    last: Answer
    surest: Answer
    in_full: Answer

    @property
    def is_right(self) -> bool:
        """Whether the last turn was answered right."""
        return self.dialogue.is_right(self.last)


@dataclass(slots=True)
class Counting:
    """A network that counts the windows that it reads."""

    network: Network
    count: int = 0

    @property
    def tokenizer(self) -> PairTokenizer:
        """The network's own."""
        return self.network.tokenizer

    def run(self, window: Window) -> Logits:
        """Read a window."""
        self.count += 1
        return self.network.run(window)


def main() -> None:
    """Ask every dialogue, print a line for each miss in the development half, and then the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.conversation", description=__doc__)
    parser.add_argument(
        "folders",
        type=Path,
        nargs="+",
        metavar="FOLDER",
        help="holds articles, DOCUMENT.txt each, or is named DOCUMENT",
    )
    parser.add_argument("--only", nargs="+", choices=_SETS, default=_SETS, help="only these sets")
    parser.add_argument("--squad", type=Path, metavar="FILE.json[.gz]", help="a file of questions that stand alone")
    options = parser.parse_args()

    ranker, reader = Counting(default_ranker().network), Counting(default_reader().network)
    asker = Asker(Reader(ranker, default_ranker().calibration), Reader(reader, default_reader().calibration))
    outcomes: list[Outcome] = []
    for name in options.only:
        lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
        outcomes += _reported(name, [asker.asked(Dialogue(**json.loads(line)), options.folders) for line in lines])
    print(f"windows a turn: ranked {ranker.count / asker.turns:.1f}, read {reader.count / asker.turns:.1f}")
    _print_calibration(outcomes)
    if options.squad:
        _print_alone(options.squad)


@dataclass(slots=True)
class Asker:
    """Asks dialogues, and counts their turns."""

    ranker: Reader
    reader: Reader
    turns: int = 0

    def asked(self, dialogue: Dialogue, folders: Sequence[Path]) -> Outcome:
        """Ask the turns of `dialogue` about its documents only."""
        with TemporaryDirectory() as path, FolderCollection(path) as collection:
            collection.add(*_documents(dialogue.document, folders))
            conversation = Conversation(collection, reader=self.reader, ranker=self.ranker)
            *before, last = [conversation.ask(turn) for turn in dialogue.turns]
            self.turns += len(dialogue.turns)
            surest = Conversation(collection, before).ask(dialogue.turns[-1], min_confidence=0)
            return Outcome(dialogue, last, surest, ask(dialogue.rewrite, collection))


def _documents(name: str, folders: Sequence[Path]) -> Iterator[Document]:
    """Yield the documents of a dialogue: the article, NAME.txt of one of `folders`, or all files of a folder NAME."""
    if name == article().title:
        yield article()
    for folder in folders:
        if folder.name == name:
            yield from (read(file) for file in sorted(folder.iterdir()) if file.suffix != ".jsonl")
        elif (folder / f"{name}.txt").exists():
            yield read(folder / f"{name}.txt")


def _reported(name: str, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """Print the misses of the development half, and the figures of both halves; return `outcomes`."""
    development = [outcome for outcome in outcomes if outcome.dialogue.half == "development"]
    for outcome in development:
        if not outcome.is_right:
            last, turns = outcome.last, " → ".join(outcome.dialogue.turns)
            print(f"{outcome.dialogue.document}: {turns} | {last.asked} | {last.text!r} {last.confidence:.2f}")
    print(name)
    _print_right("developed on", development)
    _print_right("only measured", [outcome for outcome in outcomes if outcome not in development])
    _print_right("together", outcomes)
    return outcomes


def _print_right(name: str, outcomes: Sequence[Outcome]) -> None:
    right = sum(outcome.is_right for outcome in outcomes)
    in_full = sum(outcome.dialogue.is_right(outcome.in_full) for outcome in outcomes)
    print(f"  {name:14} right {right:2} of {len(outcomes)}; right when asked in full {in_full:2}")


def _print_calibration(outcomes: Sequence[Outcome]) -> None:
    """Print how sure and how right the surest answers are, and the log odds that would make both equal."""
    for half in ("development", "held out"):
        asked = [each for each in outcomes if each.dialogue.half == half and each.surest.evidence]
        answerable = [bool(each.dialogue.answers) for each in asked]
        weights = [0.5 / answerable.count(each) for each in answerable]
        odds = [_odds(each.surest.confidence) for each in asked]
        right = [weight for each, weight in zip(asked, weights, strict=True) if _is_right(each)]
        sure = [weight * _probability(each) for weight, each in zip(weights, odds, strict=True)]
        print(
            f"{half}: {len(asked)} surest answers; of equally many with and without an answer, right {sum(right):.2f},"
            f" mean confidence {sum(sure):.2f}; log odds to add {_shift(odds, weights, sum(right)):+.2f}"
        )


def _is_right(outcome: Outcome) -> bool:
    """Return whether the surest answer is right, however unsure."""
    return bool(outcome.dialogue.answers) and outcome.dialogue.is_right(outcome.surest)


def _shift(odds: Sequence[float], weights: Sequence[float], right: float) -> float:
    """Return what must be added to `odds` for their weighted probabilities to sum to `right`: the likeliest shift."""
    low, high = -10.0, 10.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        sure = sum(weight * _probability(each + middle) for each, weight in zip(odds, weights, strict=True))
        low, high = (low, middle) if sure > right else (middle, high)
    return low


def _odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _print_alone(squad: Path) -> None:
    """Print how many questions would be asked as they are typed, whatever was asked before.

    The words of a question alone decide whether it is a follow-up, so nothing has to be asked.
    """
    _, questions = load(squad, _ALONE)
    alone = sum(not is_follow_up(asked.question) for asked in questions)
    print(f"left alone {alone} of {len(questions)} questions that stand alone ({alone / len(questions):.1%})")


if __name__ == "__main__":
    main()
