"""Passages: overlapping windows of whole sentences, the unit that is searched and read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from index.document import Document, Span

WINDOW = 900
"""Code points up to which a passage takes in further sentences; two sentences may be longer."""

SHORT = 600
"""Code points from which a paragraph stands by itself; a shorter one is joined with the next."""

LONGEST_SENTENCE = 480
"""Code points from which a sentence is cut, so that two of them fit the encoder's 256 tokens."""

_BLANK_LINE = re.compile(r"\n\s*\n")

_PIECE = re.compile(rf"\S(?:.{{0,{LONGEST_SENTENCE - 2}}}\S)?(?=\s|\Z)|\S{{{LONGEST_SENTENCE}}}", re.DOTALL)
"""The longest run of whole words that is short enough, or else as much as is short enough of a longer word."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that is searched and read as one. Neighbours overlap by a sentence."""

    document: Document
    span: Span

    @property
    def text(self) -> str:
        return self.document.quote(self.span)


def sentences(text: str) -> list[Span]:
    """Return the sentences of `text`, first to last, without the white space around them.

    Together they hold every character that is not white space, each once, and each holds a letter or digit
    (a stray full stop belongs to the sentence before it). A sentence of more than `LONGEST_SENTENCE` code points
    is cut at white space, or anywhere where it has none.
    """
    joined: list[Span] = []
    last_has_words = False
    for piece in _pieces(text):
        has_words = any(map(str.isalnum, text[piece.start : piece.end]))
        if joined and not (has_words and last_has_words):
            joined[-1] = Span(joined[-1].start, piece.end)
            last_has_words |= has_words
        else:
            joined.append(piece)
            last_has_words = has_words
    return joined


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


def _pieces(text: str) -> Iterator[Span]:
    """Yield the segmenter's sentences, stripped, and cut where they are too long."""
    for boundary in get_sentence_boundaries("en", text):
        for match in _PIECE.finditer(text, boundary["start_index"], boundary["end_index"]):
            yield Span(*match.span())
