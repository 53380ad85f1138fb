"""Builds one content from the pages of a PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from index.block import Kind, Role
from index.box import pack
from index.document import RECOGNISED, Place
from index.emphasis import Emphasis, Style, joined
from index.formats.content import Composer, Content
from index.formats.pdf.edges import Edge, set_apart
from index.formats.pdf.joining import Joiner, word_pieces
from index.formats.pdf.line_numbers import without_line_numbers
from index.formats.pdf.lines import lines
from index.formats.pdf.paragraphs import LEADERS, Composition, Paragraph, paragraphs, run_on
from index.formats.pdf.placing import Placing
from index.formats.pdf.rows import TableRow, table_rows
from index.formats.pdf.ruled import with_ruled_tables
from index.formats.pdf.spaced_out import with_whole_words
from index.formats.pdf.word import Word, rows
from index.formats.scans import Scan
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
    unsure: list[Emphasis] = []
    placing = Placing(pages)
    last: Paragraph | None = None
    rows = {row.paragraph: row for row in table_rows(found)}
    for number, paragraph in enumerate(found):
        is_next = last is not None and last.kind == paragraph.kind and paragraph.kind in {Kind.ROW, Kind.ITEM}
        composer.gap("\n" if is_next else "\n\n")
        composer.block(paragraph.kind, paragraph.role)
        for line in _write(paragraph, joiner, composer, rows.get(number)):
            page = pages[line.page - 1]
            _begin_place(places, line.begin, page, len(pages))
            placing.add(line.words, *line.spans, page)
            if page.is_recognised:
                unsure += _unsure(line)
        last = paragraph
    for page in pages:
        for comment in page.comments:
            composer.gap("\n\n")
            composer.block(Kind.PARAGRAPH, Role.COMMENT)
            _begin_place(places, composer.write(comment), page, len(pages))
    content = composer.content()
    emphasis = joined(unsure, content.text)
    return replace(content, places=tuple(places), boxes=pack(placing.boxes()), emphasis=emphasis)


class _Written(NamedTuple):
    """A line that was written.

    Attributes:
        text: its text as it is joined with the next one, before leader dots in it became tabs.
        words: its words.
        pieces: the text of each word, after the space before it.
        page: number of its page.
        start: offset of its paragraph or cell.
        offset: its offset in the paragraph or cell, before leader dots became tabs.
        leaders: the starts and ends of the leader dots in the paragraph or cell.
    """

    text: str
    words: Sequence[Word]
    pieces: Sequence[str]
    page: int
    start: int
    offset: int
    leaders: Sequence[tuple[int, int]]

    @property
    def spans(self) -> tuple[list[int], list[int]]:
        """The starts and the ends of its words in the whole text. A hyphen that was dropped belongs to no word."""
        _, *ends = accumulate(map(len, self.pieces), initial=self.start + self.offset)
        starts = list(map(sub, ends, map(len, map(str.lstrip, self.pieces))))
        last = self.start + self.offset + len(self.text.rstrip())
        if ends[-1] > last:
            ends = [min(end, last) for end in ends]
        return (self._placed(starts), self._placed(ends)) if self.leaders else (starts, ends)

    @property
    def begin(self) -> int:
        """Where it begins in the whole text."""
        return self._placed([self.start + self.offset])[0]

    def _placed(self, offsets: Sequence[int]) -> list[int]:
        """Return the offsets in the whole text of offsets in which leader dots count."""
        return [offset - self._lost(offset - self.start) for offset in offsets]

    def _lost(self, within: int) -> int:
        """Return the number of characters of leader dots lost before an offset in the paragraph or cell."""
        return sum(max(0, min(within, end) - first - 1) for first, end in self.leaders)


def _unsure(line: _Written) -> Iterator[Emphasis]:
    """Yield the words of a line that may be misread."""
    for word, start, end in zip(line.words, *line.spans, strict=True):
        if word.unsure and start < end:
            yield Emphasis(start, end, Style.UNSURE)


def _begin_place(places: list[Place], start: int, page: "Page", count: int) -> None:
    """Begin the place of a page, unless it is the last one. Its label says how the file calls the page."""
    differs = page.label and page.label != str(page.number)
    label = f"page {page.label} ({page.number} of {count})" if differs else f"page {page.number}"
    if page.is_recognised:
        label += f", {RECOGNISED}"
    elif page.scan is Scan.LAYERED:
        label += ", text layer of a scan"
    if not places or places[-1].label != label:
        places.append(Place(start, label))


def _write(paragraph: Paragraph, joiner: Joiner, composer: Composer, row: TableRow | None) -> Iterator[_Written]:
    """Write the paragraph. Yield each of its lines.

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
            own = list(map(word_pieces, cell))
            pieces = joiner.pieces(map("".join, own))
            start = composer.write(LEADERS.sub("\t", "".join(pieces)))
            leaders = [match.span() for match in LEADERS.finditer("".join(pieces))]
            lines_of_cell = zip(pieces, cell, own, paragraph.pages * len(cell), strict=True)
            yield from _lines_written(lines_of_cell, start, leaders)
    else:
        pieces = joiner.pieces(line.text for line in paragraph.lines)
        _begin_cell(composer, row, 0)
        start = composer.write("".join(pieces))
        words = [line.cells[0][0] for line in paragraph.lines]
        own = [line.pieces for line in paragraph.lines]
        yield from _lines_written(zip(pieces, words, own, paragraph.pages, strict=True), start)
    if row and composer.grid:
        composer.grid.end_cell()
    if row and row.is_last:
        composer.end_table()


def _lines_written(
    lines: Iterable[tuple[str, Sequence[Word], Sequence[str], int]], start: int, leaders: Sequence[tuple[int, int]] = ()
) -> Iterator[_Written]:
    """Yield the lines of a paragraph or cell, given their text, words, pieces and pages."""
    offset = 0
    for text, words, pieces, page in lines:
        yield _Written(text, words, pieces, page, start, offset, leaders)
        offset += len(text)


def _begin_cell(composer: Composer, row: TableRow | None, number: int) -> None:
    if row and composer.grid:
        column, span, row_span = row.places[number]
        composer.grid.is_strong = row.bold[number]
        composer.grid.begin_cell(row_span, span, Said.NOTHING, column)


def _paragraphs(pages: Sequence["Page"]) -> Iterator[Paragraph]:
    """Yield the paragraphs of each page: running heads, text, text in other directions, and running feet."""
    main = [without_line_numbers(_rows(page.directions[0])) if page.directions else [] for page in pages]
    bodies, edges = set_apart(main, [(page.bottom, page.top) for page in pages])
    in_lines = [with_ruled_tables(body, page.strokes, lines) for body, page in zip(bodies, pages, strict=True)]
    composition = Composition(chain.from_iterable(in_lines))
    for number, (page, of_text, apart) in enumerate(zip(pages, in_lines, edges, strict=True), start=1):
        yield from _set_apart(apart, Role.HEADER, number)
        yield from paragraphs(of_text, number, composition)
        for direction in page.directions[1:]:
            for paragraph in paragraphs(lines(_rows(direction)), number, composition):
                yield replace(paragraph, in_flow=False)
        yield from _set_apart(apart, Role.FOOTER, number)


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    return list(map(with_whole_words, rows(words)))


def _set_apart(edges: Iterable[Edge], role: Role, page: int) -> Iterator[Paragraph]:
    for line, own_role in edges:
        if own_role == role:
            yield Paragraph(Kind.PARAGRAPH, [line], [page], role, in_flow=False)
