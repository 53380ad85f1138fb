"""What a reading is worth: beside the ranking of the search, and as a probability."""

import math
from dataclasses import dataclass

from qa.reading.read import Reading


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted by `training.calibrate`, which says how, and kept beside the reader's weights that it belongs to.

    Attributes:
        rank_search: what a hit's score counts for, as far as it lies below the best hit's, in units of a reading's
            relevance. Only the distance counts: how high scores are depends on the size of the collection.
        rank_overlap: what overlap counts for, in the same units.
        odds_margin: with `odds_certainty`, `odds_overlap` and `odds_intercept`, turns a reading into the log odds that
            its span answers the question.
        threshold: the confidence from which an answer is given, where F1 is best if half of the questions have none.
    """

    rank_search: float
    rank_overlap: float
    odds_margin: float
    odds_certainty: float
    odds_overlap: float
    odds_intercept: float
    threshold: float

    def strength(self, reading: Reading, distance: float) -> float:
        """Return what a passage is ranked by, whose score lies `distance` below that of the best hit."""
        return reading.relevance + self.rank_overlap * reading.overlap - self.rank_search * distance

    def confidence(self, reading: Reading) -> float:
        """Return the probability, in [0, 1], that the span answers the question (Platt, 1999)."""
        odds = (
            self.odds_margin * reading.margin
            + self.odds_certainty * reading.certainty
            + self.odds_overlap * reading.overlap
            + self.odds_intercept
        )
        return 1 / (1 + math.exp(-odds))


UNCALIBRATED = Calibration(
    rank_search=0.0,
    rank_overlap=0.0,
    odds_margin=0.5,
    odds_certainty=0.5,
    odds_overlap=0.0,
    odds_intercept=0.0,
    threshold=0.5,
)
"""For a reader that nothing was fitted for: its log probabilities, each of two, are taken at their word."""
