"""Whether what an evidence card quotes still stands in its source, which may have been edited since."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from index import Document, Span, sentences
from qa.answer import Citation
from qa.share.card import UnusableCard, evidence, excerpt_of, quotes_of

AGREEMENT = 40
"""Code points around a quote that have to agree with those around it on the card, where it stands in another place."""

COMPARED = 1000
"""Code points on each side of a quote that are compared, at most."""

OCCURRENCES = 10_000
"""Places that are looked at for a quote that has moved, first to last."""

NEARBY = 40
"""Code points on each side of a quote whose words tell where to look for what has become of it."""


class Standing(StrEnum):
    """What became of a quote, in a word."""

    FOUND = "found"
    MOVED = "moved"
    NOT_FOUND = "not found"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a quote.

    Attributes:
        quote: its words.
        named: what the card calls the document that it was quoted from.
        document: that document, as it is now; None where it is not among those that the card was compared with.
        was: where the quote stood.
        now: where it stands; None where it does not.
        instead: of a quote that does not stand, what is in its place, or else the sentence that is most like it.
    """

    quote: str
    named: str
    document: Document | None
    was: Span
    now: Span | None
    instead: Span | None = None

    @property
    def standing(self) -> Standing:
        if self.document is None:
            return Standing.NOT_COMPARED
        if self.now is None:
            return Standing.NOT_FOUND
        return Standing.FOUND if self.now == self.was else Standing.MOVED

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as JSON holds it; offsets count code points."""
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
    """A quote, where it stood, what stood before and behind it, and how long the whole text was."""

    text: str
    span: Span
    before: str
    behind: str
    length: int


def verify(card: str, source: Document | Iterable[Document]) -> list[Finding]:
    """Compare the quotes of an evidence card with their source as it is now.

    Args:
        card: the text of the card, an HTML file.
        source: the document that the card quotes, whatever it is called now; or documents, or a collection of them,
            among which each quote's is looked for: the one with the same text, or else the last one of the same source,
            or else of the same title.

    Returns:
        What became of each quote, in the card's order. One whose document is not there is not compared.

    Raises:
        UnusableCard: it is no card, is damaged, was altered, or was made by a newer version; or its source is as it was
            and does not say what the card quotes.
    """
    held = evidence(card)
    named = source if isinstance(source, Document) else None
    documents = [source] if isinstance(source, Document) else list(source)
    lengths = {source["document"]: source["length"] for source in held["sources"]}
    findings = []
    for cited in quotes_of(held["answer"]):
        excerpt = excerpt_of(cited, held["sources"])
        was = Span(cited["start"], cited["end"])
        before, behind = excerpt["text"][: was.start - excerpt["start"]], excerpt["text"][was.end - excerpt["start"] :]
        quote = _Quote(cited["quote"], was, before, behind, lengths[cited["document"]])
        document = _document(cited, documents) or (named if len(lengths) == 1 else None)
        now = _place(quote, document.text) if document else None
        if document and document.id == cited["document"] and now != was:
            raise UnusableCard(
                f"The card has been altered: its source is as it was, and never said “{quote.text}” at that place."
            )
        instead = _instead(quote, document) if document and not now else None
        findings.append(Finding(quote.text, cited["source"] or cited["title"], document, was, now, instead))
    return findings


def _document(cited: dict[str, Any], documents: Sequence[Document]) -> Document | None:
    same = [document for document in documents if document.id == cited["document"]]
    named = [document for document in documents if cited["source"] and document.source == cited["source"]]
    titled = [document for document in documents if document.title == cited["title"]]
    return next((found[-1] for found in (same, named, titled) if found), None)


def _place(quote: _Quote, text: str) -> Span | None:
    """Return where a quote stands in `text`.

    What one edit of the source did, however large, is certain. Behind the quote it leaves it where it was; before it,
    it moves the quote and what follows by as much as the text has grown; inside it, what stood before and behind it is
    there still. After several edits it is looked for where the text around it agrees best with that on the card.
    """
    start, moved = quote.span.start, quote.span.start + len(text) - quote.length
    if text.startswith(quote.text, start):
        return quote.span
    if moved >= 0 and text.startswith(quote.text + quote.behind, moved):
        return Span(moved, moved + len(quote.text))
    if _gap(quote, text) is not None:
        return None

    known_before, known_behind = quote.before[-COMPARED:], quote.behind[:COMPARED]

    def agreement(at: int) -> int:
        end = at + len(quote.text)
        before, behind = text[max(0, at - len(known_before)) : at], text[end : end + len(known_behind)]
        return _shared(known_before[::-1], before[::-1]) + _shared(known_behind, behind)

    best = max(_occurrences(quote.text, text), key=agreement, default=None)
    if best is None or agreement(best) < min(AGREEMENT, len(quote.before) + len(quote.behind)):
        return None
    return Span(best, best + len(quote.text))


def _gap(quote: _Quote, text: str) -> tuple[int, int] | None:
    """Return from where to where something else than the quote stands between what stood around it; None if no such."""
    start, end = quote.span.start, quote.span.end + len(text) - quote.length
    before = start <= end and text.startswith(quote.before, start - len(quote.before))
    return (start, end) if before and text.startswith(quote.behind, end) else None


def _instead(quote: _Quote, document: Document) -> Span:
    """Return what stands in the quote's place, or else the sentence with most of its words, or of those next to it.

    A word of the quote counts twice. Of several such sentences, it is the one nearest to where the quote stood.
    """
    text, (start, end) = document.text, _gap(quote, document.text) or (0, 0)
    if text[start:end].strip():
        return Span(start, end)
    quoted, beside = _words(quote.text), _words(f"{quote.before[-NEARBY:]} {quote.behind[:NEARBY]}")

    def likeness(span: Span) -> tuple[int, int]:
        away = max(span.start - quote.span.start, quote.span.start - span.end, 0)
        words = _words(document.quote(span))
        return 2 * len(quoted & words) + len(beside & words), -away

    lines = (Span(*line.span()) for line in re.finditer(r".+", text))
    line = max((line for line in lines if re.search(r"\w", document.quote(line))), key=likeness)
    inside = sentences(document.quote(line))
    return max((Span(line.start + span.start, line.start + span.end) for span in inside), key=likeness)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _shared(one: str, other: str) -> int:
    """Return how many characters the two begin with that are the same."""
    same, differs = 0, min(len(one), len(other)) + 1
    while differs - same > 1:  # halves what is in doubt, each time by one comparison of two slices
        middle = (same + differs) // 2
        same, differs = (middle, differs) if one[same:middle] == other[same:middle] else (same, middle)
    return same


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(OCCURRENCES):
        at = text.find(quote, at + 1)
        if at < 0:
            return
        yield at
