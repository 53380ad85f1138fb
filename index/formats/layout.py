"""How the elements of a web page lay out its text: blocks, lists with their numbers, rows of cells, and lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.block import Kind, Role
from index.formats.content import Composer, Content
from index.formats.numerals import Numeral, letters, roman

HEADINGS = dict(zip("h1 h2 h3 h4 h5 h6".split(), range(1, 7), strict=True))

_PARAGRAPHS = HEADINGS.keys() | frozenset(
    "p ul ol dl blockquote pre table figure section article header aside nav hr".split()
)
_LINES = frozenset(
    "body main div li dt dd tr address caption center details dialog fieldset figcaption footer form legend option"
    " summary tbody tfoot thead".split()
)
_GAPS = dict.fromkeys(_PARAGRAPHS, "\n\n") | dict.fromkeys(_LINES, "\n")
"""What sets an element apart from what stands before and after it."""

_CELLS = frozenset({"td", "th"})

_NOT_IN_CELLS = HEADINGS.keys() | {"table", "ul", "ol", "dl", "section", "article", "blockquote", "pre"}
"""What stands in no cell of a table of data, but where a table lays out a page."""

_NUMERALS: dict[str, Numeral] = {
    "1": str,
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}


_WITHOUT_NUMBERS = re.compile(r"list-style(?:-type)?\s*:[^;]{0,40}\bnone\b", re.IGNORECASE)


@dataclass(slots=True)
class _Items:
    """A list: the number that its next item has, how it is written, and whether it counts down; or one without any."""

    following: int | None = None
    numeral: Numeral = str
    step: int = 1

    def number(self, value: str | None) -> str:
        """Return what stands before the next item, for which the page may give a value of its own."""
        if self.following is None:
            return ""
        number = _integer(value, self.following)
        self.following = number + self.step
        return f"{self.numeral(number)}. "


@dataclass(slots=True)
class _Row:
    """A row that we are in, or a term with its description.

    Attributes:
        terms: in how many lists of terms it stands; 0 where it is a table's.
        cells: how many have begun.
        is_laid_out: whether its cells hold more than data, so that it is no row.
        has_words: whether one of its cells does; `cell_has_words`, whether the last one does.
        begins_line: whether what comes next in the cell begins a line.
    """

    terms: int = 0
    cells: int = 0
    is_laid_out: bool = False
    has_words: bool = False
    cell_has_words: bool = False
    begins_line: bool = False


class Layout:
    """Composes what a page shows, from what begins and ends in it."""

    def __init__(self, lengths: Mapping[int, int]) -> None:
        """Begin a page.

        Args:
            lengths: how many items each list has that counts down, by the order of all that are numbered.
        """
        self._lengths = lengths
        self._numbered = 0
        self._composer = Composer()
        self._lists: list[_Items] = []
        self._rows: list[_Row] = []
        self._terms = 0
        self._breaks = 0
        self._number = ""
        self._begun: Kind | None = Kind.PARAGRAPH  # of the block that the next words begin

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Let an element begin."""
        if tag in {"ol", "ul"}:
            self._begin(tag, Kind.PARAGRAPH)
            self._lists.append(self._items(tag, attributes))
        elif tag == "li":
            self._begin(tag, Kind.ITEM)
            self._number = self._lists[-1].number(attributes.get("value")) if self._lists else ""
        elif tag in {"tr", "dt"}:
            self._start_row(tag)
        elif tag in _CELLS or tag == "dd":
            self._start_cell(tag)
        elif tag == "br":
            self._break_line()
        elif tag in _GAPS:
            self._terms += tag == "dl"
            self._begin(tag, Kind.HEADING if tag in HEADINGS else Kind.PARAGRAPH)

    def end(self, tag: str) -> None:
        """Let an element end."""
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag == "li":
            self._begun, self._number = Kind.PARAGRAPH, ""
        if tag == "tr" or (tag == "dl" and self._rows and self._rows[-1].terms == self._terms):
            self._rows[-1:] = []
        self._terms -= tag == "dl"
        if tag in _GAPS and tag not in {"dt", "dd"}:
            self._begin(tag, Kind.PARAGRAPH, is_start=False)

    def space(self) -> None:
        """Ask for a space before what comes next."""
        self._composer.gap(" ")

    def line(self) -> str:
        """Return the end of the line on which the next words come to stand; "" where they begin a block."""
        return "" if self._begun else self._composer.end()

    def write(self, words: str, role: Role) -> tuple[int, Kind | None]:
        """Append words, and return where they begin, and the kind of the block that they begin, if they begin one."""
        row = self._rows[-1] if self._rows else None
        if row and not row.is_laid_out:
            if row.begins_line and row.cell_has_words:
                self._composer.gap("\n")
            row.has_words = row.cell_has_words = True
            row.begins_line = False
        begun = self._begun
        if begun:
            self._composer.block(begun, role)
        start = self._composer.write(self._number + words)
        self._begun, self._number, self._breaks = None, "", 0
        return start, begun

    def section(self, start: int, heading: str) -> None:
        """Let a section begin at `start`."""
        self._composer.section(start, heading)

    def content(self) -> Content:
        """Return what was composed."""
        return self._composer.content()

    def _begin(self, tag: str, kind: Kind, *, is_start: bool = True) -> None:
        """Let a block begin, unless we are in a cell of data, where a line does."""
        row = self._rows[-1] if self._rows else None
        if row and row.cells and not row.is_laid_out:
            if not (is_start and tag in _NOT_IN_CELLS):
                row.begins_line = True
                return
            row.is_laid_out = True
        self._composer.gap(_GAPS[tag])
        if self._begun != Kind.ITEM or kind != Kind.PARAGRAPH:
            self._begun = kind

    def _items(self, tag: str, attributes: Mapping[str, str]) -> _Items:
        length = self._lengths.get(self._numbered, 1)
        self._numbered += tag == "ol"
        if tag == "ul" or _WITHOUT_NUMBERS.search(attributes.get("style", "")):
            return _Items()
        step = -1 if "reversed" in attributes else 1
        first = _integer(attributes.get("start"), length if step < 0 else 1)
        return _Items(first, _NUMERALS.get(attributes.get("type", "1"), str), step)

    def _start_row(self, tag: str) -> None:
        if tag == "dt" and self._rows and self._rows[-1].terms == self._terms:
            self._rows.pop()
        self._begin(tag, Kind.ROW)
        self._rows.append(_Row(terms=self._terms if tag == "dt" else 0, cells=int(tag == "dt")))

    def _start_cell(self, tag: str) -> None:
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

    def _break_line(self) -> None:
        row = self._rows[-1] if self._rows else None
        if row and not row.is_laid_out:
            row.begins_line = True
            return
        self._breaks += 1
        self._composer.gap("\n" if self._breaks == 1 else "\n\n")
        if self._breaks > 1:
            self._begun = self._begun or Kind.PARAGRAPH


def _integer(text: str | None, otherwise: int) -> int:
    """Return the number that an attribute gives, if it gives one that a list may have."""
    digits = (text or "").strip()
    return int(digits) if digits.lstrip("-").isdecimal() and len(digits) < 10 else otherwise
