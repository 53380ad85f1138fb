"""Tables of plain text whose cells stand below each other, with spaces between them."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from statistics import fmean
from typing import NamedTuple

_LONGEST = 300
"""Longest line, in code points, that may be a row."""

_FEWEST = 3
"""Smallest number of rows of a table without a line of dashes for each column."""

_RUNNING = 4
"""Smallest mean number of words in the cells of each column that shows columns of running text."""

_APART = re.compile(r"\S {2,}\S")
_DASHES = re.compile(r" *[-=]{2,}(?P<further>(?: +[-=]{2,})*)")
_GAPS = {least: re.compile(f"(?<=1)0{{{least},}}(?=1)") for least in (1, 2)}

Cell = tuple[int, int, int]
"""The number of a column, and the start and end of the words in a line."""


class _Line(NamedTuple):
    """A line of text without white space at its end, and its offset."""

    start: int
    words: str

    @property
    def is_row(self) -> bool:
        """Whether it may be a row: it has a wide space between words, and no tab or bar."""
        return len(self.words) <= _LONGEST and bool(_APART.search(self.words)) and {*self.words}.isdisjoint("\t|")


def aligned_rows(text: str, *, is_ruled: bool = False) -> frozenset[int]:
    """Return the offsets of the lines that are rows of tables with aligned columns.

    Several consecutive lines must leave the same wide gaps open.

    Args:
        text: the text.
        is_ruled: whether only tables with a line of dashes for each column count.
    """
    found: set[int] = set()
    for run in _runs(text) if "  " in text else ():
        rows = [line for line in run if not _DASHES.fullmatch(line.words)]
        dashes = [line.words for line in run if _DASHES.fullmatch(line.words)]
        has_columns = any(map(_are_columns, dashes))
        if len(rows) >= _FEWEST - has_columns and (has_columns or not is_ruled) and _is_table(rows, dashes):
            found.update(line.start for line in rows)
    return frozenset(found)


def aligned_cells(lines: Sequence[str], dashes: Sequence[str] = ()) -> list[list[Cell]]:
    """Return the cells with words of each row.

    >>> aligned_cells(["Pier     40   20", "Harbour        7", "Quay     31   16"])[1]
    [(0, 0, 7), (2, 15, 16)]

    Args:
        lines: the rows.
        dashes: the lines of dashes between them.
    """
    columns = list(filter(_are_columns, dashes))
    mask = reduce(or_, map(_mask, [*lines, *columns]))
    bounds = [0, *_gaps(mask, has_columns=bool(columns)), max(map(len, lines))]
    return [
        [
            (column, start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
            for column, start in enumerate(bounds[:-1])
            if (words := line[start : bounds[column + 1]]).strip()
        ]
        for line in lines
    ]


def _runs(text: str) -> Iterator[list[_Line]]:
    """Yield consecutive lines that are rows or dashes, as long as a gap between columns stays open in all."""
    run: list[_Line] = []
    start = mask = 0
    has_columns = False
    for written in text.split("\n"):
        line = _Line(start, written.rstrip())
        start += len(written) + 1
        are_dashes = _DASHES.fullmatch(line.words) is not None
        if not (are_dashes or line.is_row):
            if run:
                yield run
            run, mask, has_columns = [], 0, False
            continue
        has_columns |= _are_columns(line.words)
        own = _mask(line.words) if line.is_row or _are_columns(line.words) else 0
        if run and own and not _gaps(mask | own, has_columns=has_columns):
            yield run
            run, mask, has_columns = [], 0, _are_columns(line.words)
        run.append(line)
        mask |= own
    if run:
        yield run


def _is_table(rows: Sequence[_Line], dashes: Sequence[str]) -> bool:
    """Return whether each row has several cells, and these are neither labels with values nor running text."""
    by_row = aligned_cells([line.words for line in rows], dashes)
    if min(map(len, by_row)) < 2:
        return False
    labels = sum(line.words[: cells[0][2]].endswith(":") for line, cells in zip(rows, by_row, strict=True))
    lengths: dict[int, list[int]] = {}
    for line, cells in zip(rows, by_row, strict=True):
        for column, start, end in cells:
            lengths.setdefault(column, []).append(len(line.words[start:end].split()))
    return 2 * labels < len(rows) and min(map(fmean, lengths.values())) < _RUNNING


def _are_columns(line: str) -> bool:
    """Return whether a line consists of dashes for several columns."""
    found = _DASHES.fullmatch(line)
    return found is not None and bool(found["further"])


def _mask(line: str) -> int:
    """Return a number whose bit n is 1 if a character stands at place n of the line."""
    return int("".join("01"[character != " "] for character in reversed(line)) or "0", 2)


def _gaps(mask: int, *, has_columns: bool) -> list[int]:
    """Return the ends of the gaps between columns: of one space where dashes show them, and else of two or more."""
    return [gap.end() for gap in _GAPS[1 if has_columns else 2].finditer(bin(mask)[:1:-1])]
