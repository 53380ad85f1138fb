"""Checks whether the quotes of an evidence card are still in their source, which may have been edited since."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from index import Document, Span, sentences
from qa.answer import Citation
from qa.share.card import Data, UnusableCard, evidence, excerpt_of, parts_of, quotes_of

_AGREEMENT = 40
"""Code points around a moved quote that must agree with the text around it on the card."""

_COMPARED = 1000
"""Code points on each side of a quote that are compared at most."""

_OCCURRENCES = 10_000
"""Places at which a moved quote is searched for at most, first to last."""

_NEARBY = 40
"""Code points on each side of a quote whose words help to find its replacement."""


class Standing(StrEnum):
    """The result of checking one quote, in a word."""

    FOUND = "found"
    MOVED = "moved"
    NOT_FOUND = "not found"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one quote.

    Attributes:
        quote: the quoted words.
        named: the name by which the card calls the quoted document.
        document: the document as it is now; None if it is not among those given to `verify`.
        was: the span of the quote when the card was made.
        now: the span of the quote now; None if it is gone.
        instead: if the quote is gone, the text in its place, or else the sentence most like it.
    """

    quote: str
    named: str
    document: Document | None
    was: Span
    now: Span | None
    instead: Span | None = None

    @property
    def standing(self) -> Standing:
        """What the comparison with the document says about the quote."""
        if self.document is None:
            return Standing.NOT_COMPARED
        if self.now is None:
            return Standing.NOT_FOUND
        return Standing.FOUND if self.now == self.was else Standing.MOVED

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as a JSON object; offsets count code points."""
        instead = Citation(self.document, self.instead) if self.document and self.instead else None
        return {
            "standing": self.standing,
            "quote": self.quote,
            "named": self.named,
            "document": self.document.id if self.document else None,
            "was": [self.was.start, self.was.end],
            "now": [self.now.start, self.now.end] if self.now else None,
            "instead": instead.to_dict() if instead else None,
        }


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quote, its span, the text before and after it, and the length of the whole text."""

    text: str
    span: Span
    before: str
    behind: str
    length: int


def verify(card: str, source: Document | Iterable[Document]) -> list[Finding]:
    """Compare the quotes of an evidence card with the current text of their source.

    Args:
        card: the text of the card, an HTML file.
        source: the quoted document, under any name; or several documents, or a collection. Among several, a quote is
            looked for in the document with the same text. Without one, it is looked for in the last document of the
            same source and title, else of the same source, else of the same title.

    Returns:
        A finding for each quote, in the card's order. A quote whose document is missing is not compared.

    Raises:
        UnusableCard: it is no card, is damaged, was altered, or was made by a newer version. A card was also altered if
            its source is unchanged and does not contain a quote.

    >>> from qa import article, ask
    >>> from qa.share.card import card
    >>> proof = card(ask("who opened the conference?"))
    >>> {finding.standing.value for finding in verify(proof, article())}
    {'found'}
    """
    parts = parts_of(evidence(card))
    named = source if isinstance(source, Document) else None
    documents = [source] if isinstance(source, Document) else list(source)
    return [finding for part in parts for finding in _findings(part, documents, named)]


def _findings(part: Data, documents: Sequence[Document], named: Document | None) -> Iterator[Finding]:
    """Yield a finding for each quote of an answer. One document that was `named` is compared under any name."""
    lengths = {source["document"]: source["length"] for source in part["sources"]}
    for cited in quotes_of(part["answer"]):
        excerpt = excerpt_of(cited, part["sources"])
        was = Span(cited["start"], cited["end"])
        before, behind = excerpt["text"][: was.start - excerpt["start"]], excerpt["text"][was.end - excerpt["start"] :]
        quote = _Quote(cited["quote"], was, before, behind, lengths[cited["document"]])
        document = _document(cited, documents) or (named if len(lengths) == 1 else None)
        now = _place(quote, document.text) if document else None
        if document and document.id == cited["document"] and now != was:
            raise UnusableCard(
                f"The card has been altered: its source is unchanged, and does not say “{quote.text}” at that place."
            )
        instead = _instead(quote, document) if document and not now else None
        yield Finding(quote.text, cited["source"] or cited["title"], document, was, now, instead)


def _document(cited: dict[str, Any], documents: Sequence[Document]) -> Document | None:
    same = [document for document in documents if document.id == cited["document"]]
    named = [document for document in documents if cited["source"] and document.source == cited["source"]]
    titled = [document for document in documents if document.title == cited["title"]]
    both = [document for document in named if document in titled]
    return next((found[-1] for found in (same, both, named, titled) if found), None)


def _place(quote: _Quote, text: str) -> Span | None:
    """Return the span of a quote in `text`; None if it is gone.

    After a single edit of the source, the span is certain. An edit after the quote leaves its offset unchanged. One
    before it moves the quote by the change in length. One inside it leaves the text before and after it in place.
    After several edits, the quote is where the text around it agrees best with that on the card.
    """
    start, moved = quote.span.start, quote.span.start + len(text) - quote.length
    if text.startswith(quote.text, start):
        return quote.span
    if moved >= 0 and text.startswith(quote.text + quote.behind, moved):
        return Span(moved, moved + len(quote.text))
    if _gap(quote, text) is not None:
        return None

    known_before, known_behind = quote.before[-_COMPARED:], quote.behind[:_COMPARED]

    def agreement(at: int) -> int:
        end = at + len(quote.text)
        before, behind = text[max(0, at - len(known_before)) : at], text[end : end + len(known_behind)]
        return _shared(known_before[::-1], before[::-1]) + _shared(known_behind, behind)

    best = max(_occurrences(quote.text, text), key=agreement, default=None)
    if best is None or agreement(best) < min(_AGREEMENT, len(quote.before) + len(quote.behind)):
        return None
    return Span(best, best + len(quote.text))


def _gap(quote: _Quote, text: str) -> tuple[int, int] | None:
    """Return the offsets of what replaced the quote between the texts around it; None if these are not found."""
    start, end = quote.span.start, quote.span.end + len(text) - quote.length
    before = start <= end and text.startswith(quote.before, start - len(quote.before))
    return (start, end) if before and text.startswith(quote.behind, end) else None


def _instead(quote: _Quote, document: Document) -> Span:
    """Return the text in the quote's place, or else the sentence most like the quote.

    The most similar sentence shares most words: those of the quote count twice, those of its surroundings once. Of
    equally similar sentences, the one nearest to the quote's old place is returned.
    """
    text, (start, end) = document.text, _gap(quote, document.text) or (0, 0)
    if text[start:end].strip():
        return Span(start, end)
    quoted, beside = _words(quote.text), _words(f"{quote.before[-_NEARBY:]} {quote.behind[:_NEARBY]}")

    def likeness(span: Span) -> tuple[int, int]:
        away = max(span.start - quote.span.start, quote.span.start - span.end, 0)
        words = _words(document.quote(span))
        return 2 * len(quoted & words) + len(beside & words), -away

    lines = (Span(*line.span()) for line in re.finditer(r".+", text))
    line = max((line for line in lines if re.search(r"\w", document.quote(line))), key=likeness)
    inside = sentences(document.quote(line))
    return max((span.moved(line.start) for span in inside), key=likeness)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _shared(one: str, other: str) -> int:
    """Return the length of the common prefix of two texts."""
    same, differs = 0, min(len(one), len(other)) + 1
    while differs - same > 1:  # bisection: each comparison of two slices halves the interval
        middle = (same + differs) // 2
        same, differs = (middle, differs) if one[same:middle] == other[same:middle] else (same, middle)
    return same


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(_OCCURRENCES):
        at = text.find(quote, at + 1)
        if at < 0:
            return
        yield at
