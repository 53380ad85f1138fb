"""The members of an enumeration in a sentence: "Denmark, Sweden and Portugal"."""

import re
from collections.abc import Iterator

from index.document import Span
from qa.english.grammar import one_of
from qa.reading.span import trimmed

LONGEST_MEMBER = 8
"""Words of the longest member."""

_PLURAL = (
    r"\W*(?:(?:in|on|at|from|to|for|by|with|of|staff of) )?(?:which|what) (?!(?:is|was|does|has|this)\b)(?:\w+ ){0,2}?"
    r"(?:people|men|women|children|\w*[^\W\d_](?<![sui])s)\b"
    r"|\W*(?:list|name)\b"
)
_ASKS_FOR_MEMBERS = re.compile(_PLURAL, re.IGNORECASE)
"""A question for several things, which names them in the plural."""

_ASKS_FOR_SEVERAL = re.compile(
    rf"{_PLURAL}|\W*(?:what|who) (?:are|were)\b|\W*who (?:was|is|took|attended|plays|sent)\b"
    r"|\W*(?:to|by|for|with|from) whom\b|\W*what (?:do|does|should|must|may|can|did)\b",
    re.IGNORECASE,
)
"""A question for several things, or for one or several."""

_ASKS_WHERE = re.compile(r"\W*(?:and )?where\b", re.IGNORECASE)

_NEVER = 100
"""More members than any enumeration has."""

_NOW = re.compile(one_of("is are do does can will may must should".split()), re.IGNORECASE)

_ASKS_FOR_ONE = re.compile(
    r"\W*(?:(?:since|until|by|from|for|at) )?(?:how|when|why)\b"
    r"|.*\b(?:what|which) (?:year|day|date|time|month|number|price|age|percentage)\b|(?-i:\W*[Ww]ho (?:is|was) [A-Z])",
    re.IGNORECASE,
)

_SEPARATOR = re.compile(r";\s+|,\s+(?:(?:and|or|as well as)\s+)?|\s+(?:as well as)\s+")
_LAST = re.compile(r"\s+(?:and|or)\s+")
_JOINS = re.compile(r",\s+(?:and|or)\s+|\s+(?:and|or|as well as)\s+")

_LEADING = re.compile(
    r"(?:(?:from|in|to|at|on|by|of|for|with|both|either|also|then|young|and|or)\s+)+(?=\S)|(?:and|or)\s+(?=\S)"
)

_VERB = re.compile(one_of("is are was were has have had do does did will would can could may might said says".split()))

_JOINT = r"(?:\s*\([^)]*\))?(?:,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)(?:(?:from|in|to|at|on|by|of|for|with)\s+)?"
"""What joins two members of an enumeration: an aside, a comma, an "and", a preposition that is said again."""

_BEFORE = re.compile(rf"(?P<member>[^,;:.()\n]{{1,60}}?){_JOINT}\Z")
_BEHIND = re.compile(rf"{_JOINT}(?P<member>[^,;:()\n]{{1,60}}?)(?={_JOINT}|\s*\(|[;:\n]|\.(?:\s|\Z)|\Z)")

_NAME = re.compile(r"(?:\b(?:the|an?|two|three|four)\s+)?[A-Z]")

_NOUN = re.compile(rf"{_NAME.pattern}|(?:the|an?|two|three|four|his|her|their)\s")
"""The beginning of a name, or of a thing with its article."""

_ASIDE = re.compile(r"\s*\([^)]*\)\Z")


def asks_for_several(question: str) -> bool:
    """Return whether several things may answer `question`.

    >>> asks_for_several("Which shops have closed?"), asks_for_several("When did it close?")
    (True, False)
    """
    return not _asks_for_one(question) and _ASKS_FOR_SEVERAL.match(question) is not None


def asks_for_members(question: str) -> bool:
    """Return whether `question` names in the plural what it asks for.

    >>> asks_for_members("Which shops have closed?"), asks_for_members("Who was present?")
    (True, False)
    """
    return not _asks_for_one(question) and _ASKS_FOR_MEMBERS.match(question) is not None


def least_members(question: str) -> int:
    """Return how many members an enumeration has at least, if it answers `question` as a list.

    A question for a place is seldom one for several: between Rome and Naples is one place.

    >>> least_members("Which shops?"), least_members("Where is it sold?"), least_members("When was it sold?")
    (2, 3, 100)
    """
    return 2 if asks_for_several(question) else 3 if _ASKS_WHERE.match(question) else _NEVER


def asks_of_now(question: str) -> bool:
    """Return whether `question` asks how something is, which documents of other days say otherwise.

    >>> asks_of_now("Which days is it open?"), asks_of_now("Which shops have closed?")
    (True, False)
    """
    return _NOW.search(question) is not None


def _asks_for_one(question: str) -> bool:
    """Return whether only one thing may answer `question`: a time, a number or a reason, or who somebody is."""
    return _ASKS_FOR_ONE.match(question) is not None


def members(text: str, span: Span) -> list[Span]:
    """Return the members of the enumeration that `span` consists of; none if it is no enumeration.

    An enumeration has an "and" or "or" before its last member, and no verb in any.

    >>> text = "in Denmark, Sweden and in Portugal"
    >>> [text[each.start : each.end] for each in members(text, Span(0, 34))]
    ['Denmark', 'Sweden', 'Portugal']
    """
    words = text[span.start : span.end]
    if not _JOINS.search(words):
        return []
    found = [_member(text, span.start + start, span.start + end) for start, end in _divided(words)]
    parts = [text[each.start : each.end] for each in found if each]
    is_list = len(parts) > 1 and len(parts) == len(found) and not any(map(_VERB.search, parts))
    return [each for each in found if each] if is_list and all(len(p.split()) <= LONGEST_MEMBER for p in parts) else []


def grown(text: str, span: Span, sentence: Span) -> Span:
    """Return `span` grown over the members next to it, if it is part of an enumeration in `sentence`."""
    start, end = span.start, span.end
    is_name = text[start].isupper()
    while (found := _BEHIND.match(text, end, sentence.end)) and not _VERB.search(found["member"]):
        if is_name and not _NOUN.match(found["member"]):
            break
        end = found.end()
    while found := _BEFORE.search(text, sentence.start, start):
        name = re.search(rf"{_NAME.pattern}[^,;:.()]*\Z", found["member"])
        if not name or _VERB.search(name[0]):
            break
        start = found.start("member") + name.start()
    return Span(start, end) if _JOINS.search(text[start:end]) else span


def _divided(words: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the parts of an enumeration: between commas, and around the last "and"."""
    start = 0
    for found in _SEPARATOR.finditer(words):
        if found.start() > start:
            yield start, found.start()
        is_last = re.search(r"\b(?:and|or|as well as)\s+\Z", found[0]) is not None
        start = found.end()
        if is_last and not _SEPARATOR.search(words, start):
            yield start, len(words)
            return
    last = _LAST.search(words, start)
    if last:
        yield start, last.start()
        start = last.end()
    yield start, len(words)


def _member(text: str, start: int, end: int) -> Span | None:
    """Return the words of a member, without what leads to it; None if nothing is left."""
    lead = _LEADING.match(text, start, end)
    start = lead.end() if lead else start
    aside = _ASIDE.search(text, start, end)
    end = aside.start() if aside else end
    return trimmed(text, Span(start, end)) if text[start:end].strip() else None
