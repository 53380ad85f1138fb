"""The comments on the cells of a sheet: notes, and conversations."""

from collections.abc import Iterable, Iterator, Mapping

from index.formats.archive import Archive
from index.formats.normal import normalised, on_one_line
from index.formats.numerals import whole
from index.formats.package import Related, local, parse
from index.formats.sheets import Comment
from index.formats.xlsx.text import Texts

_REPEATED = "[Threaded comment]"
"""The beginning of a note that repeats a conversation for old versions of Excel."""


def people(archive: Archive, parts: Iterable[Related]) -> Mapping[str, str]:
    """Return the names of the people who take part in conversations, by their ids."""
    target = _People()
    for each in parts:
        if each.kind == "person":
            parse(archive.read(each.part), target)
    return target.names


def comments(archive: Archive, parts: Iterable[Related], names: Mapping[str, str]) -> Iterator[Comment]:
    """Yield the comments in the parts that belong to a sheet.

    Args:
        archive: the spreadsheet.
        parts: the parts that the sheet refers to.
        names: the names of people, by their ids.
    """
    for each in parts:
        if each.kind in {"comments", "threadedComment"}:
            target = _Comments(names)
            parse(archive.read(each.part), target)
            yield from (found for found in target.found if found.text and not found.text.startswith(_REPEATED))


class _People:
    """A parser target for the part that lists people."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "person":
            self.names[attributes.get("id", "")] = on_one_line(attributes.get("displayName", ""))


class _Comments:
    """A parser target for notes, whose text has runs, and for conversations, whose text is plain."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.found: list[Comment] = []
        self._names = names
        self._authors: list[str] = []
        self._author: list[str] | None = None
        self._cell = self._by = ""
        self._note = Texts("text")
        self._plain: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element == "author":
            self._author = []
        elif element in {"comment", "threadedComment"}:
            author = whole(attributes.get("authorId", ""), len(self._authors))
            by_id = self._names.get(attributes.get("personId", ""), "")
            self._by = self._authors[author] if author < len(self._authors) else by_id
            self._cell = attributes.get("ref", "")
        elif element == "text":
            self._plain = []
        self._note.start(tag, attributes)

    def end(self, tag: str) -> None:
        element = local(tag)
        self._note.end(tag)
        if element == "author":
            self._authors.append(on_one_line("".join(self._author or [])))
            self._author = None
        elif element == "text":
            text = self._note.take() or normalised("".join(self._plain or [])).strip()
            by = f"{self._by}:"
            text = text.removeprefix(by).strip() if self._by else text  # Excel writes the author into the note as well
            self.found.append(Comment(self._cell, self._by, text))
            self._plain = None

    def data(self, data: str) -> None:
        self._note.data(data)
        for pieces in (self._author, self._plain):
            if pieces is not None:
                pieces.append(data)
