"""The objects inside an OpenDocument file: the words of charts, and formulas."""

from collections.abc import Mapping
from posixpath import normpath

from index.formats.archive import Archive
from index.formats.formula import WebFormula
from index.formats.normal import on_one_line
from index.formats.package import local, parse


class Objects:
    """The objects of a file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def text(self, address: str) -> tuple[str, bool]:
        """Return the text of the object at `address`, and whether it is a formula, of which nothing else is seen."""
        part = normpath(f"{address}/content.xml")
        if part.startswith(("/", "..")) or part not in self._archive.names():
            return "", False
        target = _Object()
        parse(self._archive.read(part), target)
        if target.formula:
            return target.formula.text, True
        return "\n".join(target.titles), False


class _Object:
    """A parser target for the content of an object. Of a chart, it collects the titles."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.formula: WebFormula | None = None
        self._depth = 0  # inside titles
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element == "math":
            self.formula = WebFormula()
        if self.formula:
            self.formula.start(element)
        self._depth += element in {"title", "subtitle", "footer"}

    def end(self, tag: str) -> None:
        element = local(tag)
        if self.formula:
            self.formula.end()
        self._depth -= element in {"title", "subtitle", "footer"}
        if element == "p":
            text = on_one_line("".join(self._pieces))
            self.titles += [text] if any(map(str.isalnum, text)) else []
            self._pieces.clear()

    def data(self, data: str) -> None:
        if self.formula:
            self.formula.data(data)
        elif self._depth:
            self._pieces.append(data)
