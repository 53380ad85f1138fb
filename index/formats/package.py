"""What Word files, spreadsheets and presentations have in common: XML parts, references between them, properties."""

from collections.abc import Mapping
from functools import lru_cache
from posixpath import join, normpath
from typing import NamedTuple
from xml.etree import ElementTree

from index.document import Fact
from index.formats.archive import Archive, check_declarations
from index.formats.content import NoContent
from index.formats.facts import facts

_CHUNK = 1 << 20

_PROPERTIES = "docProps/core.xml"


def parse(part: bytes, target: object) -> None:
    """Parse a part, and report its elements to `target`.

    Raises:
        NoContent: the part is damaged, or has a document type, which no genuine file has.
    """
    check_declarations(part, "<!DOCTYPE")
    parser = ElementTree.XMLParser(target=target)
    try:
        for start in range(0, len(part), _CHUNK):
            parser.feed(part[start : start + _CHUNK])
        parser.close()
    except ElementTree.ParseError as error:
        raise NoContent(f"is damaged ({error}); open it in its program and save it again") from error


@lru_cache
def local(tag: str) -> str:
    """Return the name of a tag in any namespace."""
    return tag.rpartition("}")[2]


def properties(archive: Archive) -> tuple[Fact, ...]:
    """Return the title, author and date in the properties of an Office file."""
    if _PROPERTIES not in archive.names():
        return ()
    target = Properties("title", "creator", "created")
    parse(archive.read(_PROPERTIES), target)
    said = {key: "".join(words) for key, words in target.said.items()}
    return facts("the properties of the file", title=said["title"], author=said["creator"], date=said["created"])


def is_on(attributes: Mapping[str, str], name: str, *, otherwise: bool = False) -> bool:
    """Return whether a Boolean attribute is true; `otherwise` if it is missing."""
    return attributes[name] in {"1", "true"} if name in attributes else otherwise


def reference(attributes: Mapping[str, str]) -> str:
    """Return the id of the part to which an element refers, or ""."""
    return next((value for name, value in attributes.items() if local(name) == "id" and "}" in name), "")


class Properties:
    """A parser target for the part with the properties of a file. `said` has the pieces of each property named."""

    def __init__(self, *names: str) -> None:
        self.said: dict[str, list[str]] = {name: [] for name in names}
        self._property = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._property = local(tag)

    def end(self, tag: str) -> None:
        self._property = ""

    def data(self, data: str) -> None:
        if self._property in self.said:
            self.said[self._property].append(data)


class Related(NamedTuple):
    """A part that another part refers to. `kind` is the last word of its type, such as `comments`."""

    kind: str
    part: str


def related(archive: Archive, part: str) -> Mapping[str, Related]:
    """Return the parts that `part` refers to and that the archive has, by the id of the reference.

    What lies outside the archive is left out, and never looked up.
    """
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    names = frozenset(archive.names())
    if relations not in names:
        return {}
    target = _Relations()
    parse(archive.read(relations), target)
    found = {key: Related(kind, normpath(join(f"/{folder}", path)).lstrip("/")) for key, kind, path in target.found}
    return {key: each for key, each in found.items() if each.part in names}


class _Relations:
    """A parser target for the references of a part: id, kind and path of each."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((attributes.get("Id", ""), kind, attributes.get("Target", "")))
