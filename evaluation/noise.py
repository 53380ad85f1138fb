"""Questions as people type them: without a question mark, misspelled, or as bare keywords.

Lower case needs no rule here: the encoder's tokenizer folds case.
"""

import re
from collections.abc import Callable
from random import Random

_NO_MARK, _MISSPELLED, _KEYWORDS = 0.2, 0.1, 0.05
"""Shares of the questions that are disturbed in each way; the others are unchanged."""

_FUNCTION_WORDS = frozenset(
    "a an and are at be been by can could did do does for from had has have how if in is it its of on or that the "
    "their there these they this those to was were what when where which who whom whose why will with would".split()
)


def disturb(question: str, random: Random) -> str:
    """Return `question`, or a version of it as a hurried person would type it."""
    draw = random.random()
    for share, change in _CHANGES:
        if draw < share:
            return change(question, random)
        draw -= share
    return question


def without_mark(question: str, random: Random) -> str:
    """Drop the question mark.

    >>> without_mark("Who opened the conference?", Random(0))
    'Who opened the conference'
    """
    return question.rstrip(" ?")


def misspelled(question: str, random: Random) -> str:
    """Drop, double or swap one letter in a word of at least five letters, and drop the question mark.

    >>> misspelled("Who opened the conference?", Random(1))
    'Who oppened the conference'
    """
    words = list(re.finditer(r"[^\W\d_]{5,}", question))
    if not words:
        return without_mark(question, random)
    word = random.choice(words)
    at = random.randrange(word.start() + 1, word.end() - 1)
    letter, following = question[at], question[at + 1]
    mistake = random.choice(["", letter + letter, following + letter])
    skipped = 2 if len(mistake) == 2 and mistake[0] == following else 1
    return without_mark(question[:at] + mistake + question[at + skipped :], random)


def keywords(question: str, random: Random) -> str:
    """Keep only the content words, or all words if fewer than two are left.

    >>> keywords("Who opened the conference in Marrakech?", Random(0))
    'opened conference Marrakech'
    """
    words = without_mark(question, random).split()
    kept = [word for word in words if word.lower() not in _FUNCTION_WORDS]
    return " ".join(kept if len(kept) >= 2 else words)


_CHANGES: tuple[tuple[float, Callable[[str, Random], str]], ...] = (
    (_NO_MARK, without_mark),
    (_MISSPELLED, misspelled),
    (_KEYWORDS, keywords),
)
