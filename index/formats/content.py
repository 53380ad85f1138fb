"""The content of a file: a normalised text with its places, blocks and facts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from index.block import Block, Kind, Role, plain_blocks
from index.document import Document, Fact, Place
from index.emphasis import Emphasis, joined
from index.errors import EmptyDocument, UnreadableFile
from index.formats.raised import end_of
from index.formats.tables import Grid, Said
from index.table import Table

BEGINNING = "the beginning"
"""The label of the text before the first heading."""

LONGEST_LABEL = 100
"""Longest heading, in code points, in the label of a place. A longer one is cut."""

_STRENGTHS = {"": 0, " ": 1, "\t": 2, "\n": 3, "\n\n": 4}
"""The possible gaps between two pieces of text. The strongest one requested is used."""


Told = Callable[[float], None]
"""Is told how far a file is read, from 0 to 1."""


class NoContent(Exception):
    """The file cannot be read. The message continues after its name: "is encrypted; save it without a password".

    Attributes:
        kind: the error that users of Cited get.
    """

    kind = UnreadableFile


class Attachment(NamedTuple):
    """A file inside another file.

    Attributes:
        name: its name, on one line.
        data: its bytes.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a document, as `Document` describes them, and the files attached to it.

    Without blocks, they are found as in plain text.
    """

    text: str
    places: tuple[Place, ...] = ()
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    unread: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tables: tuple[Table, ...] = ()
    boxes: bytes = b""
    emphasis: tuple[Emphasis, ...] = ()

    def document(self, title: str = "", source: str = "") -> Document:
        """Return the document with this content.

        Raises:
            EmptyDocument: the text contains no words.
        """
        if not any(map(str.isalnum, self.text)) and (images := [said for said in self.unread if "image" in said]):
            remedy = "save it as a PDF, and have the text of that recognised (OCR)"
            raise EmptyDocument(f"{title!r} holds no words, but {', '.join(images)}; {remedy}.")
        return Document(
            self.text,
            title,
            source,
            self.places,
            self.blocks,
            self.facts,
            self.unread,
            self.tables,
            self.boxes,
            self.emphasis,
        )

    def with_first_place(self, label: str) -> "Content":
        """Return this content with a place called `label` for the text before the first place."""
        if not self.text or (self.places and self.places[0].start == 0):
            return self
        return replace(self, places=(Place(0, label), *self.places))

    def with_beginning(self) -> "Content":
        """Return this content with a place for the text before its first heading. Without headings, it has no label."""
        has_sections = any(place.label.startswith("section") for place in self.places)
        return self.with_first_place(BEGINNING if has_sections else "")


class Composer:
    r"""Builds a content from front to back, out of pieces of text, gaps, blocks, sections and tables.

    >>> composer = Composer()
    >>> composer.begin_table()
    >>> for row in (("Item", "Cost"), ("Bearings", "£1,240")):
    ...     composer.begin_row()
    ...     for words in row:
    ...         composer.begin_cell(said=Said.COLUMN_HEADER if words in ("Item", "Cost") else Said.NOTHING)
    ...         _ = composer.write(words)
    >>> composer.end_table()
    >>> composer.content().text
    'Item\tCost\nBearings\t£1,240'
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        self._places: list[Place] = []
        self._blocks: list[Block] = []
        self._begun: tuple[Kind, Role] | None = Kind.PARAGRAPH, Role.TEXT
        self._has_words = True  # whether the last block has any
        self._grids: list[Grid] = []  # the open tables, the innermost last
        self._ended: list[Grid] = []  # the tables that have ended
        self._included: list[Table] = []
        self._emphasis: list[Emphasis] = []

    def gap(self, gap: str) -> None:
        """Request at least `gap` before the next piece. The text never begins or ends with a gap."""
        if _STRENGTHS[gap] > _STRENGTHS[self._gap]:
            self._gap = gap

    def cell(self) -> None:
        """Request a tab before the next piece. It replaces any gap requested before."""
        self._gap = "\t"

    def block(self, kind: Kind, role: Role = Role.TEXT) -> None:
        """Begin a block with the next piece. A block without words is merged with the next one."""
        self._begun = kind, role

    @property
    def grid(self) -> Grid | None:
        """The innermost open table, for a format that writes the gaps and blocks of its rows itself."""
        return self._grids[-1] if self._grids else None

    def begin_table(self, *, is_sheet: bool = False, is_layout: bool = False) -> None:
        """Begin a table. One that holds it in a cell is a table only if the file states its headers, and else a layout.

        Args:
            is_sheet: whether it is part of a spreadsheet, so that its row 0 and column 0 are those of the sheet.
            is_layout: whether the file says that it only lays out what it holds.
        """
        for grid in self._grids[-1:]:
            grid.holds_table = True
        self._grids.append(Grid(is_sheet=is_sheet, is_layout=is_layout))

    def begin_row(self, role: Role = Role.TEXT, number: int | None = None) -> None:
        """Begin a row on a new line. `number` is its number from 0, if rows without words were left out before it."""
        self.gap("\n")
        self.block(Kind.ROW, role)
        self._grids[-1].begin_row(number)

    def begin_cell(
        self, row_span: int = 1, column_span: int = 1, said: Said = Said.NOTHING, column: int | None = None
    ) -> None:
        """Begin a cell. A tab separates it from words before it in the row. Empty cells must be begun too.

        Args:
            row_span: number of rows that it covers.
            column_span: number of columns that it covers.
            said: whether the file says that it is a header.
            column: number of its column from 0, if empty cells were left out before it.
        """
        if self._grids[-1].row_has_words:
            self._gap = "\t"
        self._grids[-1].begin_cell(row_span, column_span, said, column)

    def end_table(self) -> None:
        """End the innermost table."""
        grid = self._grids.pop()
        if not grid.is_layout:
            self._ended.append(grid)

    def write(self, piece: str, emphasis: Iterable[Emphasis] = ()) -> int:
        """Append `piece`, which is not empty, with its own emphasis. Return the offset at which it begins."""
        if self._length:
            self._append(self._gap)
        self._gap = ""
        start = self._length
        if self._begun:
            if not self._has_words:
                start, *_ = self._blocks.pop()
            self._blocks.append(Block(start, *self._begun))
            self._begun, self._has_words = None, False
        self._has_words = self._has_words or any(map(str.isalnum, piece))
        self._append(piece)
        for grid in self._grids[-1:]:
            grid.write(self._length - len(piece), self._length)
        begun = self._length - len(piece)
        self._emphasis += (each.moved(begun) for each in emphasis)
        return begun

    def end(self) -> str:
        """Return the end of the line that the next piece continues, or "" if the next piece begins a line."""
        if self._begun or "\n" in self._gap or not self._pieces:
            return ""
        return end_of(self._pieces) + self._gap

    def section(self, start: int, heading: str) -> None:
        """Begin a section at `start`, unless a place begins there already."""
        self.place(start, section(heading))

    def place(self, start: int, label: str) -> None:
        """Begin a place called `label` at `start`, unless one begins there already."""
        if not self._places or start > self._places[-1].start:
            self._places.append(Place(start, label))

    def include(self, content: Content) -> None:
        """Append `content` with its places, blocks, tables and emphasis."""
        if not content.text:
            return
        self._begun = None
        start = self.write(content.text, content.emphasis)
        self._places += (Place(start + place.start, place.label) for place in content.places)
        blocks = content.blocks or plain_blocks(content.text)
        self._blocks += (block._replace(start=start + block.start) for block in blocks)
        self._included += (table.moved(start) for table in content.tables)
        self._has_words = True

    def content(self) -> Content:
        """Return the finished content."""
        text = "".join(self._pieces)
        if not self._has_words and len(self._blocks) > 1:
            self._blocks.pop()
        blocks = tuple(_in_lines(text, self._blocks))
        tables = tuple(self._tables(text, blocks))
        return Content(text, tuple(self._places), blocks, tables=tables, emphasis=joined(self._emphasis, text))

    def _tables(self, text: str, blocks: Sequence[Block]) -> list[Table]:
        starts = [block.start for block in blocks]
        found = [*self._included, *filter(None, (grid.table(text, starts) for grid in self._ended))]
        kept: list[Table] = []
        for table in sorted(found, key=lambda table: (table.start, -table.end)):
            if not kept or table.start >= kept[-1].end:  # otherwise, it stands in a cell of the last one
                kept.append(table)
        return kept

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _in_lines(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks. Cut those of several lines as `plain_blocks` does."""
    for block, following in pairwise([*blocks, Block(len(text))]):
        yield block
        lines = text[block.start : following.start].strip()
        if "\n" in lines and block.kind != Kind.ROW:
            for line in plain_blocks(lines)[1:]:
                yield block._replace(start=block.start + line.start)


def section(heading: str) -> str:
    """Return the label of the section under `heading`, on one line and not too long."""
    words = " ".join(heading.split())
    return f"section “{words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + '…'}”"


def with_author(text: str, author: str) -> str:
    """Return the text of a comment after the name of its author, who may be unknown."""
    return f"{author}: {text}" if author else text
