"""Whom a contract or a report means by a term: Larkspur Kitchens Ltd ("the Caterer")."""

import re

from index import Passage, Span
from qa.answer import Citation

_ASKED = re.compile(
    r"\W*(?:and )?(?:who|what) (?:is|was|are|were) (?:the )?(?P<term>\w+(?: \w+){0,2}?)\W*\Z", re.IGNORECASE
)

_NAME = (
    r"(?P<name>(?:[Tt]he\s)?[A-Z][\w&.'’-]*(?:,?\s(?:of|and|&|for|the|de|van|von|[A-Z0-9][\w&.'’-]*))*"
    r"|(?:the|an?|any|each|every)(?:\s[a-z][\w’'-]*){1,8})"
)
"""A name, or the description of somebody: the person named overleaf."""

_CALLED = r"\((?:(?:the|each|together|hereinafter|hereafter|referred to as|called|known as|or)[, ]+)*[\"“‘'](?:the )?"


def defined_as(question: str, passage: Passage) -> Citation | None:
    """Return the name in `passage` that it defines by the term for whose bearer `question` asks; None if there is none.

    >>> from index import Document
    >>> text = 'between Ann Lee ("the Landlord") and Bo Ray Ltd (the “Tenant”)'
    >>> passage = Passage(Document(text, "lease"), Span(0, len(text)))
    >>> found = defined_as("Who is the tenant?", passage)
    >>> found.quote if found else ""
    'Bo Ray Ltd'
    """
    asked = _ASKED.match(question)
    if not asked:
        return None
    term = rf"(?i:{re.escape(asked['term'])})"
    found = re.compile(rf"\b{_NAME},?\s{_CALLED}{term}[\"”’']\)").search(passage.text)
    return Citation(passage.document, Span(*found.span("name")).moved(passage.span.start)) if found else None
