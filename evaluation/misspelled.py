"""Are misspelled questions answered as they would be if they were spelled right?

Questions of SQuAD-format files are asked about the paragraphs of their own articles, as they are and with one mistake
of each kind in `evaluation.mistakes`. For each kind it prints:

- of how many questions;
- restored: asked with the words of the right question;
- spoiled: asked with a word that is in neither the right question nor the typed one;
- right and wrong answers to the right questions, and to the typed ones.

In questions with another's name, a name is replaced by one of another article that is a letter away. "Unsaid" are the
answers to these that do not show that the question was understood as one about the name that the article has.
Articles are divided into two halves; "development" is the one that rules were made with.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evaluation.metrics import is_right
from evaluation.mistakes import ANOTHER_NAME, MISTAKES, with_another_name
from evaluation.squad import DEVELOPMENT, HELD_OUT, SquadQuestion, load, of_own, words_that_answer
from index import Collection
from index.text.words import words
from qa import Answer, ask
from qa.question.interpret import interpreted
from qa.question.wrapping import unwrapped

_HALVES = {"development": DEVELOPMENT, "held out": HELD_OUT}


@dataclass(frozen=True, slots=True)
class Typed:
    """A question as it was typed, with a mistake of one `kind`, and as it was asked; both answers, if it was read."""

    kind: str
    right: SquadQuestion
    typed: str
    asked: str
    answers: tuple[Answer, Answer] | None = None

    @property
    def is_restored(self) -> bool:
        """Whether it was asked with the words of the right question."""
        return words(self.asked) == words(unwrapped(self.right.question))

    @property
    def spoiled(self) -> Counter[str]:
        """The words that were asked and are in neither question."""
        known = f"{self.typed} {self.right.question}".lower()
        return Counter(words(self.asked)) - Counter(words(known))

    @property
    def is_lost(self) -> bool:
        """Whether only the right question is answered right."""
        return [_is_right(self.right, each) for each in self.answers or ()] == [True, False]

    @property
    def is_unsaid(self) -> bool:
        """Whether the typed question is answered as it is, and not as one that is shown as understood."""
        return bool(self.answers and self.answers[1].text and not self.answers[1].understood)

    @property
    def line(self) -> str:
        """The question in a line: its kind, as it was typed, as it was asked, and both answers."""
        told = [f"{each.text!r} ({each.confidence:.2f})" for each in self.answers or ()]
        return f"{self.kind}: {self.typed} | {self.asked} | {' → '.join(told)}"


def main() -> None:
    """Print a line for each kind of mistake."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.misspelled", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.json[.gz]")
    parser.add_argument("--half", choices=_HALVES, default="development")
    parser.add_argument("--questions", type=int, default=100, help="questions of each file, always the same ones")
    parser.add_argument("--kinds", nargs="*", choices=[[], *MISTAKES, ANOTHER_NAME], help="only these kinds")
    parser.add_argument("--unread", action="store_true", help="only correct the questions, and read no answer")
    parser.add_argument(
        "--list", action="store_true", help="print every question that is not restored, or no longer answered right"
    )
    options = parser.parse_args()
    kinds = options.kinds or (*MISTAKES, ANOTHER_NAME)
    typed = [
        each
        for file in options.files
        for question, collection, names in _sample(file, _HALVES[options.half], options.questions)
        for each in _typed(question, collection, kinds, names, is_read=not options.unread)
    ]
    for kind in dict.fromkeys(each.kind for each in typed):
        print(_line(kind, [each for each in typed if each.kind == kind]))
    if options.list:
        print(*(each.line for each in typed if not each.is_restored or each.is_lost), sep="\n")


def _sample(file: Path, articles: slice, count: int) -> Iterator[tuple[SquadQuestion, Collection, Sequence[str]]]:
    """Yield questions, the paragraphs of their articles, and the capitalised words of other articles only."""
    paragraphs, questions = load(file, articles=articles)
    held: dict[str, set[str]] = {}
    for paragraph in paragraphs:
        held.setdefault(paragraph.title, set()).update(re.findall(r"\w+", paragraph.text))
    names = sorted({name for each in held.values() for name in each if re.fullmatch(r"[A-Z][a-z]{3,}", name)})
    for question, collection in of_own(paragraphs, Random(0).sample(questions, min(count, len(questions)))):
        yield question, collection, [name for name in names if name not in held[question.paragraph.title]]


def _typed(
    question: SquadQuestion, collection: Collection, kinds: Iterable[str], names: Sequence[str], *, is_read: bool
) -> Iterator[Typed]:
    told = ask(question.question, collection) if is_read else None
    yield _asked("as it is", question, question.question, collection, told)
    for kind in kinds:
        random = Random(f"{kind} {question.question}")
        if kind == ANOTHER_NAME:
            typed = with_another_name(question.question, names, random)
        else:
            typed = MISTAKES[kind](question.question, random)
        if typed:
            yield _asked(kind, question, typed, collection, told)


def _asked(kind: str, right: SquadQuestion, typed: str, collection: Collection, told: Answer | None) -> Typed:
    asked = interpreted(typed, (), collection)[-1].text
    return Typed(kind, right, typed, asked, (told, ask(typed, collection)) if told else None)


def _line(kind: str, typed: Sequence[Typed]) -> str:
    restored, spoiled = sum(each.is_restored for each in typed), sum(bool(each.spoiled) for each in typed)
    line = f"{kind:15} {len(typed):4}  restored {restored:4}  spoiled {spoiled:3}"
    read = [(each.right, each.answers) for each in typed if each.answers]
    if not read:
        return line
    right, wrong = (
        " → ".join(f"{sum(holds(question, answers[at]) for question, answers in read):4}" for at in (0, 1))
        for holds in (_is_right, _is_wrong)
    )
    unsaid = f"  unsaid {sum(each.is_unsaid for each in typed):3}" if typed[0].kind == ANOTHER_NAME else ""
    return f"{line}  right {right}  wrong {wrong}{unsaid}"


def _is_right(question: SquadQuestion, answer: Answer) -> bool:
    """Return whether the answer is accepted, or the question refused that has none."""
    if not answer.text or not question.accepted:
        return not answer.text and not question.accepted
    return is_right(words_that_answer(answer), question.accepted)


def _is_wrong(question: SquadQuestion, answer: Answer) -> bool:
    return bool(answer.text) and not _is_right(question, answer)


if __name__ == "__main__":
    main()
