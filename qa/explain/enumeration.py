"""The members of an enumeration in a sentence: "Denmark, Sweden and Portugal"."""

import re
from collections.abc import Iterator, Sequence

from index.document import Span
from qa.english.grammar import AUXILIARIES, one_of
from qa.english.measures import MANY, PEOPLE
from qa.english.verbs import HAS_PARTS, IRREGULAR, PAST, RULED
from qa.reading.span import trimmed

LONGEST_MEMBER = 8
"""Words of the longest member."""

_AUXILIARY = one_of((*AUXILIARIES, "this", "his", "its", "as"))

_VERBS = one_of(("goes|happens|causes|means|comes", *(f"{verb}s" for verb in (*PAST.values(), *IRREGULAR.values()))))
"""Verbs that end like a plural."""

_THINGS = r"(?:people|men|women|children|feet|teeth|geese|mice|sheep|fish|\w*[^\W\d_](?<![sui])s)\b"

_PLURAL = (
    r"\W*(?:(?:in|on|at|from|to|for|by|with|of|staff of) )?"
    rf"(?:which (?!{_AUXILIARY})|what (?!{_AUXILIARY}|{_VERBS}))"
    rf"(?:(?P<kind>{_THINGS})|\w+ (?:(?!{_AUXILIARY})\w+ )?(?!{_AUXILIARY}|{_VERBS})(?P<later>{_THINGS}))"
    r"|\W*(?:list|name)\b|\W*(?:what|who) (?:are|were)\b"
)
_ASKS_FOR_MEMBERS = re.compile(_PLURAL, re.IGNORECASE)
"""A question for several things, which names them in the plural."""

_ASKS_FOR_SEVERAL = re.compile(
    rf"{_PLURAL}|\W*(?:and )?who\b"
    r"|\W*(?:to|by|for|with|from) whom\b|\W*what (?:do|does|am|should|must|may|can|did)\b"
    rf"|\W*what (?:(?:is|was) )?(?:in\b|{one_of((*HAS_PARTS, *RULED))})",
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

_SEPARATOR = re.compile(
    r",?\s+(?:and|or),\s+[^,;]{1,40},\s+|;\s+|,\s+(?:(?:and|or|as well as)\s+)?|\s+(?:as well as)\s+"
)
_LAST = re.compile(r"\s+(?:and|or)\s+")
_JOINS = re.compile(r",?\s+(?:and|or),\s|,\s+(?:and|or)\s+|\s+(?:and|or|as well as)\s+")

_CLOSED = re.compile(r"\s(?:and|or)\s[^,;]*\Z")
"""The end of an enumeration whose last member an "and" joins."""

_LEADING = re.compile(
    r"(?:(?:from|in|to|at|on|by|of|for|with|both|either|also|then|young|and|or)\s+)+(?=\S)|(?:and|or)\s+(?=\S)"
)

_VERB = re.compile(
    rf"{one_of('is are was were has have had do does did will would can could may might said says'.split())}"
    rf"|\b[A-Z][\w'’-]* (?:[a-z]+ed\b|{one_of((*PAST, *IRREGULAR))})"
)
"""A verb that no member has: one that only a clause has, or a past tense right behind a name."""

_JOINT = r"(?:\s*\([^)]*\))?(?:,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)(?:(?:from|in|to|at|on|by|of|for|with)\s+)?"
"""What joins two members of an enumeration: an aside, a comma, an "and", a preposition that is said again."""

_BEFORE = re.compile(rf"(?P<member>[^,;:.()\n]{{1,60}}?){_JOINT}\Z")
_BEHIND = re.compile(rf"{_JOINT}(?P<member>[^,;:()\n]{{1,60}}?)(?={_JOINT}|\s*\(|[;:\n]|\.(?:\s|\Z)|\Z)")

_NAME = re.compile(r"(?:\b(?:the|an?|two|three|four)\s+)?[A-Z]")

_NOUN = re.compile(rf"{_NAME.pattern}|(?:the|an?|two|three|four|his|her|their)\s")
"""The beginning of a name, or of a thing with its article."""

_ASIDE = re.compile(r"\s*\([^)]*\)\Z")

_ROLE = re.compile(
    rf"(?:(?:the|an?|his|her|its|their|our|my) )?(?:[a-z'’-]+ )*?{PEOPLE.pattern}(?<!s)(?: (?-i:[a-z ]+))?"
)
"""What somebody is, in the singular and without a name: the mayor, a teacher of art."""

_NAMES_NONE = re.compile(rf"(?:the following|{MANY.pattern})", re.IGNORECASE)
"""Words that count the members of an enumeration, or announce it, and name none: six volunteers, the following."""

_NAMED_BEHIND = re.compile(
    r"\s(?P<dash>[–—-])\s(?P<dashed>[^–—;:\n]*?)(?=\s(?P=dash)\s|\.(?:\s|\Z)|[;\n]|\Z)|\s\((?P<bracketed>[^()]*)\)"
    r"|[^.!?:\n]{0,60}:\s+(?P<rest>.*)",
    re.DOTALL,
)
"""The enumeration behind such words: between dashes, in brackets, or behind a colon."""

_CLAUSE = re.compile(one_of("if when because that unless although while since whether".split()), re.IGNORECASE)
"""A word with which a clause begins, and no member."""


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


def kind_asked(question: str) -> str:
    """Return the plural noun with which `question` names what it asks for; empty if there is none.

    >>> kind_asked("Which fishing boats sank?"), kind_asked("Who came?")
    ('boats', '')
    """
    asked = _ASKS_FOR_MEMBERS.match(question)
    return (asked["kind"] or asked["later"] or "") if asked else ""


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
    if not is_list or _CLAUSE.match(words) or any(len(part.split()) > LONGEST_MEMBER for part in parts):
        return []
    return [each for at, each in enumerate(found) if each and not _is_apposition(parts, at)]


def _is_apposition(parts: Sequence[str], at: int) -> bool:
    """Return whether the part at `at` says who the one before it is, and is no member: Ann Lee, the mayor, and Bo Ray.

    >>> _is_apposition(["Ann Lee", "the mayor", "Bo Ray"], 1), _is_apposition(["Ann Lee", "the mayor"], 1)
    (True, False)
    """
    if not 0 < at < len(parts) - 1 or not parts[at][0].islower():
        return False
    return parts[at - 1][0].isupper() and parts[-1][0].isupper() and _ROLE.fullmatch(parts[at]) is not None


def grown(text: str, span: Span, sentence: Span, kind: str = "") -> Span:
    """Return `span` grown over the members next to it, if it is part of an enumeration in `sentence`.

    Args:
        text: the text of the sentence.
        span: the words that answer.
        sentence: the sentence that contains them.
        kind: the plural noun with which the question names what it asks for, or empty. An enumeration behind that
            noun, such as "two boats, the Ada and the Bo", has no other members.
    """
    if _NAMES_NONE.search(text, span.start, span.end) and (told := _NAMED_BEHIND.match(text, span.end, sentence.end)):
        listed = trimmed(text, Span(*told.span(told.lastgroup or 0)))
        return listed if members(text, listed) else span
    start, end = span.start, span.end
    is_name = text[start].isupper()
    while (found := _BEHIND.match(text, end, sentence.end)) and not _VERB.search(found["member"]):
        if is_name and not _NOUN.match(found["member"]):
            break
        if _CLOSED.search(text, start, end) and text[end] == "," and not _JOINS.match(text, end):
            break
        end = found.end()
    while found := _BEFORE.search(text, sentence.start, start):
        name = re.search(rf"{_NAME.pattern}[^,;:.()]*\Z", found["member"])
        if not name or _VERB.search(name[0]):
            break
        start = found.start("member") + name.start()
    of_kind = re.compile(rf"\b{re.escape(kind)}[,:]\s+", re.IGNORECASE).search(text, start, end) if kind else None
    if of_kind and members(text, Span(of_kind.end(), end)):
        return Span(of_kind.end(), end)
    return Span(start, end) if _CLOSED.search(text, start, end) else span


def _divided(words: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the parts of an enumeration: between commas, and around the last "and"."""
    start = 0
    for found in _SEPARATOR.finditer(words):
        if found.start() > start:
            yield start, found.start()
        is_last = re.search(r"\b(?:and|or|as well as)(?:\s+\Z|,)", found[0]) is not None
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
