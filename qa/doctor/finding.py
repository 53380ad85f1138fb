"""What an examination found."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Whether something is as it must be, is worth knowing, or keeps something from working."""

    SOUND = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Attributes:
        kind: how bad it is.
        text: what is so, in a sentence; if something is wrong, with the remedy.
    """

    kind: Kind
    text: str


def sound(text: str) -> Finding:
    """Return that something is as it must be."""
    return Finding(Kind.SOUND, text)


def note(text: str) -> Finding:
    """Return something that is worth knowing."""
    return Finding(Kind.NOTE, text)


def wrong(text: str) -> Finding:
    """Return something that keeps Cited from working, and the remedy."""
    return Finding(Kind.WRONG, text)
