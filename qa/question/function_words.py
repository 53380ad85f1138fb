"""Function words as English spells them, in a question as it was typed."""

import re
from collections.abc import Callable, Iterable, Sequence

from index.text.words import content_words
from qa.english.grammar import AUXILIARIES, CLOSED_CLASS, DOING, MEASURES, PREPOSITIONS, QUESTION_WORDS
from qa.english.typing import ASKING_AS, SHORTENED, TYPED
from qa.question.as_typed import quoted_words
from qa.question.dictionary import vocabulary

_WORD = re.compile(r"(?<!\w)[^\W_]+(?:['’][^\W_]+)?(?!\w)")

_SHORTEST = 3
"""Least number of letters of a word that may be a letter away from a question word."""


def with_function_words(question: str, missing: Callable[[str], Iterable[str]]) -> str:
    """Return `question` with its question words, auxiliaries, articles and the like as English spells them.

    Such a word is in a list of what people type for function words, or unknown to the reader and one mistake away from
    a function word; and the documents do not hold it. The first word of a question before an auxiliary may be a word
    by itself.

    Words in quotation marks stay.

    Args:
        question: the question as typed.
        missing: returns the words of a question that no document contains.

    >>> with_function_words("hwo mnay were tehre?", lambda question: ["hwo", "mnay", "tehre"])
    'how many were there?'
    >>> with_function_words("whats it 4 and y isnt it open", lambda question: ["whats", "isnt"])
    "what is it 4 and why isn't it open"
    """
    found = list(_WORD.finditer(question))
    words = [word[0].lower() for word in found]
    is_shouted, kept = question.isupper(), quoted_words(question)
    changed = [
        (word, meant)
        for at, word in enumerate(found)
        if (at == 0 or word[0].islower() or is_shouted)
        and word[0] not in kept
        and (meant := _meant(at, words)) != words[at]
    ]
    doubtful = any(content_words(word[0]) for word, _ in changed)
    unheld = {word.lower() for word in missing(question)} if doubtful else set()
    for word, meant in reversed(changed):
        if not content_words(word[0]) or word[0].lower() in unheld:
            spelled = meant.upper() if is_shouted else meant.capitalize() if word[0][0].isupper() else meant
            question = question[: word.start()] + spelled + question[word.end() :]
    return question


def _meant(at: int, words: Sequence[str]) -> str:
    """Return what the word at a place among the `words` of a question, in lower case, is meant for."""
    word, before, behind = words[at], words[at - 1] if at else "", words[at + 1 :]
    after = _by_itself(behind[0]) if behind else ""
    if word in ("u", "r"):
        return _single_letter(word, before, after)
    if word == "whos":
        return "whose" if {*behind[1:4]} & {*AUXILIARIES} and after not in CLOSED_CLASS else "who is"
    if word == "hwo":
        return "how" if after in (*MEASURES, *DOING) else "who"
    if word in ASKING_AS and _may_ask(word, before, after):
        return ASKING_AS[word]
    if at == 0 and content_words(word) and word not in TYPED and after in (*AUXILIARIES, *MEASURES):
        return _near(word)
    return word if before.isdigit() else _by_itself(word)


def _by_itself(word: str) -> str:
    """Return what `word` is meant for wherever it stands."""
    if word in TYPED or word in SHORTENED:
        return TYPED.get(word) or SHORTENED[word]
    return word if word in vocabulary() or not content_words(word) else _near(word)


def _single_letter(word: str, before: str, after: str) -> str:
    """Return what "u" and "r" are short for; they can be names, too."""
    if word == "u":
        return "you" if before in AUXILIARIES or after in AUXILIARIES else word
    return "are" if after and before in (*QUESTION_WORDS, *MEASURES, *TYPED, "there", "they", "we", "") else word


def _may_ask(word: str, before: str, after: str) -> bool:
    """Return whether a question word, or for "dose" an auxiliary, can stand between these two words."""
    if word == "dose":
        return before in ("", *QUESTION_WORDS, *MEASURES) and before not in ("what", "which")
    if word == "witch":
        return before in ("", "in", "on", "at", "by", "for", "from", "to", "with") and after not in AUXILIARIES
    return before in ("", "and", "but", *PREPOSITIONS) and after in (*AUXILIARIES, "else")


def _near(word: str) -> str:
    """Return the only function word that is one mistake away; `word` itself if there is none, or several.

    Swapped letters count least, and question words may have all their letters in another order.
    """
    from rapidfuzz.distance import OSA

    letters = sorted(word)
    near = [each for each in sorted(CLOSED_CLASS) if OSA.distance(word, each, score_cutoff=1) == 1]
    swapped = [each for each in {*near, *QUESTION_WORDS} if sorted(each) == letters]
    asking = [each for each in near if each in QUESTION_WORDS] if len(word) >= _SHORTEST else []
    meant = swapped or asking
    return meant[0] if len(meant) == 1 else word
