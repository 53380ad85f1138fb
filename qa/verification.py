"""Whether what an evidence card quotes still stands in its source, which may have been edited since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from index import Document, Span
from qa.card import evidence, excerpt_of

AGREEMENT = 40
"""Code points around a quote that have to agree with those around it on the card, where it stands in another place."""

OCCURRENCES = 10_000
"""Places that are looked at for a quote that has moved, first to last."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a quote.

    Attributes:
        quote: its words.
        named: what the card calls the document that it was quoted from.
        document: that document, as it is now; None where it is not among those that the card was compared with.
        was: where the quote stood.
        now: where it stands; None where it does not.
    """

    quote: str
    named: str
    document: Document | None
    was: Span
    now: Span | None

    @property
    def instead(self) -> str:
        """What stands in the place of a quote that does not stand any more; empty where the text ends before."""
        return self.document.text[self.was.start : self.was.end] if self.document and not self.now else ""


def verify(card: str, documents: Sequence[Document]) -> list[Finding]:
    """Return what became of each quote of an evidence card, in the card's order.

    A quote's document is the one among `documents` with the same text, or else one of the same source or title; or the
    only one, where the card quotes no other. A quote stands where it stood, counted from the beginning or from the end
    of the text, or else where the text around it agrees best with that on the card.

    Raises:
        UnusableCard: it is no card, is damaged, was altered, or was made by a newer version.
    """
    held = evidence(card)
    sources = {source["document"]: source for source in held["sources"]}
    findings = []
    for cited in held["answer"]["citations"]:
        document = _document(cited, documents, alone=len(sources) == 1)
        was = Span(cited["start"], cited["end"])
        now = _place(cited, excerpt_of(cited, held["sources"]), sources[cited["document"]]["length"], document)
        findings.append(Finding(cited["quote"], cited["source"] or cited["title"], document, was, now))
    return findings


def _document(cited: dict[str, Any], documents: Sequence[Document], *, alone: bool) -> Document | None:
    same = [document for document in documents if document.id == cited["document"]]
    named = [document for document in documents if cited["source"] and document.source == cited["source"]]
    titled = [document for document in documents if document.title == cited["title"]]
    only = documents if alone and len(documents) == 1 else ()
    return next(iter([*same, *named, *titled, *only]), None)


def _place(cited: dict[str, Any], excerpt: dict[str, Any], length: int, document: Document | None) -> Span | None:
    """Return where a quote stands in `document`, whose text had `length` code points when it was quoted."""
    if document is None:
        return None
    text, quote, start = document.text, cited["quote"], cited["start"]
    for at in (start, start + len(text) - length):  # what was edited stands behind it, or before it
        if at >= 0 and text.startswith(quote, at):
            return Span(at, at + len(quote))
    before = excerpt["text"][: start - excerpt["start"]]
    behind = excerpt["text"][start - excerpt["start"] + len(quote) :]

    def agreement(at: int) -> int:
        end = at + len(quote)
        found_before, found_behind = text[max(0, at - len(before)) : at], text[end : end + len(behind)]
        return _shared(before[::-1], found_before[::-1]) + _shared(behind, found_behind)

    best = max(_occurrences(quote, text), key=agreement, default=None)
    if best is None or agreement(best) < min(AGREEMENT, len(before) + len(behind)):
        return None
    return Span(best, best + len(quote))


def _shared(one: str, other: str) -> int:
    """Return how many characters the two begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(OCCURRENCES):
        at = text.find(quote, at + 1)
        if at < 0:
            return
        yield at
