"""Fit calibrations: `python -m training.calibrate FILE.json[.gz]… --small FOLDER --large FOLDER`.

Asks questions about every other article of each file: once of all these articles, and once of each question's own. The
small reader ranks what is found, and both readers read the best passages. The command writes `calibration.json` beside
each reader:

- the weight of the search score beside relevance, by conditional logistic regression of the passage that is meant;
- the probability that a span is right, by logistic regression on margin, certainty and gap;
- the threshold with the best F1, as the mean over resamples and files.

Every file has the same weight. Within a file, questions with an answer have the same weight as those without. `python
-m evaluation.risk` measures the result on the other articles.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
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
from index import Document, Hit
from qa.ask import RANKED
from qa.question.choice import READ
from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.excerpt import Excerpt
from qa.reading.finding import Finding
from qa.reading.load import CALIBRATION, load_reader, seal
from qa.reading.ranker import Candidate, in_order
from qa.reading.reader import Reader

_RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the result of its search, and what the small reader found in it.

    Attributes:
        accepted: the right answers; none if the question has no answer.
        meant: the paragraph that the question was asked about; None if it is not among those searched.
    """

    question: str
    accepted: tuple[str, ...]
    meant: Document | None
    hits: Sequence[Hit]
    findings: Sequence[Finding]

    def is_meant(self, hit: Hit) -> bool:
        """Return whether `hit` is of the paragraph that is meant, and contains an accepted answer if there is one."""
        holds = not self.accepted or any(answer in hit.passage.text for answer in self.accepted)
        return holds and hit.passage.document == self.meant

    def candidates(self, ranker: Calibration) -> list[Candidate]:
        """Return the passages found, in the order given by the calibration `ranker`."""
        excerpts = [Excerpt.of(hit.passage) for hit in self.hits]
        return in_order(self.hits, excerpts, self.findings, ranker)


@dataclass(frozen=True, slots=True)
class Read:
    """A reader's findings in the best candidates of one question: (candidates, features), and the texts of the spans.

    The features are margin, certainty and gap.
    """

    accepted: tuple[str, ...]
    features: NDArray[np.float64]
    texts: tuple[str, ...]

    @property
    def right(self) -> list[bool]:
        """Whether each of the texts is right."""
        return [is_right(text, self.accepted) for text in self.texts]


def rank_search(files: Sequence[Sequence[Asked]]) -> float:
    """Return the weight of the search score, in relevance logits per unit.

    The probability that a passage is meant is modelled as a softmax over the passages found (the conditional logit of
    McFadden, 1974), and its likelihood is maximised. Every file has the same weight.
    """
    placed = [[one for one in file if any(map(one.is_meant, one.hits))] for file in files]

    def loss(weights: NDArray[np.float64]) -> float:
        return sum(fmean(_surprise(one, weights) for one in file) for file in placed if file)

    relevance, search = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(search / relevance)


def _surprise(one: Asked, weights: NDArray[np.float64]) -> float:
    """Return the negative log-likelihood of the passages meant, given the `weights` of relevance and score."""
    features = [(finding.relevance, hit.score) for hit, finding in zip(one.hits, one.findings, strict=True)]
    strengths = np.array(features) @ weights
    meant = np.array([one.is_meant(hit) for hit in one.hits])
    return float(np.logaddexp.reduce(strengths) - np.logaddexp.reduce(strengths[meant]))


def odds(files: Sequence[Sequence[Read]]) -> Calibration:
    """Return the calibration under which each question's surest finding is right as often as its confidence says.

    The weights of the features are fitted to all findings, so that the surest is the one most likely to be right. Their
    scale is then fitted to the surest findings alone, because being chosen biases these upwards (Platt, 1999).
    """
    every = [read for file in files for read in file]
    weights = [weight / len(file) for file in files for weight in _balanced(file)]
    repeated = np.repeat(weights, [len(read.texts) for read in every])
    pointwise = LogisticRegression(C=np.inf).fit(
        np.concatenate([read.features for read in every]), np.concatenate([read.right for read in every]), repeated
    )
    scores = [pointwise.decision_function(read.features) for read in every]
    surest = [int(np.argmax(score)) for score in scores]
    platt = LogisticRegression(C=np.inf).fit(
        [[score[best]] for score, best in zip(scores, surest, strict=True)],
        [read.right[best] for read, best in zip(every, surest, strict=True)],
        weights,
    )
    scale = float(platt.coef_[0][0])
    margin, certainty, gap = (scale * float(weight) for weight in pointwise.coef_[0])
    return replace(
        UNCALIBRATED,
        odds_margin=margin,
        odds_certainty=certainty,
        odds_gap=gap,
        odds_intercept=scale * float(pointwise.intercept_[0]) + float(platt.intercept_[0]),
    )


def threshold(files: Sequence[Sequence[Read]], calibration: Calibration) -> float:
    """Return the mean of the files' usual thresholds under `calibration`."""
    return fmean(usual_threshold([_prediction(read, calibration) for read in file]) for file in files)


def _prediction(read: Read, calibration: Calibration) -> Prediction:
    weights = [calibration.odds_margin, calibration.odds_certainty, calibration.odds_gap]
    log_odds = read.features @ np.array(weights) + calibration.odds_intercept
    best = int(np.argmax(log_odds))
    return Prediction(read.texts[best], float(1 / (1 + np.exp(-log_odds[best]))), read.accepted)


def usual_threshold(predictions: Sequence[Prediction]) -> float:
    """Return the mean of the best thresholds of _RESAMPLES bootstrap samples (bagging; Breiman, 1996).

    F1 is flat around its maximum, so that the best threshold of one sample is mostly chance. Half of each sample has an
    answer. If it is best to answer nothing in a sample, the sample counts as 1, the greatest confidence.
    """
    random = Random(0)
    weights = _balanced(predictions)
    samples = (random.choices(predictions, weights, k=len(predictions)) for _ in range(_RESAMPLES))
    return fmean(min(1.0, best_threshold(sample)) for sample in samples)


def _balanced(questions: Sequence[Read] | Sequence[Prediction]) -> list[float]:
    """Return weights that give questions with an answer the same total weight as those without."""
    answerable = [bool(question.accepted) for question in questions]
    shares = Counter(answerable)
    return [len(questions) / (2 * shares[kind]) for kind in answerable]


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, fit, and write a calibration beside each of the two readers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", help="questions in SQuAD's format")
    parser.add_argument("--small", type=Path, required=True, help="folder of the small reader, which ranks")
    parser.add_argument("--large", type=Path, required=True, help="folder of the large reader, which reads")
    parser.add_argument("--questions", type=int, default=400, help="how many of each file to ask, drawn at random")
    options = parser.parse_args(arguments)
    small = load_reader(str(options.small))
    files = [list(ask_file(file, small, options.questions)) for file in options.files]
    ranker = replace(UNCALIBRATED, rank_search=rank_search(files))
    for folder in (options.small, options.large):
        reader = load_reader(str(folder))
        read = [list(read_best(file, reader, ranker)) for file in files]
        fitted = replace(odds(read), rank_search=ranker.rank_search)
        calibration = replace(fitted, threshold=threshold(read, fitted))
        (folder / CALIBRATION).write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
        seal(folder)
        print(folder, calibration, flush=True)


def ask_file(file: Path, small: Reader, count: int) -> Iterator[Asked]:
    """Ask `count` questions about the development articles of the file: once of all these, and once of its own.

    The collections of users differ in size as much as that. If all questions of a file have an answer, each is also
    asked of all paragraphs but its own, and these are taken not to answer it.
    """
    paragraphs, questions = load(file, count, DEVELOPMENT)
    all_answerable = all(question.accepted for question in questions)
    skim = cache(lambda question, excerpt: small.skim(question, [excerpt])[0])

    def asked(question: SquadQuestion, hits: Sequence[Hit]) -> Asked:
        findings = [skim(question.question, Excerpt.of(hit.passage)) for hit in hits]
        return Asked(question.question, question.accepted, question.paragraph, hits, findings)

    for question, collection in of_all(paragraphs, questions):
        hits = collection.search(question.question, RANKED)
        yield asked(question, hits)
        others = [hit for hit in hits if hit.passage.document != question.paragraph]
        if all_answerable and others:
            yield replace(asked(question, others), accepted=(), meant=None)
    for question, collection in of_own(paragraphs, questions):
        yield asked(question, collection.search(question.question, RANKED))


def read_best(file: Sequence[Asked], reader: Reader, ranker: Calibration) -> Iterator[Read]:
    """Read the best candidates of each question as `qa.ask` does."""
    read = cache(lambda question, excerpt: reader.read(question, [excerpt])[0])
    for one in file:
        candidates = one.candidates(ranker)[:READ]
        findings: list[Finding] = [read(one.question, candidate.excerpt) for candidate in candidates]
        features = [
            (finding.margin, finding.certainty, candidate.gap)
            for candidate, finding in zip(candidates, findings, strict=True)
        ]
        texts = tuple(
            candidate.passage.text[finding.span.start : finding.span.end]
            for candidate, finding in zip(candidates, findings, strict=True)
        )
        yield Read(one.accepted, np.array(features), texts)


if __name__ == "__main__":
    main()
