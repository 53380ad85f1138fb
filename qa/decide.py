"""From what the reader finds to an answer: the surest finding, if it is sure enough, with all that agrees with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index import Passage, Span
from qa.answer import Answer, Citation, Evidence, Form, RankedPassage
from qa.explain.attribution import attribution
from qa.explain.claims import claims
from qa.explain.stance import stance_of
from qa.explain.statement import bearing_on, statement_confidence
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
        asked: the question.
        candidates: best first. They become the answer's passages, with the passage of the answer first.
        findings: what the reader finds in the candidates that it read.
        calibration: the reader's.
        min_confidence: in [0, 1]; by default the calibrated threshold.
    """
    evidence = {
        candidate: _EVIDENCE[asked.form](asked.text, candidate, finding, calibration.confidence(finding, candidate.gap))
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
        form=asked.form,
        understood=asked.understood,
    )
    if not given:
        return replace(answer, missing=asked.missing)
    best = evidence[given[0]].answer
    said = claims([evidence[candidate] for candidate in given])
    return replace(answer, claims=said, attribution=attribution(best.document, best.span))


def _words(question: str, candidate: Candidate, finding: Finding, confidence: float) -> Evidence:
    """Return the answer at `finding` in the candidate's passage, with the sentence or sentences that contain it."""
    passage = candidate.passage
    words = quoted(question, passage.text, finding.span)
    sentence = sentences_around(passage.text, words, passage.breaks)
    stance, answer = stance_of(passage.text, sentence, words, question)
    around = Span(min(sentence.start, answer.start), max(sentence.end, answer.end))
    core = _cited(passage, words) if answer != words else None
    return Evidence(_cited(passage, answer), _cited(passage, around), confidence, stance, core)


def _statement(question: str, candidate: Candidate, finding: Finding, confidence: float) -> Evidence:
    """Return the sentence of the candidate's passage that bears on a question for yes or no."""
    passage = candidate.passage
    span, share = bearing_on(question, passage.text, finding.span, passage.breaks)
    sentence = _cited(passage, span)
    return Evidence(sentence, sentence, statement_confidence(share, confidence))


_EVIDENCE = {Form.SPAN: _words, Form.STATEMENT: _statement}


def _cited(passage: Passage, span: Span) -> Citation:
    offset = passage.span.start
    return Citation(passage.document, Span(offset + span.start, offset + span.end))


def _ranked(candidates: Iterable[Candidate]) -> tuple[RankedPassage, ...]:
    return tuple(RankedPassage(candidate.passage, candidate.relevance) for candidate in dict.fromkeys(candidates))
