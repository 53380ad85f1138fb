"""The words of English: which there are, and which are common."""

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path

from index.text.words import FUNCTION_WORDS
from qa.english.grammar import CLOSED_CLASS

_VOCABULARY = Path(__file__).parent.with_name("reading") / "weights" / "small" / "tokenizer.json"

_PREFIX = re.compile(r"(?:anti|counter|inter|mid|mis|multi|non|over|post|pre|re|semi|sub|super|un|under)")


_SUFFIX = re.compile(r"(?:ers?|s)\Z")

_BRITISH = ((r"is(?=[aei]\w*\Z)", "iz"), (r"our", "or"), (r"[ao]e", "e"))
"""Letters of British words, and the American ones."""

_SHORTEST = 5
"""Least number of letters of a word that has a prefix or a suffix; a British one has more."""


def is_word(word: str) -> bool:
    """Return whether `word` is an English word in lower case, by itself, derived from one, or as the British spell it.

    >>> is_word("invoices"), is_word("reposted"), is_word("uploader"), is_word("summarised"), is_word("colapse")
    (True, True, True, True, False)
    """
    if word in vocabulary() or word in _dictionary():
        return True
    american = {re.sub(british, other, word) for british, other in _BRITISH if len(word) > _SHORTEST}
    derived = {word[len(prefix[0]) :] for prefix in [_PREFIX.match(word)] if prefix} | {_SUFFIX.sub("", word)}
    return any(each in _dictionary() for each in (*american, *(each for each in derived if len(each) >= _SHORTEST)))


@cache
def vocabulary() -> Mapping[str, int]:
    """Return the words that the shipped tokenizer keeps whole, each with its rank; the most frequent word has 0."""
    kept = json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    words = sorted((word for word in kept if word.isalpha()), key=kept.__getitem__)
    return dict(zip(words, count()))


@cache
def words_by_initial() -> Mapping[str, tuple[str, ...]]:
    """Return the words of English by their first letter; function words are among them."""
    words: dict[str, list[str]] = {}
    for word in {*_dictionary(), *FUNCTION_WORDS.split(), *CLOSED_CLASS}:
        if len(word) > 1 and word.isalpha():
            words.setdefault(word[0], []).append(word)
    return {letter: tuple(sorted(each)) for letter, each in words.items()}


@cache
def _dictionary() -> frozenset[str]:
    """Return the 160,000 words of pyspellchecker's dictionary, which takes a tenth of a second to read.

    The library's own class adds the words one by one, which takes ten times as long.
    """
    file = files("spellchecker") / "resources" / "en.json.gz"
    return frozenset(json.loads(gzip.decompress(file.read_bytes())))
