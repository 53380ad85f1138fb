"""The text of an OpenDocument text (.odt)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.block import Kind, Role
from index.emphasis import Emphasis
from index.formats.content import Composer, Content
from index.formats.numerals import whole
from index.formats.opendocument.body import Aside, Body, Paragraph
from index.formats.opendocument.objects import Objects
from index.formats.opendocument.styles import Styles
from index.formats.pieces import PLAIN, Pieces
from index.formats.tables import Said

_AROUND = {"header": Role.HEADER, "footer": Role.FOOTER}

LONGEST_CELL = 3
"""Paragraphs of a cell of data. A row with a longer cell lays out the page."""


@dataclass(slots=True)
class _Cell:
    """A cell of an open row: its place, the columns and rows that it covers, and its paragraphs."""

    column: int
    row_span: int
    column_span: int
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.text)

    @property
    def emphasis(self) -> Iterator[Emphasis]:
        at = 0
        for paragraph in self.paragraphs:
            yield from (each.moved(at) for each in paragraph.emphasis)
            at += len(paragraph.text) + bool(paragraph.text)


@dataclass(slots=True)
class _Table:
    """An open table."""

    row: int = -1
    column: int = 0
    cells: list[_Cell] = field(default_factory=list)
    is_in_cell: bool = False
    headers: int = 0  # depth inside the rows of headers


class TextBody(Body):
    """A parser target that writes the paragraphs and tables of a text.

    Args:
        styles: the styles of the file.
        objects: the objects in it.
        is_white: whether nothing lies behind the text, so that white text cannot be seen.
    """

    def __init__(self, styles: Styles, objects: Objects, *, is_white: bool) -> None:
        super().__init__(styles, objects)
        self._is_white = is_white
        self._composer = Composer()
        self._tables: list[_Table] = []
        self._comments: list[tuple[Aside, int]] = []  # each with the offset of its paragraph

    def paragraph(self, paragraph: Paragraph) -> None:
        if self._tables and self._tables[-1].is_in_cell:
            self._tables[-1].cells[-1].paragraphs.append(paragraph)
        elif paragraph.text:
            self._write_block(paragraph)

    @property
    def is_on_white(self) -> bool:
        return self._is_white and not self._tables and len(self._paragraphs) == 1

    def hides(self, element: str, attributes: Mapping[str, str]) -> bool:
        is_row = element == "table-row" and attributes.get("visibility") in {"collapse", "filter"}
        return is_row or super().hides(element, attributes)

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        table = self._tables[-1] if self._tables else None
        if element == "table":
            if table is None:
                self._composer.gap("\n\n")
                self._composer.begin_table()
            self._tables.append(_Table())
        elif table is None:
            return
        elif element == "table-header-rows":
            table.headers += 1
        elif element == "table-row":
            table.row, table.column, table.cells = table.row + 1, 0, []
        elif element in {"table-cell", "covered-table-cell"}:
            repeated = whole(attributes.get("number-columns-repeated", ""), 1)
            if element == "table-cell":
                rows, columns = (whole(attributes.get(f"number-{way}-spanned", ""), 1) for way in ("rows", "columns"))
                table.cells.append(_Cell(table.column, rows, columns))
                table.is_in_cell = True
            table.column += repeated

    def finish(self, element: str) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            return
        if element == "table-header-rows":
            table.headers -= 1
        elif element == "table-cell":
            table.is_in_cell = False
        elif element == "table-row":
            self._end_row(table)
        elif element == "table":
            self._tables.pop()
            if not self._tables:
                self._composer.end_table()
                self._composer.gap("\n\n")

    def content(self, around: Mapping[str, Role]) -> Content:
        """Return the text, its notes and comments, and then `around`, the texts of page headers and footers."""
        composer = self._composer
        places = self._places()
        for note in self.notes:
            self._aside(note.text, f"{note.kind} {note.mark}", Role.TEXT)
        for (comment, _), place in zip(self._comments, places, strict=True):
            self._aside(comment.text, place, Role.COMMENT)
        for text, role in around.items():
            self._aside(text, "all pages", role)
        return composer.content()

    def _aside(self, text: str, place: str, role: Role) -> None:
        if any(map(str.isalnum, text)):
            self._composer.gap("\n\n")
            self._composer.block(Kind.PARAGRAPH, role)
            self._composer.place(self._composer.write(text), place)

    def _places(self) -> list[str]:
        """Return the place of each comment."""
        if not self._comments:
            return []
        document = self._composer.content().with_beginning().document()
        return [document.place(offset) for _, offset in self._comments]

    def _write_block(self, paragraph: Paragraph) -> None:
        is_item = paragraph.label is not None and not paragraph.level
        kind = Kind.HEADING if paragraph.level else Kind.ITEM if is_item else Kind.PARAGRAPH
        self._composer.gap("\n\n")
        self._composer.block(kind)
        start = self._composer.write(paragraph.text, paragraph.emphasis)
        if paragraph.level:
            self._composer.section(start, paragraph.text)
        self._comments += ((comment, start) for comment in paragraph.comments)

    def _end_row(self, table: _Table) -> None:
        cells, table.cells = table.cells, []
        if len(self._tables) > 1:  # a table inside a cell becomes lines of the cell
            words = "\t".join(cell.text for cell in cells if cell.text)
            if outer := self._tables[-2].cells[-1:]:
                outer[0].paragraphs.append(
                    Paragraph(0, self.styles.look("", ""), None, pieces=Pieces([words], [PLAIN]))
                )
            return
        if any(len(cell.paragraphs) > LONGEST_CELL for cell in cells):
            for paragraph in (each for cell in cells for each in cell.paragraphs if each.text):
                self._write_block(paragraph)
            return
        self._composer.begin_row(number=table.row)
        for cell in cells:
            said = Said.COLUMN_HEADER if table.headers else Said.NOTHING
            self._composer.begin_cell(cell.row_span, cell.column_span, said, cell.column)
            if cell.text:
                start = self._composer.write(cell.text, cell.emphasis)
                comments = [comment for paragraph in cell.paragraphs for comment in paragraph.comments]
                self._comments += ((comment, start) for comment in comments)


class Around(Body):
    """A parser target for the part with the styles. It collects the page headers and footers, each text once.

    Attributes:
        texts: each text with its role.
    """

    def __init__(self, styles: Styles) -> None:
        super().__init__(styles)
        self.texts: dict[str, Role] = {}
        self._role: Role | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        if self._role and paragraph.text:
            self.texts.setdefault(paragraph.text, self._role)

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        for name, role in _AROUND.items():
            if _is_around(element, name):
                self._role = role if attributes.get("display") != "false" else None

    def finish(self, element: str) -> None:
        if any(_is_around(element, name) for name in _AROUND):
            self._role = None


def _is_around(element: str, name: str) -> bool:
    return element in {name, f"{name}-left", f"{name}-first"}
