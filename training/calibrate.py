"""Fit what the reader's readings are worth: `python -m training.calibrate FILE.json[.gz] READER_FOLDER`.

Asks the questions about every other article of the file, reads what is found as `qa.ask` does, and writes
`calibration.json` beside the reader: the weight of the search's score with which what is meant comes first most often,
the logistic regression of whether the first span is right on its margin and certainty, and the confidence from which
on giving answers makes F1 best, the mean over resamples. Questions with an answer and those without count one half
each, whatever their share. `python -m bench.risk` measures it on the other articles.
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
from sklearn.linear_model import LogisticRegression

from index import Hit
from qa.ask import PASSAGES_READ, load_reader
from qa.calibration import Calibration
from qa.reader import CALIBRATION, Reader, seal
from qa.reading import Reading
from training.metrics import Prediction, best_threshold, is_right
from training.questions import DEVELOPMENT, SquadQuestion, load, of_all, of_own

SEARCH_WEIGHTS = np.linspace(0, 40, 161)

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

    def best(self, search: float) -> Found:
        """Return what is ranked first, if the search counts `search`."""
        return max(self.found, key=lambda found: found.reading.relevance - search * found.distance)


def fitted(asked: Sequence[Asked], *others: Sequence[Asked]) -> Calibration:
    """Return the calibration under which `asked`, the questions of one file, are answered best, and those of `others`.

    Every file counts as much for the weight of the search and for the threshold. Probabilities are fitted to the first
    alone: what counts as right is a matter of how a file's answers were marked.
    """
    files = [asked, *others]
    search = float(max(SEARCH_WEIGHTS, key=lambda weight: sum(_share_meant(file, weight) for file in files)))
    best = [one.best(search) for one in asked]
    evidence = np.array([(found.reading.margin, found.reading.certainty) for found in best])
    right = np.array([is_right(found.text, one.accepted) for one, found in zip(asked, best, strict=True)])
    regression = LogisticRegression(C=np.inf).fit(evidence, right, sample_weight=_balanced(asked))
    margin, certainty = map(float, regression.coef_[0])
    calibration = Calibration(search, margin, certainty, float(regression.intercept_[0]), threshold=0.0)
    threshold = fmean(usual_threshold(_predictions(file, calibration)) for file in files)
    return replace(calibration, threshold=threshold)


def _predictions(asked: Sequence[Asked], calibration: Calibration) -> list[Prediction]:
    best = [(one.best(calibration.search), one.accepted) for one in asked]
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


def _share_meant(asked: Sequence[Asked], search: float) -> float:
    return fmean(one.best(search).is_meant for one in asked)


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
