"""Words that are looked for in what was said: whether a text has them, and where."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.text.words import words

Runs = list[tuple[str, bool]]
"""A text in pieces, each with whether it is a word that was looked for."""

LONGEST = 130
"""Code points that are shown of a text, about three lines."""

_BEFORE = 40
"""Code points that are shown before a word at most."""

_WORD = re.compile(r"[^\W_]+")


class Sought:
    """The words that a reader looks for, the last of which may not be typed to its end.

    >>> Sought("confer Rabat").are_in(["Who opened the conference?", "Rabat"])
    True
    >>> Sought("opening").marked("Who opened it?")
    [('Who ', False), ('opened', True), (' it?', False)]
    """

    def __init__(self, typed: str) -> None:
        self._parts = [part.casefold() for part in _WORD.findall(typed)]

    def __bool__(self) -> bool:
        """Return whether any word is looked for."""
        return bool(self._parts)

    def beside(self, text: str) -> "Sought":
        """Return those of the words that a text does not have."""
        return Sought(" ".join(part for part in self._parts if not _has(text, part)))

    def count(self, text: str) -> int:
        """Return how many of the words a text has."""
        return sum(_has(text, part) for part in self._parts)

    def are_in(self, texts: Sequence[str]) -> bool:
        """Return whether the texts together have all of the words."""
        return all(any(_has(text, part) for text in texts) for part in self._parts)

    def marked(self, text: str) -> Runs:
        """Return a text, with its words that are looked for."""
        runs, end = [], 0
        for match in _WORD.finditer(text):
            if any(_begins(match[0], part) for part in self._parts):
                runs += [(text[end : match.start()], False), (match[0], True)]
                end = match.end()
        return [(piece, is_sought) for piece, is_sought in [*runs, (text[end:], False)] if piece]

    def excerpt(self, text: str) -> Runs:
        """Return what stands around the first of the words in a text, on one line, cut between words."""
        line = " ".join(text.split())
        before, is_sought = (self.marked(line) or [("", False)])[0]
        start = 0 if is_sought else max(0, len(before) - _BEFORE)
        start += line[start:].find(" ") + 1 if start else 0
        shown = line[start : start + LONGEST]
        if start + LONGEST < len(line) and " " in shown:
            shown = shown[: shown.rindex(" ") + 1] + "…"
        return self.marked("… " * (start > 0) + shown)


def _has(text: str, part: str) -> bool:
    return any(_begins(word, part) for word in _words(text))


@lru_cache(maxsize=10_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


@lru_cache(maxsize=100_000)
def _begins(word: str, part: str) -> bool:
    """Return whether a word, as it is written or in its indexed form, begins with a part of one."""
    stem, stem_of_part = ("".join(words(each)) for each in (word, part))
    return word.casefold().startswith(part) or (bool(stem_of_part) and stem.startswith(stem_of_part))
