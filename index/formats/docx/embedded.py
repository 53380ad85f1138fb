"""What a part of a Word file shows from other parts: inserted pages, and the words in charts and diagrams."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from index.formats import suffixes
from index.formats.archive import Archive
from index.formats.charset import decode
from index.formats.content import Content
from index.formats.drawn import words_of
from index.formats.html import read_html
from index.formats.mail import read_mail
from index.formats.normal import normalised
from index.formats.package import related


class Embedded:
    """The parts to which `part` refers."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive = archive
        self._parts = related(archive, part)

    def words(self, relation: str) -> Sequence[str]:
        """Return the words in the chart or diagram with the id `relation`."""
        return words_of(self._archive, self._parts, relation)

    def page(self, relation: str) -> Content:
        """Return the content of the inserted file with the id `relation`; without text if it is of another kind."""
        each = self._parts.get(relation)
        data = self._archive.read(each.part) if each else b""
        suffix = PurePosixPath(each.part).suffix.lower() if each else ""
        if data and suffix in suffixes.MAIL:
            return read_mail(data)
        if data and suffix in suffixes.HTML:
            return read_html(decode(data))
        return Content(normalised(decode(data)).strip() if data and suffix == ".txt" else "")
