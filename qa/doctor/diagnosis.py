"""What an examination of an installation found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether something is as it must be, is worth knowing, or keeps something from working."""

    SOUND = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one thing.

    Attributes:
        severity: how bad it is.
        text: what is so, in a sentence; if something is wrong, with the remedy.
    """

    severity: Severity
    text: str


def sound(text: str) -> Diagnosis:
    """Return that something is as it must be."""
    return Diagnosis(Severity.SOUND, text)


def note(text: str) -> Diagnosis:
    """Return something that is worth knowing."""
    return Diagnosis(Severity.NOTE, text)


def wrong(text: str) -> Diagnosis:
    """Return something that keeps Cited from working, and the remedy."""
    return Diagnosis(Severity.WRONG, text)
