"""PDF: the text of its pages in reading order."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from index.formats.content import Content, NoContent, Told
from index.formats.pdf.properties import properties
from index.formats.scans import ONE, ONE_STAMPED, SEVERAL, SEVERAL_STAMPED, Scan, Scanned

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page

_FIRST, _LAST = b"%PDF-", b"%%EOF"

_REACH = 1024
"""Bytes at the beginning and end of a file in which viewers search for the first and last marks."""

_pdfium = Lock()
"""The lock of pdfium, which only one thread at a time may use."""


def is_pdf(data: bytes) -> bool:
    """Return whether `data` is a PDF, possibly after a few other bytes."""
    return data.startswith(_FIRST) or (_FIRST in data[:_REACH] and _is_whole(data))


def read_pdf(data: bytes, *, ocr: bool = False, told: Told | None = None) -> Content:
    """Return the text of a PDF, with its pages as places.

    Lines are joined to paragraphs, across columns and pages, and hyphenated words are restored. Running heads are set
    apart, and page numbers are left out. Text filled into a form is read. Invisible text is skipped, except for the
    recognised text of a scan.

    Args:
        data: the file.
        ocr: whether the text of scanned pages is recognised, by the program Tesseract. The places say so.
        told: as for `index.formats.read.read`.

    Raises:
        NoContent: the file is damaged, cut short or encrypted, or has no pages or no text.
    """
    import pypdfium2

    from index.formats.pdf.composing import composed
    from index.formats.pdf.pdfium import pages

    if not _is_whole(data):
        raise NoContent("is a PDF that is cut short; get the whole file again")
    try:
        with _pdfium, _without_collection(), pypdfium2.PdfDocument(data[data.find(_FIRST) :]) as document:
            document.init_forms()
            entries = document.get_metadata_dict()
            found = list(pages(document, ocr=ocr, told=told))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise NoContent("is a PDF that a password protects; save it without one") from error
        raise NoContent("is a PDF that is damaged, or has no pages; get or make it again") from error
    with _without_collection():
        content = composed(found)
    if not any(map(str.isalnum, content.text)):
        raise Scanned(ocr=ocr, trouble=next((page.trouble for page in found if page.trouble), ""))
    return replace(content, facts=properties(entries, data), unread=_unread(found))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Do not look for garbage meanwhile. A million small objects are made and kept, and none is garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _is_whole(data: bytes) -> bool:
    return _LAST in data.rstrip(b"\0\t\n\f\r ")[-_REACH:]


def _unread(pages: Sequence["Page"]) -> tuple[str, ...]:
    """Return phrases for the content of the pages that is not in the text."""
    kinds = Counter(page.scan for page in pages)
    images = sum(page.pictures for page in pages if page.scan not in {Scan.BARE, Scan.STAMPED})
    hiding = sum(page.hides for page in pages)
    trouble = next((f" (tesseract fails: {page.trouble})" for page in pages if page.trouble), "")
    counts = (
        (kinds[Scan.BARE], ONE + trouble, SEVERAL + trouble),
        (kinds[Scan.STAMPED], ONE_STAMPED + trouble, SEVERAL_STAMPED + trouble),
        (images, "image without text", "images without text"),
        (hiding, "page with text that cannot be seen", "pages with text that cannot be seen"),
    )
    return tuple(f"{count} {one if count == 1 else several}" for count, one, several in counts if count)
