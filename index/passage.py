"""Passages: whole blocks together, or windows of a long one's sentences, the unit that is searched and read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from index.block import Kind, Role
from index.document import Document, Span
from index.text.sentences import sentences

WINDOW = 900
"""Code points up to which a passage takes in further blocks or sentences; two sentences may be longer."""

SHORT = 600
"""Code points from which a paragraph stands by itself; a shorter one is joined with the next."""

OVERLAP = 200
"""Code points that a block has at most with which the next passage begins again, where no blank line parts the two."""

LONGEST_PASSAGE = 1500
"""Code points that no passage exceeds, not even with two sentences between which much white space stands.

It may still hold more tokens than the encoder reads, as `index.encoder.packaged.LONGEST_INPUT` says.
"""

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document that is searched and read as one."""

    document: Document
    span: Span

    @property
    def text(self) -> str:
        return self.document.quote(self.span)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The offsets into `text` at which a block ends, but for the end of the last one."""
        return self.document.breaks(self.span)

    @property
    def role(self) -> Role:
        """What the passage is to the text: the text itself, or something set apart from it."""
        return self.document.block(self.span.start).role


@dataclass(frozen=True, slots=True)
class _Block:
    """The sentences of one block, which are one or more."""

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
    """Return the passages of `document`, first to last, which together cover all its words.

    A passage holds whole blocks, of one role, and a heading stands with what follows it. A block longer than `WINDOW`
    is cut into windows of at least two sentences, each of which begins with the last sentence of the one before it. So
    two neighbouring sentences of a block stand whole in one passage, even where the full stop between them is a
    mistake. None is longer than `LONGEST_PASSAGE`, and each holds a letter or digit.
    """
    passages = (Passage(document, window) for run in _runs(document) for window in _windows(run))
    return [passage for passage in passages if any(map(str.isalnum, passage.text))]


def _blocks(document: Document) -> Iterator[_Block]:
    """Yield the blocks in which a sentence begins, with these sentences."""
    found = sentences(document.text, document.breaks(Span(0, len(document.text))))
    for (_, kind, role), spans in groupby(found, key=lambda sentence: document.block(sentence.start)):
        yield _Block(kind, role, list(spans))


def _runs(document: Document) -> Iterator[list[_Block]]:
    """Yield the blocks that are to make one passage, or several if the last of them is long."""
    run: list[_Block] = []
    for block in _blocks(document):
        if run and _ends(document.text, run, block):
            kept = _kept(document.text, run, block)
            yield run[: len(run) - len(kept)] if all(each.kind == Kind.HEADING for each in kept) else run
            run = kept
        run.append(block)
    yield run


def _ends(text: str, run: Sequence[_Block], block: _Block) -> bool:
    """Return whether a passage ends with `run`, and `block` begins another."""
    length = run[-1].end - run[0].start
    if block.role != run[-1].role or run[-1].is_long:
        return True
    if block.is_long:
        return length >= SHORT
    return block.end - run[0].start > WINDOW or (length >= SHORT and _are_parted(text, run[-1], block))


def _kept(text: str, run: Sequence[_Block], block: _Block) -> list[_Block]:
    """Return the last blocks of `run` with which the next passage begins: headings, or a block that it overlaps by."""
    if block.role != run[-1].role or block.start - run[-1].end > OVERLAP:
        return []
    headings = list(takewhile(lambda each: each.kind == Kind.HEADING, reversed(run)))[::-1]
    if headings:
        return headings if len(headings) < len(run) and headings[-1].end - headings[0].start <= OVERLAP else []
    is_short = len(run) > 1 and run[-1].end - run[-1].start <= OVERLAP
    return [run[-1]] if is_short and not _are_parted(text, run[-1], block) else []


def _are_parted(text: str, block: _Block, following: _Block) -> bool:
    return _BLANK_LINE.search(text, block.end, following.start) is not None


def _windows(run: Sequence[_Block]) -> Iterator[Span]:
    """Yield the whole of `run`, or windows of its last block if that is long, the first with all that stands before."""
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
