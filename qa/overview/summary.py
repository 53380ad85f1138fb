"""Overviews: summaries and lists of names, cited from documents, made by counting words and without a model."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from index import Collection, DocumentIds, Passage, Role, Span, sentences
from index.text.dates import MONTHS, WEEKDAYS
from index.text.words import content_words
from qa.answer import Answer, Citation, Form, RankedPassage
from qa.english.documents import BOILERPLATE
from qa.english.grammar import LINKS_BACK, one_of
from qa.english.names import CAPITAL
from qa.overview.names import CREDIT, names
from qa.question.understand import Asked

MOST_DOCUMENTS = 100
"""Documents that an overview is made from at most: those that were added first."""

MOST_PASSAGES = 500
"""Passages that an overview is made from at most, about 150 pages: the first ones of each document."""

_MOST_SENTENCES = 3

_LEAD = 0.3
"""Bonus of a document's first sentence, in cosines; the n-th sentence gets an n-th of it."""

_REDUNDANCY = 0.5
"""Penalty per unit of cosine similarity to a sentence already chosen (Carbonell & Goldstein, 1998)."""

DEPENDENT = 0.2
"""Penalty of a sentence that depends on those before it, in cosines."""

_LENGTHS = range(8, 81)
"""Numbers of words that a sentence in a summary may have."""

_WHOLE = re.compile(r"(?![a-z]).*[.!?…。؟\u06d4][\"'”’)\]]*", re.DOTALL)

_GLUED = re.compile(
    rf"(?:(?:{'|'.join(WEEKDAYS)}),? )?(?:(?:{'|'.join(MONTHS)}) \d\d?,? \d{{4}}|\d\d? (?:{'|'.join(MONTHS)}) \d{{4}})"
    rf"\s+(?=[\"“]?{CAPITAL})"
    r"|(?:\d+(?:\.\d+)*\.? )?[^\n.!?:;]{1,60}\n\s*(?=[\"“]?[A-Z0-9])"
    rf"|(?:[Rr]eport(?:ed)? )?[Bb]y {CAPITAL}[\w'’-]+ {CAPITAL}[\w'’-]+(?:, [^.\n]{{1,40}})?\s*[·|–—\n]\s*"
)
"""A date, a short line without closing punctuation, or a byline before a sentence."""

_DEPENDENT = re.compile(rf"[\"“‘']|{one_of(LINKS_BACK)}", re.IGNORECASE)


def overview(asked: Asked, collection: Collection) -> Answer | None:
    """Return the overview that is `asked` for: the most central sentences, or the most frequent names.

    Its parts are in the order of the documents and their texts. `MOST_DOCUMENTS` and `MOST_PASSAGES` limit its sources.

    Returns:
        The overview; None if the question asks for no overview.

    Raises:
        UnknownDocument: one of the documents asked is not in the collection.
    """
    if not asked.form.is_overview:
        return None
    read = beginnings(collection, asked.documents, MOST_PASSAGES)
    texts = [stretch(passages) for passages in read]
    shown = central_sentences(texts) if asked.form == Form.SUMMARY else names(texts)
    passages = tuple(RankedPassage(passage, 1.0) for passage in _cited(shown, chain.from_iterable(read)))
    confidence = 1.0 if shown else 0.0
    return Answer(asked.question, passages, confidence, overview=tuple(shown), form=asked.form)


def _cited(citations: Sequence[Citation], passages: Iterable[Passage]) -> list[Passage]:
    """Return the first passage that contains each of `citations`, in their order."""
    found: dict[Citation, Passage] = {}
    for passage in passages:
        for cited in citations:
            if cited.document == passage.document and passage.span.start <= cited.span.start < passage.span.end:
                found.setdefault(cited, passage)
    return list(dict.fromkeys(found[cited] for cited in citations))


def beginnings(collection: Collection, documents: DocumentIds | None, most: int) -> list[list[Passage]]:
    """Return the first passages of each of `documents`, or of all: at most `most`, from at most `MOST_DOCUMENTS`."""
    chosen = list(collection.document_ids() if documents is None else documents)[:MOST_DOCUMENTS]
    return [collection.beginning(each, max(1, most // len(chosen))) for each in chosen]


def stretch(passages: Sequence[Passage]) -> Citation:
    """Return the text from the first to the last of `passages`, which are of one document."""
    return Citation(passages[0].document, Span(passages[0].span.start, passages[-1].span.end))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence, a unit vector of its words' `weights`, and whether it depends on an earlier sentence."""

    cited: Citation
    weights: Mapping[str, float]
    is_dependent: bool


def central_sentences(texts: Sequence[Citation]) -> list[Citation]:
    """Return the sentences of each text that are most like all of it: one each of several, more of a single one.

    Central sentences are near the centroid (Radev et al., 2004). The first sentences of a document get a bonus, and
    those that depend on earlier ones a penalty. Of several documents, each gives the one most like its own text. What
    is said more than once, in one document or in several, and boilerplate are left out.
    """
    found = [list(whole_sentences(text)) for text in texts]
    said = Counter(_plain(each) for each in chain.from_iterable(found))
    kept = [
        [each for each in document if said[_plain(each)] == 1 and _has_subject(each)] or document for document in found
    ]
    chosen = [_most_central(document, _MOST_SENTENCES if len(texts) == 1 else 1) for document in kept]
    return [each.cited for each in chain.from_iterable(chosen)]


def _most_central(found: Sequence[Sentence], most: int) -> list[Sentence]:
    """Return the `most` sentences of one document that are most like all of them and least like each other."""
    centroid: Counter[str] = Counter()
    for each in found:
        centroid.update(each.weights)
    unit = _unit(centroid)
    worth = {
        each.cited: _dot(each.weights, unit) + _LEAD / position - DEPENDENT * each.is_dependent
        for position, each in enumerate(found, start=1)
    }
    left, chosen = list(found), list[Sentence]()
    while left and len(chosen) < most:
        best = max(left, key=lambda each: worth[each.cited] - _REDUNDANCY * _nearest(each, chosen))
        chosen.append(best)
        left.remove(best)
    return sorted(chosen, key=lambda each: each.cited.span)


def _plain(sentence: Sentence) -> str:
    """Return the words of `sentence` without numbers, by which repeated lines are told."""
    return " ".join(re.findall(r"[^\W\d_]+", sentence.cited.quote.casefold()))


def _has_subject(sentence: Sentence) -> bool:
    return not BOILERPLATE.search(sentence.cited.quote)


def whole_sentences(text: Citation) -> Iterator[Sentence]:
    """Yield the sentences of `text`, except headings, captions, and very short or long ones."""
    for paragraph in _paragraphs(text):
        words, end, is_quoted = paragraph.quote, 0, False
        for span in [] if CREDIT.search(words) else sentences(words):
            was_quoted, is_quoted, end = is_quoted, _ends_quoted(words[end : span.end], is_quoted), span.end
            bare = _unglued(words, span)
            sentence = words[bare.start : bare.end]
            weights = _unit(Counter(content_words(sentence)))
            if weights and _WHOLE.fullmatch(sentence) and len(sentence.split()) in _LENGTHS:
                is_dependent = was_quoted or is_quoted or _DEPENDENT.match(sentence) is not None
                yield Sentence(_within(paragraph, bare), weights, is_dependent)


def _unglued(words: str, sentence: Span) -> Span:
    """Return `sentence` without the headings, bylines and dates that a file has glued to its beginning."""
    start = sentence.start
    while glued := _GLUED.match(words, start, sentence.end):
        start = glued.end()
    return Span(start, sentence.end)


def _paragraphs(text: Citation) -> Iterator[Citation]:
    """Yield the blocks of `text`, except those that are set apart from it."""
    for start, end in pairwise([0, *text.document.breaks(text.span), len(text.quote)]):
        block = _within(text, Span(start, end))
        if block.role == Role.TEXT and block.quote.strip():
            yield block


def _within(text: Citation, span: Span) -> Citation:
    return Citation(text.document, span.moved(text.span.start))


def _ends_quoted(text: str, is_quoted: bool) -> bool:
    """Return whether a quotation is open at the end of `text`; `is_quoted` says whether one is at its beginning."""
    for mark in re.findall(r'["“”]', text):
        is_quoted = mark == "“" or (mark == '"' and not is_quoted)
    return is_quoted


def _nearest(sentence: Sentence, chosen: Sequence[Sentence]) -> float:
    return max((_dot(sentence.weights, other.weights) for other in chosen), default=0.0)


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum(weight * other.get(word, 0.0) for word, weight in one.items())


def _unit(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = math.hypot(*weights.values())
    return {word: weight / length for word, weight in weights.items()}
