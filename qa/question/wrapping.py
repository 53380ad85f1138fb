"""What surrounds a question, and says nothing of what it asks: marks, list numbers, greetings, thanks, requests."""

import re

from qa.english.courtesy import GREETINGS, PLEASE, REQUESTS, THANKS
from qa.english.grammar import QUESTION_WORDS

_PAIRS = tuple(zip("\"“„”‘'«»([*_`~|<", "\"”“”’'»«)]*_`~|>", strict=True))
"""Marks that open and close around a question; Markdown may double them."""

_NUMBER = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]|\(?(?:[a-z]|[ivx]{1,4})\)|[-–—*•‣·>#]+)\s+(?=\S)"
    r"|(?:q|question|qn|query)\.?\s*(?:no\.?\s*)?\d{0,3}\s*[:.)–—-]\s*(?=\S)",
    re.IGNORECASE,
)
"""The number, the bullet or the label of a question in a list."""

_ASKING = rf"(?:{'|'.join(QUESTION_WORDS)}|if|whether|in|on|at|by|for|from|to|with|since|until)\b"

_BEFORE = re.compile(
    rf"(?:{GREETINGS})(?:\s*[,.!:…–—-]+\s*|\s+(?={_ASKING}|\w+ (?:is|are|was|were)\b))(?=\w)"
    rf"|(?:{THANKS}|great|ok|okay|right|well|so)\s*[,.!…–—]+\s*(?=\w)"
    rf"|(?:{PLEASE}|excuse me|sorry|pardon|quick question|one question|a question|my question)\s*[,:.!…–—-]+\s*(?=\w)"
    rf"|{PLEASE}\s+(?={_ASKING})|(?:pls|plz|plse)\s+(?=\w)"
    rf"|(?:{REQUESTS})\s*[:,]?\s*(?=[“\"„‘'«*_]?{_ASKING})",
    re.IGNORECASE,
)

_AFTER = re.compile(
    rf"(?:(?<=[?.!…,”\"’»*])|(?<=\w)\s)\s*(?:{THANKS}|{PLEASE}|if you please|if you know)[\s.!?…]*\Z", re.IGNORECASE
)

_END = re.compile(r"[\s?!.…,;:¿¡]*\Z")


def unwrapped(question: str) -> str:
    """Return `question` without what surrounds it, with one question mark at its end, and not all in capitals.

    A question that would be empty, and one with one mark too many, is returned as it is.

    >>> unwrapped('2. "WHO OPENED THE CONFERENCE"'), unwrapped("Hi! Can you tell me who opened it, please?")
    ('who opened the conference?', 'who opened it?')
    """
    asked, before = " ".join(question.split()), ""
    while asked != before:
        before = asked
        asked = _stripped(asked)
    bare = _END.sub("", asked)
    if not any(map(str.isalnum, bare)):
        return question
    letters = [letter for letter in bare if letter.isalpha()]
    is_shouted = len(bare.split()) > 2 and len(letters) > 8 and all(map(str.isupper, letters))
    return f"{bare.lower() if is_shouted else bare}?"


def _stripped(asked: str) -> str:
    """Return `asked` without the outermost thing that surrounds it."""
    for pattern in (_NUMBER, _BEFORE):
        if (found := pattern.match(asked)) and found.end() < len(asked):
            return asked[found.end() :]
    if (found := _AFTER.search(asked)) and found.start() > 0:
        return asked[: found.start()]
    return _unquoted(asked)


def _unquoted(asked: str) -> str:
    """Return `asked` without a pair of marks around all of it; punctuation may follow the closing one."""
    core = _END.sub("", asked)
    for opening, closing in _PAIRS:
        inside = core[1:-1]
        if len(core) > 2 and core[0] == opening and core[-1] == closing and _is_pair(opening, closing, inside):
            return inside.strip()
    return asked


def _is_pair(opening: str, closing: str, inside: str) -> bool:
    """Return whether the marks around `inside` belong together: Markdown doubles them, quotations do not."""
    if opening == closing and opening in "*_`~|":
        return True
    return opening not in inside and (closing not in inside or closing in "’'")
