"""What the page shows of answers and documents, as JSON. The page draws all of it as text and never as HTML.

Offsets count UTF-16 code units, as JavaScript does.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from index import Collection, Document, Span, UnknownDocument
from index.text.dates import dateline
from page.records import Lost
from page.utf16 import utf16_span
from qa import Answer, Citation, article
from qa.answer import Form, RankedPassage
from qa.question.as_typed import as_typed
from qa.share import wording
from qa.share.transcript import markdown, plain_text

View = dict[str, Any]

_RELATED = 5
"""Passages shown beside an answer, best first."""


def document_view(document: Document) -> View:
    """Return a document's entry in the list of documents."""
    stated = dateline(document)
    about = " · ".join(filter(None, (document.source, _written(stated.date) if stated else "")))
    return {
        "id": document.id,
        "title": document.title,
        "about": about,
        "date": stated.date.isoformat() if stated else "",
        "isSample": document == article(),
        "hasBoxes": bool(document.boxes),
    }


def turn_view(answer: Answer, collection: Collection) -> View:
    """Return a question and the answer of the documents in `collection`.

    The page numbers `citations` in their order, the answer's first. Claims and the speaker refer to them by index.
    """
    cited = list(_cited(answer))
    stored = _stored({citation.document.id for citation, _ in cited}, collection)
    return {
        "question": answer.question,
        "understood": _understood_view(answer) if answer.understood else None,
        "answer": answer.text,
        "form": wording.HEADINGS[answer.form] if answer.form.is_several else "",
        "heading": "" if answer.form.is_several else wording.HEADINGS[answer.form],
        "talk": answer.form is Form.TALK,
        "confidence": wording.confidence(answer.confidence, answer.stance),
        "sentence": _sentence_view(answer),
        "citations": [_citation_view(citation, around, stored) for citation, around in cited],
        "speaker": _speaker_view(answer, len(cited) - 1),
        "claims": _claim_views(answer),
        "passages": _passage_views(answer),
        "items": _item_indexes(answer),
        "verdict": f"{wording.NOT_STATED}.",
        "missing": list(answer.missing),
        "related": wording.RELATED,
        "note": answer.note,
        "text": plain_text(answer),
        "markdown": markdown(answer),
        "lost": "",
    }


def _understood_view(answer: Answer) -> View:
    """Return how a question was understood, and, if a word was corrected, how to ask it as it was typed."""
    typed = as_typed(answer.question, answer.understood)
    return {
        "label": wording.UNDERSTOOD_AS,
        "text": answer.understood,
        "typed": {"label": wording.ASK_AS_TYPED, "question": typed} if typed else None,
    }


def lost_view(lost: Lost) -> View:
    """Return a question and the words of its answer, of which a document is no longer there."""
    return {"question": lost.question, "answer": "", "citations": [], "passages": [], "lost": lost.text}


def _cited(answer: Answer) -> Iterator[tuple[Citation, Span]]:
    """Yield each citation that the page numbers, and the span of the text shown around it."""
    yield from ((citation, citation.span) for citation in answer.overview)
    for claim in answer.claims:
        yield from ((each.answer, each.sentence.span) for each in claim.evidence)
    yield from ((item, item.span) for item in answer.items)
    if answer.attribution and answer.attribution.speaker:
        yield answer.attribution.speaker, answer.attribution.speaker.span


def _item_indexes(answer: Answer) -> list[int]:
    """Return the indexes, in the citations, of the members of a list."""
    before = sum(len(claim.evidence) for claim in answer.claims)
    return list(range(before, before + len(answer.items)))


def _speaker_view(answer: Answer, last: int) -> View | None:
    """Return who makes the statement, in words. A named speaker also has the index of its citation, `last`."""
    if not answer.attribution:
        return None
    if answer.attribution.speaker:
        return {"text": wording.SAID_BY, "citation": last}
    return {"text": f"{wording.unnamed_speaker(answer.attribution)}.", "citation": None}


def _claim_views(answer: Answer) -> list[View]:
    """Return each claim and its number of documents, if there are several documents in all."""
    views, first = [], 0
    for claim in answer.claims:
        after = first + len(claim.evidence)
        views.append({"text": claim.text, "count": wording.sources_of(claim), "citations": list(range(first, after))})
        first = after
    return views if first > 1 else []


def _sentence_view(answer: Answer) -> View | None:
    """Return the sentence of the answer in three parts: before the answer, the answer, and after it."""
    if not answer.evidence:
        return None
    said, sentence = answer.evidence.answer, answer.evidence.sentence
    text = sentence.document.text
    return {
        "before": text[sentence.span.start : said.span.start],
        "answer": said.quote,
        "after": text[said.span.end : sentence.span.end],
    }


def _stored(document_ids: Iterable[str], collection: Collection) -> dict[str, str]:
    """Return the texts, by id, of those documents that are still in `collection`."""
    texts = {}
    for document_id in document_ids:
        with suppress(UnknownDocument):
            texts[document_id] = collection.document(document_id).text
    return texts


def _citation_view(cited: Citation, around: Span, stored: Mapping[str, str]) -> View:
    return place_view(cited.document, cited.span) | {
        "date": _in_full(cited.document),
        "sentence": cited.document.quote(around),
        "around": utf16_span(cited.document, around),
        "check": _check(cited, stored),
    }


def _check(cited: Citation, stored: Mapping[str, str]) -> str:
    """Compare a quote, character for character, with the stored source at its place.

    Returns:
        "stands" if they agree, "differs" if not, "removed" if the document is no longer in the collection.
    """
    if cited.document.id not in stored:
        return "removed"
    return "stands" if stored[cited.document.id][cited.span.start : cited.span.end] == cited.quote else "differs"


def _passage_views(answer: Answer) -> list[View]:
    """Return the best passages; of the first, only the nearest sentence, if the documents do not answer."""
    views = [_passage_view(ranked) for ranked in answer.passages[:_RELATED]]
    return (
        [views[0] | place_view(answer.nearest.document, answer.nearest.span), *views[1:]] if answer.nearest else views
    )


def _passage_view(ranked: RankedPassage) -> View:
    return place_view(ranked.passage.document, ranked.passage.span) | {"relevance": ranked.relevance}


def place_view(document: Document, span: Span) -> View:
    """Return the place of a quote, how far down its document that is, and the quote itself."""
    return {
        "document": document.id,
        "title": document.title,
        "place": document.place(span.start, span.end),
        **utf16_span(document, span),
        "from": span.start / len(document.text),
        "to": span.end / len(document.text),
        "quote": document.quote(span),
        "isRecognised": document.is_recognised_at(span.start),
    }


def _in_full(document: Document) -> str:
    """Return the date that a document states, such as 21 July 2017; "" if it states none."""
    stated = dateline(document)
    return _written(stated.date) if stated else ""


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
