"""The slides of a presentation: their shapes, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.block import Kind, Role
from index.formats.content import Composer, Content
from index.formats.placed import Frame, in_reading_order
from index.formats.tables import Said

_ALL_SLIDES = "all slides"
"""The place of footers."""

_TITLES = frozenset({"title", "ctrTitle"})
_FOOTERS = frozenset({"ftr", "dt"})
_NUMBER = "sldNum"


class TextCell(NamedTuple):
    """A cell of a table: its text, and the numbers of rows and columns that it covers."""

    text: str
    row_span: int
    column_span: int


@dataclass(slots=True)
class Shape:
    """A shape with text, or a table.

    Attributes:
        placeholder: its purpose on the slide, such as `title`, `body` or `ftr`; empty for a free shape.
        paragraphs: its paragraphs with words, each after its number if it has one.
        rows: the rows of a table. Cells that others cover are left out.
        has_header_row: whether the first row of a table is marked as headers of columns.
        has_header_column: whether its first column is marked as headers of rows.
        is_hidden: whether it is hidden.
        frame: where it stands, if the slide says so.
    """

    placeholder: str = ""
    paragraphs: list[str] = field(default_factory=list)
    rows: list[list[TextCell]] = field(default_factory=list)
    has_header_row: bool = False
    has_header_column: bool = False
    is_hidden: bool = False
    frame: Frame | None = None

    @property
    def has_words(self) -> bool:
        """Whether it has a paragraph, or a cell with words."""
        return bool(self.paragraphs) or any(cell.text for row in self.rows for cell in row)


class SlideWriter:
    """Writes the slides. Paragraphs of one shape are a list; tables are tables."""

    def __init__(self) -> None:
        self._composer = Composer()
        self._footers: dict[str, None] = {}
        self._place = ""  # the place that begins with the next words

    def slide(self, place: str, shapes: Sequence[Shape]) -> None:
        """Write the shapes of a slide, its title first, and the others as they stand."""
        self._place = place
        titles = [shape for shape in shapes if shape.placeholder in _TITLES]
        others = [shape for shape in shapes if shape.placeholder not in _TITLES]
        for shape in [*titles, *in_reading_order(others, lambda shape: shape.frame)]:
            if shape.placeholder in _FOOTERS:
                self._footers |= dict.fromkeys(shape.paragraphs)
            elif shape.rows:
                self._table(shape)
            elif shape.placeholder != _NUMBER:
                self._paragraphs(shape)

    def footers(self, shapes: Sequence[Shape]) -> None:
        """Take the text that stands on several slides, because it belongs to their layout."""
        for shape in shapes:
            self._footers |= dict.fromkeys([] if shape.placeholder else shape.paragraphs)

    def notes(self, place: str, paragraphs: Sequence[str]) -> None:
        """Write the speaker's notes on a slide."""
        self._place = place
        for text in paragraphs:
            self._write(text, Kind.PARAGRAPH)

    def comments(self, place: str, comments: Sequence[str]) -> None:
        """Write the comments on a slide."""
        self._place = place
        for text in comments:
            self._write(text, Kind.PARAGRAPH, Role.COMMENT)

    def content(self) -> Content:
        """Write the footers, and return the finished content."""
        self._place = _ALL_SLIDES
        for text in self._footers:
            self._write(text, Kind.PARAGRAPH, Role.FOOTER)
        return self._composer.content()

    def _paragraphs(self, shape: Shape) -> None:
        is_title = shape.placeholder in _TITLES
        kind = Kind.HEADING if is_title else Kind.ITEM if len(shape.paragraphs) > 1 else Kind.PARAGRAPH
        for number, text in enumerate(shape.paragraphs):
            self._write(text, kind, gap="\n" if number and kind == Kind.ITEM else "\n\n")

    def _write(self, text: str, kind: Kind, role: Role = Role.TEXT, gap: str = "\n\n") -> None:
        self._composer.gap(gap)
        self._composer.block(kind, role)
        self._begin_place(self._composer.write(text))

    def _table(self, shape: Shape) -> None:
        self._composer.gap("\n\n")
        self._composer.begin_table()
        for number, row in enumerate(shape.rows):
            self._composer.begin_row()
            for column, cell in enumerate(row):
                is_header = shape.has_header_column and column == 0
                said = Said.ROW_HEADER if is_header else Said.NOTHING
                said = Said.COLUMN_HEADER if shape.has_header_row and number == 0 else said
                self._composer.begin_cell(cell.row_span, cell.column_span, said)
                if cell.text:
                    self._begin_place(self._composer.write(cell.text))
        self._composer.end_table()
        self._composer.gap("\n\n")

    def _begin_place(self, start: int) -> None:
        if self._place:
            self._composer.place(start, self._place)
            self._place = ""
