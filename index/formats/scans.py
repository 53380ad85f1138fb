"""Scanned pages whose text was not recognised: what is said of them, and the program that recognises it."""

import shutil
from enum import Enum, auto

from index.errors import ScannedFile
from index.formats.content import NoContent

ONE, SEVERAL = "scanned page without text", "scanned pages without text"

ONE_STAMPED, SEVERAL_STAMPED = "page that is a picture with few words", "pages that are pictures with few words"

_PDF = "a PDF without text, a scan perhaps"

_REMEDY = "; add it with --ocr, so that the program tesseract recognises its text"


class Scan(Enum):
    """Whether a page is a scan: images that cover at least half of it.

    There are no words on a bare scan; on one that is stamped there are a few, such as its number among the documents of
    a case; and on one with a layer, invisible words, which another program has recognised in it.
    """

    NONE = auto()
    BARE = auto()
    STAMPED = auto()
    LAYERED = auto()


class Scanned(NoContent):
    """A file has no text, but perhaps pictures of it.

    Args:
        ocr: whether its text was recognised, in vain.
        what: what the file is.
        trouble: why recognising it failed, if it did.
    """

    kind = ScannedFile

    def __init__(self, *, ocr: bool, what: str = _PDF, trouble: str = "") -> None:
        failed = f", on which the program tesseract fails: {trouble}" if trouble else ", in which none is recognised"
        super().__init__(f"is {what}{failed if ocr else _REMEDY}")
        self.trouble = trouble


def program() -> str | None:
    """Return the path of Tesseract; None if it is not installed."""
    return shutil.which("tesseract")


def are_told(unread: str) -> bool:
    """Return whether a phrase for what was not read tells of scanned pages."""
    return any(said in unread for said in (ONE, SEVERAL, ONE_STAMPED, SEVERAL_STAMPED, _REMEDY))
