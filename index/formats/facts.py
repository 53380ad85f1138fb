"""The title, author and date that a file states about itself. Default values of programs are ignored."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress

from index.document import Fact
from index.text.dates import written_day

_LONGEST = 300
"""Longest title or author, in code points. A longer one is cut."""

_TITLES = re.compile(
    r"(?:untitled|document|dokument|presentation|new|blank|title|slide|page|sheet|microsoft word|home|index|no title"
    r"|word document|powerpoint presentation|\(?(?:anonymous|unspecified)\)?)[\s\-_]*\d*"
    r"|.*\.(?:docx?|odt|rtf|indd|tmp|pdf|html?|qxd|dvi)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:python-docx|user|admin|administrator|owner|author|unknown|default|microsoft office user|microsoft"
    r"|windows[-_ ]?user|office user|hp|dell|lenovo|pc|root|\(?anonymous\)?|un-named|calibre|apache poi|openpyxl|docx4j"
    r"|aspose.*|libreoffice.*|staff|editor|admin\d*|user\d*)",
    re.IGNORECASE,
)
_TEMPLATES = frozenset({"2013-12-23", "2013-01-27"})
"""The creation dates in the templates of python-docx and python-pptx."""

_NOUN = re.compile(r"^(.*?)(?= (?:of|with|without) |$)")
"""What stands before the first preposition of the name of unread content."""

_DAY = re.compile(r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)")


def facts(origin: str, *, title: str = "", author: str = "", date: str = "") -> tuple[Fact, ...]:
    """Return the facts stated at `origin`, without values that programs fill in.

    Args:
        origin: the part of the file, such as `the properties of the file`.
        title: the title, or "".
        author: one or several names, or "".
        date: a text that begins with a day in ISO 8601, or writes one out, such as "3 May 2021"; or "".
    """
    said = {"title": one_line(title), "author": one_line(author), "date": _iso(date)}
    if is_default_title(said["title"]):
        said["title"] = ""
    if said["date"] in _TEMPLATES:
        said["date"] = ""
    if _AUTHORS.fullmatch(said["author"]) or "://" in said["author"]:
        said["author"] = ""
    return tuple(Fact(name, value, origin) for name, value in said.items() if any(map(str.isalnum, value)))


def is_default_title(title: str) -> bool:
    """Return whether a program gives this title to what has none."""
    return _TITLES.fullmatch(title) is not None


def first_of_each(said: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the first title, the first author, and the first date."""
    chosen: dict[str, Fact] = {}
    for fact in said:
        chosen.setdefault(fact.name, fact)
    return tuple(chosen.values())


def counted(unread: Mapping[str, int]) -> tuple[str, ...]:
    """Return the counts of unread content as phrases.

    >>> counted({"image": 2, "formula without a stored value": 2, "video": 1})
    ('2 images', '2 formulas without a stored value', '1 video')
    """
    return tuple(f"{count} {name if count == 1 else _plural(name)}" for name, count in unread.items() if count)


def summed(unread: Iterable[str]) -> tuple[str, ...]:
    """Return the unread phrases of several parts, added up.

    >>> summed(["1 image", "2 images", "1 video"])
    ('3 images', '1 video')
    """
    counts: Counter[str] = Counter()
    for phrase in unread:
        count, _, name = phrase.partition(" ")
        counts[name if count == "1" else _singular(name)] += int(count)
    return counted(counts)


def _plural(name: str) -> str:
    return _NOUN.sub(r"\1s", name, count=1)


def _singular(name: str) -> str:
    return _NOUN.sub(lambda noun: noun[1].removesuffix("s"), name, count=1)


def one_line(text: str) -> str:
    """Return `text` on one line, and not too long."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _iso(text: str) -> str:
    """Return the day at the beginning of `text`, or the one that it writes out, in ISO 8601; "" if there is none."""
    found = _DAY.match(text.strip())
    with suppress(ValueError):
        day = datetime.date(*map(int, found.groups())) if found else written_day(text[:_LONGEST])
        return day.isoformat() if day else ""
    return ""
