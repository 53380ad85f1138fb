"""Calibration: from a reader's findings to the order of passages and to probabilities."""

import math
from dataclasses import dataclass

from qa.reading.finding import Finding


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights that `training.calibrate` fits to a reader, kept beside its network.

    Attributes:
        rank_search: weight of the search score: relevance logits lost per unit by which a passage scores below the
            best. Only the difference counts, because the scores depend on the size of the collection.
        odds_margin: weight of the margin in the log odds that a finding's span is right.
        odds_certainty: weight of the certainty.
        odds_gap: weight of the gap, in logits, between the passage and the best-ranked one.
        odds_intercept: the log odds if margin, certainty and gap are 0.
        threshold: least confidence, in [0, 1], at which an answer is given. It maximises F1 if half of the questions
            have no answer.
    """

    rank_search: float
    odds_margin: float
    odds_certainty: float
    odds_gap: float
    odds_intercept: float
    threshold: float

    def strength(self, finding: Finding, distance: float) -> float:
        """Return the ranking logit of a passage whose search score is `distance`, at least 0, below the best."""
        return finding.relevance - self.rank_search * distance

    def confidence(self, finding: Finding, gap: float = 0.0) -> float:
        """Return the probability, in [0, 1], that the span is the answer (Platt, 1999).

        Args:
            finding: what the reader found in a passage.
            gap: how far the passage ranks below the best one, in the ranker's logits; at least 0.
        """
        odds = (
            self.odds_margin * finding.margin
            + self.odds_certainty * finding.certainty
            + self.odds_gap * gap
            + self.odds_intercept
        )
        return 1 / (1 + math.exp(-max(odds, -700.0)))


UNCALIBRATED = Calibration(
    rank_search=0.0,
    odds_margin=0.5,
    odds_certainty=0.5,
    odds_gap=0.0,
    odds_intercept=0.0,
    threshold=0.5,
)
"""For a reader without a fitted calibration: the log odds are half the sum of margin and certainty."""
