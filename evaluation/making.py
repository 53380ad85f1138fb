"""Writes made tables and sheets of labelled values as files, in every format that holds them."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx
import openpyxl
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, TableHeadingsDisplay

LEFT, _ABOVE = "<", "^"
"""What stands in the description of a table for a cell that is merged with the one to its left, or above."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell with its text, and the rows and columns that it spans, from `row` and `column`."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table with the prose around it.

    Attributes:
        title: what the document is called.
        before: the paragraph before the table; empty if there is none.
        after: the paragraph after the table; empty if there is none.
        cells: the rows, each of as many cells; LEFT and _ABOVE stand for parts of merged cells.
        headers: number of rows of column headers.
        stub: whether the first column holds headers of the rows.
        ruled: whether lines are drawn between the cells, where a format can do without.
    """

    title: str
    before: str
    after: str
    cells: list[list[str]]
    headers: int = 1
    stub: bool = False
    ruled: bool = True

    @property
    def areas(self) -> Iterator[Iterator[Area]]:
        """The cells of each row, without the parts of merged ones."""
        return (self._areas(row) for row in range(len(self.cells)))

    @property
    def plain(self) -> list[list[str]]:
        """The rows, with nothing in the parts of merged cells, for formats that cannot merge."""
        return [["" if cell in (LEFT, _ABOVE) else cell for cell in row] for row in self.cells]

    def is_header(self, area: Area) -> bool:
        """Return whether the cell holds a header of columns or of a row."""
        return area.row < self.headers or (self.stub and area.column == 0)

    def _areas(self, row: int) -> Iterator[Area]:
        for column, text in enumerate(self.cells[row]):
            if text not in (LEFT, _ABOVE):
                right = self.cells[row][column + 1 :]
                below = [each[column] for each in self.cells[row + 1 :]]
                yield Area(row, column, 1 + _leading(_ABOVE, below), 1 + _leading(LEFT, right), text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labelled values with the prose around them. `fields` holds a pair of label and value for each line."""

    title: str
    before: str
    after: str
    fields: list[tuple[str, str]]


def _leading(mark: str, cells: list[str]) -> int:
    """Return how many of `cells`, from the first, are `mark`."""
    return next((i for i, cell in enumerate(cells) if cell != mark), len(cells))


def _table_docx(table: MadeTable, file: Path) -> None:
    document = _word(table.title, table.before)
    grid = document.add_table(len(table.cells), len(table.cells[0]), style="Table Grid" if table.ruled else None)
    for areas in table.areas:
        for area in areas:
            last = grid.cell(area.row + area.rows - 1, area.column + area.columns - 1)
            grid.cell(area.row, area.column).merge(last).text = area.text
    _close_word(document, table.after, file)


def _table_html(table: MadeTable, file: Path) -> None:
    rows = []
    for areas in table.areas:
        cells = []
        for area in areas:
            name = "th" if table.is_header(area) else "td"
            span = f' colspan="{area.columns}"' * (area.columns > 1) + f' rowspan="{area.rows}"' * (area.rows > 1)
            cells.append(f"<{name}{span}>{escape(area.text)}</{name}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    _write_html(table, "<table>\n" + "\n".join(rows) + "\n</table>", file)


def _table_pdf(table: MadeTable, file: Path) -> None:
    pdf = _pdf(table.title, table.before)
    has_headers = table.headers > 0
    layout = TableBordersLayout.ALL if table.ruled else TableBordersLayout.NONE
    repeated = TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE if has_headers else TableHeadingsDisplay.NONE
    with pdf.table(
        borders_layout=layout,
        repeat_headings=repeated,
        num_heading_rows=table.headers,
        first_row_as_headings=has_headers,
    ) as grid:
        for areas in table.areas:
            row = grid.row()
            for area in areas:
                row.cell(area.text, colspan=area.columns, rowspan=area.rows)
    _close_pdf(pdf, table.after, file)


def _table_xlsx(table: MadeTable, file: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table.title[:31]
    for areas in table.areas:
        for area in areas:
            sheet.cell(area.row + 1, area.column + 1, area.text)
            if (area.rows, area.columns) != (1, 1):
                sheet.merge_cells(None, area.row + 1, area.column + 1, area.row + area.rows, area.column + area.columns)
    book.save(file)


def _table_csv(table: MadeTable, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(table.plain)


def _table_markdown(table: MadeTable, file: Path) -> None:
    rows = table.plain if table.headers else [[""] * len(table.cells[0]), *table.plain]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    parts = [f"# {table.title}", table.before, "\n".join(lines), table.after]
    file.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


TABLES: dict[str, tuple[str, Callable[[MadeTable, Path], None]]] = {
    "docx": (".docx", _table_docx),
    "html": (".html", _table_html),
    "pdf": (".pdf", _table_pdf),
    "xlsx": (".xlsx", _table_xlsx),
    "csv": (".csv", _table_csv),
    "markdown": (".md", _table_markdown),
}
"""Format → the suffix of its files, and the function that writes a table as one."""


def _sheet_lines(sheet: Sheet, file: Path) -> None:
    lines = "\n".join(f"{label}: {value}" for label, value in sheet.fields)
    parts = [sheet.title, sheet.before, lines, sheet.after]
    file.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _sheet_bullets(sheet: Sheet, file: Path) -> None:
    lines = "\n".join(f"- **{label}:** {value}" for label, value in sheet.fields)
    parts = [f"# {sheet.title}", sheet.before, lines, sheet.after]
    file.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


def _sheet_definitions(sheet: Sheet, file: Path) -> None:
    pairs = "\n".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in sheet.fields)
    _write_html(sheet, f"<dl>\n{pairs}\n</dl>", file)


def _sheet_form(sheet: Sheet, file: Path) -> None:
    pairs = "\n".join(
        f'<p><label for="f{i}">{escape(label)}</label> <input id="f{i}" value="{escape(value)}"></p>'
        for i, (label, value) in enumerate(sheet.fields)
    )
    _write_html(sheet, f"<form>\n{pairs}\n</form>", file)


def _sheet_paragraphs(sheet: Sheet, file: Path) -> None:
    document = _word(sheet.title, sheet.before)
    for label, value in sheet.fields:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f"\t{value}")
    _close_word(document, sheet.after, file)


def _sheet_page(sheet: Sheet, file: Path) -> None:
    pdf = _pdf(sheet.title, sheet.before)
    for label, value in sheet.fields:
        pdf.multi_cell(0, 7, f"{label}: {value}", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    _close_pdf(pdf, sheet.after, file)


SHEETS: dict[str, tuple[str, Callable[[Sheet, Path], None]]] = {
    "lines": (".txt", _sheet_lines),
    "bullets": (".md", _sheet_bullets),
    "definitions": (".html", _sheet_definitions),
    "form": (".html", _sheet_form),
    "paragraphs": (".docx", _sheet_paragraphs),
    "page": (".pdf", _sheet_page),
}
"""Layout → the suffix of its files, and the function that writes a sheet as one."""


def _word(title: str, before: str) -> docx.document.Document:
    document = docx.Document()
    document.add_heading(title, 1)
    if before:
        document.add_paragraph(before)
    return document


def _close_word(document: docx.document.Document, after: str, file: Path) -> None:
    if after:
        document.add_paragraph(after)
    document.save(str(file))


def _pdf(title: str, before: str) -> FPDF:
    pdf = FPDF()
    pdf.core_fonts_encoding = "windows-1252"
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 15)
    pdf.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    if before:
        pdf.ln(2)
        pdf.multi_cell(0, 6, before, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    return pdf


def _close_pdf(pdf: FPDF, after: str, file: Path) -> None:
    if after:
        pdf.ln(4)
        pdf.multi_cell(0, 6, after, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(file))


def _write_html(made: MadeTable | Sheet, inside: str, file: Path) -> None:
    before, after = (f"<p>{escape(text)}</p>" if text else "" for text in (made.before, made.after))
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(made.title)}</title></head>'
    body = f"<body><main><h1>{escape(made.title)}</h1>{before}\n{inside}\n{after}</main></body></html>"
    file.write_text(f"{head}\n{body}\n", encoding="utf-8")
