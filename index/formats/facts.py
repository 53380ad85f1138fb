"""The title, author and date that a file states about itself. Default values of programs are ignored."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, ClassVar

from index.document import Fact

_LONGEST = 300
"""Longest title or author, in code points. A longer one is cut."""

_TITLES = re.compile(
    r"(?:untitled|document|dokument|presentation|new|blank|title|slide|page|sheet|microsoft word|home|index|no title"
    r"|word document|powerpoint presentation)[\s\-_]*\d*|.*\.(?:docx?|odt|rtf|indd|tmp|pdf|html?|qxd|dvi)",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:python-docx|user|admin|administrator|owner|author|unknown|default|microsoft office user|microsoft|windows user"
    r"|hp|dell|lenovo|pc|root|anonymous|un-named|calibre|apache poi|openpyxl|docx4j|aspose.*|libreoffice.*|root|staff"
    r"|editor|admin\d*|user\d*)",
    re.IGNORECASE,
)
_TEMPLATES = frozenset({"2013-12-23", "2013-01-27"})
"""The creation dates in the templates of python-docx and python-pptx."""

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


def facts(origin: str, *, title: str = "", author: str = "", date: str = "") -> tuple[Fact, ...]:
    """Return the facts stated at `origin`, without values that programs fill in.

    Args:
        origin: the part of the file, such as `the properties of the file`.
        title: the title, or "".
        author: one or several names, or "".
        date: a text that begins with a day in ISO 8601, or "".
    """
    said = {"title": _one_line(title), "author": _one_line(author), "date": _iso(date)}
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

    >>> counted({"image": 2, "video": 1})
    ('2 images', '1 video')
    """
    return tuple(f"{count} {name if count == 1 else name + 's'}" for name, count in unread.items() if count)


def summed(unread: Iterable[str]) -> tuple[str, ...]:
    """Return the unread phrases of several parts, added up.

    >>> summed(["1 image", "2 images", "1 video"])
    ('3 images', '1 video')
    """
    counts: Counter[str] = Counter()
    for phrase in unread:
        count, _, name = phrase.partition(" ")
        counts[name if count == "1" else name.removesuffix("s")] += int(count)
    return counted(counts)


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _iso(text: str) -> str:
    """Return the day at the beginning of `text` in ISO 8601, or "" if there is no valid one."""
    found = _DAY.match(text.strip())
    with suppress(ValueError):
        return datetime.date(*map(int, found.groups())).isoformat() if found else ""
    return ""


class PageFacts:
    """The facts in the head of a web page: Open Graph and other `meta` elements, JSON-LD, and the title."""

    _META: ClassVar = {
        "og:title": "title",
        "twitter:title": "title",
        "dc.title": "title",
        "author": "author",
        "article:author": "author",
        "dc.creator": "author",
        "parsely-author": "author",
        "article:published_time": "date",
        "datepublished": "date",
        "date": "date",
        "dc.date": "date",
        "pubdate": "date",
        "publish-date": "date",
        "parsely-pub-date": "date",
    }

    def __init__(self) -> None:
        self._said: list[tuple[str, str]] = []
        self._title = ""

    def meta(self, attributes: Mapping[str, str]) -> None:
        """Add a `meta` element."""
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if (fact := self._META.get(name.lower())) and (value := attributes.get("content", "").strip()):
            self._said.append((fact, value))

    def title(self, text: str) -> None:
        """Add the title of the page. Only the first one counts; later ones belong to images."""
        self._title = self._title or _one_line(text)

    def json_ld(self, text: str) -> None:
        """Add the JSON-LD of the page (schema.org)."""
        with suppress(ValueError, RecursionError):
            for thing in _things(json.loads(text)):
                self._said += _of_article(thing)

    def facts(self, heading: str = "") -> tuple[Fact, ...]:
        """Return the first fact of each kind. Metadata takes precedence over the `title` element.

        Args:
            heading: the first heading of the page. It replaces a `title` that only adds the name of the site to it.
        """
        said = [each for name, value in self._said for each in facts("the page's metadata", **{name: value})]
        title = heading if heading and self._title.startswith(heading) else self._title
        return first_of_each([*said, *facts("the page's title", title=title)])


_ARTICLES = re.compile(r".*(?:Article|Posting|Report|WebPage|CreativeWork)")


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in JSON-LD, which may be a single object, a list or a graph."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (each for each in graph if isinstance(each, dict)) if isinstance(graph, list) else ()


def _of_article(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kinds = thing.get("@type")
    if not any(_ARTICLES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
        return
    authors = thing.get("author")
    names = [
        str(each.get("name", "")) if isinstance(each, dict) else str(each)
        for each in (authors if isinstance(authors, list) else [authors] if authors else [])
    ]
    said = {
        "title": thing.get("headline"),
        "author": ", ".join(filter(None, names)),
        "date": thing.get("datePublished"),
    }
    yield from ((name, value) for name, value in said.items() if isinstance(value, str) and value.strip())
