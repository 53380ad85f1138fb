"""The values everything else is made of: a document's text, and spans of it."""

import hashlib
from dataclasses import dataclass, field


class CitedError(Exception):
    """Root of every error Cited raises on purpose; its message is one sentence fit to show a person."""


class EmptyDocument(CitedError):
    """A text without a single letter or digit."""


class InvalidText(CitedError):
    """A text, title or source with half of a character in it, a lone surrogate, which no encoding can store."""


class SpanOutsideText(CitedError):
    """A span that does not lie inside its document's text."""


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
class Document:
    """A text and where it came from. Two documents are equal when their texts are: `id` is the text's SHA-256.

    The text is never altered; every passage and citation is a `Span` of it.

    Raises:
        EmptyDocument: `text` holds no letter or digit, so that no question could be answered from it.
        InvalidText: `text`, `title` or `source` holds a lone surrogate.
    """

    text: str = field(compare=False, repr=False)
    title: str = field(compare=False)
    source: str = field(default="", compare=False)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if not any(map(str.isalnum, self.text)):
            raise EmptyDocument(f"{self.title!r} holds no words; add a document that has text.")
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
