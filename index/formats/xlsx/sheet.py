"""The cells of a sheet, as they are shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from math import isfinite

from index.formats.numerals import whole
from index.formats.package import is_on, local
from index.formats.sheets import Area, Sheet, SheetCell
from index.formats.xlsx.around import AROUND, shown_around
from index.formats.xlsx.number_format import FIRST_DAYS, GENERAL, hides_text, shown
from index.formats.xlsx.styles import Styles
from index.formats.xlsx.text import Texts

_LETTERS = re.compile("[A-Z]{1,3}")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share: strings, styles, and whether its days are counted from 1904."""

    strings: Sequence[str]
    styles: Styles
    from_1904: bool = False


def area(reference: str) -> Area | None:
    """Return the area of a reference such as `B7` or `A1:C9`, or None if it is not one."""
    found = _REFERENCE.fullmatch(reference)
    if not found or not (row := int(found[2])):
        return None
    column = _column(found[1])
    last_row, last_column = (int(found[4]), _column(found[3])) if found[3] else (row, column)
    return Area(row - 1, column, max(last_row, row) - 1, max(last_column, column))


@lru_cache(1000)
def _column(letters: str) -> int:
    """Return the number of a column from its letters; 0 if they are none."""
    number = 0
    for letter in letters if _LETTERS.fullmatch(letters) else "":
        number = 26 * number + ord(letter) - ord("A") + 1
    return max(number - 1, 0)


class SheetPart:
    """A parser target that collects the cells of a sheet.

    First rows of filters and up to three frozen rows are headers of columns. Frozen columns are headers of rows.

    Attributes:
        sheet: the content found.
        uncalculated: number of formulas without a stored value.
    """

    def __init__(self, book: Book) -> None:
        self.sheet = Sheet()
        self.uncalculated = 0
        self._book = book
        self._row, self._column = -1, -1
        self._type, self._style = "", 0
        self._value: list[str] = []
        self._is_value = self._has_formula = False
        self._inline: Texts | None = None
        self._around: list[str] | None = None  # the open page header or footer

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if self._inline:
            self._inline.start(tag, attributes)
        elif element == "c":
            self._start_cell(attributes)
        elif element == "v":
            self._is_value = True
        elif element == "f":
            self._has_formula = True
        elif element == "is":
            self._inline = Texts("is")
        elif element in AROUND:
            self._around = []
        elif element == "row":
            self._row = whole(attributes.get("r", ""), self._row + 2) - 1
            self._column = -1
            if is_on(attributes, "hidden") or attributes.get("ht") == "0":
                self.sheet.hidden_rows.add(self._row)
        else:
            self._start_around(element, attributes)

    def end(self, tag: str) -> None:
        element = local(tag)
        if self._inline:
            self._inline.end(tag)
            if element == "is":
                self._value = [self._inline.take()]
                self._inline = None
        elif element == "v":
            self._is_value = False
        elif element == "c":
            self._end_cell()
        elif element in AROUND and self._around is not None:
            self.sheet.around |= dict.fromkeys(shown_around("".join(self._around)), AROUND[element])
            self._around = None

    def data(self, data: str) -> None:
        if self._inline:
            self._inline.data(data)
        elif self._is_value:
            self._value.append(data)
        elif self._around is not None:
            self._around.append(data)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self._row = int(reference[len(letters) :]) - 1 if 0 < len(reference) - len(letters) < 8 else self._row
        self._column = _column(letters) if letters else self._column + 1
        self._type = attributes.get("t", "n")
        self._style = whole(attributes.get("s", ""))
        self._value = []
        self._has_formula = False

    def _end_cell(self) -> None:
        value = "".join(self._value)
        self.uncalculated += self._has_formula and not value and self._type != "str"
        text = self._shown(value.strip() if self._type != "str" else value)
        if text and not self._book.styles.is_struck(self._style) and not self._is_blank():
            self.sheet.cells.append(SheetCell(self._row, self._column, text))

    def _is_blank(self) -> bool:
        """Return whether the current cell holds words that its format does not show."""
        return self._type in {"s", "str", "inlineStr"} and hides_text(self._book.styles.code(self._style))

    def _shown(self, value: str) -> str:
        """Return what the current cell shows of its stored value."""
        if self._type == "s":
            at = whole(value, len(self._book.strings))
            return self._book.strings[at] if at < len(self._book.strings) else ""
        if self._type == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, "")
        if self._type in {"str", "inlineStr", "e"}:
            return value.strip()
        code = self._book.styles.code(self._style)
        if self._type == "d" and code == GENERAL:
            return value.removesuffix("T00:00:00")
        try:
            number = _days(value, from_1904=self._book.from_1904) if self._type == "d" else float(value)
        except ValueError:
            return value
        return shown(number, code, from_1904=self._book.from_1904) if isfinite(number) else value

    def _start_around(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take note of what the file says about its rows and columns."""
        if element == "col" and (is_on(attributes, "hidden") or attributes.get("width") == "0"):
            first, last = (whole(attributes.get(name, "")) for name in ("min", "max"))
            if first and last:
                self.sheet.hidden_columns.append(Area(0, first - 1, 0, last - 1))
        elif element == "mergeCell" and (found := area(attributes.get("ref", ""))):
            self.sheet.merged.append(found)
        elif element == "autoFilter" and (found := area(attributes.get("ref", ""))):
            self.sheet.headers.append(found._replace(last_row=found.row))
        elif element == "pane" and attributes.get("state", "").startswith("frozen"):
            rows, columns = (attributes.get(name, "0").partition(".")[0] for name in ("ySplit", "xSplit"))
            if rows in {"1", "2", "3"}:
                self.sheet.headers.append(Area(0, 0, int(rows) - 1, 1 << 20))
            self.sheet.row_headers = int(columns) if columns in {"1", "2", "3"} else 0


def _days(value: str, *, from_1904: bool) -> float:
    """Return a date in ISO 8601 as the number that other files store for it."""
    day = datetime.fromisoformat(value).replace(tzinfo=None) - FIRST_DAYS[from_1904]
    return day.total_seconds() / 86_400
