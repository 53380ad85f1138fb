"""The words in the charts and diagrams (SmartArt) of Office files."""

from collections.abc import Mapping, Sequence

from index.formats.archive import Archive
from index.formats.normal import on_one_line
from index.formats.package import Related, local, parse

_MOST_LABELS = 100
"""Largest number of labels of a chart that are read. More of them are not all written below it."""


def words_of(archive: Archive, parts: Mapping[str, Related], relation: str) -> Sequence[str]:
    """Return the words in a chart or a diagram: its paragraphs, titles, and the labels of its series and categories.

    The values of a chart are not read, because it shows them by lengths and not by numbers.

    Args:
        archive: the file.
        parts: the parts to which the part that shows it refers.
        relation: its id among them. For any other, there are no words.
    """
    drawn = parts.get(relation)
    if not drawn or drawn.kind not in {"chart", "chartEx", "diagramData"}:
        return ()
    target = _Words()
    parse(archive.read(drawn.part), target)
    return [*target.paragraphs, *([", ".join(target.labels)] if 0 < len(target.labels) <= _MOST_LABELS else [])]


class _Words:
    """A parser target for a chart or the data of a diagram."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.labels: dict[str, None] = {}  # of series and categories, each once
        self._pieces: list[str] = []
        self._is_text = False
        self._labelled = 0  # depth inside stored texts

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        self._labelled += element == "strCache"
        self._is_text = element == "t" or (element == "v" and self._labelled > 0)
        if element in {"p", "v"}:
            self._pieces.clear()

    def end(self, tag: str) -> None:
        element = local(tag)
        self._labelled -= element == "strCache"
        self._is_text = False
        text = on_one_line("".join(self._pieces))
        if element == "p" and any(map(str.isalnum, text)):
            self.paragraphs.append(text)
        elif element == "v" and self._labelled and any(map(str.isalnum, text)):
            self.labels[text] = None
        if element in {"p", "v"}:
            self._pieces.clear()

    def data(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)
