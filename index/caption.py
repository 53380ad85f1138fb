"""The captions of tables, which say what all of their cells are about."""

import re
from bisect import bisect_left, bisect_right

from index.block import Kind
from index.document import Document, Span
from index.table import Table

LONGEST = 120
"""Longest caption, in code points."""

_NUMBERED = re.compile(r"(?:table|tab\.|schedule|exhibit|figure|fig\.)\s*[\dA-Z][\w.-]*(?:\W|\Z)", re.IGNORECASE)


def caption_of(table: Table, document: Document) -> Span | None:
    r"""Return the words of the caption of a table of `document`: a short block above it, or below it a numbered one.

    A block above it that is a sentence is no caption, unless it is numbered like one.

    >>> from index.table import Cell
    >>> document = Document("Prices in EUR\n\nRope\t14\nOars\t30", "a", tables=(Table((Cell(15, 19, 0, 0),)),))
    >>> document.quote(caption_of(document.tables[0], document))
    'Prices in EUR'
    """
    number = bisect_right(document.blocks, table.start, key=lambda block: block.start) - 1
    above = _words(document, number - 1)
    if above:
        words = document.quote(above)
        if _NUMBERED.match(words) or not words.endswith((".", "!", "?", ";", ",")):
            return above
    below = _words(document, bisect_left(document.blocks, table.end, key=lambda block: block.start))
    return below if below and _NUMBERED.match(document.quote(below)) else None


def _words(document: Document, number: int) -> Span | None:
    """Return the words of the block with this number, if there is one, and it may be a caption."""
    blocks = document.blocks
    if not 0 <= number < len(blocks) or blocks[number].kind == Kind.ROW:
        return None
    end = blocks[number + 1].start if number + 1 < len(blocks) else len(document.text)
    words = document.text[blocks[number].start : end].rstrip()
    return Span(blocks[number].start, blocks[number].start + len(words)) if 0 < len(words) <= LONGEST else None
