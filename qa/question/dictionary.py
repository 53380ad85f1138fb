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

_SPELLINGS = (
    (r"(?<=[a-z]{2})", "our", "or", ""),
    (r"(?<=[a-z]{2})", "is", "iz", r"(?=[aei])"),
    (r"", "ys", "yz", r"(?=[aei])"),
    (r"(?<=[bhtv])", "re", "er", r"(?=s?\Z)"),
    (r"", "ence", "ense", r"(?=s?\Z)"),
    (r"", "ogue", "og", r"(?=s?\Z)"),
    (r"", "mme", "m", r"(?=s?\Z)"),
    (r"(?<=[aeiou][^aeiou][aeiou])", "ll", "l", r"(?=(?:ed|ing|er|or)s?\Z)"),
    (r"(?<=[aeiou][^aeiou][^aeiou][aeiou])", "ll", "l", r"(?=(?:ed|ing|er|or)s?\Z)"),
    *((r"\A", *pair, "") for pair in (("grey", "gray"), ("cheque", "check"), ("tyre", "tire"), ("plough", "plow"))),
)
"""What the British and the Americans write differently: what is before it, theirs, the others', and what follows."""

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


def other_spellings(word: str) -> set[str]:
    """Return the English words that are `word` as it is spelled on the other side of the Atlantic.

    >>> other_spellings("harbor"), other_spellings("travelled"), other_spellings("filled"), other_spellings("centers")
    ({'harbour'}, {'traveled'}, set(), {'centres'})
    """
    spelled = {
        word[: found.start()] + other + word[found.end() :]
        for before, *pair, behind in _SPELLINGS
        for one, other in (pair, pair[::-1])
        for found in re.finditer(f"{before}{one}{behind}", word)
    }
    return {each for each in spelled if is_word(each)}


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
