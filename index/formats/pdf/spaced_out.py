"""Words whose letters are set so far apart that each is a word of its own in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from statistics import median

from index.formats.pdf.word import Word
from index.text.vocabulary import is_word

_TEXT = attrgetter("text")

_FEWEST = 4
"""Smallest number of letters in a run of letters set apart."""

_WIDEST = 0.7
"""Largest gap between two letters of a word, as a multiple of the font size."""

_WIDER = 1.5
"""Smallest gap between two words, as a multiple of the gap between letters."""

_LONG = 4
"""Smallest number of letters in a word that shows that the letters form words, unlike A B C D."""


def with_whole_words(row: list[Word]) -> list[Word]:
    """Return a row, with letters that are set apart joined to words. The gaps between words are wider."""
    if list(map(len, map(_TEXT, row))).count(1) < _FEWEST:  # most rows, so this is optimised for speed
        return row
    return [word for run in _runs(row) for word in _whole(run)]


def _runs(row: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of a row in runs: one or two letters of one size that follow each other, or others."""
    run = [row[0]]
    for before, word in pairwise(row):
        if not (_is_letter(before) and _is_letter(word) and before.size == word.size and before.bold == word.bold):
            yield run
            run = []
        run.append(word)
    yield run


def _is_letter(word: Word) -> bool:
    """Return whether a word is a letter, or two that have a smaller gap."""
    return len(word.text) <= 2 and word.text.isalpha() and not word.shift


def _whole(run: list[Word]) -> list[Word]:
    """Return the words that the letters of a run form, or the run if they form none."""
    if len(run) < _FEWEST:
        return run
    gaps = [word.left - before.right for before, word in pairwise(run)]
    usual = median(gaps)
    words = [[run[0]]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > _WIDER * usual:
            words.append([])
        words[-1].append(word)
    texts = ["".join([letter.text for letter in word]) for word in words]
    long = [text for text in texts if len(text) >= _LONG]
    if usual > _WIDEST * run[0].size or not any(is_word(text) for text in long):
        return run
    return [
        replace(word[0], text=text, right=word[-1].right, beyond=word[-1].beyond)
        for text, word in zip(texts, words, strict=True)
    ]
