"""What a reader's margin is worth: beside the ranking of the search, and as a probability."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

CALIBRATION = "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted by `training.calibrate`, which says how, and kept beside the reader's weights that it belongs to.

    Attributes:
        search: what a hit's score counts for, as far as it lies below the best hit's, in units of the reader's margin.
            Only the distance counts: how high scores are depends on the size of the collection.
        slope: with `intercept`, turns a passage's evidence into the log odds that its span answers the question.
        threshold: the confidence from which an answer is given, where F1 is best if half of the questions have none.
    """

    search: float
    slope: float
    intercept: float
    threshold: float

    def evidence(self, margin: float, score: float, best_score: float) -> float:
        """Return how strongly a passage's span recommends itself, to the reader and to the search."""
        return margin - self.search * (best_score - score)

    def confidence(self, evidence: float) -> float:
        """Return the probability, in [0, 1], that a span of such evidence answers the question (Platt, 1999)."""
        return 1 / (1 + math.exp(-(self.slope * evidence + self.intercept)))


UNCALIBRATED = Calibration(search=0.0, slope=0.5, intercept=0.0, threshold=0.5)
"""For a reader that nothing was fitted for: its margin, two log odds together, is taken at its word."""


def load_calibration(folder: Path) -> Calibration:
    """Return the calibration of the reader in `folder`, which may lack one."""
    file = folder / CALIBRATION
    return Calibration(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else UNCALIBRATED
