"""From what the reader finds to an answer: the surest finding, if it is sure enough, with all that agrees with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index import Passage, Span
from qa.answer import Answer, Citation, Evidence, RankedPassage
from qa.explain.attribution import attribution
from qa.explain.claims import claims
from qa.question.understand import Asked
from qa.reading.calibration import Calibration
from qa.reading.finding import Finding
from qa.reading.ranker import Candidate
from qa.reading.span import quoted, sentences_around


def decide(
    asked: Asked,
    candidates: Sequence[Candidate],
    findings: Mapping[Candidate, Finding],
    calibration: Calibration,
    min_confidence: float | None = None,
) -> Answer:
    """Return the surest finding as the answer, if it is sure enough.

    Args:
        candidates: best first. They become the answer's passages, with the passage of the answer first.
        findings: what the reader finds in the candidates that it read.
        calibration: the reader's.
        min_confidence: in [0, 1]; by default the calibrated threshold.
    """
    evidence = {
        candidate: _evidence(asked.text, candidate, finding, calibration.confidence(finding, candidate.gap))
        for candidate, finding in findings.items()
    }
    surest = sorted(evidence, key=lambda candidate: evidence[candidate].confidence, reverse=True)
    threshold = calibration.threshold if min_confidence is None else min_confidence
    given = [candidate for candidate in surest if evidence[candidate].confidence >= threshold]
    answer = Answer(
        asked.question,
        passages=_ranked([*given[:1], *candidates]),
        confidence=evidence[surest[0]].confidence if surest else 0.0,
        note=asked.note,
        understood=asked.text if asked.text != asked.question else "",
    )
    if not given:
        return replace(answer, missing=asked.missing)
    best = evidence[given[0]].answer
    said = claims([evidence[candidate] for candidate in given])
    return replace(answer, claims=said, attribution=attribution(best.document, best.span))


def _evidence(question: str, candidate: Candidate, finding: Finding, confidence: float) -> Evidence:
    """Return the answer at `finding` in the candidate's passage, with the sentence or sentences that contain it."""
    text = candidate.passage.text
    answer = quoted(question, text, finding.span)
    sentence = sentences_around(text, answer, candidate.passage.breaks)
    return Evidence(_cited(candidate.passage, answer), _cited(candidate.passage, sentence), confidence)


def _cited(passage: Passage, span: Span) -> Citation:
    offset = passage.span.start
    return Citation(passage.document, Span(offset + span.start, offset + span.end))


def _ranked(candidates: Iterable[Candidate]) -> tuple[RankedPassage, ...]:
    return tuple(RankedPassage(candidate.passage, candidate.relevance) for candidate in dict.fromkeys(candidates))
