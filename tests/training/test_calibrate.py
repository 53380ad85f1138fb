"""What findings are worth is fitted to what is right, whatever the share of questions that have an answer."""

from random import Random

import numpy as np
import pytest

from index import Document, Hit, Passage, Span
from qa.reading.finding import Finding
from training.calibrate import Asked, Read, odds, rank_search, threshold

PARAGRAPHS = [Document(f"Paragraph {number}.", str(number)) for number in range(3)]


def read(random: Random, *accepted: str) -> Read:
    """Two findings, of which the margin tells whether the question has an answer."""
    features = [(random.gauss(2 * len(accepted), 2), -random.random(), random.random()) for _ in range(2)]
    return Read(accepted, np.array(features), tuple(random.choices(["Rabat", "Tangier"], k=2)))


def test_a_calibration_does_not_depend_on_how_many_of_the_questions_have_an_answer() -> None:
    random = Random(0)
    answered, others = [read(random, "Rabat") for _ in range(300)], [read(random) for _ in range(300)]
    balanced, mostly_answered = odds([[*answered, *others]]), odds([[*answered * 4, *others]])

    assert mostly_answered.odds_margin == pytest.approx(balanced.odds_margin, rel=0.05)
    assert mostly_answered.odds_intercept == pytest.approx(balanced.odds_intercept, abs=0.05)
    assert threshold([[*answered * 4, *others]], balanced) == pytest.approx(
        threshold([[*answered, *others]], balanced), abs=0.1
    )


def test_confidence_is_how_often_the_surest_finding_is_right() -> None:
    random = Random(1)
    questions = [read(random, "Rabat") for _ in range(500)] + [read(random) for _ in range(500)]
    calibration = odds([questions])
    weights = [
        calibration.odds_margin,
        calibration.odds_certainty,
        calibration.odds_gap,
    ]
    log_odds = [one.features @ np.array(weights) + calibration.odds_intercept for one in questions]
    claimed = np.mean([1 / (1 + np.exp(-each.max())) for each in log_odds])
    right = np.mean([one.right[int(each.argmax())] for one, each in zip(questions, log_odds, strict=True)])

    assert claimed == pytest.approx(right, abs=0.01)


def test_the_search_counts_in_the_ranking_for_what_it_tells() -> None:
    random = Random(0)

    def asked(told_by_search: float) -> Asked:
        """A question whose paragraph relevance tells a little, and the search score as much as is told."""
        meant = random.randrange(3)
        hits = [
            Hit(Passage(each, Span(0, 9)), told_by_search * (number == meant) + random.gauss(0, 1), None, None)
            for number, each in enumerate(PARAGRAPHS)
        ]
        findings = [Finding(Span(0, 9), random.gauss(number == meant, 1), 0.0, -1.0) for number in range(3)]
        return Asked("where?", (), PARAGRAPHS[meant], hits, findings)

    assert rank_search([[asked(0.0) for _ in range(400)]]) == pytest.approx(0.0, abs=0.25)
    assert rank_search([[asked(1.0) for _ in range(400)]]) == pytest.approx(1.0, abs=0.25)
