"""Corrects words of a question that no document contains, by the words that the documents do contain."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from index.text.words import content_words

SHORTEST, LONG = 4, 8
"""Least number of letters of a word that may have one mistake, and of one that may have two."""

_TWO_NAMES = re.compile(r"\b([A-Z][^\W\d_]+)(?=\s+([A-Z][^\W\d_]+)\b)")
"""Two capitalised words beside each other."""

VOCABULARY = Path(__file__).parent.with_name("reading") / "weights" / "small" / "tokenizer.json"


def misspelled(missing: Iterable[str]) -> list[str]:
    """Return the words of `missing`, which no document contains, that are misspelled.

    A word is misspelled if it is not in the reader's vocabulary either. Capitalised words are left alone: names often
    differ by a single letter.
    """
    typed = [word for word in missing if word.isalpha() and word.islower() and len(word) >= SHORTEST]
    return [word for word in typed if word not in _known()]


def respelled(question: str, words: Iterable[str], texts: Iterable[str]) -> str:
    """Return `question` with its misspelled `words` as `texts` spell them.

    A misspelled word means the word in `texts` that starts with the same letter and is one mistake away, or two if it
    is long. A mistake is an added, dropped, replaced or swapped letter (Damerau, 1964). If words of two stems are
    equally near, or the nearest is a function word, the question keeps the word as it is.

    >>> respelled("who opned the conferense?", ["opned", "conferense"], ["He opened the conference."])
    'who opened the conference?'
    """
    spelled = sorted({word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())})
    for word in words:
        question = re.sub(rf"\b{word}\b", _nearest(word, spelled) or word, question)
    return question


def renamed(question: str, missing: Iterable[str], texts: Iterable[str]) -> str:
    """Return `question` with misspelled names as `texts` spell them.

    A name of which no document contains one word, in `missing`, means a name in `texts` that has the word beside it
    too, and another word there that is one mistake away, or two if it is long. A single word is left alone, because
    names of different people often differ by a letter.

    >>> renamed("Who is Bettina Strant?", ["Strant"], ["The owner, Bettina Strand, was away."])
    'Who is Bettina Strand?'
    """
    pairs = {pair for text in texts for pair in _TWO_NAMES.findall(text)}
    for one, other in _TWO_NAMES.findall(question):
        for wrong, kept, at in ((other, one, 1), (one, other, 0)):
            near = {pair[at] for pair in pairs if pair[1 - at] == kept} if wrong in set(missing) else set()
            meant = [word for word in near if _is_near(wrong, word)]
            question = re.sub(rf"\b{wrong}\b", meant[0], question) if len(meant) == 1 else question
    return question


def _is_near(word: str, other: str) -> bool:
    """Return whether `word` is one mistake away from `other`, or two if it is long."""
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < LONG else 2
    return len(word) >= SHORTEST and word[0] == other[0] and 0 < OSA.distance(word, other) <= most


def _nearest(word: str, spelled: Iterable[str]) -> str:
    """Return the word of `spelled` that `word` is meant for; "" if that is unclear."""
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < LONG else 2
    near = [each for each in spelled if each[0] == word[0]]
    distances = {each: distance for each in near if (distance := OSA.distance(word, each, score_cutoff=most)) <= most}
    best = [each for each, distance in distances.items() if distance == min(distances.values())]
    stems = {tuple(content_words(each)) for each in best}
    return best[0] if len(stems) == 1 and () not in stems else ""


@cache
def _known() -> frozenset[str]:
    """Return the words that the shipped tokenizer keeps whole; the 20,000 most frequent of English are among them."""
    return frozenset(json.loads(VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"])
