"""Re-ranking: a small reader skims every passage that a search found, and puts them in order."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index import Hit, Passage, Span
from qa.reading.calibration import Calibration
from qa.reading.finding import Excerpt, Finding
from qa.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, as the ranker sees it.

    Attributes:
        excerpt: what is read of the passage.
        finding: what the ranker finds in it.
        gap: by how much the passage ranks below the best one, in logits; at least 0.
        confidence: the ranker's probability, in [0, 1], that its span is the answer.
    """

    passage: Passage
    excerpt: Excerpt
    finding: Finding
    gap: float
    confidence: float

    @property
    def span(self) -> Span:
        """Where the ranker's answer stands in the document."""
        offset = self.passage.span.start
        return Span(offset + self.finding.span.start, offset + self.finding.span.end)

    @property
    def relevance(self) -> float:
        """The probability, in [0, 1], that the passage is what the question is about."""
        return 1 / (1 + math.exp(-self.finding.relevance))


def rank(question: str, hits: Sequence[Hit], ranker: Reader, exclude: Iterable[str] = ()) -> list[Candidate]:
    """Return the passages of `hits` with what `ranker` finds in them, best first.

    Args:
        question: as it is asked of the documents.
        hits: what a search returned, best first.
        ranker: skims every passage.
        exclude: answers that are known already, and are not to be found again.
    """
    known = tuple(exclude)
    excerpts = [Excerpt(_without(known, hit.passage.text), hit.passage.breaks) for hit in hits]
    return in_order(hits, excerpts, ranker.skim(question, excerpts), ranker.calibration)


def in_order(
    hits: Sequence[Hit], excerpts: Sequence[Excerpt], findings: Sequence[Finding], calibration: Calibration
) -> list[Candidate]:
    """Return the passages of `hits`, best first, with the excerpt that was skimmed of each and the finding in it."""
    strengths = [
        calibration.strength(finding, hits[0].score - hit.score) for hit, finding in zip(hits, findings, strict=True)
    ]
    gaps = [max(strengths) - strength for strength in strengths]
    candidates = [
        Candidate(hit.passage, excerpt, finding, gap, calibration.confidence(finding, gap))
        for hit, excerpt, finding, gap in zip(hits, excerpts, findings, gaps, strict=True)
    ]
    return sorted(candidates, key=lambda candidate: candidate.gap)


def _without(known: Sequence[str], text: str) -> str:
    """Return `text` with white space in place of all that is `known`, so that every offset stays what it is.

    Only whole words are replaced. A text in which nothing else stands is returned as it is.
    """
    rest = text
    for words in known:
        rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda found: " " * len(found[0]), rest)
    return rest if rest.strip() else text
