"""PDF: the text of its pages, as people read it."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from index.formats.content import Content, NoContent
from index.formats.pdf.composing import composed
from index.formats.pdf.properties import properties

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page

_FIRST, _LAST = b"%PDF-", b"%%EOF"

_REACH = 1024
"""Bytes at a file's beginning and end in which viewers look for its first and its last mark."""

_pdfium = Lock()
"""Held by the one thread at a time that may use pdfium."""


def is_pdf(data: bytes) -> bool:
    """Return whether `data` begins as a PDF does, or is one behind a few bytes of something else."""
    return data.startswith(_FIRST) or (_FIRST in data[:_REACH] and _is_whole(data))


def read_pdf(data: bytes) -> Content:
    """Return the text of a PDF, its pages as places.

    Lines are put together to paragraphs, over the ends of columns and pages, and a word that was broken is whole again.
    Running heads are set apart, and page numbers left out. What was filled into a form is read, and what cannot be
    seen is not, but for the recognised text of a scan.

    Raises:
        NoContent: the file is damaged, cut short or encrypted, or has no page or no text.
    """
    import pypdfium2

    from index.formats.pdf.pdfium import pages

    if not _is_whole(data):
        raise NoContent("is a PDF that is cut short; get the whole file again")
    try:
        with _pdfium, pypdfium2.PdfDocument(data[data.find(_FIRST) :]) as document:
            document.init_forms()
            entries = document.get_metadata_dict()
            found = list(pages(document))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise NoContent("is a PDF that a password protects; save it without one") from error
        raise NoContent("is a PDF that is damaged, or has no pages; get or make it again") from error
    content = composed(found)
    if not any(map(str.isalnum, content.text)):
        raise NoContent("is a PDF without text, a scan perhaps; have its text recognised (OCR) first")
    return replace(content, facts=properties(entries, data), unread=_unread(found))


def _is_whole(data: bytes) -> bool:
    return _LAST in data.rstrip(b"\0\t\n\f\r ")[-_REACH:]


def _unread(pages: Sequence["Page"]) -> tuple[str, ...]:
    """Return what the pages show and hold that is not in the text."""
    scans = sum(page.is_scan for page in pages)
    images = sum(page.pictures for page in pages if not page.is_scan)
    hiding = sum(page.hides for page in pages)
    counts = (
        (scans, "scanned page without text", "scanned pages without text"),
        (images, "image without text", "images without text"),
        (hiding, "page with text that cannot be seen", "pages with text that cannot be seen"),
    )
    return tuple(f"{count} {one if count == 1 else several}" for count, one, several in counts if count)
