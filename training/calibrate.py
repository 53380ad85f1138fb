"""Fit what the reader's readings are worth: `python -m training.calibrate FILE.json[.gz] READER_FOLDER`.

Asks the questions about every other article of the file, reads what is found as `qa.ask` does, and writes
`calibration.json` beside the reader: how much the search's score and the overlap of words count beside relevance, by
conditional logistic regression of which passage is meant; the logistic regression of whether the first span is right on
its margin, certainty and overlap; and the confidence from which on giving answers makes F1 best, the mean over
resamples. Questions with an answer and those without count one half each, whatever their share.
`python -m evaluation.risk` measures it on the other articles.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evaluation.metrics import Prediction, best_threshold, is_right
from evaluation.squad import DEVELOPMENT, SquadQuestion, load, of_all, of_own
from index import Hit
from qa.ask import PASSAGES_READ, load_reader
from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.read import Reading
from qa.reading.reader import CALIBRATION, Reader, seal

RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found: its score's distance from the best one's, how it was read, the span's text, and if it is meant.

    Meant is what stands in the paragraph that was asked about, and holds an accepted answer, if there is one.
    """

    distance: float
    reading: Reading
    text: str
    is_meant: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its accepted answers, none where it has none, and what was found."""

    accepted: tuple[str, ...]
    found: Sequence[Found]

    def best(self, calibration: Calibration) -> Found:
        """Return what is ranked first under `calibration`."""
        return max(self.found, key=lambda found: calibration.strength(found.reading, found.distance))


def fitted(asked: Sequence[Asked], *others: Sequence[Asked]) -> Calibration:
    """Return the calibration under which `asked`, the questions of one file, are answered best, and those of `others`.

    Every file counts as much for the ranking and for the threshold. Probabilities are fitted to the first alone: what
    counts as right is a matter of how a file's answers were marked.
    """
    files = [asked, *others]
    rank_search, rank_overlap = _ranking(files)
    ranked = replace(UNCALIBRATED, rank_search=rank_search, rank_overlap=rank_overlap)
    best = [one.best(ranked) for one in asked]
    evidence = np.array([(found.reading.margin, found.reading.certainty, found.reading.overlap) for found in best])
    right = np.array([is_right(found.text, one.accepted) for one, found in zip(asked, best, strict=True)])
    regression = LogisticRegression(C=np.inf).fit(evidence, right, sample_weight=_balanced(asked))
    margin, certainty, overlap = map(float, regression.coef_[0])
    calibration = replace(
        ranked,
        odds_margin=margin,
        odds_certainty=certainty,
        odds_overlap=overlap,
        odds_intercept=float(regression.intercept_[0]),
    )
    threshold = fmean(usual_threshold(_predictions(file, calibration)) for file in files)
    return replace(calibration, threshold=threshold)


def _ranking(files: Sequence[Sequence[Asked]]) -> tuple[float, float]:
    """Return what a unit of the search's distance and one of overlap count for, in units of relevance.

    The probability that a passage is meant is taken to be the softmax of its strength among those found; its greatest
    likelihood is what is returned (the conditional logit of McFadden, 1974). Every file counts as much.
    """
    placed = [[one for one in file if any(found.is_meant for found in one.found)] for file in files]
    found = [found for file in placed for one in file for found in one.found]
    features = np.array([(each.reading.relevance, -each.distance, each.reading.overlap) for each in found])
    is_meant = np.array([each.is_meant for each in found])
    sizes = np.array([len(one.found) for file in placed for one in file])
    first = np.cumsum(sizes) - sizes
    shares = np.concatenate([np.full(len(file), 1 / len(file)) for file in placed if file])

    def loss(weights: NDArray[np.float64]) -> float:
        strengths = features @ weights
        meant = np.logaddexp.reduceat(np.where(is_meant, strengths, -np.inf), first)
        return float(shares @ (np.logaddexp.reduceat(strengths, first) - meant))

    relevance, search, overlap = minimize(loss, np.array([1.0, 0.0, 0.0])).x
    return float(search / relevance), float(overlap / relevance)


def _predictions(asked: Sequence[Asked], calibration: Calibration) -> list[Prediction]:
    best = [(one.best(calibration), one.accepted) for one in asked]
    return [Prediction(found.text, calibration.confidence(found.reading), accepted) for found, accepted in best]


def usual_threshold(predictions: Sequence[Prediction]) -> float:
    """Return the mean of the best thresholds of RESAMPLES bootstrap samples of `predictions` (Breiman's bagging, 1996).

    F1 is flat about its top, and where in one sample the very best threshold lies is chance. Half of each sample has an
    answer. A sample in which nothing is best answered counts as 1, the greatest confidence.
    """
    random = Random(0)
    weights = _balanced(predictions)
    samples = (random.choices(predictions, weights, k=len(predictions)) for _ in range(RESAMPLES))
    return fmean(min(1.0, best_threshold(sample)) for sample in samples)


def _balanced(questions: Sequence[Asked] | Sequence[Prediction]) -> list[float]:
    """Return weights under which questions with an answer count as much as those without."""
    answerable = [bool(question.accepted) for question in questions]
    shares = Counter(answerable)
    return [len(questions) / (2 * shares[kind]) for kind in answerable]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, fit, and write the calibration beside the reader."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="questions in SQuAD's format")
    parser.add_argument("reader", type=Path, help="folder of the reader")
    parser.add_argument("--also", type=Path, action="append", default=[], help="more, for all but the probabilities")
    parser.add_argument("--questions", type=int, default=1000, help="how many of each file to ask, drawn at random")
    options = parser.parse_args(arguments)
    reader = load_reader(str(options.reader))
    asked, *others = [list(ask_file(file, reader, options.questions)) for file in (options.file, *options.also)]
    calibration = fitted(asked, *others)
    (options.reader / CALIBRATION).write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    seal(options.reader)
    print(calibration)


def ask_file(file: Path, reader: Reader, count: int) -> Iterator[Asked]:
    """Ask `count` questions about the development half of the file's articles, twice: of all these, and of its own.

    The user's collections are as different in size as that. A file all of whose questions have an answer is asked once
    more of all paragraphs but the question's own, which are taken not to answer it.
    """
    paragraphs, questions = load(file, count, DEVELOPMENT)
    all_answerable = all(question.accepted for question in questions)
    read = cache(lambda question, text: reader.read(question, [text])[0])
    for question, collection in of_all(paragraphs, questions):
        hits = collection.search(question.question, PASSAGES_READ)
        yield _asked(question, hits, read)
        others = [hit for hit in hits if hit.passage.document != question.paragraph]
        if all_answerable and others:
            yield _asked(replace(question, accepted=()), others, read)
    for question, collection in of_own(paragraphs, questions):
        yield _asked(question, collection.search(question.question, PASSAGES_READ), read)


def _asked(question: SquadQuestion, hits: Sequence[Hit], read: Callable[[str, str], Reading]) -> Asked:
    found = []
    for hit in hits:
        reading = read(question.question, hit.passage.text)
        text = hit.passage.text[reading.span.start : reading.span.end]
        is_answering = not question.accepted or any(answer in hit.passage.text for answer in question.accepted)
        is_meant = is_answering and hit.passage.document == question.paragraph
        found.append(Found(hits[0].score - hit.score, reading, text, is_meant))
    return Asked(question.accepted, found)


if __name__ == "__main__":
    main()
