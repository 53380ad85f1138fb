"""Answers that are made, not found, for tests of what becomes of an answer."""

from index import Passage
from qa import Answer, Citation, Claim, Evidence
from qa.answer import RankedPassage


def answer_of(question: str, answer: Citation, sentence: Citation | None = None, confidence: float = 0.9) -> Answer:
    """Return the answer that `answer` is, proven by `sentence`, or by itself."""
    evidence = Evidence(answer, sentence or answer, confidence)
    return Answer(question, confidence=confidence, claims=(Claim((evidence,)),))


def ranked(citation: Citation) -> RankedPassage:
    """Return the passage that the words of `citation` are."""
    return RankedPassage(Passage(citation.document, citation.span), relevance=0.5)
