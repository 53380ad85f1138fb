"""What each limit of confidence answers and gets right, as `python -m evaluation.risk FILE --curve` measured it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.reading.calibration import Calibration

CURVE = Path(__file__).with_name("curve.json")


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares of all questions, half of which have no answer in the documents.

    Attributes:
        threshold: that of the calibration with which it was measured.
        questions: the number of questions.
        answered: for each limit from 0 to 100 percent, the share that gets an answer.
        right: the same, the share that gets a right one.
    """

    threshold: float
    questions: int
    answered: list[float]
    right: list[float]


def curve_of(calibration: Calibration) -> Curve | None:
    """Return what was measured with a calibration; None if it was another one."""
    curve = _read()
    return curve if curve.threshold == calibration.threshold else None


@cache
def _read() -> Curve:
    return Curve(**json.loads(CURVE.read_text(encoding="utf-8")))
