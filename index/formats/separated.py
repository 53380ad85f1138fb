"""Text files of rows and columns (.csv, .tsv), with the separator that fits."""

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from index.formats.content import Composer, Content
from index.formats.normal import normalised

_SEPARATORS = ",;\t|"

_SAMPLE = 200
"""Rows from which the separator is found."""

_LONGEST_CELL = 100_000
"""Longest cell, in code points. Where one is longer, a quotation mark was left open, and the file is read as text."""


def read_separated(text: str) -> Content:
    r"""Return the rows of a text with separated values as a table. Each row is a line, with tabs between the cells.

    Quotation marks around cells are left out, as in a spreadsheet. Formulas are text. A text whose quotation marks do
    not match is returned unchanged.

    >>> read_separated('name;price\n"Moe; Per";5\n').text
    'name\tprice\nMoe; Per\t5'
    """
    first, _, rest = text.partition("\n")
    says = first.strip().lower().startswith("sep=") and len(first.strip()) == 5
    separator = first.strip()[4] if says else _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    composer = Composer()
    composer.begin_table(is_sheet=True)
    try:
        for number, cells in enumerate(
            csv.reader((rest if says else text).splitlines(keepends=True), delimiter=separator)
        ):
            composer.begin_row(number=number)
            for column, written in enumerate(cells):
                if words := normalised(written).replace("\t", " ").strip():
                    composer.begin_cell(column=column)
                    composer.write(words)
    except csv.Error:
        return Content(text)
    composer.end_table()
    content = composer.content()
    return content.with_first_place("") if content.text else Content(text)


def _separator(text: str) -> str:
    """Return the separator by which most rows have the same number of cells, more than one."""
    best, most = ",", 0.0
    for separator in _SEPARATORS:
        try:
            rows = list(islice(csv.reader(StringIO(text), delimiter=separator), _SAMPLE))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if any(row))
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
        share = count / sum(widths.values()) if width > 1 else 0.0
        if share > most + 0.05:
            best, most = separator, share
    return best
