"""The cell of a table that a question names by its headers."""

import re

from index import Document, Passage, Span
from index.table import Cell, CellKind, Table
from index.text.words import content_words

_UNIT = re.compile(r"\([^()]*\)")


def named_cell(question: str, passage: Passage) -> Span | None:
    r"""Return the one cell in `passage` that `question` names: by its row, by words of its column, and by no others.

    >>> from index import split
    >>> header = [Cell(0, 4, 0, 0, kind=CellKind.COLUMN_HEADER), Cell(5, 9, 0, 1, kind=CellKind.COLUMN_HEADER)]
    >>> table = Table((*header, Cell(10, 18, 1, 0, kind=CellKind.ROW_HEADER), Cell(19, 25, 1, 1)))
    >>> (passage,) = split(Document("Item\tCost\nBearings\t£1,240", "Costs", tables=(table,)))
    >>> named_cell("What did the bearings cost?", passage), named_cell("What did bearings cost in June?", passage)
    (Span(start=19, end=25), None)

    A row "Repair of the roof" is not named by "repair".

    Args:
        question: as it is asked of the documents.
        passage: where to look.

    Returns:
        The span of the cell in the passage; None if the question names none, or several.
    """
    asked, document = set(content_words(question)), passage.document
    named = []
    for table, cell in document.cells(passage.span):
        headers = _headers(document, table, cell)
        if cell.kind is CellKind.DATA and _hold(headers, asked) and _share(headers, asked):
            named.append(Span(cell.start, cell.end).moved(-passage.span.start))
    return named[0] if len(named) == 1 else None


def is_named(question: str, document: Document, span: Span) -> bool:
    """Return whether `span` lies in a cell whose headers hold all content words of `question`, its row no others."""
    asked = set(content_words(question))
    return any(_hold(_headers(document, table, cell), asked) for table, cell in document.cells(span))


def _headers(document: Document, table: Table, cell: Cell) -> tuple[str, str]:
    """Return the headers of the column of `cell`, and those of its row."""
    column, row = (
        " ".join(document.quote(Span(each.start, each.end)) for each in headers) for headers in table.headers(cell)
    )
    return column, row


def _hold(headers: tuple[str, str], asked: set[str]) -> bool:
    """Return whether the headers of a cell hold all the words `asked`, and that of its row no others but a unit."""
    row = set(content_words(_UNIT.sub("", headers[1])))
    return bool(asked) and row <= asked <= set(content_words(" ".join(headers)))


def _share(headers: tuple[str, str], asked: set[str]) -> bool:
    """Return whether the headers of a column and of a row hold some of the words `asked` each alone."""
    column, row = (set(content_words(header)) & asked for header in headers)
    return bool(column - row) and bool(row - column)
