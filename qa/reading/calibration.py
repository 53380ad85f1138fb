"""What findings are worth: in the order of passages, and as a probability."""

import math
from dataclasses import dataclass

from qa.reading.finding import Finding


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights that `training.calibrate` fits to a reader, kept beside its network.

    Attributes:
        rank_search: logits of relevance that a passage loses per unit by which its search score is below the best.
            Only the distance counts: the scores themselves depend on the size of the collection.
        odds_margin: with the other odds, turns a finding into the log odds that its span is right.
        odds_certainty: weight of the certainty.
        odds_gap: weight of the gap between the passage and the best-ranked one.
        odds_intercept: the log odds where everything else is 0.
        threshold: the confidence, in [0, 1], from which an answer is given; F1 is best there if half of the questions
            have no answer.
    """

    rank_search: float
    odds_margin: float
    odds_certainty: float
    odds_gap: float
    odds_intercept: float
    threshold: float

    def strength(self, finding: Finding, distance: float) -> float:
        """Return the logit by which a passage is ranked whose search score is `distance` below the best one."""
        return finding.relevance - self.rank_search * distance

    def confidence(self, finding: Finding, gap: float = 0.0) -> float:
        """Return the probability, in [0, 1], that the span is the answer (Platt, 1999).

        Args:
            finding: what the reader found in a passage.
            gap: by how much the passage ranks below the best one, in the ranker's logits.
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
"""For a reader to which nothing was fitted: its two log probabilities are taken at their word."""
