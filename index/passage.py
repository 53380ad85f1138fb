"""Passages, the unit of search and reading: several whole blocks, or a window of the sentences of one long block."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from index.block import Kind, Role
from index.caption import caption_of
from index.document import Document, Span
from index.text.sentences import sentences

WINDOW = 900
"""Length in code points up to which a passage grows. Two sentences together may be longer."""

_SHORT = 600
"""Length in code points from which a paragraph is a passage of its own. A shorter one is joined with the next."""

_OVERLAP = 200
"""Longest block, in code points, that two passages may share. No blank line may follow it."""

LONGEST_PASSAGE = 1500
"""Longest passage, in code points. It also bounds two sentences with much white space between them.

A passage may still have more tokens than the encoder reads, as `index.encoder.packaged.ENCODED_TOKENS` says.
"""

_LONGEST_CONTEXT = 400
"""Largest number of code points in the headers with which a passage is indexed. Further headers are left out."""

PART = 2_000_000
"""Smallest length of a part, in code points. Parts are split one at a time, so that long texts take little memory."""

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage as it should be read: prose, or a cell of a table with its headers.

    Attributes:
        span: the span of its words in the document.
        column_headers: the spans of the headers of a cell's columns, outermost first.
        row_headers: the spans of the headers of its rows, outermost first.
    """

    span: Span
    column_headers: tuple[Span, ...] = ()
    row_headers: tuple[Span, ...] = ()

    @property
    def headers(self) -> tuple[Span, ...]:
        """The spans of all headers: those of the rows, and then those of the columns."""
        return (*self.row_headers, *self.column_headers)


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that is searched and read as a unit.

    Attributes:
        document: the document.
        span: the span of its text.
    """

    document: Document
    span: Span

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.document.quote(self.span)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The offsets into `text`, ascending, at which a new block begins after the first."""
        return self.document.breaks(self.span)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        r"""The pieces that together are all words of the passage, in order: prose, and the cells of tables.

        Cells that are headers of columns have no headers themselves. A piece of prose may have several blocks.

        >>> from index.table import Cell, CellKind, Table
        >>> cells = [Cell(0, 4, 0, 0), Cell(5, 9, 0, 1), Cell(10, 18, 1, 0), Cell(19, 25, 1, 1)]
        >>> header = [cell._replace(kind=CellKind.COLUMN_HEADER) for cell in cells[:2]]
        >>> table = Table((*header, *cells[2:]))
        >>> document = Document("Item\tCost\nBearings\t£1,240\n\nIt rained.", "report", tables=(table,))
        >>> for piece in Passage(document, Span(10, 37)).pieces:
        ...     print([document.quote(span) for span in (*piece.column_headers, piece.span)])
        ['Item', 'Bearings']
        ['Cost', '£1,240']
        ['It rained.']
        """
        pieces: list[Piece] = []
        end = self.span.start
        for table, cell in self.document.cells(self.span):
            start = max(cell.start, self.span.start)
            pieces += self._prose(end, start)
            end = min(cell.end, self.span.end)
            columns, rows = (tuple(Span(*header[:2]) for header in each) for each in table.headers(cell))
            pieces.append(Piece(Span(start, end), columns, rows))
        return (*pieces, *self._prose(end, self.span.end))

    @property
    def captions(self) -> tuple[Span, ...]:
        """The captions outside the passage that belong to the tables in it, in the order of the tables."""
        tables = {table.start: table for table, _ in self.document.cells(self.span)}
        captions = (caption_of(table, self.document) for table in tables.values())
        return tuple(span for span in captions if span and not self.span.start <= span.start < self.span.end)

    @property
    def context(self) -> tuple[Span, ...]:
        """The spans of headers and captions outside the passage that belong to its cells, in the order of the text.

        A passage that begins inside a table needs them to be found and understood. They have at most _LONGEST_CONTEXT
        code points together; those that would exceed it are left out.
        """
        headers = {span for piece in self.pieces for span in (*piece.column_headers, *piece.row_headers)}
        kept, length = [], 0
        for span in sorted(headers | {*self.captions}):
            is_outside = span.end <= self.span.start or span.start >= self.span.end
            if is_outside and length + span.end - span.start <= _LONGEST_CONTEXT:
                kept.append(span)
                length += span.end - span.start
        return tuple(kept)

    @property
    def indexed_text(self) -> str:
        """The text by which the passage is found: what it needs from outside on one line, then its text."""
        headers = "\t".join(" ".join(self.document.quote(span).split()) for span in self.context)
        return f"{headers}\n{self.text}" if headers else self.text

    @property
    def role(self) -> Role:
        """The role of the passage's first block: main text, or something else such as a comment."""
        return self.document.block(self.span.start).role

    def _prose(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the piece from `start` to `end`, without white space around it, if it has words."""
        text = self.document.text[start:end]
        if any(map(str.isalnum, text)):
            start += len(text) - len(text.lstrip())
            yield Piece(Span(start, start + len(text.strip())))


@dataclass(frozen=True, slots=True)
class _Block:
    """A block with its sentences. It has at least one."""

    kind: Kind
    role: Role
    sentences: Sequence[Span]

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def is_long(self) -> bool:
        return self.end - self.start > WINDOW


def split(document: Document) -> list[Passage]:
    """Split `document` into passages that together cover all its words.

    A passage consists of whole blocks of one role. A heading stays with the block after it. A block longer than
    `WINDOW` is cut into windows of at least two sentences. Each window begins with the last sentence of the one before.
    Two neighbouring sentences of a block are therefore always together in some passage, even if the full stop between
    them is a mistake.

    >>> [passage.text for passage in split(Document("Mali won. It rained.", "report"))]
    ['Mali won. It rained.']

    Args:
        document: the document to split.

    Returns:
        The passages, first to last. Each has at most `LONGEST_PASSAGE` code points, and a letter or digit.
    """
    runs = (run for part in parts(document) for run in _runs(document, part))
    passages = (Passage(document, window) for run in runs for window in _windows(run))
    return [passage for passage in passages if any(map(str.isalnum, passage.text))]


def parts(document: Document) -> list[Span]:
    """Return the spans that partition a document and that no passage crosses the end of.

    A part reaches to the first block that begins at least `PART` code points after it and follows no heading. If
    nothing but headings stands there, it ends after twice as much.
    """
    bounds, follows_heading = [0], False
    for start, kind, _ in document.blocks:
        if start - bounds[-1] >= (2 * PART if follows_heading else PART):
            bounds.append(start)
        follows_heading = kind == Kind.HEADING
    return [Span(start, end) for start, end in pairwise([*bounds, len(document.text)])]


def _blocks(document: Document, part: Span) -> Iterator[_Block]:
    """Yield the blocks of a part in which a sentence begins, with the sentences that begin there."""
    found: Iterable[Span] = sentences(document.quote(part), document.breaks(part))
    if part.start:
        found = (sentence.moved(part.start) for sentence in found)
    for (_, kind, role), spans in groupby(found, key=lambda sentence: document.block(sentence.start)):
        yield _Block(kind, role, list(spans))


def _runs(document: Document, part: Span) -> Iterator[list[_Block]]:
    """Yield the blocks of each passage of a part. A run that ends with a long block makes several passages."""
    run: list[_Block] = []
    for block in _blocks(document, part):
        if run and _ends(document.text, run, block):
            kept = _kept(document.text, run, block)
            yield run[: len(run) - len(kept)] if all(each.kind == Kind.HEADING for each in kept) else run
            run = kept
        run.append(block)
    if run:  # not a part of white space
        yield run


def _ends(text: str, run: Sequence[_Block], block: _Block) -> bool:
    """Return whether the passage ends after `run`, so that `block` begins another."""
    length = run[-1].end - run[0].start
    if block.role != run[-1].role or run[-1].is_long:
        return True
    if block.is_long:
        return length >= _SHORT
    return block.end - run[0].start > WINDOW or (length >= _SHORT and _are_parted(text, run[-1], block))


def _kept(text: str, run: Sequence[_Block], block: _Block) -> list[_Block]:
    """Return the last blocks of `run` that the next passage begins with: headings, or one short block as overlap."""
    if block.role != run[-1].role or block.start - run[-1].end > _OVERLAP:
        return []
    headings = list(takewhile(lambda each: each.kind == Kind.HEADING, reversed(run)))[::-1]
    if headings:
        return headings if len(headings) < len(run) and headings[-1].end - headings[0].start <= _OVERLAP else []
    is_short = len(run) > 1 and run[-1].end - run[-1].start <= _OVERLAP
    return [run[-1]] if is_short and not _are_parted(text, run[-1], block) else []


def _are_parted(text: str, block: _Block, following: _Block) -> bool:
    return _BLANK_LINE.search(text, block.end, following.start) is not None


def _windows(run: Sequence[_Block]) -> Iterator[Span]:
    """Yield the span of `run`. If its last block is long, yield windows; the first includes the blocks before it."""
    if not run[-1].is_long:
        yield Span(run[0].start, run[-1].end)
        return
    parts = [*(Span(run[0].start, each.end) for each in run[-2:-1]), *run[-1].sentences]
    end = 0
    while end < len(parts):
        first = max(end - 1, 0)
        if parts[end].end - parts[first].start > LONGEST_PASSAGE:
            first = end
        start, end = parts[first].start, end + 1
        while end < len(parts) and parts[end].end - start <= (WINDOW if end - first > 1 else LONGEST_PASSAGE):
            end += 1
        yield Span(start, parts[end - 1].end)
