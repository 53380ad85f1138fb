"""The titles of documents: as they are read from files, and as people give them."""

import re
from dataclasses import replace
from pathlib import PurePath

from index.document import Document
from index.errors import InvalidText

LONGEST = 300
"""Longest title that people may give, in code points."""

_ATTACHED = re.compile(r"attachment “(.*?)” of “")
"""The beginning of the title of an attachment."""


def checked(title: str) -> str:
    """Return a title that people gave on one line.

    Raises:
        InvalidText: it has no letter or digit, is longer than `LONGEST`, or contains a lone surrogate.
    """
    title = " ".join(title.split())
    if not any(map(str.isalnum, title)):
        raise InvalidText(f"The title {title!r} holds no words; give one that does.")
    if len(title) > LONGEST:
        raise InvalidText(f"The title has {len(title):,} characters; give it {LONGEST} or fewer.")
    if any("\ud800" <= character <= "\udfff" for character in title):
        raise InvalidText(f"The title {title!r} holds half of a character; type it again.")
    return title


def attachment(document: Document) -> str:
    """Return the name of the attachment that was read as `document`; empty for the file itself."""
    attached = _ATTACHED.match(document.title)
    return attached.group(1) if attached else ""


def is_given(document: Document) -> bool:
    """Return whether people gave a document its title: its file neither states it nor is called so."""
    read = {fact.value for fact in document.facts if fact.name == "title"} | {PurePath(document.source).stem}
    return document.title not in read and not attachment(document)


def with_given(document: Document, older: Document) -> Document:
    """Return `document` under the title that people gave to its `older` version, if they did."""
    return replace(document, title=older.title) if is_given(older) else document
