"""The cell of a table that a question names by its headers."""

from index import Document, Passage, Span
from index.table import Cell, CellKind, Table
from index.text.words import content_words


def named_cell(question: str, passage: Passage) -> Span | None:
    r"""Return the one cell in `passage` that `question` names: by words of its row, of its column, and no others.

    >>> from index import split
    >>> header = [Cell(0, 4, 0, 0, kind=CellKind.COLUMN_HEADER), Cell(5, 9, 0, 1, kind=CellKind.COLUMN_HEADER)]
    >>> table = Table((*header, Cell(10, 18, 1, 0, kind=CellKind.ROW_HEADER), Cell(19, 25, 1, 1)))
    >>> (passage,) = split(Document("Item\tCost\nBearings\t£1,240", "Costs", tables=(table,)))
    >>> named_cell("What did the bearings cost?", passage), named_cell("What did bearings cost in June?", passage)
    (Span(start=19, end=25), None)

    Args:
        question: as it is asked of the documents.
        passage: where to look.

    Returns:
        The span of the cell in the passage; None if the question names none, or several.
    """
    asked, document = set(content_words(question)), passage.document
    cells = [
        Span(cell.start, cell.end).moved(-passage.span.start)
        for table in document.tables_in(passage.span)
        for cell in table.cells_in(passage.span.start, passage.span.end)
        if cell.kind is CellKind.DATA and _is_named(asked, document, table, cell)
    ]
    return cells[0] if len(cells) == 1 else None


def _is_named(asked: set[str], document: Document, table: Table, cell: Cell) -> bool:
    """Return whether the headers of `cell` hold all the words `asked`, and its row and its column one each alone."""
    columns, rows = (
        {word for header in headers for word in content_words(document.quote(Span(header.start, header.end)))}
        for headers in table.headers(cell)
    )
    return asked <= columns | rows and bool(asked & (columns - rows)) and bool(asked & (rows - columns))
