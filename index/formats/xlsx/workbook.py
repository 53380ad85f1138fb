"""The text of a spreadsheet: its visible sheets, each with its cells, text boxes and comments."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from index.formats.archive import Archive
from index.formats.content import Composer, Content
from index.formats.drawing import Shapes
from index.formats.drawn import words_of
from index.formats.facts import counted
from index.formats.normal import on_one_line
from index.formats.package import is_on, local, parse, properties, reference, related
from index.formats.sheets import Area, Sheet, write_sheet
from index.formats.xlsx.comments import comments, people
from index.formats.xlsx.sheet import Book, SheetPart, area
from index.formats.xlsx.styles import Styles
from index.formats.xlsx.text import Texts


def read_spreadsheet(archive: Archive, main: str) -> Content:
    """Return the text of the spreadsheet whose workbook is the part `main`.

    Numbers and dates are written as their cells show them, and formulas by their stored values. Hidden rows, columns
    and sheets are left out.

    Raises:
        NoContent: a part is damaged, or exceeds the limit on unpacked bytes.
    """
    parts = related(archive, main)
    workbook, strings, styles = _Workbook(), Texts(), Styles()
    parse(archive.read(main), workbook)
    for kind, target in (("sharedStrings", strings), ("styles", styles)):
        for each in parts.values():
            if each.kind == kind:
                parse(archive.read(each.part), target)
    book = Book(strings.found, styles, workbook.from_1904)
    names = people(archive, parts.values())
    unread: Counter[str] = Counter()
    composer = Composer()
    around: set[str] = set()  # the page headers and footers so far
    for sheet in workbook.sheets:
        part = parts.get(sheet.relation)
        if sheet.is_hidden:
            unread["hidden sheet"] += 1
        elif part and part.kind == "worksheet":
            content, left_out = _sheet(archive, part.part, book, names)
            content.around = {text: role for text, role in content.around.items() if text not in around}
            around |= content.around.keys()
            write_sheet(composer, sheet.name, content)
            unread += left_out
        elif part:
            unread["chart"] += 1
    return replace(composer.content(), facts=properties(archive), unread=counted(unread))


class _Listed(NamedTuple):
    """A sheet as the workbook lists it: its name, the id of its part, and whether it is hidden."""

    name: str
    relation: str
    is_hidden: bool


class _Workbook:
    """A parser target for the workbook, which lists its sheets."""

    def __init__(self) -> None:
        self.sheets: list[_Listed] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element == "sheet":
            name, is_hidden = on_one_line(attributes.get("name", "")), attributes.get("state", "visible") != "visible"
            self.sheets.append(_Listed(name, reference(attributes), is_hidden))
        elif element == "workbookPr":
            self.from_1904 = is_on(attributes, "date1904")


class _Tables:
    """A parser target for the definition of a table, whose first rows are headers."""

    def __init__(self) -> None:
        self.headers: list[Area] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        found = area(attributes.get("ref", "")) if local(tag) == "table" else None
        rows = attributes.get("headerRowCount", "1")
        if found and rows in {"1", "2", "3"}:
            self.headers.append(found._replace(last_row=found.row + int(rows) - 1))


def _sheet(archive: Archive, part: str, book: Book, names: Mapping[str, str]) -> tuple[Sheet, Counter[str]]:
    """Return the content of the sheet in `part`, and the numbers of what it shows or hides that is left out."""
    target, tables = SheetPart(book), _Tables()
    parse(archive.read(part), target)
    sheet, own = target.sheet, list(related(archive, part).values())
    unseen: Counter[str] = Counter()
    for each in own:
        if each.kind == "table":
            parse(archive.read(each.part), tables)
        elif each.kind == "drawing":
            drawn = related(archive, each.part)
            shapes = Shapes(partial(words_of, archive, drawn))
            parse(archive.read(each.part), shapes)
            sheet.text_boxes += (paragraph for shape in shapes.found for paragraph in shape.paragraphs)
            unseen += shapes.unseen
    sheet.headers += tables.headers
    sheet.comments += comments(archive, own, names)
    return sheet, sheet.left_out() + unseen + Counter({"formula without a stored value": target.uncalculated})
