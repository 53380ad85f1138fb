"""E-books (.epub): their chapters in reading order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from index.document import Fact
from index.formats.archive import Archive, check_declarations
from index.formats.charset import decode
from index.formats.content import Composer, Content, NoContent, section
from index.formats.facts import counted, facts, summed
from index.formats.html import read_xhtml

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"

_LONGEST_INDEX = 10_000_000
"""Largest description or table of contents of a book, in bytes of XML. A larger one counts as damaged."""

_PAGES = frozenset(
    {"application/xhtml+xml", "text/html", "text/x-oeb1-document", "text/xml", "application/xml", "application/html"}
)
"""The media types of chapters. The last ones are mistakes that some programs make."""

_PAGE_NAMES = (".xhtml", ".html", ".htm", ".xml")
"""File suffixes of chapters, for items without a media type."""

_CONTENTS = "application/x-dtbncx+xml"
"""The media type of the table of contents in EPUB 2. In EPUB 3 it is a page with the property `nav`."""


_LINK = re.compile(r"<link\b[^<>]{0,500}\bstylesheet\b[^<>]{0,500}>|<link\b[^<>]{0,500}\.css\b[^<>]{0,500}>")
_ADDRESS = re.compile(r"\bhref\s*=\s*[\"']([^\"']{1,300})")


def read_epub(archive: Archive) -> Content:
    """Return the text of a book, with a section for each heading.

    Text before the first heading of a chapter gets the chapter's title in the table of contents, or else its number.

    Raises:
        NoContent: the book is damaged or encrypted, or exceeds the limit on unpacked bytes.
    """
    package_path = next((str(file.get("full-path")) for file in _elements(archive, CONTAINER, "rootfile")), "")
    package: ElementTree.Element = _parse(archive, package_path, ElementTree.XMLParser())
    items = {item.get("id"): item for item in package.iterfind(".//{*}item")}
    order = dict.fromkeys(reference.get("idref") for reference in package.iterfind(".//{*}itemref"))
    spine = [items.get(identity) for identity in order]  # each chapter once, even if the book lists it again
    chapters = [item for item in spine if item is not None and _is_page(item)]
    names = _Names(archive.names())
    every = (names.of(_resolved(package_path, str(chapter.get("href")))) for chapter in chapters)
    paths = list(dict.fromkeys(every))
    _check_not_encrypted(archive, paths)
    titles = dict(_titles(archive, package_path, list(items.values())))
    pages = [archive.read(path) for path in paths]  # all of them first: the size limit applies before any parsing
    sheets = _Sheets(archive)
    composer = Composer()
    unread: list[str] = list(counted({"chapter of an unknown type": len(spine) - len(chapters)}))
    for number, (path, page) in enumerate(zip(paths, pages, strict=True), start=1):
        chapter = sheets.chapter(decode(page), path) if page else Content("")
        unread += chapter.unread
        if chapter.text:
            composer.gap("\n\n")
            composer.include(chapter.with_first_place(section(titles[path]) if path in titles else f"part {number}"))
    return replace(composer.content(), facts=_facts(package), unread=summed(unread))


def _is_page(item: ElementTree.Element) -> bool:
    media_type = item.get("media-type", "").partition(";")[0].strip().lower()
    return media_type in _PAGES or (not media_type and item.get("href", "").lower().endswith(_PAGE_NAMES))


def _facts(package: ElementTree.Element) -> tuple[Fact, ...]:
    """Return the title, the authors and the date of publication in the book's description."""
    titles, creators, dates = (list(package.iterfind(f".//{{*}}{name}")) for name in ("title", "creator", "date"))
    roles = {
        str(each.get("refines", "")).removeprefix("#"): each.text
        for each in package.iterfind(".//{*}meta")
        if each.get("property") == "role"
    }
    authors = [each for each in creators if _said_of(each, "role", roles.get(each.get("id", ""), "aut")) in {"aut", ""}]
    published = [each for each in dates if _said_of(each, "event", "publication") == "publication"]
    return facts(
        "the book's description",
        title="".join(_words(titles)[:1]),
        author=", ".join(_words(authors or creators)),
        date="".join(_words(published or dates)[:1]),
    )


def _words(elements: Iterable[ElementTree.Element]) -> list[str]:
    return [words for element in elements if (words := " ".join("".join(element.itertext()).split()))]


def _said_of(element: ElementTree.Element, name: str, otherwise: str | None) -> str:
    """Return an attribute of an element, in any namespace."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return (next(found, otherwise) or "").strip().lower()


class _Names:
    """The names of an archive's parts, with case-insensitive lookup."""

    def __init__(self, names: Sequence[str]) -> None:
        self._exact = frozenset(names)
        self._any_case = {name.lower(): name for name in names}

    def of(self, path: str) -> str:
        """Return the name of the part at `path`, or `path` itself if there is none."""
        return path if path in self._exact else self._any_case.get(path.lower(), path)


class _Sheets:
    """The style sheets of a book, each read when the first chapter uses it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = _Names(archive.names())
        self._read: dict[str, str] = {}

    def chapter(self, page: str, path: str) -> Content:
        """Return the text of the chapter at `path`, as the style sheets to which it links show it."""
        addresses = (found[1] for link in _LINK.findall(page) if (found := _ADDRESS.search(link)))
        return read_xhtml(page, [self._sheet(self._names.of(_resolved(path, address))) for address in addresses])

    def _sheet(self, name: str) -> str:
        if name not in self._read:
            data = self._archive.read(name) if name in self._archive.names() else b""
            self._read[name] = data.decode(errors="replace")
        return self._read[name]


def _titles(archive: Archive, package_path: str, items: list[ElementTree.Element]) -> Iterator[tuple[str, str]]:
    """Yield the path and title of each entry in the tables of contents. For one path, the last title counts."""
    names = frozenset(archive.names())
    for item in items:
        path = _resolved(package_path, str(item.get("href")))
        is_page = "nav" in str(item.get("properties")).split()
        if path not in names or not (is_page or item.get("media-type") == _CONTENTS):
            continue
        contents = _Contents(is_page=is_page)
        _parse(archive, path, ElementTree.XMLParser(target=contents))
        for entry in reversed(contents.entries):
            words = "".join(entry.words)
            if words.strip():
                yield _resolved(path, entry.target), words


@dataclass(slots=True)
class _Entry:
    """An entry of a table of contents: its link and its words."""

    target: str = ""
    words: list[str] = field(default_factory=list)


class _Contents:
    """An XML parser target that collects the entries of a table of contents, each without the nested ones."""

    def __init__(self, *, is_page: bool) -> None:
        self.entries: list[_Entry] = []
        self._open: list[_Entry] = []
        self._name = "a" if is_page else "navPoint"
        self._in_words = int(is_page)  # above 0, character data belongs to an entry

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == self._name:
            self._open.append(_Entry())
            self.entries.append(self._open[-1])
        self._in_words += name == "text"
        if self._open and not self._open[-1].target:
            self._open[-1].target = attributes.get("href") or attributes.get("src") or ""

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self._in_words -= name == "text"
        if name == self._name:
            self._open.pop()

    def data(self, data: str) -> None:
        if self._open and self._in_words:
            self._open[-1].words.append(data)


def _elements(archive: Archive, path: str, name: str) -> Iterator[ElementTree.Element]:
    """Yield the elements called `name`, in any namespace, in the XML at `path`."""
    root: ElementTree.Element = _parse(archive, path, ElementTree.XMLParser())
    return root.iterfind(f".//{{*}}{name}")


def _parse(archive: Archive, path: str, parser: ElementTree.XMLParser) -> Any:
    """Return the result of `parser` for the XML at `path`. It may have a document type, but no declarations."""
    data = archive.read(path)
    if len(data) > _LONGEST_INDEX:
        raise NoContent(f"is damaged: its part {path!r} is {len(data):,} bytes long; get or make it again")
    try:
        check_declarations(data, "<!ENTITY", "<!ATTLIST")
        parser.feed(data)
        return parser.close()
    except ElementTree.ParseError as error:
        raise NoContent(f"is damaged (in {path!r}: {error}); get or make it again") from error


def _check_not_encrypted(archive: Archive, paths: list[str]) -> None:
    """Refuse a book with encrypted chapters. Encrypted fonts are allowed."""
    if _ENCRYPTION not in archive.names():
        return
    encrypted = {unquote(str(part.get("URI"))) for part in _elements(archive, _ENCRYPTION, "CipherReference")}
    if not encrypted.isdisjoint(paths):
        raise NoContent("is encrypted against copying (DRM); add a copy that is not")


def _resolved(base: str, reference: str) -> str:
    """Return the archive path of `reference`, a link in the part at `base`."""
    return normpath(join(dirname(base), unquote(reference.partition("#")[0])))
