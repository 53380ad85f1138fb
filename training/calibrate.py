"""Fit what the reader's readings are worth: `python -m training.calibrate FILE.json[.gz] READER_FOLDER`.

Asks the questions about every other article of the file, reads what is found as `qa.ask` does, and writes
`calibration.json` beside the reader: the weight of the search's score with which what is meant comes first most often,
the logistic regression of whether the first span is right on its margin and certainty, and the confidence from which
on giving answers makes F1 best, the mean over resamples. Questions with an answer and those without count one half
each, whatever their share of the sample. `python -m bench.risk` measures it on the other articles.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression

from index import Collection
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


def fitted(asked: Sequence[Asked], others: Sequence[Asked] = ()) -> Calibration:
    """Return the calibration under which `asked` are answered best; `others` count for the search's weight alone."""
    files = [asked, others] if others else [asked]
    search = max(SEARCH_WEIGHTS, key=lambda weight: sum(_share_meant(file, weight) for file in files))
    best = [one.best(search) for one in asked]
    evidence = np.array([(found.reading.margin, found.reading.certainty) for found in best])
    right = np.array([is_right(found.text, one.accepted) for one, found in zip(asked, best, strict=True)])
    regression = LogisticRegression(C=np.inf).fit(evidence, right, sample_weight=_balanced(asked))
    margin, certainty = map(float, regression.coef_[0])
    calibration = Calibration(float(search), margin, certainty, float(regression.intercept_[0]), threshold=0.0)
    given = [
        Prediction(found.text, calibration.confidence(found.reading), one.accepted)
        for one, found in zip(asked, best, strict=True)
    ]
    return replace(calibration, threshold=usual_threshold(given))


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
    parser.add_argument("file", type=Path, help="questions in SQuAD 2.0's format, half of them without an answer")
    parser.add_argument("reader", type=Path, help="folder of the reader")
    parser.add_argument("--also", type=Path, action="append", default=[], help="more, for the weight of the search")
    parser.add_argument("--questions", type=int, default=1000, help="how many of each file to ask, drawn at random")
    options = parser.parse_args(arguments)
    reader = load_reader(str(options.reader))
    asked, *others = [list(ask_file(file, reader, options.questions)) for file in (options.file, *options.also)]
    calibration = fitted(asked, [one for other in others for one in other])
    (options.reader / CALIBRATION).write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
    seal(options.reader)
    print(calibration)


def ask_file(file: Path, reader: Reader, count: int) -> Iterator[Asked]:
    """Ask `count` questions about the development half of the file's articles, twice: of all these, and of its own.

    The user's collections are as different in size as that.
    """
    paragraphs, questions = load(file, count, DEVELOPMENT)
    read = cache(lambda question, text: reader.read(question, [text])[0])
    for question, collection in chain(of_all(paragraphs, questions), of_own(paragraphs, questions)):
        yield _asked(question, collection, read)


def _asked(question: SquadQuestion, collection: Collection, read: Callable[[str, str], Reading]) -> Asked:
    hits = collection.search(question.question, PASSAGES_READ)
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
