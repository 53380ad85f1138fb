"""The author of a document, from a byline near its top or from the sender of an e-mail."""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.document import Document, Span
from index.text.dates import TOP

_LONGEST = 200
"""Longest block, in code points, that may be a byline. A longer one is running text."""

_WORD = r"[^\W\d_a-z][\w'’.-]*"
_PARTICLE = r"(?:de|da|di|del|la|le|van|von|der|den|af|av|al|el|bin|ben|ibn|y|e)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )*{_WORD}){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, {_NAME}){{0,8}},? (?:and|&) {_NAME})?"
_NO_NAME = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|The\b|Our\b)"

_BYLINE = re.compile(
    rf"(?:(?:written|report|reported|prepared|compiled|posted|words|text) )?by {_NO_NAME}(?P<by>(?-i:{_NAMES}))"
    rf"|(?:authors?|written by|by|reporter|prepared by|text): (?P<label>(?-i:{_NAMES}|{_WORD}))"
    r"|from: \"?(?P<sender>[^\"<>\n]{1,80}[^\"<>\s])\"?(?: <[^<>\n]*>|$)",
    re.IGNORECASE | re.MULTILINE,
)

_OUTLET = re.compile(
    r"\b(?:Agency|Bureau|Chronicle|Daily|Desk|Editors?|Gazette|Herald|Journal|Magazine|Mirror|News|Newsroom|Observer"
    r"|Online|Post|Press|Radio|Reporters?|Review|Staff|Standard|Team|Telegraph|Times|Tribune|TV|Weekly)\b"
)
"""A word in the name of a newspaper or its staff. Such a byline yields to another one."""

_LINE = re.compile(r"^[ \t]*(?=\S)", re.MULTILINE)

_MAY_FOLLOW = re.compile(r"\s*(?:$|[,|·•—–(/;\n-]|\d|<|in \w+$|for |\"|Published|Updated|Posted)")


def byline(document: Document) -> Span | None:
    """Return the span of the author's name in `document`, or None if it names none.

    A line of a short block near the top must begin with the byline: "By" and a name of two words or more, "Author:",
    or the sender of an e-mail. The name of a person precedes that of a newspaper.
    """
    found = list(_bylines(document))
    return next((name for name in found if not _OUTLET.search(document.quote(name))), next(iter(found), None))


def _bylines(document: Document) -> Iterator[Span]:
    """Yield the spans of the names in all bylines."""
    starts = [block.start for block in document.blocks if block.start < TOP]
    following = [block.start for block in document.blocks[len(starts) : len(starts) + 1]] or [len(document.text)]
    for start, end in pairwise([*starts, *following]):
        words = document.text[start : min(end, start + _LONGEST + 1)].rstrip()
        for line in _LINE.finditer(words) if len(words) <= _LONGEST else ():
            found = _BYLINE.match(words, line.end())
            if found and found.lastgroup and _MAY_FOLLOW.match(words, found.end()):
                first, last = found.span(found.lastgroup)
                yield Span(start + first, start + last)
