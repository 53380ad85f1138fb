"""Words in quotation marks are asked as typed, and so can a question be that was corrected."""

import re
from difflib import SequenceMatcher

from qa.english.typing import ASKING_AS, SHORTENED, TYPED

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_LETTERS = {"u": "you", "r": "are"}


def quoted_words(question: str) -> frozenset[str]:
    """Return the words in quotation marks.

    >>> sorted(quoted_words('who is "Jon Smyth" of “Leeds”?'))
    ['Jon', 'Leeds', 'Smyth']
    """
    return frozenset(word for quoted in _QUOTED.findall(question) for word in _WORD.findall(quoted))


def as_typed(question: str, understood: str) -> str:
    """Return `question` with the words that `understood` spells otherwise in quotation marks; "" if there are none.

    It is empty, too, if `understood` says something else in other words, as the meaning of a follow-up question does.

    >>> as_typed("wen was the brige of Lisle opend?", "when was the bridge of Lisle opened?")
    '"wen" was the "brige" of Lisle "opend"?'
    >>> as_typed("hoo opned fire fighters gate", "who opened firefighters gate?")
    '"hoo opned fire fighters" gate'
    >>> as_typed("and his name?", "what is Fred Lisle's name?")
    ''
    """
    typed, meant = (list(_WORD.finditer(text)) for text in (question, understood))
    words = [[each[0].lower() for each in one] for one in (typed, meant)]
    marked = question
    for kind, start, end, first, last in reversed(
        SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes()
    ):
        if kind == "replace" and _is_spelling(words[0][start:end], words[1][first:last]):
            left, right = typed[start].start(), typed[end - 1].end()
            marked = f'{marked[:left]}"{marked[left:right]}"{marked[right:]}'
        elif kind in ("replace", "insert"):
            return ""
    return marked if marked != question else ""


def _is_spelling(typed: list[str], meant: list[str]) -> bool:
    """Return whether `meant` are the words `typed`, spelled otherwise."""
    from rapidfuzz.distance import OSA

    if len(typed) == len(meant) > 1:
        return all(_is_spelling([one], [other]) for one, other in zip(typed, meant, strict=True))
    listed = [
        TYPED.get(word) or ASKING_AS.get(word) or SHORTENED.get(word) or _LETTERS.get(word, word) for word in typed
    ]
    one, other = "".join(typed), "".join(meant)
    return " ".join(listed) == " ".join(meant) or OSA.distance(one, other) <= max(2, len(one) // 3)
