"""Rows made by a program."""

from dataclasses import dataclass
from random import Random

from index.document import Span


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A question."""

    question: str
    text: str
    answers: tuple[Span, ...]
    distractors: tuple[str, ...] = ()


def synthetic(random: Random) -> Synthetic:
    """Return one."""
    raise NotImplementedError
