"""What readers answer and get right, and how fast, as `python -m evaluation.risk FILE --curve` measured it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.reading.calibration import Calibration

CURVES = Path(__file__).with_name("curves.json")


@dataclass(frozen=True, slots=True)
class Curve:
    """What was measured of a reader. Shares are of all questions, half of which have no answer in the documents.

    Attributes:
        threshold: that of the calibration with which it was measured.
        questions: the number of questions.
        seconds: that an answer took, as the median of all questions; comparable with the other curves alone.
        answered: for each limit from 0 to 100 percent, the share that gets an answer.
        right: the same, the share that gets a right one.
    """

    threshold: float
    questions: int
    seconds: float
    answered: list[float]
    right: list[float]


def curve_of(calibration: Calibration) -> Curve | None:
    """Return what was measured with a calibration; None if it was another one."""
    return next((curve for curve in _read() if curve.threshold == calibration.threshold), None)


@cache
def _read() -> list[Curve]:
    return [Curve(**curve) for curve in json.loads(CURVES.read_text(encoding="utf-8")).values()]
