"""Passages: overlapping windows of whole sentences, the unit that is searched and read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Document, Span
from index.text.sentences import sentences

WINDOW = 900
"""Code points up to which a passage takes in further sentences; two sentences may be longer."""

SHORT = 600
"""Code points from which a paragraph stands by itself; a shorter one is joined with the next."""

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that is searched and read as one. Neighbours overlap by a sentence."""

    document: Document
    span: Span

    @property
    def text(self) -> str:
        return self.document.quote(self.span)


def split(document: Document) -> list[Passage]:
    """Return the passages of `document`, first to last: windows of whole sentences that together cover the text.

    No window reaches over the end of a paragraph, where short ones count as one with what follows. Within a paragraph a
    window holds at least two sentences, and the next begins with the sentence that it ended with: so two neighbouring
    sentences stand whole in one passage, even where the full stop between them is a mistake.
    """
    paragraphs = _paragraphs(document.text)
    return [Passage(document, window) for paragraph in paragraphs for window in _windows(paragraph)]


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Yield the sentences of each paragraph, a short one together with the next."""
    paragraph: list[Span] = []
    for sentence in sentences(text):
        ends = bool(paragraph) and _BLANK_LINE.search(text, paragraph[-1].end, sentence.start)
        if ends and paragraph[-1].end - paragraph[0].start >= SHORT:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    yield paragraph


def _windows(paragraph: list[Span]) -> Iterator[Span]:
    """Yield windows of two or more sentences, each from the last sentence of the one before it."""
    first, last = 0, 0
    while last < len(paragraph) - 1:
        first, last = last, last + 1
        while last + 1 < len(paragraph) and paragraph[last + 1].end - paragraph[first].start <= WINDOW:
            last += 1
        yield Span(paragraph[first].start, paragraph[last].end)
    if len(paragraph) == 1:
        yield paragraph[0]
