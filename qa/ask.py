"""The path of a question: understand, search, rank, read, decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from index import Address, Collection, DocumentIds, Passage, Span, UnusableQuestion, opened
from index.article import article_collection
from qa.answer import Answer, Citation, Evidence, Form, RankedPassage
from qa.explain.attribution import attribution
from qa.explain.claims import LIKELY, claims
from qa.overview.about import about_document
from qa.overview.summary import overview
from qa.question.understand import Asked, understand
from qa.reading.calibration import Calibration
from qa.reading.finding import Finding
from qa.reading.load import default_ranker, default_reader
from qa.reading.ranker import Candidate, rank
from qa.reading.reader import Reader
from qa.reading.span import quoted, sentences_around

RANKED = 10
"""Passages that the search gives to the ranker."""

READ = 2
"""Passages that the reader reads for every question: the ranker's best."""

MOST_READ = 6
"""Passages that the reader reads at most, if several documents may answer."""


def ask(
    question: str,
    collection: Collection | Address | None = None,
    *,
    documents: DocumentIds | None = None,
    min_confidence: float | None = None,
    reader: Reader | None = None,
    ranker: Reader | None = None,
) -> Answer:
    """Answer `question` from the documents of `collection`, or from the bundled article.

    The surest answer found is given, with the sentence that proves it, if its confidence is at least `min_confidence`.
    Otherwise nothing is cited, and the passages are the most relevant ones. Misspelled words are asked as the documents
    spell them. A question about a document as a whole gets an overview.

    Args:
        question: at most 1,000 characters, with at least one word.
        collection: an open collection, or the address of one, such as a folder's path; by default the bundled article.
        documents: ids of the documents to ask, at least one; by default all.
        min_confidence: in [0, 1]; by default the reader's calibrated threshold.
        reader: reads the best passages; by default what `CITED_READER` names, or the large shipped reader.
        ranker: ranks what the search finds; by default the small shipped reader.

    Returns:
        The answer. Its `text` is empty if the documents do not answer.

    Raises:
        UnusableQuestion: `question` has no word or is too long, `documents` is empty, or `min_confidence` is not in
            [0, 1].
        UnknownDocument: one of `documents` is not in the collection.
        UnusableCollection: the collection is damaged, or another process has been changing it for a minute.
        UnusableModel: the model that encodes the question cannot be loaded.
        UnusableReader: a reader cannot be loaded, or its weights are missing or damaged.

    >>> ask("who opened the conference?").text
    'Abdel Latif Hamouchi'
    """
    check_confidence(min_confidence)
    with opened(article_collection() if collection is None else collection) as searched:
        asked = understand(question, searched, documents)
        if asked.form is not Form.SPAN:
            return overview(asked, searched)
        if (about := about_document(asked, searched)) is not None:
            return about
        candidates = candidates_for(asked, searched, ranker)
    return answered(asked, candidates, min_confidence, reader)


def check_confidence(min_confidence: float | None) -> None:
    """Raise `UnusableQuestion` unless `min_confidence` is a probability or None."""
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UnusableQuestion(f"min_confidence is a probability from 0 to 1, not {min_confidence}; for 80 % give 0.8.")


def candidates_for(asked: Asked, collection: Collection, ranker: Reader | None = None) -> list[Candidate]:
    """Return the passages that may answer `asked`, best first."""
    hits = collection.search(asked.text, RANKED, asked.documents)
    return rank(asked.text, hits, ranker or default_ranker(), asked.exclude)


def answered(
    asked: Asked, candidates: Sequence[Candidate], min_confidence: float | None = None, reader: Reader | None = None
) -> Answer:
    """Read the most promising `candidates`, and return the answer.

    The reader reads the `READ` best passages. It also reads the best passage of every other document in which the
    ranker finds a likely answer, so that documents that agree or differ are shown side by side.
    """
    reader = reader or default_reader()
    likely = {each.passage.document: each for each in reversed(candidates) if each.confidence >= LIKELY}
    chosen = list(dict.fromkeys([*candidates[:READ], *reversed(likely.values())]))[:MOST_READ]
    findings = reader.read(asked.text, [candidate.excerpt for candidate in chosen])
    return decide(asked, candidates, dict(zip(chosen, findings, strict=True)), reader.calibration, min_confidence)


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
