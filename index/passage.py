"""Passages: overlapping windows of whole sentences, the unit that is searched and read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from index.document import Document, Span

WINDOW = 600
"""Code points up to which a window takes in further sentences after its first two."""

LONGEST_SENTENCE = 480
"""Code points from which a sentence is cut, so that two of them fit the encoder's 256 tokens."""

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
    """Return the passages of `document`, first to last: windows of at least two sentences where it has two.

    A window begins with the sentence that the one before it ended with. So any two neighbouring sentences stand whole
    in one passage, even where the full stop between them is a mistake, and the passages together cover the text.
    """
    spans = sentences(document.text)
    windows: list[Span] = []
    first, last = 0, 0
    while not windows or last < len(spans) - 1:
        first, last = last, min(last + 1, len(spans) - 1)
        while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= WINDOW:
            last += 1
        windows.append(Span(spans[first].start, spans[last].end))
    return [Passage(document, window) for window in windows]


def _pieces(text: str) -> Iterator[Span]:
    """Yield the segmenter's sentences, stripped, and cut where they are too long."""
    for boundary in get_sentence_boundaries("en", text):
        for match in _PIECE.finditer(text, boundary["start_index"], boundary["end_index"]):
            yield Span(*match.span())
