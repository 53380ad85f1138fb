"""Re-ranking: the small reader skims every passage that a search found, and orders them."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index import Hit, Passage, Span
from qa.reading.calibration import Calibration
from qa.reading.excerpt import Excerpt
from qa.reading.finding import Finding
from qa.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, as the ranker sees it.

    Attributes:
        passage: the passage.
        excerpt: the text of the passage that is read.
        finding: what the ranker finds in it.
        gap: how far the passage ranks below the best one, in logits; at least 0.
        confidence: the ranker's probability, in [0, 1], that its span is the answer.
    """

    passage: Passage
    excerpt: Excerpt
    finding: Finding
    gap: float
    confidence: float

    @property
    def span(self) -> Span:
        """The span of the ranker's answer in the document."""
        return self.finding.span.moved(self.passage.span.start)

    @property
    def relevance(self) -> float:
        """The probability, in [0, 1], that the passage is on the question's topic."""
        return 1 / (1 + math.exp(-self.finding.relevance))


def rank(question: str, hits: Sequence[Hit], ranker: Reader, exclude: Iterable[str] = ()) -> list[Candidate]:
    """Return the passages of `hits` with what `ranker` finds in them, best first.

    Args:
        question: as it is asked of the documents.
        hits: the result of a search, best first.
        ranker: skims every passage.
        exclude: answers that are known already and must not be found again.
    """
    known = tuple(exclude)
    excerpts = [_without(known, Excerpt.of(hit.passage)) for hit in hits]
    return in_order(hits, excerpts, ranker.skim(question, excerpts), ranker.calibration)


def in_order(
    hits: Sequence[Hit], excerpts: Sequence[Excerpt], findings: Sequence[Finding], calibration: Calibration
) -> list[Candidate]:
    """Return the passages of `hits`, best first, with the excerpt and the finding of each."""
    strengths = [
        calibration.strength(finding, hits[0].score - hit.score) for hit, finding in zip(hits, findings, strict=True)
    ]
    gaps = [max(strengths) - strength for strength in strengths]
    candidates = [
        Candidate(hit.passage, excerpt, finding, gap, calibration.confidence(finding, gap))
        for hit, excerpt, finding, gap in zip(hits, excerpts, findings, gaps, strict=True)
    ]
    return sorted(candidates, key=lambda candidate: candidate.gap)


def _without(known: Sequence[str], excerpt: Excerpt) -> Excerpt:
    """Return `excerpt` with white space in place of all that is `known`, so that offsets stay valid.

    Only whole words are replaced. If nothing else would be left, the excerpt is returned unchanged.
    """
    rest = excerpt.text
    for words in known:
        rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda found: " " * len(found[0]), rest)
    return replace(excerpt, text=rest) if rest.strip() else excerpt
