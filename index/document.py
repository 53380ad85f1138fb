"""The basic values: a document, and spans of its text."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import attrgetter, ge, gt

from index import box
from index.block import Block, Kind, breaks, plain_blocks
from index.emphasis import Emphasis, Style, are_sound
from index.errors import EmptyDocument, InvalidText, SpanOutsideText
from index.table import Cell, Table
from index.utf8 import encoded_parts

_LONGEST_TERM = 60
"""Longest term, in code points, that names the row of its description."""


_MOST_UNSURE = 3
"""Words that may be misread that the label of a place names at most."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open, non-empty interval of code points, `start <= i < end`.

    >>> Document("Mali won.", "report").quote(Span(0, 4))
    'Mali'

    Attributes:
        start: offset of the first code point, at least 0.
        end: offset after the last code point, greater than `start`.

    Raises:
        SpanOutsideText: `start` is negative, or `end` is not greater than `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanOutsideText(
                f"A span runs from 0 or later to a greater offset, not from {self.start} to {self.end}."
            )

    def hull(self, other: "Span") -> "Span":
        """Return the span from the beginning of the first to the end of the last of two.

        >>> Span(6, 9).hull(Span(0, 4))
        Span(start=0, end=9)
        """
        return Span(min(self.start, other.start), max(self.end, other.end))

    def moved(self, by: int) -> "Span":
        """Return this span with both offsets increased.

        >>> Span(0, 4).moved(10)
        Span(start=10, end=14)
        """
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Return whether both have a code point in common.

        >>> Span(0, 4).overlaps(Span(3, 9)), Span(0, 4).overlaps(Span(4, 9))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


RECOGNISED = "recognised text"
"""What the label of a place says if a program recognised its text in a picture."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a section. It reaches to the next place.

    Attributes:
        start: offset of its first code point.
        label: its name, such as `page 3` or `section “Results”`. It is empty if its program names nothing there, so
            that its paragraphs are counted instead.
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An item of metadata that a file states about itself.

    Attributes:
        name: `title`, `author` or `date`.
        value: the value, on one line. Dates have the ISO 8601 form `2024-03-12`.
        origin: the part of the file that states it, such as `the properties of the file`.
    """

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its origin. Two documents are equal if their texts are equal.

    The text is never altered. Every passage and every citation is a `Span` of it.

    >>> document = Document("Mali won the cup.", "report")
    >>> document
    Document('report', 17 characters)
    >>> document.place(5)
    'line 1'

    Attributes:
        text: the whole text, in Unicode code points.
        title: the name shown to users.
        source: the path or address that the text came from; empty if it has none.
        places: the pages or sections, first to last. Each reaches to the next. Without places, line numbers are used.
        blocks: the headings, paragraphs, list items and table rows that partition the text. If none are given, they
            are found as in plain text (see `index.block.plain_blocks`).
        facts: the metadata that the file states about itself.
        unread: short descriptions of content that was not read, such as `2 images without text`.
        tables: the tables of the text, first to last. None of their cells crosses the end of a block.
        boxes: where its words are on the pages of its file (see `index.box.pack`); empty if this is not known.
        emphasis: its bold and italic parts, and the words that may be misread, in the order of their starts. Parts of
            one style do not overlap.
        id: the SHA-256 of the text in UTF-8, as 64 hexadecimal digits.

    Raises:
        EmptyDocument: `text` contains no letter or digit, so that no question could be answered from it.
        InvalidText: `text`, `title` or `source` contains a lone surrogate.
        SpanOutsideText: places, blocks, tables, boxes or emphasis are out of order or outside the text, the first
            block does not begin at 0, or a cell crosses the end of a block.
    """

    text: str = field(compare=False, repr=False)
    title: str = field(compare=False)
    source: str = field(default="", compare=False)
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)
    facts: tuple[Fact, ...] = field(default=(), compare=False, repr=False)
    unread: tuple[str, ...] = field(default=(), compare=False, repr=False)
    tables: tuple[Table, ...] = field(default=(), compare=False, repr=False)
    boxes: bytes = field(default=b"", compare=False, repr=False)
    emphasis: tuple[Emphasis, ...] = field(default=(), compare=False, repr=False)
    id: str = field(init=False)

    def __repr__(self) -> str:
        """Return a short form, such as `Document('report', 3,012 characters)`."""
        return f"Document({self.title!r}, {len(self.text):,} characters)"

    def __post_init__(self) -> None:
        if not any(map(str.isalnum, self.text)):
            raise EmptyDocument(f"{self.title!r} holds no words; add a document that has text.")
        bounds = [-1, *(place.start for place in self.places), len(self.text)]
        if any(start >= following for start, following in pairwise(bounds)):
            raise SpanOutsideText(f"The places of {self.title!r} do not begin one behind the other, inside its text.")
        bounds = [*(block.start for block in self.blocks), len(self.text)]
        if self.blocks and (bounds[0] != 0 or any(map(ge, bounds, bounds[1:]))):
            raise SpanOutsideText(f"The blocks of {self.title!r} do not partition its text.")
        if not self.blocks:
            object.__setattr__(self, "blocks", plain_blocks(self.text))
        self._check_tables()
        self._check_boxes()
        if not are_sound(self.emphasis, len(self.text)):
            raise SpanOutsideText(f"The emphasis of {self.title!r} is out of order, or outside its text.")
        try:
            digest = hashlib.sha256()
            for encoded in encoded_parts(self.text):
                digest.update(encoded)
            for value in (self.title, self.source):
                value.encode()
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise InvalidText(
                f"{self.title!r} holds half of a character, {half!r}; replace it and try again."
            ) from error
        object.__setattr__(self, "id", digest.hexdigest())

    def _check_tables(self) -> None:
        bounds = [0, *chain.from_iterable((table.start, table.end) for table in self.tables), len(self.text)]
        starts = [block.start for block in self.blocks]
        cells = chain.from_iterable(table.cells for table in self.tables)
        is_cut = (bisect_right(starts, cell.start) < bisect_left(starts, cell.end) for cell in cells)
        if any(map(gt, bounds, bounds[1:])) or any(is_cut):
            raise SpanOutsideText(f"The tables of {self.title!r} do not stand one behind the other, inside its blocks.")

    def _check_boxes(self) -> None:
        try:
            if self.boxes:
                box.unpack(self.boxes, len(self.text))
        except ValueError as error:
            raise SpanOutsideText(f"The boxes of the words of {self.title!r} do not fit its text.") from error

    def is_read_like(self, other: "Document") -> bool:
        """Return whether all that was read is equal: text, places, blocks, facts, tables, boxes and emphasis.

        Titles and sources may differ.
        """
        parts = attrgetter("id", "places", "blocks", "facts", "tables", "boxes", "emphasis")
        return bool(parts(self) == parts(other))

    @property
    def is_recognised(self) -> bool:
        """Whether text of it was recognised in pictures (OCR)."""
        return any(place.label.endswith(RECOGNISED) for place in self.places)

    def is_recognised_at(self, offset: int) -> bool:
        """Return whether the character at `offset` was recognised in a picture (OCR)."""
        reached = bisect_right(self.places, offset, key=lambda place: place.start)
        return reached > 0 and self.places[reached - 1].label.endswith(RECOGNISED)

    def to_dict(self) -> dict[str, str | int]:
        """Return its entry in a list of documents: `id`, `title`, `source`, and the number of its `characters`."""
        return {"id": self.id, "title": self.title, "source": self.source, "characters": len(self.text)}

    def quote(self, span: Span) -> str:
        """Return `text[span.start:span.end]`.

        Raises:
            SpanOutsideText: `span` ends after the last character of the text.
        """
        if span.end > len(self.text):
            raise SpanOutsideText(f"{self.title!r} has {len(self.text)} characters, so no quote can end at {span.end}.")
        return self.text[span.start : span.end]

    def breaks(self, span: Span) -> tuple[int, ...]:
        """Return the offsets, relative to `span.start` and ascending, at which a new block begins inside `span`."""
        return breaks(self.blocks, span.start, span.end)

    def block(self, offset: int) -> Block:
        """Return the block that contains the character at `offset`."""
        return self.blocks[bisect_right(self.blocks, offset, key=lambda block: block.start) - 1]

    def fact(self, name: str) -> Fact | None:
        """Return the first fact called `name`: `title`, `author` or `date`. Return None if the file states none."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def line(self, offset: int) -> int:
        """Return the number of the line that contains the character at `offset`. The first line is 1."""
        return self.text.count("\n", 0, offset) + 1

    def tables_in(self, span: Span) -> tuple[Table, ...]:
        """Return the tables that have a character in `span`, first to last."""
        numbers = self._table_numbers(span.start, span.end)
        return self.tables[numbers.start : numbers.stop]

    def cells(self, span: Span) -> Iterator[tuple[Table, Cell]]:
        """Yield the cells of tables that have a character in `span`, each with its table."""
        for table in self.tables_in(span):
            for cell in table.cells_in(span.start, span.end):
                yield table, cell

    def rectangles(self, span: Span) -> tuple[box.Rectangle, ...]:
        """Return where the words in `span` are on the pages of the file: a rectangle for each line.

        Returns:
            Rectangles in points (1/72 inch), from the lower left corner of the page as it is shown, cropped and
            rotated. Partial words count as whole. There are none if the file has no pages, or if this is not known.
        """
        return box.rectangles(self.boxes, span.start, span.end, len(self.text))

    def words_on(self, page: int) -> list[box.Box]:
        """Return the words on a page of the file, the first of which is 1, in the order of the text."""
        return box.on_page(self.boxes, page, len(self.text))

    def unsure_in(self, span: Span) -> tuple[Span, ...]:
        """Return the parts of `span` that were recognised in a picture (OCR), and may well be misread."""
        unsure = (part for part in self.emphasis if part.style == Style.UNSURE)
        overlaps = ((max(part.start, span.start), min(part.end, span.end)) for part in unsure)
        return tuple(Span(start, end) for start, end in overlaps if start < end)

    def headers(self, span: Span) -> str:
        """Return the words of the headers of the cell at `span`, or "" if it is in none, or in several."""
        found = list(self.cells(span))
        if len(found) != 1:
            return ""
        columns, rows = found[0][0].headers(found[0][1])
        return " ".join(" ".join(self.text[header.start : header.end].split()) for header in (*columns, *rows))

    def place(self, offset: int, end: int | None = None) -> str:
        """Return the label of the page or section at `offset`, and of the table, row and column there.

        Where the place has no label, return the paragraph, as in `paragraph 9`. Outside all places, return the line.
        Words that may be misread are named.

        Args:
            offset: offset of the first character.
            end: offset after the last one; by default, there is only one.
        """
        reached = bisect_right(self.places, offset, key=lambda place: place.start)
        labels = [self.places[reached - 1].label] if reached else []
        numbers = self._table_numbers(offset, end or offset + 1)[:1]
        for number in numbers:
            table = self.tables[number]
            if not table.is_sheet:
                labels.append(f"table {1 + sum(not each.is_sheet for each in self.tables[:number])}")
            labels.append(table.place(self.text, offset, end or offset + 1))
        if any(labels) and not numbers:
            labels.append(self._row_outside_tables(offset))
        paragraph = bisect_right(self.blocks, offset, key=lambda block: block.start)
        counted = f"paragraph {paragraph}" if reached else f"line {self.line(offset)}"
        place = ", ".join(filter(None, labels)) or counted
        return f"{place}{self._misread(Span(offset, end))}" if end else place

    def _misread(self, span: Span) -> str:
        """Return which words of `span` may be misread, behind a comma; "" if there are none."""
        quotes = (" ".join(self.quote(part).split()) for part in self.unsure_in(span))
        words = [f"“{quote.strip('.,;:') or quote}”" for quote in quotes]
        if len(words) > _MOST_UNSURE:
            words[_MOST_UNSURE:] = [f"{len(words) - _MOST_UNSURE:,} more"]
        named = ", ".join(words[:-1]) + " and " * (len(words) > 1) + "".join(words[-1:])
        return f", {named} may be misread" if named else ""

    def _row_outside_tables(self, offset: int) -> str:
        """Return the label of a row outside tables, such as a term before its description, if `offset` is behind it."""
        block = self.block(offset)
        term, tab, _ = self.text[block.start : offset].partition("\t")
        words = " ".join(term.split())
        return f"row “{words}”" if block.kind == Kind.ROW and tab and 0 < len(words) <= _LONGEST_TERM else ""

    def _table_numbers(self, start: int, end: int) -> range:
        """Return the numbers of the tables with a character in `start <= i < end`."""
        first = bisect_right(self.tables, start, key=lambda table: table.end)
        return range(first, max(first, bisect_left(self.tables, end, key=lambda table: table.start)))
