"""Is confidence calibrated? `python -m evaluation.risk FILE.json[.gz] [--sample N] [--draw FOLDER] [--curve]`.

Asks questions about the articles of a SQuAD-format file that `training.calibrate` did not use: once of all these
articles, and once of each question's own. Prints how often the shipped threshold gives an answer, how often a given
answer is wrong, and the expected calibration error (Naeini et al., 2015). Half of the questions have no answer, as in
calibration, because probabilities depend on that share. Figures that are shown side by side answer nothing. If every
question of the file has an answer, half of them are asked of articles that are not theirs. `--draw` saves the
risk-coverage curve and the reliability diagram as PNG. `--curve` asks the questions that are asked of all articles of
both shipped readers in turn, and keeps for the page how long they take, and what each limit of confidence answers and
gets right.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import is_right
from evaluation.squad import HELD_OUT, SquadQuestion, half_answerable, load, of_all, of_own, words_that_answer
from index import Collection, Document, DocumentIds
from qa import ask
from qa.reading.calibration import Calibration
from qa.reading.curve import CURVES, Curve
from qa.reading.load import SHIPPED, default_reader, shipped_reader
from qa.reading.reader import Reader

BINS = 10

ALL, OWN = "all articles", "its own article"

Case = tuple[SquadQuestion, Collection, DocumentIds | None]
"""A question, the collection to ask, and the documents of it to ask."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reader's best answers to questions: (questions,) each.

    Attributes:
        confidence: of each answer, in [0, 1]; 0 if there is none.
        right: whether it is right.
        seconds: that it took.
    """

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    seconds: NDArray[np.float64]


Results = dict[str, Given]
"""The answers in each setting."""


def main() -> None:
    """Ask, print the figures, and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="questions in SQuAD's format")
    parser.add_argument("--sample", type=int, help="ask only so many questions, always the same")
    parser.add_argument("--draw", type=Path, metavar="FOLDER", help="draw into risk-coverage.png and reliability.png")
    parser.add_argument("--curve", action="store_true", help=f"write {CURVES.name}, which the page shows")
    options = parser.parse_args()
    cases = _cases(options.file, options.sample)
    results = {name: answers(cases[name], default_reader())[0] for name in cases}
    _report(results, default_reader().calibration)
    if options.curve:
        _write_curves(_cases(options.file, options.sample)[ALL])
    if options.draw:
        _draw(results, options.draw)


def _cases(file: Path, count: int | None) -> dict[str, Iterable[Case]]:
    """Return the questions for each setting, each with what it is asked of."""
    paragraphs, questions = load(file, articles=HELD_OUT)
    if all(question.accepted for question in questions):
        return _half_misplaced(paragraphs, questions, count)
    half = half_answerable(questions, count)
    return {
        ALL: ((*asked, None) for asked in of_all(paragraphs, half)),
        OWN: ((*asked, None) for asked in of_own(paragraphs, half)),
    }


def _half_misplaced(
    paragraphs: Sequence[Document], questions: Sequence[SquadQuestion], count: int | None
) -> dict[str, Iterable[Case]]:
    """Return half of the questions with articles that answer them; others with all other articles, or the next one."""
    drawn = Random(0).sample(questions, len(questions) if count is None else count)
    asked = [replace(one, accepted=()) if number % 2 else one for number, one in enumerate(drawn)]
    first = {paragraph.title: paragraph for paragraph in reversed(paragraphs)}
    following = dict(zip(first, [*list(first)[1:], next(iter(first))], strict=True))
    others = {title: [each.id for each in paragraphs if each.title != title] for title in first}
    moved = [one if one.accepted else replace(one, paragraph=first[following[one.paragraph.title]]) for one in asked]
    return {
        ALL: (
            (one, collection, None if one.accepted else others[one.paragraph.title])
            for one, collection in of_all(paragraphs, asked)
        ),
        OWN: ((*each, None) for each in of_own(paragraphs, moved)),
    }


def answers(cases: Iterable[Case], *readers: Reader) -> list[Given]:
    """Ask each question of each of `readers`, and return what each answers."""
    given: list[list[tuple[float, bool, float]]] = [[] for _ in readers]
    for number, (question, collection, documents) in enumerate(cases):
        turns = list(zip(readers, given, strict=True))
        # What is asked a second time is found faster, so each reader comes first as often as last.
        for reader, answered in turns if number % 2 else reversed(turns):
            began = perf_counter()
            answer = ask(question.question, collection, documents=documents, min_confidence=0.0, reader=reader)
            took = perf_counter() - began
            is_good = is_right(words_that_answer(answer), question.accepted)
            answered.append((answer.confidence if answer.claims else 0.0, is_good, took))
    return [Given(*map(np.array, zip(*answered, strict=True))) for answered in given]


def _report(results: Results, calibration: Calibration) -> None:
    print(f"threshold {calibration.threshold:.3f}; {len(results[ALL].right)} questions about articles", end=" ")
    print("that nothing was fitted to\n")
    print(f"{'asked of':<18}{'right':>8}{'answered':>10}{'of these wrong':>16}{'calibration error':>19}{'seconds':>9}")
    for name, each in results.items():
        given = each.confidence >= calibration.threshold
        wrong = 1 - each.right[given].mean()
        error = calibration_error(each.confidence, each.right)
        print(f"{name:<18}{each.right.mean():>8.1%}{given.mean():>10.1%}{wrong:>16.1%}{error:>19.3f}", end="")
        print(f"{np.median(each.seconds):>9.3f}")


def _write_curves(cases: Iterable[Case]) -> None:
    """Report and keep for each shipped reader what it answers, and how fast."""
    readers = {name: shipped_reader(name) for name in SHIPPED}
    curves = {}
    for (name, reader), given in zip(readers.items(), answers(cases, *readers.values()), strict=True):
        print(f"\nthe {name} reader:", end=" ")
        _report({ALL: given}, reader.calibration)
        curves[name] = json.dumps(asdict(curve(given, reader.calibration.threshold)))
    lines = ",\n".join(f'"{name}": {measured}' for name, measured in curves.items())
    CURVES.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def curve(given: Given, threshold: float) -> Curve:
    """Return what each limit of confidence, in percent, answers and gets right, as shares of all questions."""
    answered = [given.confidence >= percent / 100 for percent in range(101)]
    return Curve(
        threshold,
        questions=len(given.right),
        seconds=round(float(np.median(given.seconds)), 3),
        answered=[round(float(limit.mean()), 3) for limit in answered],
        right=[round(float((limit & given.right).mean()), 3) for limit in answered],
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean difference between mean confidence and the share of right answers in BINS equal parts of [0, 1].

    Each part is weighted by its number of answers.
    """
    members = [confidence_bin(confidence) == number for number in range(BINS)]
    distances = [abs(confidence[m].mean() - right[m].mean()) * m.mean() for m in members if m.any()]
    return float(sum(distances))


def confidence_bin(confidence: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the number, from 0, of the part of [0, 1] that contains each confidence; there are BINS equal parts."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def _draw(results: Results, folder: Path) -> None:
    import matplotlib as mpl  # needed only to draw

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    threshold = default_reader().calibration.threshold
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    for name, each in results.items():
        surest, count = np.argsort(-each.confidence, kind="stable"), np.arange(1, len(each.right) + 1)
        wrong, coverage = np.cumsum(~each.right[surest]) / count, count / len(each.right)
        (line,) = axes.plot(coverage, wrong, label=f"asked of {name}")
        shipped = (each.confidence >= threshold).mean()
        axes.plot(shipped, np.interp(shipped, coverage, wrong), "o", color=line.get_color())
    axes.set(xlabel="questions answered, surest first", ylabel="answers that are wrong", xlim=(0, 1), ylim=(0, 1))
    axes.legend(title="the dots: the shipped threshold")
    figure.savefig(folder / "risk-coverage.png", dpi=120)

    figure, axes = plt.subplots(figsize=(4.5, 4.5), layout="constrained")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for name, each in results.items():
        members = [m for number in range(BINS) if (m := confidence_bin(each.confidence) == number).any()]
        means = [(each.confidence[m].mean(), each.right[m].mean()) for m in members]
        axes.plot(*zip(*means, strict=True), "o-", label=name)
    axes.set(xlabel="confidence", ylabel="answers that are right", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.legend(title="asked of")
    figure.savefig(folder / "reliability.png", dpi=120)


if __name__ == "__main__":
    main()
