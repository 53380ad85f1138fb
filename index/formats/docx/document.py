"""The text of a Word file: paragraphs in sections and tables, then notes, page headers and page footers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import dirname, join
from types import MappingProxyType

from index.block import Kind, Role
from index.formats.archive import Archive
from index.formats.content import Composer, Content, with_author
from index.formats.docx.embedded import Embedded
from index.formats.docx.fields import FIELDS, FormField
from index.formats.docx.numbering import Numbering
from index.formats.docx.paragraph import Paragraph
from index.formats.docx.styles import Styles, with_property
from index.formats.docx.tables import ELEMENTS, Tables
from index.formats.docx.xml import name, value
from index.formats.facts import counted
from index.formats.formula import OfficeFormula
from index.formats.look import UNSPECIFIED, Look
from index.formats.normal import on_one_line
from index.formats.numerals import roman
from index.formats.package import local, parse, properties
from index.formats.symbols import symbol

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The element that repeats the content before it for old versions of Word."""

_UNREAD = frozenset("del moveFrom tblPrChange trPrChange tcPrChange pPrChange rPrChange tabs delText instrText".split())
"""Elements that contain deleted text, former properties, field codes or tab stops."""

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

_UNSEEN = {"blip": "image", "imagedata": "image", "object": "object"}
"""Element → the name of its unread content. All but `object` are of other namespaces."""

_DRAWN = {"chart": "id", "relIds": "dm"}
"""A chart or a diagram → the attribute with the id of the part that holds its words."""

_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_OWN_MARKS = {"footnoteRef": "footnote", "endnoteRef": "endnote"}

_AROUND = {Role.HEADER: re.compile(r"header\d*\.xml"), Role.FOOTER: re.compile(r"footer\d*\.xml")}

_BEHIND = re.compile(rb"behindDoc=.(?:1|true)|<[wv]:background\b")
"""What a file has behind its text."""

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
    document = _Document(styles, numbering, Embedded(archive, main))
    document.is_white = _BEHIND.search(archive.read(main)) is None
    for part in (main, join(folder, "footnotes.xml"), join(folder, "endnotes.xml")):
        if part in names:
            parse(archive.read(part), document)
    if join(folder, "comments.xml") in names:
        part = join(folder, "comments.xml")
        places = document.places_of_comments()
        comments = _Document(styles, numbering, Embedded(archive, part), Role.COMMENT, places)
        parse(archive.read(part), comments)
        document.include(comments.content())
    around = set()
    for role, part in _parts_around(archive, folder):
        own = _Document(styles, numbering, Embedded(archive, part), role)
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


class _Document:
    """A parser target that builds the content of a document.

    Attributes:
        is_white: whether nothing lies behind its text, so that white text cannot be seen.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        embedded: Embedded,
        role: Role = Role.TEXT,
        places: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Begin a part.

        Args:
            styles: the styles of the document.
            numbering: its lists.
            embedded: what the part shows from others.
            role: the role of all text of the part.
            places: for a part of comments, the place of each by its id.
        """
        self._styles = styles
        self._numbering = numbering
        self._embedded = embedded
        self._role = role
        self._composer = Composer()
        self._paragraphs: list[Paragraph] = []  # the innermost last; paragraphs nest in text boxes
        self._before: Paragraph | None = None  # the paragraph that goes on in the next one
        self._before_depth = 0  # number of paragraphs around it
        self._looks: list[Look] = []  # of the open runs
        self._tables = Tables(self._composer, styles, role)
        self._unread = 0  # depth inside an element that is not read
        self._unseen: Counter[str] = Counter()
        self._is_text = False
        self._in_properties = False  # whether inside the properties of a run
        self._in_paragraph_properties = False
        self._formula: OfficeFormula | None = None
        self._field: FormField | None = None
        self._hint: list[str] | None = None  # the hint above the words that follow
        self._in_hint = False
        self._notes: Counter[str] = Counter()
        self._marks: dict[tuple[str, str], str] = {}
        self._note = ""
        self._places = places
        self.is_white = False
        self._comment = ""  # the place of the comment that begins with the next words
        self._author = ""
        self._commented: dict[str, int] = {}  # id of a comment → offset of the paragraph that it is on

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = name(tag)
        if self._unread or element in _UNREAD or tag == _FALLBACK:
            self._start_unread(element)
        elif self._formula:
            self._formula.start(element.removeprefix("m:") if element.startswith("m:") else "", attributes)
        elif self._field:
            self._field.start(element, attributes)
        else:
            self._start(element, tag, attributes)

    def _start(self, element: str, tag: str, attributes: Mapping[str, str]) -> None:
        if element in {"p", "r", "t", "m:oMath"} or element in FIELDS:
            self._start_of_text(element)
        elif element in ELEMENTS:
            self._end_line()
            self._tables.start(element, attributes)
        elif element == "pPr":
            self._in_paragraph_properties = True
        elif element == "rPr":
            self._in_properties = bool(self._looks) and not self._in_paragraph_properties
        elif self._in_properties:
            self._start_of_look(element, attributes)
        elif not element or element in {"altChunk", "object"}:
            self._start_of_other(element or local(tag), attributes)
        elif self._paragraphs:
            self._start_in_paragraph(element, attributes)
        elif element in {"footnote", "endnote", "comment"}:
            self._start_of_note(element, attributes)

    def end(self, tag: str) -> None:
        element = name(tag)
        if self._unread:
            self._unread -= 1
        elif self._formula or self._field:
            self._end_inside(element)
        elif element == "p":
            self._end_paragraph()
        elif element == "t":
            self._is_text = False
        elif element == "r" and self._looks:
            self._looks.pop()
        elif element in {"pPr", "rPr"}:
            self._in_properties = False
            self._in_paragraph_properties &= element == "rPr"
        elif element in {"rt", "rubyBase"}:
            self._end_hint(element)
        elif element in ELEMENTS:
            self._end_line()
            self._tables.end(element)

    def _end_inside(self, element: str) -> None:
        """End an element inside a formula or a field, or that itself."""
        if self._formula and element != "m:oMath":
            self._formula.end()
        elif self._formula or element in FIELDS:
            text = (self._formula or self._field or OfficeFormula()).text
            self._formula = self._field = None
            self._write(text)

    def data(self, data: str) -> None:
        if self._unread:
            return
        if self._formula:
            self._formula.data(data)
        elif self._is_text:
            self._write(data)

    def include(self, content: Content) -> None:
        """Append the content of another part."""
        self._composer.gap("\n\n")
        self._composer.include(content)

    def places_of_comments(self) -> Mapping[str, str]:
        """Return the label of the place of each comment in another part, by its id."""
        if not self._commented:
            return {}
        document = self.content().with_beginning().document()
        return {comment: document.place(offset) for comment, offset in self._commented.items()}

    def content(self) -> Content:
        self._end_line()
        return replace(self._composer.content(), unread=counted(self._unseen))

    def _start_unread(self, element: str) -> None:
        """Begin an element that is not read. The end of a paragraph, or a row of a table, may be deleted."""
        self._unread += 1
        if element == "del" and self._unread == 1:
            self._tables.delete()
            if self._in_paragraph_properties and self._paragraphs:
                self._paragraphs[-1].goes_on = True

    def _start_of_text(self, element: str) -> None:
        if element == "p":
            is_on_white = self.is_white and not (self._paragraphs or self._tables.in_cell)
            self._paragraphs.append(Paragraph(is_on_white=is_on_white))
            self._tables.start_paragraph()
        elif element == "r":
            self._looks.append(UNSPECIFIED)
        elif element == "m:oMath":
            self._formula = OfficeFormula()
        elif element in FIELDS:
            self._field = FormField(element)
        else:
            self._is_text = True

    def _start_of_other(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin an element of another namespace than Word's own, or one that refers to another part."""
        relation = {local(key): value for key, value in attributes.items()}
        if unseen := _UNSEEN.get(element):
            self._unseen[unseen] += 1
        elif element in _DRAWN:
            words = self._embedded.words(relation.get(_DRAWN[element], ""))
            if element == "chart" or not words:
                self._unseen["chart" if element == "chart" else "diagram"] += 1
            for text in words:
                self._tables.begin_block(Kind.PARAGRAPH, is_strong=False)
                self._composer.write(text)
        elif element == "textpath":
            self._write(f"{relation.get('string', '')}\n")
        elif element == "altChunk":
            content = self._embedded.page(relation.get("id", ""))
            if content.text:
                self.include(content)
                self._composer.gap("\n\n")
            else:
                self._unseen["inserted file"] += 1

    def _start_of_note(self, element: str, attributes: Mapping[str, str]) -> None:
        note_id = value(attributes, "id")
        if element == "comment":
            self._comment = self._places.get(note_id, ALL_PAGES)
            self._author = on_one_line(value(attributes, "author"))
        else:
            self._note = note_id

    def _start_of_look(self, element: str, attributes: Mapping[str, str]) -> None:
        """Apply one of the properties of the current run."""
        look = self._looks[-1]
        if element == "rStyle":
            self._looks[-1] = look.over(self._styles.style(value(attributes)).look)
        else:
            self._looks[-1] = with_property(look, element, attributes)

    def _start_of_style(self, element: str, attributes: Mapping[str, str]) -> None:
        """Apply one of the properties of the current paragraph."""
        paragraph = self._paragraphs[-1]
        if element == "pStyle":
            paragraph.style = value(attributes)
            style = self._styles.style(paragraph.style)
            paragraph.is_heading |= bool(style.is_heading)
            paragraph.look = style.look
            paragraph.list_id, paragraph.level = paragraph.list_id or style.list_id, paragraph.level or style.level
        elif element == "shd":
            paragraph.look = with_property(paragraph.look, element, attributes)
        elif element == "outlineLvl":
            paragraph.is_heading |= value(attributes) in set("012345678")  # 9 means body text
        elif element == "numId":
            paragraph.list_id = value(attributes)
        elif element == "ilvl":
            paragraph.level = value(attributes)
        elif element == "framePr":
            paragraph.goes_on = value(attributes, "dropCap") in {"drop", "margin"}

    def _start_in_paragraph(self, element: str, attributes: Mapping[str, str]) -> None:
        if self._in_paragraph_properties:
            self._start_of_style(element, attributes)
        elif element in _SIGNS:
            self._write(_SIGNS[element])
        elif element == "sym":
            self._write(symbol(value(attributes, "font"), value(attributes, "char")))
        elif element == "commentReference":
            self._paragraphs[-1].comments.append(value(attributes, "id"))
        elif element in _NOTES and value(attributes, "customMarkFollows") in {"", "0", "false"}:
            self._write_mark(_NOTES[element], value(attributes, "id"))
        elif element in _OWN_MARKS:
            self._write_mark(_OWN_MARKS[element], self._note)
        elif element == "rt":
            self._hint, self._in_hint = [], True

    def _write_mark(self, kind: str, note_id: str) -> None:
        """Write a note mark. Notes of each kind are numbered in the order of their first marks."""
        if (kind, note_id) not in self._marks:
            self._notes[kind] += 1
            count = self._notes[kind]
            self._marks[kind, note_id] = str(count) if kind == "footnote" else roman(count)
        mark = self._marks[kind, note_id]
        paragraph = self._paragraphs[-1]
        paragraph.write_mark(mark)
        paragraph.place = f"{kind} {mark}" if self._note else ""

    def _write(self, text: str) -> None:
        """Append text to the current paragraph, unless it is struck out or hidden."""
        if self._in_hint and self._hint is not None:
            self._hint.append(text)
        elif self._paragraphs and not self._tables.is_hidden:
            self._paragraphs[-1].write(text, self._looks[-1] if self._looks else UNSPECIFIED)

    def _end_hint(self, element: str) -> None:
        """End a hint above words, which the file has before them, or the words: then write the hint."""
        self._in_hint = False
        if element == "rubyBase":
            hint, self._hint = "".join(self._hint or []).strip(), None
            self._write(f" ({hint})" if hint else "")

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        if self._before and self._before_depth == len(self._paragraphs):
            paragraph.continue_from(self._before)
            self._before = None
        if paragraph.goes_on and not paragraph.is_blank:
            self._before, self._before_depth = paragraph, len(self._paragraphs)
        elif not paragraph.goes_on:
            self._write_paragraph(paragraph)

    def _end_line(self) -> None:
        """Write the paragraph that goes on in the next one, because there is none."""
        if self._before:
            paragraph, self._before = self._before, None
            self._write_paragraph(paragraph)

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        text, emphasis, label = paragraph.text, paragraph.emphasis, None
        if paragraph.list_id and not paragraph.is_cut * (not text) and not self._tables.is_hidden:
            label = self._numbering.count(paragraph.list_id, paragraph.level, paragraph.style)
        if not text and label and self._tables.in_cell:  # a column of numbers
            text, label = label, None
        if not text:
            return
        before = f"{label} " if label else ""
        if self._comment:
            paragraph.place, self._comment = self._comment, ""
            before += with_author("", self._author)
        kind = Kind.HEADING if paragraph.is_heading else Kind.PARAGRAPH if label is None else Kind.ITEM
        self._tables.begin_block(kind, is_strong=paragraph.is_strong)
        start = self._composer.write(before + text, (each.moved(len(before)) for each in emphasis))
        self._commented |= dict.fromkeys(paragraph.comments, start)
        if paragraph.place:
            self._composer.place(start, paragraph.place)
        elif paragraph.is_heading and not self._role:
            self._composer.section(start, text)
