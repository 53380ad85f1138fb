"""SQuAD 2.0's measures of an extractive reader, as pure functions.

The definitions are those of the official scorer (Rajpurkar et al., 2018). Answers are compared without case,
punctuation, articles and extra white space. F1 is the overlap of words. If a question has several accepted answers, the
best match counts. A question without an answer accepts only the empty answer.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RIGHT = 0.5
"""Least F1 at which a span counts as right, as it would to a person who sees it marked in its sentence."""

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A reader's result for one question.

    Attributes:
        text: the best span, whether or not it is given as the answer.
        margin: how far the reader prefers that span to "not stated", on any monotone scale.
        accepted: the right answers; none if the question has no answer.
    """

    text: str
    margin: float
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means in [0, 100] at one threshold: over all questions, the answerable and the unanswerable ones.

    A mean over no questions is NaN.
    """

    threshold: float
    exact: float
    f1: float
    has_answer_exact: float
    has_answer_f1: float
    no_answer: float


def normalised(text: str) -> str:
    """Return `text` in the form in which answers are compared.

    >>> normalised("The  University of Notre-Dame.")
    'university of notredame'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_WITHOUT_PUNCTUATION)).split())


def exact_match(given: str, accepted: Sequence[str]) -> float:
    """Return 1.0 if `given` is one of the accepted answers, else 0.0."""
    return float(any(normalised(given) == normalised(answer) for answer in accepted or [""]))


def f1(given: str, accepted: Sequence[str]) -> float:
    """Return the harmonic mean of precision and recall over words, against the accepted answer that fits best.

    >>> f1("the red house", ["a house"])
    0.6666666666666666
    """
    return max(_word_f1(given, answer) for answer in accepted or [""])


def is_right(given: str, accepted: Sequence[str]) -> bool:
    """Return whether `given` is right: its F1 is at least `RIGHT`. Without accepted answers, nothing is right."""
    return bool(accepted) and f1(given, accepted) >= RIGHT


def score(predictions: Sequence[Prediction], threshold: float) -> Scores:
    """Score `predictions` if a span is given at a margin of at least `threshold`, and "not stated" otherwise."""
    given = [p.text if p.margin >= threshold else "" for p in predictions]
    exact = np.array([exact_match(text, p.accepted) for text, p in zip(given, predictions, strict=True)])
    overlap = np.array([f1(text, p.accepted) for text, p in zip(given, predictions, strict=True)])
    answerable = np.array([bool(p.accepted) for p in predictions])
    return Scores(
        threshold,
        exact=_percent(exact),
        f1=_percent(overlap),
        has_answer_exact=_percent(exact[answerable]),
        has_answer_f1=_percent(overlap[answerable]),
        no_answer=_percent(overlap[~answerable]),
    )


def best_threshold(predictions: Sequence[Prediction]) -> float:
    """Return the threshold on the margin that maximises F1 over all questions.

    All margins are tried, as in the official scorer, and infinity, which answers nothing. Of equally good thresholds,
    the lowest is returned.
    """
    ordered = sorted(predictions, key=lambda p: -p.margin)
    gains = [f1(p.text, p.accepted) - f1("", p.accepted) for p in ordered]
    totals = np.concatenate([[0.0], np.cumsum(gains)])
    margins = np.array([np.inf, *(p.margin for p in ordered)])
    # Predictions with equal margins are given together, so only the last of them can be a threshold.
    reachable = np.append(margins[:-1] != margins[1:], True)
    totals = np.where(reachable, totals, -np.inf)
    return float(margins[len(totals) - 1 - int(np.argmax(totals[::-1]))])


def area_under_roc(predictions: Sequence[Prediction]) -> float:
    """Return how often an answerable question has a higher margin than an unanswerable one; ties count half.

    This is the area under the ROC curve (Mann-Whitney U). It is NaN if one of the two kinds is missing.
    """
    answerable = np.array([p.margin for p in predictions if p.accepted])
    others = np.sort([p.margin for p in predictions if not p.accepted])
    if not len(answerable) or not len(others):
        return float("nan")
    below = np.searchsorted(others, answerable, side="left")
    ties = np.searchsorted(others, answerable, side="right") - below
    return float((below + ties / 2).mean() / len(others))


def _word_f1(given: str, answer: str) -> float:
    words, wanted = normalised(given).split(), normalised(answer).split()
    if not words or not wanted:
        return float(words == wanted)
    shared = (Counter(words) & Counter(wanted)).total()
    return 2 * shared / (len(words) + len(wanted))


def _percent(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(100 * values.mean()) if len(values) else float("nan")
