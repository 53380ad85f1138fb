"""Corrects words of a question that no document contains, by the words that the documents do contain."""

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from index.text.words import content_words
from qa.english.grammar import AUXILIARIES, CLOSED_CLASS, DOING, MEASURES, QUESTION_WORDS

_SHORTEST, _LONG = 4, 8
"""Least number of letters of a word that may have one mistake, and of one that may have two."""

_TWO_NAMES = re.compile(r"\b([A-Z][^\W\d_]+)(?=\s+([A-Z][^\W\d_]+)\b)")
"""Two capitalised words beside each other."""

_NAME = re.compile(r"(?<!\A)(?<![.!?] )\b[A-Z][^\W\d_]+")
"""A capitalised word that begins no sentence."""

_VOCABULARY = Path(__file__).parent.with_name("reading") / "weights" / "small" / "tokenizer.json"


def misspelled(missing: Iterable[str]) -> list[str]:
    """Return the words of `missing`, which no document contains, that are misspelled.

    A word is misspelled if it is not in the reader's vocabulary either. Capitalised words are names, see `renamed`.
    """
    typed = [word for word in missing if word.isalpha() and word.islower() and len(word) >= _SHORTEST]
    return [word for word in typed if word not in vocabulary()]


def is_gibberish(question: str, missing: Iterable[str]) -> bool:
    """Return whether all of several words of `question` are unknown to the reader, and `missing` from the documents.

    >>> is_gibberish("asdf qwer zxcv?", ["asdf", "qwer", "zxcv"]), is_gibberish("and Wrenholt?", ["Wrenholt"])
    (True, False)
    """
    words, unknown = re.findall(r"[^\W\d_]+", question), set(missing)
    return len(words) > 1 and all(word in unknown and word.lower() not in vocabulary() for word in words)


def with_function_words(question: str, missing: Callable[[str], Iterable[str]]) -> str:
    """Return `question` with its misspelled question words, auxiliaries, articles and the like as English spells them.

    Such a word is unknown to the reader and to the documents, and one mistake away from a function word; swapped
    letters count least. So is the first word of a question before an auxiliary, even if it is a word by itself.

    Args:
        question: without what surrounds it.
        missing: returns the words of a question that no document contains.

    >>> with_function_words("hwo mnay were tehre?", lambda question: ["hwo", "mnay", "tehre"])
    'how many were there?'
    """
    words = re.findall(r"[^\W\d_]+", question)
    doubtful = [(at, word) for at, word in enumerate(words) if word.lower() not in vocabulary() or _may_ask(at, words)]
    unknown = {word.lower() for word in missing(question)} if doubtful else set()
    for at, word in reversed(doubtful):
        if word.lower() in unknown and (at == 0 or word.islower()):
            words[at] = _function_word(word, words[at + 1] if at + 1 < len(words) else "")
    corrected = iter(words)
    return re.sub(r"[^\W\d_]+", lambda _: next(corrected), question)


def respelled(question: str, words: Iterable[str], texts: Iterable[str]) -> str:
    """Return `question` with its misspelled `words` as `texts` spell them.

    A misspelled word means the word in `texts`, or another form of one, that is one mistake away, or two if it is long,
    and starts with the same letter. A mistake is an added, dropped, replaced or swapped letter (Damerau, 1964); swapped
    letters count least. If words of two stems are equally near, or the nearest is a function word, the word is kept.

    >>> respelled("who opned the conferense?", ["opned", "conferense"], ["He opened the conference."])
    'who opened the conference?'
    """
    spelled = sorted({word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())})
    stems = {stem for word in spelled for stem in content_words(word)}
    for word in words:
        question = re.sub(rf"\b{word}\b", _nearest(word, spelled, stems) or word, question)
    return question


def renamed(question: str, missing: Iterable[str], texts: Iterable[str]) -> str:
    """Return `question` with misspelled names as `texts` spell them.

    A name is misspelled if no document contains it, as `missing` says, and the reader does not know it. It means the
    only name in `texts` that is one mistake away, or two if it is long. Of two names beside each other, the other must
    be the same beside it in `texts`, or as near, because names of different people often differ by a letter.

    >>> renamed("Who is Bettina Strant?", ["Strant"], ["The owner, Bettina Strand, was away."])
    'Who is Bettina Strand?'
    """
    texts, wrong = list(texts), set(missing)
    pairs = {pair for text in texts for pair in _TWO_NAMES.findall(text)}
    beside = _TWO_NAMES.findall(question)
    for pair in beside:
        meant = {each for each in pairs if all(map(_may_mean, pair, each, [word in wrong for word in pair]))}
        if wrong & set(pair) and len(meant) == 1:
            for word, name in zip(pair, *meant, strict=True):
                question = re.sub(rf"\b{word}\b", name, question)
    names = {name for text in texts for name in re.findall(r"\b[A-Z][^\W\d_]+", text)}
    for word in set(_NAME.findall(question)) & wrong - {word for pair in beside for word in pair}:
        near = (
            {name for name in names if _is_near(word, name) and not name.startswith(word)}
            if word.lower() not in vocabulary()
            else set()
        )
        question = re.sub(rf"\b{word}\b", near.pop(), question) if len(near) == 1 else question
    return question


def _may_ask(at: int, words: list[str]) -> bool:
    """Return whether the first of `words` stands before an auxiliary or a measure, where a question word belongs."""
    return at == 0 and len(words) > 1 and words[1].lower() in (*AUXILIARIES, *MEASURES)


def _function_word(word: str, following: str) -> str:
    """Return the function word that `word` is meant for, given the word behind it; `word` itself if that is unclear."""
    from rapidfuzz.distance import OSA

    typed, letters = word.lower(), sorted(word.lower())
    near = [each for each in sorted(CLOSED_CLASS) if each.isalpha() and OSA.distance(typed, each, score_cutoff=1) == 1]
    swapped = [each for each in near if sorted(each) == letters]
    if swapped == ["how", "who"]:
        return _as_typed("how" if following.lower() in (*MEASURES, *DOING) else "who", word)
    asking = [each for each in near if each in QUESTION_WORDS] if len(typed) >= _SHORTEST - 1 else []
    meant = swapped or asking or (near if len(typed) >= _SHORTEST else [])
    return _as_typed(meant[0], word) if len(meant) == 1 else word


def _as_typed(word: str, typed: str) -> str:
    return word.capitalize() if typed[0].isupper() else word


def _may_mean(word: str, name: str, is_missing: bool) -> bool:
    return word == name or (is_missing and _is_near(word, name))


def _is_near(word: str, other: str) -> bool:
    """Return whether `word` is one mistake away from `other`, or two if it is long."""
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < _LONG else 2
    return len(word) >= _SHORTEST and word[0] == other[0] and 0 < OSA.distance(word, other) <= most


def _nearest(word: str, spelled: Iterable[str], stems: set[str]) -> str:
    """Return the word of `spelled`, or the known word of one of `stems`, that `word` is meant for; "" if unclear."""
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < _LONG else 2
    likely = {each for each in (*spelled, *vocabulary()) if each[0] == word[0] or each[:2] == word[1::-1]}
    distances = {each: distance for each in likely if (distance := OSA.distance(word, each, score_cutoff=most)) <= most}
    held = set(spelled)
    costs = {
        each: (distance, sorted(each) != sorted(word))
        for each, distance in distances.items()
        if each in held or set(content_words(each)) & stems
    }
    best = sorted(each for each, cost in costs.items() if cost == min(costs.values()))
    meant = {tuple(content_words(each)) for each in best}
    return best[0] if len(meant) == 1 and () not in meant else ""


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that the shipped tokenizer keeps whole; the 20,000 most frequent of English are among them."""
    return frozenset(json.loads(_VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"])
