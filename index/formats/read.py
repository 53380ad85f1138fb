"""Reading a file as a document."""

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from index.document import Document
from index.formats import suffixes
from index.formats.archive import SIGNATURES as ARCHIVE_SIGNATURES
from index.formats.archive import Archive, opened
from index.formats.charset import decode
from index.formats.content import Content, NoContent, Told
from index.formats.docx.document import read_word
from index.formats.epub import CONTAINER, read_epub
from index.formats.html import read_html, read_xhtml
from index.formats.images import is_image, read_image
from index.formats.mail import is_mail, read_mail
from index.formats.markdown import read_markdown
from index.formats.normal import with_line_feeds
from index.formats.opendocument.reading import FLAT, read_opendocument, unfolded
from index.formats.opendocument.reading import MAIN as OPENDOCUMENT
from index.formats.pdf import is_pdf, read_pdf
from index.formats.plain import read_plain
from index.formats.pptx import read_presentation
from index.formats.separated import read_separated
from index.formats.xlsx.workbook import read_spreadsheet

LARGEST = 250_000_000
"""Largest file, in bytes."""

LARGEST_KEPT = 50_000_000
"""Largest file that a collection keeps beside its text, in bytes."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_PRESENTATION_PART = re.compile(r"ppt/presentation\d*\.xml")
_WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
_WORD_PART = re.compile(r"word/document\d*\.xml")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_PARTS = {
    "__substg1.0_": "is a message of Outlook (.msg); save it as .eml",
    "EncryptedPackage": "is encrypted; save it without a password",
    "WordDocument": "is an old Word file (.doc); save it as .docx",
    "PowerPoint Document": "is an old PowerPoint file (.ppt); save it as .pptx",
    "Workbook": "is an old Excel file (.xls); save it as .xlsx",
}
"""Name of a part of an old Office file, or its beginning → what the file is, and the remedy."""

_OFFICE_2003 = re.compile(rb"<\?mso-application\s+progid=")

_OLD = "is an old Office file; save it in the newer format, such as .docx"

_OTHERS = {
    rb"{\rtf": "an RTF file; save it as .docx",
}
"""First bytes of unsupported formats → name of the format and remedy."""


def read(
    path: str | os.PathLike[str], attachment: Sequence[int] = (), *, ocr: bool = False, told: Told | None = None
) -> tuple[Document, tuple[str, ...], bytes]:
    """Read a file, or an attachment inside it, as a document.

    The content of the file decides its format: PDF, Office (.docx, .xlsx, .pptx), OpenDocument (.odt, .ods, .odp),
    e-book (.epub), e-mail (.eml), web page, archived web page (.mhtml), picture (.png, .jpg, .tiff and others), or
    text. Text is Markdown, or a table of separated values (.csv, .tsv), if the suffix says so. Its encoding is found
    by `index.formats.charset.decode`. In text, only line ends are changed. Markdown loses comments and struck words.
    The text of other formats is normalised by `index.formats.normal.normalised`.

    Args:
        path: the file.
        attachment: which attachment to read instead of the file: its number, from 0, then for an attached e-mail the
            number of the attachment in that, and so on.
        ocr: whether the text of scanned pages and pictures is recognised, by the program Tesseract.
        told: called with the share of the pages that are recognised, from 0 to 1, after each of them.

    Returns:
        The document, the names of the files attached to it, and the bytes of the file: none if they are more than
        `LARGEST_KEPT`, or an attachment is asked for. Its title is the one that the file states, or else the
        file's name without suffix; that of an attachment names both it and its e-mail. Its source is the absolute path.

    Raises:
        UnreadableFile: `path` is missing, not a regular file, empty, larger than `LARGEST`, damaged, encrypted or in
            an unsupported format, or it may not be read or changes while it is read.
        EmptyDocument: the text contains no words.
    """
    path = Path(path)
    # A file name need not be valid Unicode, but the title and source must be.
    name, source = (os.fsencode(name).decode(errors="backslashreplace") for name in (path.stem, path.absolute()))
    try:
        content, original = _content_of(path, keeps=not attachment, ocr=ocr, told=told)
        title = _title(content, name)
        for number in attachment:
            outer = _title(content, name)
            name, data = content.attachments[number]
            content = _content(data, PurePosixPath(name).suffix.lower(), ocr=ocr, told=told)
            title = f"attachment “{name}” of “{outer}”"
    except NoContent as error:
        raise error.kind(f"{path} {error}.") from error
    names = tuple(each.name for each in content.attachments)
    return content.document(title, source), names, original


def _title(content: Content, name: str) -> str:
    return next((fact.value for fact in content.facts if fact.name == "title"), name)


def _content_of(path: Path, *, keeps: bool, ocr: bool, told: Told | None) -> tuple[Content, bytes]:
    """Return the content of a file, and its bytes if they are to be kept. Others are freed while they are read."""
    data = [_bytes(path)]
    original = data[0] if keeps and len(data[0]) <= LARGEST_KEPT else b""
    return _content(data.pop(), path.suffix.lower(), ocr=ocr, told=told), original


def _bytes(path: Path) -> bytes:
    """Return the bytes of the file. Refuse a file that changes meanwhile."""
    try:
        if path.exists() and not path.is_file():
            raise NoContent("is not a file; name the files to add")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > LARGEST:
                raise NoContent(f"is larger than {LARGEST:,} bytes; split it")
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else error
        raise NoContent(f"cannot be read ({reason}); check the name and your rights to it") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise NoContent("changed while it was read; add it again when it is finished")
    return data


def _content(data: bytes, suffix: str, *, ocr: bool, told: Told | None) -> Content:
    if not data:
        raise NoContent("is empty; add a file that has text")
    if is_pdf(data):
        return read_pdf(data, ocr=ocr, told=told)
    if is_image(data):
        return read_image(data, ocr=ocr, told=told)
    if FLAT.search(data[:20_000]):
        data = unfolded(data)
    if data.startswith(ARCHIVE_SIGNATURES):
        with opened(data) as archive:
            return _content_of_archive(archive)
    _check_is_read(data)
    if is_mail(data, suffix):
        return read_mail(data)
    text = [decode(data)]
    del data  # a large file and its text would take too much memory
    return _content_of_text(text.pop(), suffix)


def _check_is_read(data: bytes) -> None:
    """Raise `NoContent` for a file in a format that is known, but not read."""
    if data.startswith(_OLD_OFFICE):
        raise NoContent(next((said for part, said in _OLD_PARTS.items() if part.encode("utf-16-le") in data), _OLD))
    if _OFFICE_2003.search(data[:500]):
        raise NoContent("is an Office file in the XML of 2003; save it in the newer format")
    for signature, kind in _OTHERS.items():
        if data.startswith(signature):
            raise NoContent(f"is {kind}")


def _content_of_text(text: str, suffix: str) -> Content:
    if suffix in suffixes.HTML or _PAGE.match(text[:2000]):
        content = read_xhtml(text) if text.startswith("<?xml") else read_html(text)
        return content.with_beginning()
    text = with_line_feeds(text)
    if suffix in suffixes.SEPARATED:
        return read_separated(text)
    return read_markdown(text) if suffix in suffixes.MARKDOWN else read_plain(text)


def _content_of_archive(archive: Archive) -> Content:
    names = archive.names()
    if CONTAINER in names:
        return read_epub(archive)
    for name in names:
        if _WORD_PART.fullmatch(name):
            return read_word(archive, name).with_beginning()
        if _WORKBOOK_PART.fullmatch(name):
            return read_spreadsheet(archive, name)
        if _PRESENTATION_PART.fullmatch(name):
            return read_presentation(archive, name)
    if OPENDOCUMENT in names:
        return read_opendocument(archive)
    if "xl/workbook.bin" in names:
        raise NoContent("is a spreadsheet in Excel's binary format; save it as .xlsx")
    raise NoContent("is a ZIP archive; unpack it and add what it holds")
