"""The values everything else is made of: a document's text, and spans of it."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

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
class Document:
    """A text and where it came from. Two documents are equal when their texts are: `id` is the text's SHA-256.

    The text is never altered; every passage and citation is a `Span` of it.

    Attributes:
        places: the pages or the sections, first to last, each reaching to the next; none where a line says enough.

    Raises:
        EmptyDocument: `text` holds no letter or digit, so that no question could be answered from it.
        InvalidText: `text`, `title` or `source` holds a lone surrogate.
        SpanOutsideText: a place begins outside the text, or not behind the one before it.
    """

    text: str = field(compare=False, repr=False)
    title: str = field(compare=False)
    source: str = field(default="", compare=False)
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if not any(map(str.isalnum, self.text)):
            raise EmptyDocument(f"{self.title!r} holds no words; add a document that has text.")
        bounds = [-1, *(place.start for place in self.places), len(self.text)]
        if any(start >= following for start, following in pairwise(bounds)):
            raise SpanOutsideText(f"The places of {self.title!r} do not begin one behind the other, inside its text.")
        try:
            encoded, _, _ = (value.encode() for value in (self.text, self.title, self.source))
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise InvalidText(
                f"{self.title!r} holds half of a character, {half!r}; replace it and try again."
            ) from error
        object.__setattr__(self, "id", hashlib.sha256(encoded).hexdigest())

    def quote(self, span: Span) -> str:
        """Return `text[span.start:span.end]`.

        Raises:
            SpanOutsideText: `span` ends behind the text's last character.
        """
        if span.end > len(self.text):
            raise SpanOutsideText(f"{self.title!r} has {len(self.text)} characters, so no quote can end at {span.end}.")
        return self.text[span.start : span.end]

    def line(self, offset: int) -> int:
        """Return the number, from 1, of the line that holds the character at `offset`."""
        return self.text.count("\n", 0, offset) + 1

    def place(self, offset: int) -> str:
        """Return what to call the place of the character at `offset`: its page or section, or else its line."""
        reached = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[reached - 1].label if reached else f"line {self.line(offset)}"
