"""Questions about another name or number than their text states, which therefore look answerable and are not."""

import re
from collections.abc import Iterable
from random import Random

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])*")
_NUMBER = re.compile(r"(?<![\w.,])\d{2,4}(?![\w,])")

LARGEST_STEP = 12
"""How far a number is moved at most."""


def altered(question: str, text: str, near: Iterable[str], random: Random) -> str | None:
    """Return `question` with one of its names or numbers exchanged for one that `text` does not contain.

    Args:
        question: a question that `text` answers.
        text: the paragraph it was asked about.
        near: texts on the same topic, whose names may replace those of the question.
        random: the source of chance.

    Returns:
        The other question, or None if `question` has no name or number of `text`, or `near` has no other name.
    """
    stated = [match for kind in (_NAME, _NUMBER) for match in kind.finditer(question) if match.group() in text]
    if not stated:
        return None
    chosen = random.choice(stated)
    other = _number(chosen.group(), text, random) if chosen.group().isdigit() else _name(text, near, random)
    return other and question[: chosen.start()] + other + question[chosen.end() :]


def _number(number: str, text: str, random: Random) -> str | None:
    steps = [step for step in range(-LARGEST_STEP, LARGEST_STEP + 1) if step]
    possible = [str(int(number) + step) for step in steps if int(number) + step > 1]
    unstated = [each for each in possible if each not in text]
    return random.choice(unstated) if unstated else None


def _name(text: str, near: Iterable[str], random: Random) -> str | None:
    words = set(re.findall(r"\w+", text))
    names = {match.group() for other in near for match in _NAME.finditer(other)}
    unstated = sorted(name for name in names if not words & set(name.split()))
    return random.choice(unstated) if unstated else None
