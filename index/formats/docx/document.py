"""The text of a Word file: paragraphs in sections and tables, then notes, page headers and page footers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname, join
from types import MappingProxyType

from index.block import Kind, Role
from index.document import Document
from index.formats.archive import Archive
from index.formats.content import Composer, Content, lowered, normalised, raised
from index.formats.docx.numbering import Numbering, number
from index.formats.docx.styles import Look, Styles
from index.formats.docx.symbols import symbol
from index.formats.docx.tables import ELEMENTS, Tables
from index.formats.docx.xml import is_on, name, value
from index.formats.facts import counted
from index.formats.numerals import roman
from index.formats.package import local, parse, properties

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The element that repeats the content before it for old versions of Word."""

_UNREAD = frozenset("del moveFrom tblPrChange trPrChange tcPrChange pPrChange rPrChange tabs delText instrText".split())
"""Elements that contain deleted text, former properties, field codes or tab stops."""

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "m:den": "/"}

_UNSEEN = {"blip": "image", "imagedata": "image", "relIds": "diagram", "chart": "chart", "object": "object"}
"""Element → the name of its unread content. All but `object` are of other namespaces."""

_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_OWN_MARKS = {"footnoteRef": "footnote", "endnoteRef": "endnote"}

_AROUND = {Role.HEADER: re.compile(r"header\d*\.xml"), Role.FOOTER: re.compile(r"footer\d*\.xml")}

ALL_PAGES = "all pages"
"""The place of page headers and footers, and of comments on the whole document."""


def read_word(archive: Archive, main: str) -> Content:
    """Return the text of the document in part `main`, with all tracked changes accepted.

    The notes follow, then the comments in the margin, and then each different page header and footer once. A blank line
    separates paragraphs, and a tab separates the cells of a table. List numbers precede their paragraphs. Text that is
    struck out or hidden is skipped. The XML is parsed as a stream and never kept in memory as a tree.

    Raises:
        NoContent: a part is damaged, or exceeds the limit on unpacked bytes.
    """
    names = frozenset(archive.names())
    folder = dirname(main)
    styles, numbering = Styles(), Numbering()
    for part, target in (("styles.xml", styles), ("numbering.xml", numbering)):
        if join(folder, part) in names:
            parse(archive.read(join(folder, part)), target)
    document = _Document(styles, numbering)
    for part in (main, join(folder, "footnotes.xml"), join(folder, "endnotes.xml")):
        if part in names:
            parse(archive.read(part), document)
    if join(folder, "comments.xml") in names:
        comments = _Document(styles, numbering, Role.COMMENT, document.places_of_comments())
        parse(archive.read(join(folder, "comments.xml")), comments)
        document.include(comments.content())
    around = set()
    for role, part in _parts_around(archive, folder):
        own = _Document(styles, numbering, role)
        parse(archive.read(part), own)
        content = own.content()
        if content.text not in around:
            around.add(content.text)
            document.include(content.with_first_place(ALL_PAGES))
    return replace(document.content(), facts=properties(archive))


def _parts_around(archive: Archive, folder: str) -> Iterator[tuple[Role, str]]:
    """Yield the page headers, then the page footers."""
    for role, pattern in _AROUND.items():
        yield from ((role, part) for part in sorted(archive.names()) if _is_part(part, folder, pattern))


def _is_part(part: str, folder: str, pattern: re.Pattern[str]) -> bool:
    return dirname(part) == folder and pattern.fullmatch(part[len(folder) + bool(folder) :]) is not None


_PLAIN = Look()


@dataclass(slots=True)
class _Paragraph:
    """An open paragraph.

    Attributes:
        pieces: its text so far.
        look: the look that its style gives its text.
        is_heading: whether it is a heading.
        list_id: the list that it is an item of, if any.
        level: its level in that list, as written in the file.
        raised: the raised or lowered text at its end, not yet written.
        is_low: whether that text is lowered.
        is_cut: whether hidden text was skipped at its end.
        is_strong: whether all of its words are bold.
        place: the note or comment that begins with it, if any.
        comments: the ids of the comments on it.
    """

    pieces: list[str] = field(default_factory=list)
    look: Look = _PLAIN
    is_heading: bool = False
    list_id: str = ""
    level: str = ""
    raised: list[str] = field(default_factory=list)
    is_low: bool = False
    is_cut: bool = False
    is_strong: bool = True
    place: str = ""
    comments: list[str] = field(default_factory=list)


class _Document:
    """A parser target that builds the content of a document."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        role: Role = Role.TEXT,
        places: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Begin a part.

        Args:
            styles: the styles of the document.
            numbering: its lists.
            role: the role of all text of the part.
            places: for a part of comments, the place of each by its id.
        """
        self._styles = styles
        self._numbering = numbering
        self._role = role
        self._composer = Composer()
        self._paragraphs: list[_Paragraph] = []  # the innermost last; paragraphs nest in text boxes
        self._looks: list[Look] = []  # of the open runs
        self._tables = Tables(self._composer, styles, role)
        self._unread = 0  # depth inside an element that is not read
        self._unseen: Counter[str] = Counter()
        self._is_text = False
        self._in_properties = False  # whether inside the properties of a run
        self._in_paragraph_properties = False
        self._formula: list[str] = []  # the open raised and lowered parts of a formula
        self._is_checked: bool | None = None
        self._notes: Counter[str] = Counter()
        self._marks: dict[tuple[str, str], str] = {}
        self._note = ""
        self._places = places
        self._comment = ""  # the place of the comment that begins with the next words
        self._author = ""
        self._commented: dict[str, int] = {}  # id of a comment → offset of the paragraph that it is on

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = name(tag)
        if self._unread or element in _UNREAD or tag == _FALLBACK:
            self._unread += 1
            return
        if unseen := _UNSEEN.get(element or local(tag)):
            self._unseen[unseen] += 1
        if element in {"p", "r", "t", "m:t", "m:sup", "m:sub"}:
            self._start_of_text(element)
        elif element in ELEMENTS:
            self._tables.start(element, attributes)
        elif element == "pPr":
            self._in_paragraph_properties = True
        elif element == "rPr":
            self._in_properties = bool(self._looks) and not self._in_paragraph_properties
        elif self._in_properties:
            self._start_of_look(element, attributes)
        elif self._paragraphs:
            self._start_in_paragraph(element, attributes)
        elif element in {"footnote", "endnote", "comment"}:
            self._start_of_note(element, attributes)

    def end(self, tag: str) -> None:
        element = name(tag)
        if self._unread:
            self._unread -= 1
        elif element == "p":
            self._end_paragraph()
        elif element in {"t", "m:t"}:
            self._is_text = False
        elif element == "r" and self._looks:
            self._looks.pop()
        elif element in {"pPr", "rPr"}:
            self._in_properties = False
            self._in_paragraph_properties &= element == "rPr"
        elif element in {"m:sup", "m:sub"} and self._formula:
            self._formula.pop()
        elif element in ELEMENTS:
            self._tables.end(element)
        elif element == "checkBox":
            self._write("☑" if self._is_checked else "☐")
            self._is_checked = None

    def data(self, data: str) -> None:
        if self._is_text and not self._unread:
            self._write(data)

    def close(self) -> None:
        """Do nothing, because the notes follow in other parts."""

    def include(self, content: Content) -> None:
        """Append the content of another part."""
        self._composer.gap("\n\n")
        self._composer.include(content)

    def places_of_comments(self) -> Mapping[str, str]:
        """Return the label of the place of each comment in another part, by its id."""
        if not self._commented:
            return {}
        found = self.content().with_beginning()
        document = Document(found.text, "", places=found.places, blocks=found.blocks, tables=found.tables)
        return {comment: document.place(offset) for comment, offset in self._commented.items()}

    def content(self) -> Content:
        return replace(self._composer.content(), unread=counted(self._unseen))

    def _start_of_text(self, element: str) -> None:
        if element == "p":
            self._paragraphs.append(_Paragraph())
            self._tables.start_paragraph()
        elif element == "r":
            self._looks.append(_PLAIN)
        elif element in {"m:sup", "m:sub"}:
            self._formula.append("superscript" if element == "m:sup" else "subscript")
        else:
            self._is_text = True

    def _start_of_note(self, element: str, attributes: Mapping[str, str]) -> None:
        note_id = value(attributes, "id")
        if element == "comment":
            self._comment = self._places.get(note_id, ALL_PAGES)
            self._author = " ".join(normalised(value(attributes, "author")).split())
        else:
            self._note = note_id

    def _start_of_look(self, element: str, attributes: Mapping[str, str]) -> None:
        """Apply one of the properties of the current run."""
        look = self._looks[-1]
        if element == "rStyle":
            self._looks[-1] = look.over(self._styles.style(value(attributes)).look)
        else:
            self._looks[-1] = look.with_property(element, attributes)

    def _start_of_style(self, element: str, attributes: Mapping[str, str]) -> None:
        """Apply one of the properties of the current paragraph."""
        paragraph = self._paragraphs[-1]
        if element == "pStyle":
            style = self._styles.style(value(attributes))
            paragraph.is_heading |= bool(style.is_heading)
            paragraph.look = style.look
            paragraph.list_id, paragraph.level = paragraph.list_id or style.list_id, paragraph.level or style.level
        elif element == "outlineLvl":
            paragraph.is_heading |= value(attributes) in set("012345678")  # 9 means body text
        elif element == "numId":
            paragraph.list_id = value(attributes)
        elif element == "ilvl":
            paragraph.level = value(attributes)

    def _start_in_paragraph(self, element: str, attributes: Mapping[str, str]) -> None:
        if self._in_paragraph_properties:
            self._start_of_style(element, attributes)
        elif element in _SIGNS:
            self._write(_SIGNS[element])
        elif element == "sym":
            self._write(symbol(value(attributes, "font"), value(attributes, "char")))
        elif element == "commentReference":
            self._paragraphs[-1].comments.append(value(attributes, "id"))
        elif element in _NOTES:
            self._write_mark(_NOTES[element], value(attributes, "id"))
        elif element in _OWN_MARKS:
            self._write_mark(_OWN_MARKS[element], self._note)
        elif element in {"checked", "default"} and (element == "checked" or self._is_checked is None):
            self._is_checked = is_on(attributes)

    def _write_mark(self, kind: str, note_id: str) -> None:
        """Write a note mark. Notes of each kind are numbered in the order of their first marks."""
        if (kind, note_id) not in self._marks:
            self._notes[kind] += 1
            count = self._notes[kind]
            self._marks[kind, note_id] = str(count) if kind == "footnote" else roman(count)
        mark = self._marks[kind, note_id]
        self._end_raised()
        paragraph = self._paragraphs[-1]
        paragraph.pieces.append(raised(mark, _line(paragraph), is_note=True))
        paragraph.place = f"{kind} {mark}" if self._note else ""

    def _write(self, text: str) -> None:
        """Append text to the current paragraph, unless it is struck out or hidden."""
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        look = (self._looks[-1] if self._looks else _PLAIN).over(paragraph.look)
        if look.is_hidden:
            paragraph.is_cut = True
            return
        if paragraph.is_cut and _line(paragraph).endswith(" "):
            text = text.removeprefix(" ")
        paragraph.is_cut = False
        paragraph.is_strong &= bool(look.is_bold) or text.isspace()
        vertical = self._formula[-1] if self._formula else look.vertical
        if vertical not in {"superscript", "subscript"}:
            self._end_raised()
            paragraph.pieces.append(text)
            return
        if paragraph.raised and paragraph.is_low != (vertical == "subscript"):
            self._end_raised()
        paragraph.is_low = vertical == "subscript"
        paragraph.raised.append(text)

    def _end_raised(self) -> None:
        """Write the pending raised or lowered text."""
        paragraph = self._paragraphs[-1]
        text, paragraph.raised = "".join(paragraph.raised), []
        if mark := text.strip():
            write = lowered if paragraph.is_low else raised
            paragraph.pieces.append(text.replace(mark, write(mark, _line(paragraph)), 1))
        else:
            paragraph.pieces.append(text)

    def _end_paragraph(self) -> None:
        self._end_raised()
        paragraph = self._paragraphs.pop()
        text = normalised("".join(paragraph.pieces)).strip()
        if not text:
            return
        if self._comment:
            paragraph.place, self._comment = self._comment, ""
            text = f"{self._author}: {text}" if self._author else text
        label = self._numbering.count(paragraph.list_id, number(paragraph.level)) if paragraph.list_id else None
        kind = Kind.HEADING if paragraph.is_heading else Kind.PARAGRAPH if label is None else Kind.ITEM
        self._tables.begin_block(kind, is_strong=paragraph.is_strong)
        start = self._composer.write(f"{label} {text}" if label else text)
        self._commented |= dict.fromkeys(paragraph.comments, start)
        if paragraph.place:
            self._composer.place(start, paragraph.place)
        elif paragraph.is_heading and not self._role:
            self._composer.section(start, text)


def _line(paragraph: _Paragraph) -> str:
    """Return the end of the paragraph's text so far."""
    return "".join(piece[-20:] for piece in paragraph.pieces[-3:])
