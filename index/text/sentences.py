"""Sentences. The only module that imports sentencex."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sentencex import get_sentence_boundaries

from index.document import Span

LONGEST_SENTENCE = 480
"""Code points from which a sentence is cut, so that two of them fit the encoder's 256 tokens."""

_PIECE = re.compile(rf"\S(?:.{{0,{LONGEST_SENTENCE - 2}}}\S)?(?=\s|\Z)|\S{{{LONGEST_SENTENCE}}}", re.DOTALL)
"""The longest run of whole words that is short enough, or else as much as is short enough of a longer word."""


def sentences(text: str, breaks: Sequence[int] = ()) -> list[Span]:
    """Return the sentences of `text`, first to last, without the white space around them.

    Together they hold every character that is not white space, each once, and each holds a letter or digit
    (a stray full stop belongs to the sentence before it). A sentence of more than `LONGEST_SENTENCE` code points
    is cut at white space, or anywhere where it has none.

    Args:
        breaks: rising offsets into `text`, at which a block ends that no sentence crosses.
    """
    bounds = pairwise([0, *breaks, len(text)])
    return _joined(text, (sentence for start, end in bounds for sentence in _joined(text, _pieces(text, start, end))))


def _joined(text: str, pieces: Iterable[Span]) -> list[Span]:
    """Return `pieces`, those without words joined with one beside them that has some."""
    joined: list[Span] = []
    last_has_words = False
    for piece in pieces:
        has_words = any(map(str.isalnum, text[piece.start : piece.end]))
        if joined and not (has_words and last_has_words):
            joined[-1] = Span(joined[-1].start, piece.end)
            last_has_words |= has_words
        else:
            joined.append(piece)
            last_has_words = has_words
    return joined


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the segmenter's sentences from `start` to `end`, stripped, and cut where they are too long."""
    for boundary in get_sentence_boundaries("en", text[start:end]):
        for match in _PIECE.finditer(text, start + boundary["start_index"], start + boundary["end_index"]):
            yield Span(*match.span())
