"""The whole pipeline: search, read, answer."""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from index import Collection, DocumentIds, Hit, Passage, Span
from index.article import article_collection
from qa.answer import Answer, Citation, Evidence
from qa.explain.attribution import attribution
from qa.explain.claims import claims
from qa.overview.summary import overview
from qa.question.language import foreign_language
from qa.question.spelling import respelled
from qa.reading.reader import OnnxReader, Reader, is_exported
from qa.reading.span import quoted, sentences_around

PASSAGES_READ = 10
"""Passages that are read for an answer and shown with it."""

PASSAGES_SPELLED_FROM = 30
"""Passages found whose words may be what a misspelled one is meant for."""

WEIGHTS = Path(__file__).with_name("reading") / "weights"


def ask(
    question: str,
    collection: Collection | None = None,
    min_confidence: float | None = None,
    documents: DocumentIds | None = None,
    besides: Sequence[str] = (),
) -> Answer:
    """Answer `question` from the documents of `collection`, or without one from the bundled article.

    The passages found are read, and put in the order of what reading and searching say together; the score of each is
    the confidence that its span is the answer. The best one's span is the answer, cited with the sentence it stands
    in, if its confidence is at least `min_confidence`, by default the calibrated threshold. Otherwise the documents do
    not say: nothing is cited, and the passages are what was nearest. A question that is not in English is answered
    like any other, with a note that says so; one that is misspelled, as the documents spell it (see `respelled`). What
    a document is about, or whom it names, is answered by `overview`.

    Args:
        documents: ids of those that alone are asked; without them, all are.
        besides: answers that are known, and not to be given again: they are left out of what is read.

    Raises:
        UnusableQuestion: `question` holds no word or is too long, or `documents` is empty.
        UnknownDocument: one of `documents` is not in the collection.
        UnusableCollection: the collection is damaged, or another process has been changing it for a minute.
        UnusableModel: the model that encodes the question cannot be loaded.
        UnusableReader: the reader cannot be loaded, or its weights are missing or damaged.
    """
    collection = article_collection() if collection is None else collection
    if (about_all := overview(question, collection, documents)) is not None:
        return about_all
    found = collection.search(question, PASSAGES_SPELLED_FROM, documents)
    language = foreign_language(question)
    note = f"The question seems to be in {language}; Cited reads English." if language else ""
    if not found:
        return Answer(question, citations=(), passages=(), confidence=0.0, note=note)
    missing = () if language else tuple(collection.missing(question, documents))
    if understood := respelled(question, missing, [hit.passage.text for hit in found]):
        answer = ask(understood, collection, min_confidence, documents, besides)
        return replace(answer, question=question, understood=answer.understood or understood)
    judged = _judged(question, found[:PASSAGES_READ], besides)
    threshold = default_reader().calibration.threshold if min_confidence is None else min_confidence
    passages, confidence = tuple(hit for hit, _ in judged), judged[0][0].score
    evidence = [_evidence(question, hit, span) for hit, span in judged if hit.score >= threshold]
    if not evidence:
        return Answer(question, (), passages, confidence, missing=missing, note=note)
    citations = evidence[0].answer, evidence[0].sentence
    said_by = attribution(citations[0].document, citations[0].span)
    return Answer(question, citations, passages, confidence, claims(evidence), note=note, attribution=said_by)


@cache
def default_reader() -> Reader:
    """Return this process's one reader: the one that `CITED_READER` names (see `load_reader`), or the shipped one."""
    return load_reader(os.environ.get("CITED_READER") or str(WEIGHTS))


def load_reader(name: str) -> Reader:
    """Return the reader in the folder `name`, exported like the shipped one, or else a model of transformers.

    Raises:
        UnusableReader: it cannot be loaded, or its weights are damaged.
    """
    folder = Path(name).expanduser()
    if folder == WEIGHTS or is_exported(folder):
        return OnnxReader(folder)
    from qa.reading.transformers import TransformersReader  # which imports torch, for seconds

    return TransformersReader(name)


def _judged(question: str, hits: list[Hit], besides: Sequence[str]) -> list[tuple[Hit, Span]]:
    """Return the hits, best first, each with the best span of its passage's text, and that span's confidence as score.

    No score is greater than that of a better passage: an answer in what the question is less about is doubtful.
    """
    reader = default_reader()
    readings = reader.read(question, [_without(besides, hit.passage.text) for hit in hits])
    strengths = [
        reader.calibration.strength(reading, hits[0].score - hit.score)
        for hit, reading in zip(hits, readings, strict=True)
    ]
    order = sorted(range(len(hits)), key=lambda number: strengths[number], reverse=True)
    scores = accumulate((reader.calibration.confidence(readings[number]) for number in order), min)
    return [
        (replace(hits[number], score=score), readings[number].span) for number, score in zip(order, scores, strict=True)
    ]


def _without(known: Sequence[str], text: str) -> str:
    """Return `text` with white space in place of all that is `known`, so that every offset stays what it is.

    Where nothing else stands there, nothing else can be read, and `text` stays.
    """
    rest = text
    for words in known:
        rest = rest.replace(words, " " * len(words))
    return rest if rest.strip() else text


def _evidence(question: str, hit: Hit, span: Span) -> Evidence:
    """Return the answer that stands at `span` of the hit's passage, and the sentence or sentences that it stands in."""
    text = hit.passage.text
    answer = quoted(question, text, span)
    return Evidence(_cited(hit.passage, answer), _cited(hit.passage, sentences_around(text, answer)), hit.score)


def _cited(passage: Passage, span: Span) -> Citation:
    offset = passage.span.start
    return Citation(passage.document, Span(offset + span.start, offset + span.end))
