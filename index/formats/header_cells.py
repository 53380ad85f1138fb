"""The header cells of a table whose file does not mark them, judged by the forms of words and numbers in its cells."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import dropwhile, groupby, pairwise, takewhile
from typing import NamedTuple

from index.table import Cell, CellKind
from index.text.dates import MONTHS

_DEEPEST = 3
"""Largest number of header rows."""

_MOST = 0.6
"""Smallest share of the cells of a column whose form is the form of the column."""

_SAMPLE = 200
"""Number of rows that say what a column holds."""

_LONGEST = 80
"""Longest header, in code points."""

_MOST_LABELS = 2
"""Largest number of columns that are labels of rows."""

_DISTINCT = 0.7
"""Smallest share of different words in a column of labels that needs no further one."""

_FEWEST_NAMES = 3
"""Smallest number of names in a column that tell a header in another form from them."""

_MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + ")\\.?"
_YEAR = r"(?:FY ?)?(?:1[6-9]|20)\d\d(?:[/–-]\d{2,4})?"
_AMOUNT = r"[+−–-]?\d[\d.,’' \u00a0\u202f]*"
_NAME = r"(?:[^\W\d_a-z][\w.’'-]*|of|de|van|von)"

_FORMS = {
    "nothing": r"[-–—.…?/*]+|[nN]\.?/?[aA]\.?|[nN]il|[nN]one|[tT][bB][acd]|[uU]nknown",
    "period": rf"(?:{_YEAR}|(?:[QH][1-4]|{_MONTH})(?:[ /–-](?:{_YEAR}|\d\d|{_MONTH}))?)\*?",
    "date": rf"\d\d?[./-]\d\d?[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d\d?(?:st|nd|rd|th)? {_MONTH},?(?: \d{{4}})?"
    rf"|{_MONTH} \d\d?(?:st|nd|rd|th)?,?(?: \d{{4}})?",
    "time": r"\d\d?[:.]\d\d(?::\d\d)? ?(?:[apAP]\.?[mM]\.?|h)?",
    "money": rf"\(?[+−–-]?(?:[$€£¥₹]|[A-Z]{{2,3}}\$? ?){_AMOUNT}[kmbn]{{0,2}}(?:illion)?\)?"
    rf"|{_AMOUNT}(?:[$€£¥₹]|[A-Z]{{3}})",
    "share": rf"{_AMOUNT}(?:%|‰|per cent|percent)",
    "number": rf"\(?{_AMOUNT}\)?\*?",
    "address": r"\S+@\S+\.\S+|https?://\S+|www\.\S+|[+(]\d[\d ()/-]{5,}",
    "quantity": rf"{_AMOUNT}(?P<unit>[^\W\d_][^\d\s]*(?: [^\W\d_][^\d\s]*)?)",
    "code": r"(?=\S*\d)[\w./-]*[A-Z\d][\w./-]*",
    "name": rf"{_NAME}(?: {_NAME})+",
}
_FORM = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS.items()))

_IN_WORDS = frozenset({"word", "name", "text"})
"""The forms of headers and of text. The other forms are those of data."""

_UNIT = re.compile(r"\(.{1,20}\)|[^\w\s]{1,2}|[^\W\d_]{1,3}[²³]?")
_END = re.compile(r"[.!?;]\s*\Z")


def with_headers(cells: Sequence[Cell], text: str) -> tuple[Cell, ...]:
    """Return the cells of a table with the kinds of those that are headers. Headers that the file states are kept.

    A row at the top is a header if the cells below it have another form: "Cost" above amounts, or years above numbers.
    A column on the left is a header if it holds words. In a table of words alone, no row is a header. Where each column
    is a thing and each row says one thing of all of them, the first row names the columns.

    Args:
        cells: the cells of a table. All are data, except for those that the file states to be headers.
        text: the whole text.
    """
    table = _Table(cells, text)
    headers = table.header_rows() or table.names_of_columns()
    table.mark(headers, CellKind.COLUMN_HEADER)
    table.mark(table.repeated_rows(), CellKind.COLUMN_HEADER)
    table.mark(table.sections(), CellKind.COLUMN_HEADER)
    if CellKind.ROW_HEADER not in table.stated:
        table.mark(table.labels(), CellKind.ROW_HEADER)
    spans = _spans(headers)
    return tuple(
        cell._replace(kind=table.kinds[cell.start], column_span=spans.get(cell.start, cell.column_span))
        for cell in cells
    )


def _spans(headers: Sequence[Cell]) -> dict[int, int]:
    """Return the start of each header that stands over several headers → the number of columns that it covers.

    Those of a row, except for labels before them, cover as many each: the column of the header itself, and those of the
    empty cells behind it, as in separated values, which have no merged cells.
    """
    rows = [list(row) for _, row in groupby(headers, key=lambda cell: cell.row)]
    found: dict[int, int] = {}
    for row, below in pairwise(rows):
        columns = {cell.column for cell in below}
        ends = [*(cell.column for cell in row[1:]), max(columns) + 1]
        spans = [(cell, end - cell.column) for cell, end in zip(row, ends, strict=True)]
        labels = next((n for n, (cell, span) in enumerate(spans) if span > 1 and cell.column in columns), len(spans))
        over = spans[labels:]
        covered = {column for cell, span in over for column in range(cell.column, cell.column + span)}
        is_merged = any(cell.column_span > 1 or cell.row_span > 1 for cell in row)
        if len(over) > 1 and len({span for _, span in over}) == 1 and covered <= columns and not is_merged:
            found |= {cell.start: span for cell, span in over}
    return found


def form_of(words: str) -> tuple[str, str]:
    """Return the form of a cell's words, and its unit if that is known.

    >>> form_of("41 centimetres"), form_of("£1,240"), form_of("2023"), form_of("Ada Lind"), form_of("Cost in £")
    (('quantity', 'centimetre'), ('money', ''), ('period', ''), ('name', ''), ('word', ''))
    """
    if len(words) > _LONGEST or (_END.search(words) and len(words.split()) > 5):
        return "text", ""
    found = _FORM.fullmatch(words)
    if not found:
        return "word", ""
    form = next(name for name in _FORMS if found[name] is not None)
    return form, (found["unit"] or "").removesuffix("s")


class _Column(NamedTuple):
    """What the cells of a column hold.

    Attributes:
        form: the form of most of them, or "mixed" for data of several forms.
        cells: number of cells.
        is_distinct: whether hardly any two of them have the same words.
    """

    form: str
    cells: int
    is_distinct: bool


class _Table:
    """A table whose headers are sought.

    Attributes:
        stated: the kinds of cells that the file states.
        kinds: start of a cell → its kind, as far as it is known.
    """

    def __init__(self, cells: Sequence[Cell], text: str) -> None:
        self.stated = {cell.kind for cell in cells}
        self.kinds = {cell.start: cell.kind for cell in cells}
        self._words = {cell.start: " ".join(text[cell.start : cell.end].split()) for cell in cells}
        self._forms = {start: form_of(words) for start, words in self._words.items()}
        self._rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
        self._left = min(cell.column for cell in cells)
        self._width = len({cell.column for cell in cells})

    def mark(self, cells: Iterable[Cell], kind: CellKind) -> None:
        """Mark cells as headers."""
        self.kinds |= {cell.start: kind for cell in cells}

    def header_rows(self) -> list[Cell]:
        """Return the cells of the rows at the top that are headers. Rows with a single cell may precede them.

        Such a cell is a header too if it covers several columns.

        Rows that the file states to be headers may be followed by one that it does not, such as one of units.
        """
        rows = list(dropwhile(lambda row: len(row) == 1, self._rows))
        titles = [row[0] for row in self._rows[: len(self._rows) - len(rows)] if row[0].column_span > 1]
        stated = len(list(takewhile(self._is_marked, rows)))
        if not stated and CellKind.COLUMN_HEADER in self.stated:
            return []
        for depth in range(min(_DEEPEST, len(rows) - 1), stated, -1):
            top, body = rows[:depth], self._columns(rows[depth:])
            goes_on = all(map(self._goes_on, top[max(stated - 1, 0) :], top[max(stated, 1) :]))
            if goes_on and all(self._is_header(row, body) for row in top[stated:]):
                return [*titles, *(cell for row in top for cell in row)]
        return titles if stated else []

    def names_of_columns(self) -> list[Cell]:
        """Return the cells that name the columns of a table whose headers are in the first column, as in a comparison.

        Each of its rows has a form of its own, such as weights or prices, and its columns have none.
        """
        beside = [[cell for cell in row if cell.column > self._left] for row in self._rows[:_SAMPLE]]
        names, rows = beside[0], [row for row in beside if row]
        is_named = len({self._words[cell.start] for cell in names}) == len(names) == self._width - 1 > 1
        is_named = is_named and names[-1].column - self._left < self._width  # no column is empty
        if CellKind.COLUMN_HEADER in self.stated or len(rows) == 1 or not is_named:
            return []
        columns = [[cell for row in rows for cell in row if cell.column == name.column] for name in names]
        by_row, by_column = ([self._shared_form(line) for line in lines] for lines in (rows, columns))
        first, *others = (form for form, _ in by_row)
        is_like_names = first == "code" or (first in _IN_WORDS and first != "text")
        has_other_forms = bool({*others} - _IN_WORDS) or (first == "name" and first not in others)
        agree = min(share for _, share in by_row) >= _MOST and _mean(by_row) > _mean(by_column)
        return names if agree and is_like_names and has_other_forms else []

    def repeated_rows(self) -> list[Cell]:
        """Return the cells of rows that repeat a header row, as at the top of each page."""
        headers = {self._key(row) for row in self._rows if self._is_marked(row)}
        return [cell for row in self._rows if self._key(row) in headers for cell in row]

    def sections(self) -> list[Cell]:
        """Return the cells that alone cover the width of the table, as the title of the rows below."""
        return [
            row[0]
            for row in self._rows[:-1]
            if len(row) == 1 and row[0].column_span >= self._width > 1 and self._form(row[0]) in {"word", "name"}
        ]

    def labels(self) -> list[Cell]:
        """Return the cells that are labels of their rows: those with a colon, or else the first columns of words."""
        rows = [row for row in self._rows if not self._is_marked(row)]
        with_colon = [cell for row in rows for cell in row[:-1] if self._words[cell.start].endswith(":")]
        if 2 * len(with_colon) >= len(rows):
            return with_colon
        columns = self._columns(rows)
        found: set[int] = set()
        for number in sorted(columns)[: min(_MOST_LABELS, self._width - 1)]:
            column = columns[number]
            if column.form in {"word", "name", "period", "date"}:
                found.add(number)
            if column.form not in {"word", "name", "number", "code"} or (found and column.is_distinct):
                break
        return [cell for row in rows for cell in row if cell.column in found]

    def _is_marked(self, row: Sequence[Cell]) -> bool:
        """Return whether all cells of a row are known as headers of columns."""
        return all(self.kinds[cell.start] == CellKind.COLUMN_HEADER for cell in row)

    def _key(self, row: Sequence[Cell]) -> tuple[tuple[int, str], ...]:
        return tuple((cell.column, self._words[cell.start]) for cell in row)

    def _form(self, cell: Cell) -> str:
        return self._forms[cell.start][0]

    def _shared_form(self, cells: Sequence[Cell]) -> tuple[str, float]:
        """Return the most frequent form of cells that say something, and their share of those."""
        counts = Counter(each for cell in cells if (each := self._forms[cell.start])[0] != "nothing")
        (form, _), count = counts.most_common(1)[0] if counts else (("nothing", ""), 0)
        return form, count / max(1, counts.total())

    def _columns(self, rows: Sequence[Sequence[Cell]]) -> dict[int, _Column]:
        """Return column number → what it holds in the first `rows`, not counting cells of several columns."""
        cells = defaultdict(list)
        for row in rows[:_SAMPLE]:
            for cell in row:
                if cell.column_span == 1:
                    cells[cell.column].append(cell.start)
        return {
            column: _Column(
                _form_of_column([self._forms[start] for start in starts]),
                len(starts),
                len({self._words[start] for start in starts}) >= _DISTINCT * len(starts),
            )
            for column, starts in cells.items()
        }

    def _is_header(self, row: Sequence[Cell], body: Mapping[int, _Column]) -> bool:
        """Return whether the columns of `body` say that `row`, above them, is a header, and none that it is not."""
        votes = [
            self._vote(cell, body[column])
            for cell in row
            for column in range(cell.column, cell.column + cell.column_span)
            if column in body
        ]
        has_empty_corner = len(row) > 1 and row[0].column > self._left in body and body[self._left].cells > 1
        return len(row) > 1 and min(votes, default=0) >= 0 and (has_empty_corner or max(votes, default=0) > 0)

    def _vote(self, cell: Cell, below: _Column) -> int:
        """Return 1 if a cell must be a header of the column below it, -1 if it cannot be one, and else 0."""
        form = self._form(cell)
        if form in {"nothing", "text"}:
            return -1
        if form not in _IN_WORDS:
            return -1 if form != "period" or below.form in {"period", "date"} else below.form not in _IN_WORDS
        if below.form in _IN_WORDS:
            return int(below.form == "name" and form == "word" and below.cells >= _FEWEST_NAMES)
        if self._width == 2:  # a list of labels with values looks like a table of two columns
            return int(below.form != "mixed" and form == "word" and below.cells > 1)
        return 1

    def _goes_on(self, above: Sequence[Cell], row: Sequence[Cell]) -> bool:
        """Return whether a header above has a second row: it has merged or empty cells, or the row holds units."""
        has_spans = any(cell.column_span > 1 for cell in above) or len(above) < len(row)
        is_of_units = any(_UNIT.fullmatch(self._words[cell.start]) for cell in row if cell.column > self._left)
        return has_spans or is_of_units or row[0].column > self._left


def _mean(shares: Sequence[tuple[str, float]]) -> float:
    return sum(share for _, share in shares) / len(shares)


def _form_of_column(forms: Sequence[tuple[str, str]]) -> str:
    """Return the form of most cells of a column. It is "mixed" for data of several forms, and "text" otherwise."""
    counts = Counter(form for form in forms if form[0] != "nothing")
    most = _MOST * counts.total()
    (form, _), count = counts.most_common(1)[0] if counts else (("nothing", ""), 0)
    if count >= most:
        return form
    in_words = sum(counts[each, ""] for each in _IN_WORDS)
    if counts.total() - in_words >= most:
        return "mixed"
    return "text" if counts["text", ""] > most / 2 else "word"
