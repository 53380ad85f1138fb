"""Turns of a dialogue: "Q:" and "A:", or names, before what each speaker says."""

import re

from index.document import Span
from qa.english.documents import MAIL_HEADERS

_LABEL = re.compile(
    rf"^(?!(?:{'|'.join(MAIL_HEADERS)})\s?:)"
    rf"(?P<label>(?:Q|A|[A-Z][\w.'’-]{{1,20}}(?: [A-Z][\w.'’-]{{0,20}}){{0,3}}))\s?:[ \t]+(?=\S)",
    re.MULTILINE,
)
"""The label of a turn at the beginning of a line."""

LEAST_TURNS = 3
"""Turns of the shortest dialogue. One of its labels must come twice."""

_SUBJECT = re.compile(
    r"\b(?:(?:[Ii]nterview|[Cc]onversation|[Tt]alk|[Qq]\s?&\s?[Aa])\s+with"
    r"|(?:talk|speak)s?\s+(?:to|with)|(?:talked|spoke)\s+(?:to|with)|meets|interviews)\s+(?:(?:the\s)?[a-z]+\s){0,3}"
    r"(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3})"
)
_ADDRESSED = re.compile(
    r"^Q\s?:[^\n]{0,80}?\b(?P<name>(?:Mr|Mrs|Ms|Dr|Sir|Professor)\.?\s[A-Z][\w'’-]+),", re.MULTILINE
)
_ASKED_BY = re.compile(r"\b[Ii]nterview(?:ed)? by (?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3})")


def turn_at(text: str, at: int) -> tuple[Span, Span] | None:
    r"""Return who speaks at the offset `at` of a dialogue, and the line of the turn after its label.

    "A" means the person whom the text says that it interviews, and "Q" the one who asks, if it names them.

    >>> text = "ANN: It is hot.\nBO: It is.\nANN: Very hot."
    >>> speaker, words = turn_at(text, 32)
    >>> text[speaker.start : speaker.end], text[words.start : words.end]
    ('ANN', 'Very hot.')
    """
    labels = [*_LABEL.finditer(text)]
    names = [label["label"] for label in labels]
    if len(names) < LEAST_TURNS or len(set(names)) == len(names):
        return None
    begun = [label for label in labels if label.start() <= at]
    if not begun or (names.count(begun[-1]["label"]) == 1 and len(set(names)) > len(names) - 1):
        return None
    label, paragraph = begun[-1], text.find("\n\n", begun[-1].end())
    is_last = label is labels[-1]
    end = len(text) if paragraph < 0 else paragraph
    if at >= end and is_last:
        return None
    end = end if at < end else next(each.start() for each in labels if each.start() > at)
    return _named(text, label), Span(label.end(), max(end, label.end() + 1))


_FROM = re.compile(r"^From\s?:[ \t]*(?P<name>[^<(\n@]*[^<(\n@\s])(?=\s*(?:[<(]|$))", re.MULTILINE)
"""The line above a letter that names its writer."""


def letter_at(text: str, at: int) -> tuple[Span, Span] | None:
    """Return who wrote the letter at the offset `at`, and its words, if `text` is a thread of several letters."""
    letters = [*_FROM.finditer(text)]
    begun = [letter for letter in letters if letter.start() <= at]
    if len(letters) < 2 or not begun:
        return None
    start = text.find("\n\n", begun[-1].end())
    end = next((letter.start() for letter in letters if letter.start() > at), len(text))
    return (Span(*begun[-1].span("name")), Span(start, end)) if 0 <= start <= at else None


def _named(text: str, label: re.Match[str]) -> Span:
    """Return the name of the speaker with this label: for "A" and "Q" the one in the text, if there is one."""
    patterns = {"A": (_SUBJECT, _ADDRESSED), "Q": (_ASKED_BY,)}.get(label["label"], ())
    found = next((each for pattern in patterns if (each := pattern.search(text))), None)
    return Span(*found.span("name")) if found else Span(*label.span("label"))
