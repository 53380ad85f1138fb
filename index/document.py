"""The values everything else is made of: a document's text, and spans of it."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from operator import ge

from index.block import Block, breaks, plain_blocks
from index.errors import EmptyDocument, InvalidText, SpanOutsideText


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open interval of code points, `start <= i < end`; never empty.

    Raises:
        SpanOutsideText: `start` is negative, or `end` is not greater than `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanOutsideText(
                f"A span runs from 0 or later to a greater offset, not from {self.start} to {self.end}."
            )


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or a section: the code point at which it begins, and what to call it, `page 3` or `section “Results”`."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a file says of itself.

    Attributes:
        name: `title`, `author` or `date`, which is as in ISO 8601: `2024-03-12`.
        value: on one line.
        origin: where the file says so, as in `the properties of the file`.
    """

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where it came from. Two documents are equal when their texts are: `id` is the text's SHA-256.

    The text is never altered; every passage and citation is a `Span` of it.

    Attributes:
        places: the pages or the sections, first to last, each reaching to the next; none where a line says enough.
        blocks: headings, paragraphs, list items and rows, which partition the text; without them, those that plain
            text shows (see `index.block.plain_blocks`).
        facts: what the file says of itself.
        unread: what the file holds that was not read, in a few words each, as in `2 images without text`.

    Raises:
        EmptyDocument: `text` holds no letter or digit, so that no question could be answered from it.
        InvalidText: `text`, `title` or `source` holds a lone surrogate.
        SpanOutsideText: a place or a block begins outside the text, or not behind the one before it; or the first block
            does not begin with the text.
    """

    text: str = field(compare=False, repr=False)
    title: str = field(compare=False)
    source: str = field(default="", compare=False)
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)
    facts: tuple[Fact, ...] = field(default=(), compare=False, repr=False)
    unread: tuple[str, ...] = field(default=(), compare=False, repr=False)
    id: str = field(init=False)

    def __repr__(self) -> str:
        """Return as in `Document('report', 3,012 characters)`."""
        return f"Document({self.title!r}, {len(self.text):,} characters)"

    def __post_init__(self) -> None:
        if not any(map(str.isalnum, self.text)):
            raise EmptyDocument(f"{self.title!r} holds no words; add a document that has text.")
        bounds = [-1, *(place.start for place in self.places), len(self.text)]
        if any(start >= following for start, following in pairwise(bounds)):
            raise SpanOutsideText(f"The places of {self.title!r} do not begin one behind the other, inside its text.")
        bounds = [*(block.start for block in self.blocks), len(self.text)]
        if self.blocks and (bounds[0] != 0 or any(map(ge, bounds, bounds[1:]))):
            raise SpanOutsideText(f"The blocks of {self.title!r} do not partition its text.")
        try:
            encoded, _, _ = (value.encode() for value in (self.text, self.title, self.source))
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise InvalidText(
                f"{self.title!r} holds half of a character, {half!r}; replace it and try again."
            ) from error
        if not self.blocks:
            object.__setattr__(self, "blocks", plain_blocks(self.text))
        object.__setattr__(self, "id", hashlib.sha256(encoded).hexdigest())

    def quote(self, span: Span) -> str:
        """Return `text[span.start:span.end]`.

        Raises:
            SpanOutsideText: `span` ends behind the text's last character.
        """
        if span.end > len(self.text):
            raise SpanOutsideText(f"{self.title!r} has {len(self.text)} characters, so no quote can end at {span.end}.")
        return self.text[span.start : span.end]

    def breaks(self, span: Span) -> tuple[int, ...]:
        """Return the offsets from `span.start` at which a block ends inside `span` and another begins."""
        return breaks(self.blocks, span.start, span.end)

    def block(self, offset: int) -> Block:
        """Return the block that holds the character at `offset`."""
        return self.blocks[bisect_right(self.blocks, offset, key=lambda block: block.start) - 1]

    def fact(self, name: str) -> Fact | None:
        """Return what the file says of itself under `name`."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line that holds the character at `offset`."""
        return self.text.count("\n", 0, offset) + 1

    def place(self, offset: int) -> str:
        """Return what to call the place of the character at `offset`: its page or section, or else its line."""
        reached = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[reached - 1].label if reached else f"line {self.line(offset)}"
