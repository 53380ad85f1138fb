"""Word files (.docx): their paragraphs, in sections by their headings."""

import re
from collections.abc import Mapping, Set
from functools import lru_cache
from posixpath import dirname, join
from xml.etree import ElementTree

from index.formats.archive import Archive
from index.formats.content import Composer, Content, NoContent, normalised

_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict form of ISO/IEC 29500
    }
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Says again, for old versions, what stands before it."""

_HEADING_STYLE = re.compile(r"heading \d|title", re.IGNORECASE)
_UNREAD = frozenset({"del", "moveFrom", "pPrChange", "tabs"})
"""Elements that hold what was there before a change, or where tabs would lead to."""

_BASES = 10
"""How many styles are followed from one to the one that it is based on."""

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CHUNK = 1 << 20


def read_word(archive: Archive, main: str) -> Content:
    """Return the text of the document in part `main`, then its notes, as if all of its changes were accepted.

    Paragraphs are set apart by a blank line, a table's cells by a tab. The XML is read as a stream, never held.

    Raises:
        NoContent: a part is damaged, or more than may be unpacked.
    """
    names = frozenset(archive.names())
    styles, *notes = (join(dirname(main), part) for part in ("styles.xml", "footnotes.xml", "endnotes.xml"))
    named = _Styles()
    if styles in names:
        _parse(archive.read(styles), named)
    document = _Document(named.headings())
    for part in (main, *notes):
        if part in names:
            _parse(archive.read(part), document)
    return document.content()


def _parse(part: bytes, target: object) -> None:
    parser = ElementTree.XMLParser(target=target)
    try:
        for start in range(0, len(part), _CHUNK):
            parser.feed(part[start : start + _CHUNK])
        parser.close()
    except ElementTree.ParseError as error:
        raise NoContent(f"is a Word file that is damaged ({error}); open it in Word and save it again") from error


@lru_cache
def _name(tag: str) -> str:
    """Return the tag's name if it is one of Word's, else nothing."""
    namespace, _, name = tag.removeprefix("{").partition("}")
    return name if namespace in _NAMESPACES else ""


def _value(attributes: Mapping[str, str]) -> str:
    return next((value for tag, value in attributes.items() if _name(tag) == "val"), "")


class _Styles:
    """Finds the styles that make a paragraph a heading, by what they are called or are based on."""

    def __init__(self) -> None:
        self._based_on: dict[str, str] = {}
        self._headings: set[str] = set()
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        if name == "style":
            self._style = next((value for tag, value in attributes.items() if _name(tag) == "styleId"), "")
        elif name == "basedOn":
            self._based_on[self._style] = _value(attributes)
        elif name == "name" and _HEADING_STYLE.fullmatch(_value(attributes)):
            self._headings.add(self._style)

    def headings(self) -> Set[str]:
        """Return the ids of these styles."""
        headings = set(self._headings)
        for _ in range(_BASES):
            headings |= {style for style, base in self._based_on.items() if base in headings}
        return headings


class _Document:
    """What the XML parser reports of a document, element by element, composed into a content."""

    def __init__(self, heading_styles: Set[str]) -> None:
        self._heading_styles = heading_styles
        self._composer = Composer()
        self._paragraphs: list[list[str]] = []  # those that we are in, the innermost last: text boxes stand in one
        self._is_heading = False
        self._in_text = False
        self._unread = 0  # how many elements deep we are in one that is not read
        self._tables = 0
        self._begins_cell = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _name(tag)
        if self._unread or name in _UNREAD or tag == _FALLBACK:
            self._unread += 1
        elif name == "p":
            self._start_paragraph()
        elif name == "t":
            self._in_text = True
        elif name == "pStyle":
            self._is_heading |= _value(attributes) in self._heading_styles
        elif name == "outlineLvl":
            self._is_heading |= _value(attributes) in set("012345678")  # 9 stands for body text
        elif name in _SIGNS and self._paragraphs:
            self._paragraphs[-1].append(_SIGNS[name])
        else:
            self._start_of_table(name)

    def end(self, tag: str) -> None:
        name = _name(tag)
        if self._unread:
            self._unread -= 1
        elif name == "p":
            self._end_paragraph()
        elif name == "t":
            self._in_text = False
        elif name == "tbl":
            self._tables -= 1
            self._composer.gap("\n\n")

    def data(self, data: str) -> None:
        if self._in_text and not self._unread and self._paragraphs:
            self._paragraphs[-1].append(data)

    def close(self) -> None:
        """Notes follow in further parts."""

    def content(self) -> Content:
        return self._composer.content()

    def _start_paragraph(self) -> None:
        self._paragraphs.append([])
        self._is_heading = False

    def _end_paragraph(self) -> None:
        if not self._begins_cell:
            self._composer.gap("\n" if self._tables else "\n\n")
        self._begins_cell = False
        text = normalised("".join(self._paragraphs.pop())).strip()
        if text:
            start = self._composer.write(text)
            if self._is_heading:
                self._composer.section(start, text)
        self._is_heading = False

    def _start_of_table(self, name: str) -> None:
        if name == "tbl":
            self._tables += 1
            self._composer.gap("\n\n")
        elif name == "tr":
            self._composer.gap("\n")
        elif name == "tc":
            self._composer.gap("\t")
            self._begins_cell = True
