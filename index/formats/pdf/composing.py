"""Builds one content from the pages of a PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from index.block import Kind, Role
from index.document import Place
from index.formats.content import Composer, Content
from index.formats.pdf.edges import Edge, set_apart
from index.formats.pdf.joining import Joiner, line_text
from index.formats.pdf.lines import lines
from index.formats.pdf.paragraphs import LEADERS, Composition, Paragraph, paragraphs, run_on
from index.formats.pdf.rows import TableRow, table_rows
from index.formats.pdf.ruled import with_ruled_tables
from index.formats.pdf.word import rows
from index.formats.tables import Said

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page


def composed(pages: Sequence["Page"]) -> Content:
    """Return the content of all pages, with the pages as places. A paragraph across a page break stays whole.

    The comments on the pages follow.
    """
    found = run_on(_paragraphs(pages))
    joiner = Joiner(text for paragraph in found for line in paragraph.lines for text in line.texts)
    composer = Composer()
    places: list[Place] = []
    last: Paragraph | None = None
    page = 0
    rows = {row.paragraph: row for row in table_rows(found)}
    for number, paragraph in enumerate(found):
        is_next = last is not None and last.kind == paragraph.kind and paragraph.kind in {Kind.ROW, Kind.ITEM}
        composer.gap("\n" if is_next else "\n\n")
        composer.block(paragraph.kind, paragraph.role)
        for start, own_page in _write(paragraph, joiner, composer, rows.get(number)):
            if own_page != page:
                places.append(Place(start, f"page {own_page}"))
                page = own_page
        last = paragraph
    for number, each in enumerate(pages, start=1):
        for comment in each.comments:
            composer.gap("\n\n")
            composer.block(Kind.PARAGRAPH, Role.COMMENT)
            places.append(Place(composer.write(comment), f"page {number}"))
    return replace(composer.content(), places=tuple(places))


def _write(paragraph: Paragraph, joiner: Joiner, composer: Composer, row: TableRow | None) -> Iterator[tuple[int, int]]:
    """Write the paragraph. Yield the offset and page number of each of its lines or cells.

    Args:
        paragraph: the paragraph.
        joiner: joins its lines.
        composer: takes its text.
        row: the row of a table that it is, if it is one.
    """
    if row and row.is_first:
        composer.begin_table()
    if row and composer.grid:
        composer.grid.begin_row(row.number)
    if paragraph.kind == Kind.ROW:
        for number, cell in enumerate(paragraph.last.cells):
            composer.gap("\t")
            _begin_cell(composer, row, number)
            text = "".join(joiner.pieces(map(line_text, cell)))
            yield composer.write(LEADERS.sub("\t", text)), paragraph.pages[0]
    else:
        pieces = joiner.pieces(line.text for line in paragraph.lines)
        _begin_cell(composer, row, 0)
        start = composer.write("".join(pieces))
        for piece, page in zip(pieces, paragraph.pages, strict=True):
            yield start, page
            start += len(piece)
    if row and composer.grid:
        composer.grid.end_cell()
    if row and row.is_last:
        composer.end_table()


def _begin_cell(composer: Composer, row: TableRow | None, number: int) -> None:
    if row and composer.grid:
        column, span, row_span = row.places[number]
        composer.grid.is_strong = row.bold[number]
        composer.grid.begin_cell(row_span, span, Said.NOTHING, column)


def _paragraphs(pages: Sequence["Page"]) -> Iterator[Paragraph]:
    """Yield the paragraphs of each page: running heads, text, text in other directions, and running feet."""
    main = [rows(page.directions[0]) if page.directions else [] for page in pages]
    bodies, edges = set_apart(main, [(page.bottom, page.top) for page in pages])
    in_lines = [with_ruled_tables(body, page.strokes, lines) for body, page in zip(bodies, pages, strict=True)]
    composition = Composition(chain.from_iterable(in_lines))
    for number, (page, of_text, apart) in enumerate(zip(pages, in_lines, edges, strict=True), start=1):
        yield from _set_apart(apart, Role.HEADER, number)
        yield from paragraphs(of_text, number, composition)
        for direction in page.directions[1:]:
            for paragraph in paragraphs(lines(rows(direction)), number, composition):
                yield replace(paragraph, in_flow=False)
        yield from _set_apart(apart, Role.FOOTER, number)


def _set_apart(edges: Iterable[Edge], role: Role, page: int) -> Iterator[Paragraph]:
    for line, own_role in edges:
        if own_role == role:
            yield Paragraph(Kind.PARAGRAPH, [line], [page], role, in_flow=False)
