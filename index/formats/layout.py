"""The layout of a web page's text: blocks, numbered lists, table rows and lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.block import Kind, Role
from index.emphasis import Emphasis, Style
from index.formats.content import Composer, Content
from index.formats.numerals import Numeral, in_capitals, letters, roman, signed
from index.formats.tables import Said

HEADINGS = dict(zip("h1 h2 h3 h4 h5 h6".split(), range(1, 7), strict=True))

_PARAGRAPHS = HEADINGS.keys() | frozenset(
    "p ul ol menu dir dl blockquote pre table figure section article header aside nav hr".split()
)
_LINES = frozenset(
    "body main div li dt dd tr address caption center details dialog fieldset figcaption footer form legend option"
    " summary tbody tfoot thead".split()
)
_GAPS = dict.fromkeys(_PARAGRAPHS, "\n\n") | dict.fromkeys(_LINES, "\n")
"""Element → the gap before and after it."""

_LISTS = frozenset({"ol", "ul", "menu", "dir"})

_CELLS = frozenset({"td", "th"})

_STRONG = frozenset({"b", "strong"})

_NOT_IN_CELLS = HEADINGS.keys() | {"table", "ul", "ol", "menu", "dl", "section", "article", "blockquote", "pre"}
"""Elements that occur in the cells of a layout table, and not in those of a data table."""

_SCOPES = {
    **dict.fromkeys(("col", "colgroup", "columnheader"), Said.COLUMN_HEADER),
    **dict.fromkeys(("row", "rowgroup", "rowheader"), Said.ROW_HEADER),
}
"""The value of `scope` or `role` → what it says of a cell."""

LAID_OUT = _GAPS.keys() | _CELLS | {"br"}
"""Elements that a browser does not show in a line of text, unless a style sheet says so."""

_MOST_ROWS, _MOST_COLUMNS = 65_534, 1_000
"""Largest number of rows and columns that a cell may cover, as in the HTML standard. A `rowspan` of 0 means all."""

_NUMERALS: dict[str, Numeral] = {
    "1": str,
    "a": letters,
    "A": in_capitals(letters),
    "i": roman,
    "I": in_capitals(roman),
}


@dataclass(slots=True)
class _Items:
    """A list that is open.

    Attributes:
        following: the number of its next item; None for a list without numbers.
        numeral: how the number is written.
        step: 1, or -1 for a list that counts down.
    """

    following: int | None = None
    numeral: Numeral = str
    step: int = 1

    def number(self, value: str | None, marker: str | None) -> str:
        """Return the label of the next item.

        Args:
            value: the number that the page sets for it, if any.
            marker: how its own style writes the number, if it says so; "" for not at all.
        """
        if self.following is None:
            return ""
        number = signed(value or "", self.following)
        self.following = number + self.step
        return "" if marker == "" else f"{_NUMERALS.get(marker or '', self.numeral)(number)}. "


@dataclass(slots=True)
class _Row:
    """An open table row, or a term with its description.

    Attributes:
        terms: nesting depth of the description list; 0 for a table row.
        cells: number of cells begun so far.
        is_laid_out: whether the row only lays out the page, so that it is not a row of data.
        has_words: whether any of its cells has words.
        cell_has_words: whether the current cell has words.
        begins_line: whether the next words in the cell begin a line.
    """

    terms: int = 0
    cells: int = 0
    is_laid_out: bool = False
    has_words: bool = False
    cell_has_words: bool = False
    begins_line: bool = False


class Layout:
    """Builds the content of a page from the start and end of its elements."""

    def __init__(self, lengths: Mapping[int, int]) -> None:
        """Begin a page.

        Args:
            lengths: position among the numbered lists → number of items. Needed only for lists that count down.
        """
        self._lengths = lengths
        self._numbered = 0
        self._composer = Composer()
        self._lists: list[_Items] = []
        self._rows: list[_Row] = []
        self._terms = 0
        self._strong = 0  # depth inside bold elements
        self._heads: list[bool] = []  # for each open table, whether its head is open
        self._breaks = 0
        self._number = ""
        self._begun: Kind | None = Kind.PARAGRAPH  # kind of the block that the next words begin

    def start(self, tag: str, attributes: Mapping[str, str], marker: str | None = None) -> None:
        """Begin an element. `marker` is how the style sheets number a list or an item: as in `type`, "" for not."""
        if tag in _LISTS:
            self._begin(tag, Kind.PARAGRAPH)
            self._lists.append(self._items(tag, attributes, marker))
        elif tag == "li":
            self._begin(tag, Kind.ITEM)
            self._number = self._lists[-1].number(attributes.get("value"), marker) if self._lists else ""
        elif tag in {"tr", "dt"}:
            self._start_row(tag)
        elif tag in _CELLS or tag == "dd":
            self._start_cell(tag, attributes)
        elif tag == "table":
            self._start_table(attributes)
        elif tag in _STRONG:
            self._strong += 1
        elif tag == "br":
            self._break_line()
        elif tag in _GAPS:
            if tag == "thead" and self._heads:
                self._heads[-1] = True
            self._terms += tag == "dl"
            self._begin(tag, Kind.HEADING if tag in HEADINGS else Kind.PARAGRAPH)

    def end(self, tag: str) -> None:
        """End an element."""
        self._strong -= tag in _STRONG
        if tag in _LISTS and self._lists:
            self._lists.pop()
        if tag == "li":
            self._begun, self._number = Kind.PARAGRAPH, ""
        if tag == "tr" or (tag == "dl" and self._rows and self._rows[-1].terms == self._terms):
            self._rows[-1:] = []
        self._terms -= tag == "dl"
        if tag == "table" and self._heads:
            self._heads.pop()
            self._composer.end_table()
        elif tag == "thead" and self._heads:
            self._heads[-1] = False
        elif tag in _CELLS and self._composer.grid:
            self._composer.grid.end_cell()
        if tag in _GAPS and tag not in {"dt", "dd"}:
            self._begin(tag, Kind.PARAGRAPH, is_start=False)

    def space(self) -> None:
        """Request a space before the next words."""
        self._composer.gap(" ")

    def line(self) -> str:
        """Return the end of the line that the next words continue, or "" if they begin a block."""
        return "" if self._begun else self._composer.end()

    def write(self, words: str, role: Role, styles: Iterable[Style] = ()) -> tuple[int, Kind | None]:
        """Append words that look so. Return their offset, and the kind of the block that they begin, or None."""
        row = self._rows[-1] if self._rows else None
        if row and not row.is_laid_out:
            if row.begins_line and row.cell_has_words:
                self._composer.gap("\n")
            row.has_words = row.cell_has_words = True
            row.begins_line = False
        begun = self._begun
        if begun:
            self._composer.block(begun, role)
        if self._composer.grid:
            self._composer.grid.is_strong = self._strong > 0
        behind, end = len(self._number), len(self._number) + len(words)
        start = self._composer.write(self._number + words, (Emphasis(behind, end, style) for style in styles))
        self._begun, self._number, self._breaks = None, "", 0
        return start, begun

    def section(self, start: int, heading: str) -> None:
        """Begin a section at `start`."""
        self._composer.section(start, heading)

    def content(self) -> Content:
        """Return the finished content."""
        return self._composer.content()

    def _begin(self, tag: str, kind: Kind, *, is_start: bool = True) -> None:
        """Begin a block. In a cell of data, begin a line instead."""
        row = self._rows[-1] if self._rows else None
        if row and row.cells and not row.is_laid_out:
            if not (is_start and tag in _NOT_IN_CELLS):
                row.begins_line = True
                return
            row.is_laid_out = True
        self._composer.gap(_GAPS[tag])
        if self._begun != Kind.ITEM or kind != Kind.PARAGRAPH:
            self._begun = kind

    def _items(self, tag: str, attributes: Mapping[str, str], marker: str | None) -> _Items:
        length = self._lengths.get(self._numbered, 1)
        self._numbered += tag == "ol"
        form = attributes.get("type", "1") if marker is None else marker
        if not form or (tag != "ol" and not marker):
            return _Items()
        step = -1 if "reversed" in attributes else 1
        first = signed(attributes.get("start", ""), length if step < 0 else 1)
        return _Items(first, _NUMERALS.get(form, str), step)

    def _start_table(self, attributes: Mapping[str, str]) -> None:
        self._begin("table", Kind.PARAGRAPH)
        self._composer.begin_table(is_layout=attributes.get("role") in {"presentation", "none"})
        self._heads.append(False)

    def _start_row(self, tag: str) -> None:
        if tag == "dt" and self._rows and self._rows[-1].terms == self._terms:
            self._rows.pop()
        self._begin(tag, Kind.ROW)
        self._rows.append(_Row(terms=self._terms if tag == "dt" else 0, cells=int(tag == "dt")))
        if tag == "tr" and self._composer.grid:
            self._composer.grid.begin_row()

    def _start_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        row = self._rows[-1] if self._rows else None
        is_second = tag == "dd" and (row is None or row.terms != self._terms or row.cells > 1)
        if row is None or row.is_laid_out or is_second:
            self._composer.gap("\n")
            self._begun = Kind.PARAGRAPH
        elif row.has_words:
            self._composer.cell()
        if row:
            row.cells += 1
            row.cell_has_words = row.begins_line = False
            if tag in _CELLS and self._heads and self._composer.grid:
                down, across = (signed(attributes.get(name, ""), 1) for name in ("rowspan", "colspan"))
                down = min(down or _MOST_ROWS, _MOST_ROWS)
                said = _said(tag, attributes, in_head=self._heads[-1])
                self._composer.grid.begin_cell(down, min(across, _MOST_COLUMNS), said)

    def _break_line(self) -> None:
        row = self._rows[-1] if self._rows else None
        if row and not row.is_laid_out:
            row.begins_line = True
            return
        self._breaks += 1
        self._composer.gap("\n" if self._breaks == 1 else "\n\n")
        if self._breaks > 1:
            self._begun = self._begun or Kind.PARAGRAPH


def _said(tag: str, attributes: Mapping[str, str], *, in_head: bool) -> Said:
    """Return what a page says of a cell of a table. `in_head` is whether it is in the head of the table."""
    stated = _SCOPES.get(attributes.get("scope", "").strip().lower()) or _SCOPES.get(attributes.get("role", ""))
    if stated and (tag == "th" or "role" in attributes):
        return stated
    if in_head:
        return Said.COLUMN_HEADER
    return Said.HEADER if tag == "th" else Said.NOTHING
