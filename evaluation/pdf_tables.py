"""How well are the tables of PDFs found? Compared with pdfplumber, if it is installed.

Tables of known content are printed, with and without rules, by fpdf2 and by Chromium. They have merged headers, empty
cells, wrapped cells, sections, and up to 60 rows, so that they go over a page. Prose stands around them.

Two cells are related if they are neighbours in a row or in a column, with only empty cells between them. Precision,
recall and F1 are those of the relations (Göbel, Hassan, Oro & Orsi: ICDAR 2013 Table Competition, 2013). A cell that
covers several columns has its neighbours below only under its first one. For Cited, a line also shows the share of the
data cells whose headers are exactly the true ones.
"""

import argparse
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fpdf import FPDF, FontFace

from index import Cell, CellKind, Document, read

_PLACES = ("Alva", "Brage", "Cato", "Dunmore", "Ellerside", "Fjordane", "Garth", "Holm", "Ilford", "Kestrel", "Lyme")
_THINGS = (
    "repair of the eastern girder",
    "bearings",
    "painting and drainage",
    "temporary supports",
    "traffic",
    "survey",
)
HEADS = {
    "money": ("Cost", "Price of repair", "Budget", "Grant"),
    "number": ("Duration (weeks)", "Staff", "Distance (km)", "Depth (m)", "Visitors"),
    "share": ("Share", "Share of all", "Change"),
    "word": ("Owner", "Region", "Harbour master", "Firm"),
}

_PROSE = "The council heard the report of its engineers and thanked them for the work that they had done since March. "


@dataclass(frozen=True)
class Sample:
    """A table as it should be found.

    Attributes:
        rows: the cells with the number of columns that each covers.
        header_rows: number of rows at the top that are headers.
        is_ruled: whether lines are printed around the cells.
        is_bold: whether the header is bold.
    """

    rows: list[list[tuple[str, int]]]
    header_rows: int
    is_ruled: bool
    is_bold: bool


def sample(seed: int) -> Sample:
    """Return a random table. The same seed gives the same table."""
    pick = random.Random(seed)
    columns = pick.randint(2, 6)
    kinds = [pick.choice(list(HEADS)) for _ in range(columns - 1)]
    heads = [pick.choice(HEADS[kind]) for kind in kinds]
    rows: list[list[tuple[str, int]]] = []
    if columns % 2 and columns > 2 and pick.random() < 0.6:
        rows.append([("", 1), *((str(2021 + n), 2) for n in range((columns - 1) // 2))])
    rows.append([("Place" if pick.random() < 0.8 else "", 1), *((head, 1) for head in heads)])
    header_rows = len(rows)
    for number in range(pick.choice((3, 6, 10, 60))):
        label = (
            f"{pick.choice(_PLACES)} {pick.choice(_THINGS)}"
            if pick.random() < 0.5
            else f"{pick.choice(_PLACES)} {number}"
        )
        rows.append([(label, 1), *((_value(pick, kind), 1) for kind in kinds)])
    if pick.random() < 0.5:
        rows.append([("Total", 1), *((_value(pick, kind), 1) for kind in kinds)])
    return Sample(rows, header_rows, pick.random() < 0.5, pick.random() < 0.6)


def _value(pick: random.Random, kind: str) -> str:
    if pick.random() < 0.1:
        return ""
    number = pick.randint(2, 9_999)
    return {"money": f"£{number:,}", "number": f"{number:,}", "share": f"{number % 100} %"}.get(kind) or pick.choice(
        _PLACES
    )


def by_fpdf(table: Sample, path: Path) -> None:
    """Print a table with fpdf2."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, _PROSE * 3)
    pdf.ln(4)
    style = FontFace(emphasis="BOLD" if table.is_bold else "")
    borders = "ALL" if table.is_ruled else "NONE"
    with pdf.table(
        borders_layout=borders, headings_style=style, num_heading_rows=table.header_rows, text_align="LEFT"
    ) as printed:
        for row in table.rows:
            line = printed.row()
            for words, span in row:
                line.cell(words.replace("£", "GBP "), colspan=span)
    pdf.ln(4)
    pdf.multi_cell(0, 6, _PROSE * 3)
    pdf.output(str(path))


def by_chromium(tables: Sequence[tuple[Sample, Path]]) -> None:
    """Print tables with Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for table, path in tables:
            page.set_content(_as_page(table))
            page.pdf(path=str(path))
        browser.close()


def _as_page(table: Sample) -> str:
    border = "border: 1px solid" if table.is_ruled else ""
    rows = ""
    for line, row in enumerate(table.rows):
        weight = "bold" if table.is_bold and line < table.header_rows else "normal"
        rows += f"<tr style='font-weight: {weight}'>"
        for number, (words, span) in enumerate(row):
            side = "center" if span > 1 else "right" if number else "left"
            rows += f"<td colspan={span} align={side}>{words}</td>"
    style = f"table {{border-collapse: collapse}} td {{padding: 3px 12px; {border}}}"
    return f"<style>{style}</style><p>{_PROSE * 3}</p><table>{rows}</table><p>{_PROSE * 3}</p>"


Grid = dict[tuple[int, int], str]
"""Row and column → the words of a cell."""


def relations(grid: Grid) -> Counter[tuple[str, str, str]]:
    """Return the pairs of neighbouring cells with words, in rows and in columns."""
    found: Counter[tuple[str, str, str]] = Counter()
    for direction, key in (("row", lambda place: place), ("column", lambda place: place[::-1])):
        places = sorted(grid, key=key)
        for before, place in pairwise(places):
            if before[direction == "column"] == place[direction == "column"]:
                found[direction, grid[before], grid[place]] += 1
    return found


def true_grid(table: Sample) -> Grid:
    """Return the grid of a table as it should be found."""
    grid: Grid = {}
    for number, row in enumerate(table.rows):
        column = 0
        for words, span in row:
            if words:
                grid[number, column] = _plain(words)
            column += span
    return grid


def cited_grids(document: Document) -> Iterator[Grid]:
    """Yield the grids of the tables that Cited finds."""
    for table in document.tables:
        yield {(cell.row, cell.column): _plain(document.text[cell.start : cell.end]) for cell in table.cells}


def plumber_grids(path: Path) -> Iterator[Grid]:
    """Yield the grids of the tables that pdfplumber finds: ruled ones, or else those whose words are aligned."""
    import pdfplumber

    grid: Grid = {}
    with pdfplumber.open(path) as pdf:
        offset = 0
        for page in pdf.pages:
            rows = page.extract_tables() or page.extract_tables(
                {"vertical_strategy": "text", "horizontal_strategy": "text"}
            )
            for row in (row for table in rows for row in table):
                grid |= {(offset, column): _plain(words) for column, words in enumerate(row) if words}
                offset += 1
    yield grid


def _plain(words: str) -> str:
    return "".join(words.split()).replace("GBP", "£")


def right_headers(document: Document, table: Sample) -> tuple[int, int]:
    """Return the number of data cells whose headers are exactly the true ones, and the number of data cells."""
    found = {
        (
            _plain(document.text[cell.start : cell.end]),
            _words(document, headers.rows),
            _words(document, headers.columns),
        )
        for each in document.tables
        for cell in each.cells
        if cell.kind == CellKind.DATA and (headers := each.headers(cell))
    }
    expected = list(_true_headers(table))
    return sum(each in found for each in expected), len(expected)


def _words(document: Document, cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(_plain(document.text[cell.start : cell.end]) for cell in cells)


def _true_headers(table: Sample) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    above: dict[int, tuple[str, ...]] = {}
    for number, row in enumerate(table.rows):
        column = 0
        for words, span in row:
            if number < table.header_rows:
                for each in range(column, column + span):
                    above[each] = above.get(each, ()) + ((_plain(words),) if words else ())
            elif column and words:
                yield _plain(words), (_plain(row[0][0]),), above[column]
            column += span


Figures = Counter[str]
"""Counts of relations `shared`, `found` and `true`, and of cells with `right` headers among all `cells`."""


def judged(table: Sample, grids: Iterable[Grid]) -> Figures:
    """Return the counts for the tables that were found in place of `table`."""
    true = relations(true_grid(table))
    found = sum((relations(grid) for grid in grids), Counter())
    return Counter(shared=(true & found).total(), found=found.total(), true=true.total())


def main() -> None:
    """Print and read the tables, and print a line of figures for each kind of file and each program."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="an empty folder for the files")
    arguments.add_argument("--tables", type=int, default=40, help="number of tables")
    arguments.add_argument("--seed", type=int, default=0, help="number of the first table")
    arguments.add_argument("--pdfplumber", action="store_true", help="compare with it")
    chosen = arguments.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Figures] = defaultdict(Counter)
    tables = [sample(chosen.seed + number) for number in range(chosen.tables)]
    files = [(table, chosen.folder / f"{number}-chromium.pdf") for number, table in enumerate(tables)]
    by_chromium(files)
    for number, table in enumerate(tables):
        files.append((table, chosen.folder / f"{number}-fpdf.pdf"))
        by_fpdf(*files[-1])
    for table, path in files:
        kind = f"{path.stem.partition('-')[2]}, {'ruled' if table.is_ruled else 'no rules'}"
        document = read(path)
        own = judged(table, cited_grids(document))
        own["right"], own["cells"] = right_headers(document, table)
        if own["shared"] < max(own["found"], own["true"]) or own["right"] < own["cells"]:
            print(f"{path.name}: {dict(own)}")
        figures[f"Cited, {kind}"] += own
        if chosen.pdfplumber:
            figures[f"pdfplumber, {kind}"] += judged(table, plumber_grids(path))
    for name, counts in sorted(figures.items()):
        _show(name, counts)


def _show(name: str, counts: Figures) -> None:
    precision, recall = (counts["shared"] / max(1, counts[of]) for of in ("found", "true"))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    headers = f"  right headers {counts['right'] / counts['cells']:.3f}" if counts["cells"] else ""
    print(f"{name:32} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}{headers}")


if __name__ == "__main__":
    main()
