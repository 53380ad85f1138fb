"""The office of somebody, where it stands on the line below the name: in signatures, lists of staff, contacts."""

import re

from index import Passage, Span
from qa.english.grammar import one_of
from qa.english.measures import PEOPLE
from qa.english.names import OFFICES, PERSONAL_TITLES

_WHO_IS = re.compile(
    r"\W*who(?:['’]s| is| was) (?!the |an? |your |my |our |his |her )(?P<name>\w[\w.'’-]*(?: \w[\w.'’-]*){1,3})\W*",
    re.IGNORECASE,
)
"""A question for who somebody is, who is named in full."""

_LONGEST = 12
"""Words of the longest office."""

_VERB = re.compile(one_of("is are was were has have had said says will would".split()), re.IGNORECASE)


def office_below(question: str, passage: Passage) -> tuple[Span, Span] | None:
    r"""Return the line below the name of whom `question` asks who they are, if it says what they are.

    >>> from index import Document, split
    >>> (passage,) = split(Document("Best wishes,\nAnn Lee\nHead of Archives, Tarn Museum\nTel. 5501", "letter"))
    >>> name, office = office_below("Who is Ann Lee?", passage)
    >>> passage.document.quote(office)
    'Head of Archives, Tarn Museum'

    Returns:
        The spans of the name and of the office in the document.
    """
    asked = _WHO_IS.fullmatch(question)
    if not asked:
        return None
    titles = one_of((*PERSONAL_TITLES, *OFFICES))
    lines = re.compile(
        rf"^\W*(?:{titles}\.? )?(?P<name>{re.escape(asked['name'])})(?:,[\w. ,]{{1,20}})?\W*\n\s*(?P<office>\S.*?)\s*$",
        re.MULTILINE | re.IGNORECASE,
    )
    text = passage.document.text
    for found in lines.finditer(text, passage.span.start, passage.span.end):
        words = found["office"]
        is_office = PEOPLE.search(words) and words[:1].isupper() and words[-1] not in ".!?:"
        if is_office and len(words.split()) <= _LONGEST and not _VERB.search(words):
            return Span(*found.span("name")), Span(*found.span("office"))
    return None
