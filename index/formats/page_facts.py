"""The title, author and date that a web page states in its head, in JSON-LD, and by the names of its elements."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from typing import Any, ClassVar

from index.document import Fact
from index.formats.facts import facts, first_of_each, one_line

_ARTICLES = re.compile(r".*(?:Article|Posting|Report|WebPage|CreativeWork)")
_SCRIPT_MARKS = re.compile(
    r"^\s*(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?|(?://|/\*)?\s*\]\]>(?:\s*\*/)?\s*$|^\s*<!--|-->\s*$"
)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
"""The properties whose values describe the page as well."""

_MOST_THINGS = 1_000
_LONGEST_NAME = 100

_PUBLISHED = re.compile(
    r"(?:^|[\s_-])(?:published|pubdate|entry-date|post-date|publish-date)(?:$|[\s_-])", re.IGNORECASE
)


class PageFacts:
    """The facts of a web page: Open Graph and other `meta` elements, JSON-LD, marked elements, and the title."""

    _META: ClassVar = {
        "og:title": "title",
        "twitter:title": "title",
        "dc.title": "title",
        "dcterms.title": "title",
        "citation_title": "title",
        "author": "author",
        "article:author": "author",
        "dc.creator": "author",
        "dcterms.creator": "author",
        "citation_author": "author",
        "parsely-author": "author",
        "sailthru.author": "author",
        "article:published_time": "date",
        "og:published_time": "date",
        "datepublished": "date",
        "date": "date",
        "dc.date": "date",
        "dc.date.issued": "date",
        "dcterms.date": "date",
        "dcterms.issued": "date",
        "dcterms.created": "date",
        "citation_publication_date": "date",
        "pubdate": "date",
        "publish-date": "date",
        "sailthru.date": "date",
        "parsely-pub-date": "date",
    }

    def __init__(self) -> None:
        self._said: list[tuple[str, str]] = []
        self._marked: list[tuple[str, str]] = []
        self._author: tuple[int, list[str]] | None = None  # depth of the element that names the author, and its words
        self._title = ""

    def meta(self, attributes: Mapping[str, str]) -> None:
        """Add a `meta` element."""
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if (fact := self._META.get(name.lower())) and (value := attributes.get("content", "").strip()):
            self._said.append((fact, value))

    def title(self, text: str) -> None:
        """Add the title of the page. Only the first one counts."""
        self._title = self._title or one_line(text)

    def json_ld(self, text: str) -> None:
        """Add the JSON-LD of the page (schema.org)."""
        with suppress(ValueError, RecursionError):
            things = list(_things(json.loads(_SCRIPT_MARKS.sub("", text))))[:_MOST_THINGS]
            named = {str(thing["@id"]): thing for thing in things if "@id" in thing and "name" in thing}
            for thing in things:
                self._said += _of_article(thing, named)

    def begin(self, tag: str, attributes: Mapping[str, str], depth: int) -> None:
        """Begin an element of the main text, at a depth. It may be marked as its author or date."""
        if not attributes:
            return
        marks = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}"
        if tag == "time" and ("pubdate" in attributes or "datePublished" in marks or _PUBLISHED.search(marks)):
            self._marked.append(("date", attributes.get("datetime", "")))
        if self._author is None and ("author" in attributes.get("rel", "").split() or "author" in marks.split()[:1]):
            self._author = depth, []

    def words(self, text: str) -> None:
        """Take words of the innermost element."""
        if self._author:
            self._author[1].append(text)

    def end(self, depth: int) -> None:
        """End the element at a depth."""
        if self._author and self._author[0] == depth:
            name = " ".join("".join(self._author[1]).split())
            if 0 < len(name) <= _LONGEST_NAME:
                self._marked.append(("author", re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)))
            self._author = None

    def facts(self, heading: str = "") -> tuple[Fact, ...]:
        """Return the first fact of each kind. Metadata takes precedence over elements, and these over the title.

        Args:
            heading: the first heading of the page. It replaces a `title` that only adds the name of the site to it.
        """
        said = [each for name, value in self._said for each in facts("the page's metadata", **{name: value})]
        said += [each for name, value in self._marked for each in facts("the page's markup", **{name: value})]
        title = heading if heading and self._title.startswith(heading) else self._title
        return first_of_each([*said, *facts("the page's title", title=title)])


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in JSON-LD, which may be a single object, a list or a graph."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            for nested in _NESTED:
                yield from _things(thing.get(nested))


def _of_article(thing: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the facts about an article. `named` are the objects with a name, by the id with which others name them."""
    kinds = thing.get("@type")
    if not any(_ARTICLES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
        return
    said = {
        "title": thing.get("headline"),
        "author": ", ".join(filter(None, _names(thing.get("author"), named))),
        "date": thing.get("datePublished"),
    }
    for name, value in said.items():
        if isinstance(value, str) and value.strip():
            yield name, unescape(value)


def _names(authors: Any, named: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of authors: texts, or objects with a name or the id of one that has it."""
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, str):
            yield author
        elif isinstance(author, dict):
            name = author.get("name") or named.get(str(author.get("@id")), {}).get("name")
            yield from (str(each) for each in (name if isinstance(name, list) else [name]) if each)
