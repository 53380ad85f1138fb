"""The number formats of a spreadsheet's cells, and which cells are struck out."""

from collections.abc import Mapping

from index.formats.numerals import whole
from index.formats.package import is_on, local
from index.formats.xlsx.number_format import BUILT_IN, GENERAL


class Styles:
    """A parser target for the part that defines the formats of cells. Afterwards, it returns each by its number."""

    def __init__(self) -> None:
        self._codes = dict(BUILT_IN)
        self._struck_fonts: set[int] = set()
        self._fonts = 0
        self._formats: list[tuple[int, int]] = []  # number format and font of each cell format
        self._inside = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element in {"numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs"}:
            self._inside = element
        elif element == "numFmt" and self._inside == "numFmts":
            self._codes[whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif element == "font" and self._inside == "fonts":
            self._fonts += 1
        elif element == "strike" and self._inside == "fonts" and is_on(attributes, "val", otherwise=True):
            self._struck_fonts.add(self._fonts - 1)
        elif element == "xf" and self._inside == "cellXfs":
            self._formats.append((whole(attributes.get("numFmtId", "")), whole(attributes.get("fontId", ""))))

    def end(self, tag: str) -> None:
        if local(tag) == self._inside:
            self._inside = ""

    def code(self, number: int) -> str:
        """Return the number format of the cell format `number`."""
        return (self._codes.get(self._formats[number][0]) if number < len(self._formats) else "") or GENERAL

    def is_struck(self, number: int) -> bool:
        """Return whether the cell format `number` strikes text out."""
        return number < len(self._formats) and self._formats[number][1] in self._struck_fonts
