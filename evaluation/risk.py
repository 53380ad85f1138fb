"""Is confidence calibrated? `python -m evaluation.risk FILE.json[.gz] [--sample N] [--draw FOLDER] [--curve]`.

Asks questions about the articles of a SQuAD-format file that `training.calibrate` did not use: once of all these
articles, and once of each question's own. Prints how often the shipped threshold gives an answer, how often a given
answer is wrong, and the expected calibration error (Naeini et al., 2015). Half of the questions have no answer, as in
calibration, because probabilities depend on that share. Figures that are shown side by side answer nothing. If every
question of the file has an answer, half of them are asked of articles that are not theirs. `--draw` saves the
risk-coverage curve and the reliability diagram as PNG. `--curve` keeps for the page what each limit of confidence
answers and gets right, of the questions that are asked of all articles.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from evaluation.metrics import is_right
from evaluation.squad import HELD_OUT, SquadQuestion, half_answerable, load, of_all, of_own, words_that_answer
from index import Collection, Document, DocumentIds
from qa import ask
from qa.reading.curve import CURVE
from qa.reading.load import default_reader

BINS = 10

ALL, OWN = "all articles", "its own article"

Case = tuple[SquadQuestion, Collection, DocumentIds | None]
"""A question, the collection to ask, and the documents of it to ask."""

Results = dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]]
"""For each setting, the confidence of the best answer to each question, and whether it is right."""


def main() -> None:
    """Ask, print the figures, and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="questions in SQuAD's format")
    parser.add_argument("--sample", type=int, help="ask only so many questions, always the same")
    parser.add_argument("--draw", type=Path, metavar="FOLDER", help="draw into risk-coverage.png and reliability.png")
    parser.add_argument("--curve", action="store_true", help=f"write {CURVE.name}, which the page shows")
    options = parser.parse_args()
    paragraphs, questions = load(options.file, articles=HELD_OUT)
    if all(question.accepted for question in questions):
        results = _half_misplaced(paragraphs, questions, options.sample)
    else:
        half = half_answerable(questions, options.sample)
        results = {
            ALL: _arrays((*asked, None) for asked in of_all(paragraphs, half)),
            OWN: _arrays((*asked, None) for asked in of_own(paragraphs, half)),
        }
    _report(results)
    if options.curve:
        write_curve(*results[ALL])
    if options.draw:
        _draw(results, options.draw)


def _half_misplaced(paragraphs: Sequence[Document], questions: Sequence[SquadQuestion], count: int | None) -> Results:
    """Ask half of the questions of articles that answer them; the others of all other articles, or of the next one."""
    drawn = Random(0).sample(questions, len(questions) if count is None else count)
    asked = [replace(one, accepted=()) if number % 2 else one for number, one in enumerate(drawn)]
    first = {paragraph.title: paragraph for paragraph in reversed(paragraphs)}
    following = dict(zip(first, [*list(first)[1:], next(iter(first))], strict=True))
    others = {title: [each.id for each in paragraphs if each.title != title] for title in first}
    moved = [one if one.accepted else replace(one, paragraph=first[following[one.paragraph.title]]) for one in asked]
    return {
        ALL: _arrays(
            (one, collection, None if one.accepted else others[one.paragraph.title])
            for one, collection in of_all(paragraphs, asked)
        ),
        OWN: _arrays((*each, None) for each in of_own(paragraphs, moved)),
    }


def _arrays(cases: Iterable[Case]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Ask each question, and return the confidence of each best answer, and whether it is right."""
    answered = [
        (question, ask(question.question, collection, documents=documents, min_confidence=0.0))
        for question, collection, documents in cases
    ]
    confidence = np.array([answer.confidence if answer.claims else 0.0 for _, answer in answered])
    return confidence, np.array(
        [is_right(words_that_answer(answer), question.accepted) for question, answer in answered]
    )


def _report(results: Results) -> None:
    threshold = default_reader().calibration.threshold
    print(f"threshold {threshold:.3f}; {len(results[ALL][0])} questions about articles that nothing was fitted to\n")
    print(f"{'asked of':<18}{'right':>8}{'answered':>10}{'of these wrong':>16}{'calibration error':>19}")
    for name, (confidence, right) in results.items():
        given = confidence >= threshold
        wrong = 1 - right[given].mean()
        error = calibration_error(confidence, right)
        print(f"{name:<18}{right.mean():>8.1%}{given.mean():>10.1%}{wrong:>16.1%}{error:>19.3f}")


def write_curve(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    """Keep what each limit of confidence, in percent, answers and gets right, as shares of all questions."""
    answered = [confidence >= percent / 100 for percent in range(101)]
    curve = {
        "threshold": default_reader().calibration.threshold,
        "questions": len(confidence),
        "answered": [round(float(given.mean()), 3) for given in answered],
        "right": [round(float((given & right).mean()), 3) for given in answered],
    }
    CURVE.write_text(json.dumps(curve) + "\n", encoding="utf-8")


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
    for name, (confidence, right) in results.items():
        wrong = np.cumsum(~right[np.argsort(-confidence, kind="stable")]) / np.arange(1, len(right) + 1)
        coverage = np.arange(1, len(right) + 1) / len(right)
        (line,) = axes.plot(coverage, wrong, label=f"asked of {name}")
        shipped = (confidence >= threshold).mean()
        axes.plot(shipped, np.interp(shipped, coverage, wrong), "o", color=line.get_color())
    axes.set(xlabel="questions answered, surest first", ylabel="answers that are wrong", xlim=(0, 1), ylim=(0, 1))
    axes.legend(title="the dots: the shipped threshold")
    figure.savefig(folder / "risk-coverage.png", dpi=120)

    figure, axes = plt.subplots(figsize=(4.5, 4.5), layout="constrained")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    for name, (confidence, right) in results.items():
        members = [m for number in range(BINS) if (m := confidence_bin(confidence) == number).any()]
        axes.plot([confidence[m].mean() for m in members], [right[m].mean() for m in members], "o-", label=name)
    axes.set(xlabel="confidence", ylabel="answers that are right", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.legend(title="asked of")
    figure.savefig(folder / "reliability.png", dpi=120)


if __name__ == "__main__":
    main()
