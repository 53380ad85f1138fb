"""Recognises and reads OpenDocument texts, spreadsheets and presentations."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from index.document import Fact
from index.formats.archive import Archive
from index.formats.content import Composer, Content, NoContent
from index.formats.facts import counted, facts
from index.formats.opendocument.objects import Objects
from index.formats.opendocument.presentation import SlidesBody
from index.formats.opendocument.spreadsheet import SheetsBody
from index.formats.opendocument.styles import Styles
from index.formats.opendocument.text import Around, TextBody
from index.formats.package import Properties, local, parse
from index.formats.sheets import write_sheet

FLAT = re.compile(rb"<office:document\s[^<>]*\boffice:mimetype\s*=")
"""The beginning of an OpenDocument file that is one XML file and no archive."""

MAIN = "content.xml"
_MANIFEST = "META-INF/manifest.xml"

_BEHIND = re.compile(
    rb'run-through="background"|<style:page-layout-properties[^>]*background-color="#(?!ffffff)|<draw:text-box'
)
"""What a text has behind its words, or boxes that may have."""


def read_opendocument(archive: Archive) -> Content:
    """Return the text of an OpenDocument file, as its program shows it.

    A text is read like a Word file, a spreadsheet like an Excel file, and a presentation like a PowerPoint file.

    Raises:
        NoContent: the file is damaged or encrypted, is a drawing or a formula, or exceeds the limit on unpacked bytes.
    """
    names = frozenset(archive.names())
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise NoContent("is protected by a password; save it without one")
    styles = Styles()
    around = Around(styles)
    page_styles = archive.read("styles.xml") if "styles.xml" in names else b""
    if page_styles:
        parse(page_styles, around)
    main = archive.read(MAIN)
    kind, objects = _Kind(), Objects(archive)
    parse(main, kind)
    if kind.name == "text":
        body = TextBody(styles, objects, is_white=not any(map(_BEHIND.search, (main, page_styles))))
        content = _text(main, body, around)
    elif kind.name == "spreadsheet":
        content = _spreadsheet(main, styles, objects)
    elif kind.name == "presentation":
        content = _presentation(main, styles, objects)
    else:
        raise NoContent("is an OpenDocument file without text; save it as PDF")
    return replace(content, facts=_facts(archive) if "meta.xml" in names else ())


def _text(main: bytes, body: TextBody, around: Around) -> Content:
    parse(main, body)
    return replace(body.content(around.texts).with_beginning(), unread=counted(body.unseen))


def _spreadsheet(main: bytes, styles: Styles, objects: Objects) -> Content:
    body, composer = SheetsBody(styles, objects), Composer()
    parse(main, body)
    unread = Counter({"hidden sheet": body.hidden}) + body.unseen
    for name, sheet in body.sheets:
        write_sheet(composer, name, sheet)
        unread += sheet.left_out()
    return replace(composer.content(), unread=counted(unread))


def _presentation(main: bytes, styles: Styles, objects: Objects) -> Content:
    body = SlidesBody(styles, objects)
    parse(main, body)
    return replace(body.writer.content(), unread=counted(Counter({"hidden slide": body.hidden}) + body.unseen))


def unfolded(flat: bytes) -> bytes:
    """Return an OpenDocument file in one XML file as an archive, whose parts are each the whole of it."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for part in (MAIN, "styles.xml", "meta.xml"):
            archive.writestr(part, flat)
    return file.getvalue()


class _Kind:
    """A parser target that finds the kind of a file: the name of the first element inside its body."""

    def __init__(self) -> None:
        self.name = ""
        self._in_body = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._in_body and not self.name:
            self.name = local(tag)
        self._in_body |= local(tag) == "body"


def _facts(archive: Archive) -> tuple[Fact, ...]:
    """Return the title, author and date in the properties of the file."""
    target = Properties("title", "initial-creator", "creator", "creation-date")
    parse(archive.read("meta.xml"), target)
    said = {name: "".join(words).strip() for name, words in target.said.items()}
    return facts(
        "the properties of the file",
        title=said["title"],
        author=said["initial-creator"] or said["creator"],
        date=said["creation-date"],
    )
