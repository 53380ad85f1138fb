"""The texts of a spreadsheet that may change their look inside a cell: shared strings and comments."""

from collections.abc import Mapping

from index.formats.normal import normalised
from index.formats.package import is_on, local
from index.formats.raised import moved


class Texts:
    """A parser target that collects texts of one or several runs. Struck runs and phonetic hints are left out.

    Args:
        element: the element that holds a text: `si` for a shared string, `text` for a comment.
    """

    def __init__(self, element: str = "si") -> None:
        self.found: list[str] = []
        self._element = element
        self._pieces: list[str] = []
        self._run: list[str] = []
        self._raised_by = 0
        self._is_struck = self._is_text = False
        self._unread = 0  # depth inside a phonetic hint

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if element == "rPh" or self._unread:
            self._unread += 1
        elif element == "t":
            self._is_text = True
        elif element == "r":
            self._raised_by, self._is_struck = 0, False
        elif element == "vertAlign":
            self._raised_by = {"superscript": 1, "subscript": -1}.get(attributes.get("val", ""), 0)
        elif element in {"strike", "dstrike"}:
            self._is_struck = is_on(attributes, "val", otherwise=True)

    def end(self, tag: str) -> None:
        element = local(tag)
        if self._unread:
            self._unread -= 1
        elif element == "t":
            self._is_text = False
        elif element == "r":
            self._end_run()
        elif element == self._element:
            self._end_run()
            self.found.append(normalised("".join(self._pieces)).strip())
            self._pieces.clear()

    def data(self, data: str) -> None:
        if self._is_text and not self._unread:
            self._run.append(data)

    def take(self) -> str:
        """Return the text that has ended last, and forget it."""
        return self.found.pop() if self.found else ""

    def _end_run(self) -> None:
        text = "".join(self._run)
        if text and not self._is_struck:
            self._pieces.append(moved(text, self._raised_by, self._pieces))
        self._run.clear()
        self._raised_by, self._is_struck = 0, False
