"""Questions that are several, and questions that ask for more than to find: a sum, a comparison, a superlative."""

import re

from qa.english.degrees import COMPARATIVES, HEDGED, MOST, SUMS, SUPERLATIVES, SYNONYMS
from qa.english.grammar import QUESTION_WORDS
from qa.explain.statement import share_of

_ASK = f"(?:{'|'.join(QUESTION_WORDS)})"
_BY = r"(?:(?:by|to|from|with|for|of|in|on|at|since|until) )?"
_BEGIN = r"(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)"

_FULL_STOP = re.compile(r"(?<=\?)\s+(?=\w)")
_JOINED = re.compile(
    rf",?\s+(?:and|but)\s+(?={_BY}{_ASK}\b)|,\s+and\s+(?={_BEGIN}\s)|;\s+(?={_BY}{_ASK}\b)", re.IGNORECASE
)
_TWO_WORDS = re.compile(rf"(?P<one>{_ASK}) and (?P<other>{_ASK}) (?=(?P<rest>{_BEGIN}\b.*))", re.IGNORECASE)

LEAST_WORDS = 3
"""Words of the shortest first part."""

_COMPARED = re.compile(
    rf"\bhow (?:many|much) {COMPARATIVES}\b|\bdifference between\b|\b(?P<word>{COMPARATIVES})\b.*\b(?:or|than)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(HEDGED, re.IGNORECASE)
_COMPUTED = re.compile(rf"\b(?:{SUMS}|{MOST}|{SUPERLATIVES})\b", re.IGNORECASE)

LEAST_SHARE = 0.75
"""Least share of the question's content words in a sentence that states the comparison asked for."""


def parts_of(question: str) -> list[str]:
    """Return the questions that `question` consists of, in order; one, if it is one.

    >>> parts_of("When and where was she born?")
    ['When was she born?', 'where was she born?']
    >>> parts_of("Who built the dam, and when? How high is it?")
    ['Who built the dam?', 'when?', 'How high is it?']
    """
    parts: list[str] = []
    for sentence in _FULL_STOP.split(question.strip()):
        if two := _TWO_WORDS.match(sentence):
            parts += [f"{two['one']} {two['rest']}", f"{two['other']} {two['rest']}"]
        else:
            parts += _joined(sentence)
    return [f"{part.rstrip(' ?.!,;')}?" for part in parts]


def _joined(sentence: str) -> list[str]:
    """Return the parts of a sentence that "and" joins; the first must be a question by itself."""
    pieces = _JOINED.split(sentence)
    is_question = re.match(rf"{_BY}(?:{_ASK}|{_BEGIN})\b", pieces[0], re.IGNORECASE)
    return pieces if is_question and len(pieces[0].split()) >= LEAST_WORDS else [sentence]


def asks_to_compute(question: str, sentence: str = "") -> bool:
    """Return whether `question` asks for a sum, a comparison or a superlative that `sentence` does not state.

    >>> asks_to_compute("How much was paid in total?"), asks_to_compute("What is the total?", "The total is £40.")
    (True, False)
    >>> asks_to_compute("Who found more than 200 coins?"), asks_to_compute("Where are most of the coins?")
    (False, False)
    """
    asked, told = _HEDGED.sub("", question), sentence.lower()
    if compared := _COMPARED.search(asked):
        word = compared["word"]
        return not word or word.lower() not in told or share_of(asked, sentence) < LEAST_SHARE
    words = [found[0].lower().split()[-1] for found in _COMPUTED.finditer(asked)]
    return bool(words) and not any(same in told for word in words for same in _synonyms(word))


def _synonyms(word: str) -> set[str]:
    return {word}.union(*(group for group in SYNONYMS if word in group))
