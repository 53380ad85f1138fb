"""Scanned pages whose text was not recognised: what is said of them, and the program that recognises it."""

import shutil

from index.errors import ScannedFile
from index.formats.content import NoContent

ONE, SEVERAL = "scanned page without text", "scanned pages without text"

_WHOLE = "is a PDF without text, a scan perhaps"

_REMEDY = "; add it with --ocr, which has its text recognised by the program tesseract"


class Scanned(NoContent):
    """A PDF has no text, but perhaps pictures of it.

    Args:
        ocr: whether its text was recognised, in vain.
        trouble: why recognising it failed, if it did.
    """

    kind = ScannedFile

    def __init__(self, *, ocr: bool, trouble: str = "") -> None:
        failed = f", on which the program tesseract fails: {trouble}" if trouble else ""
        super().__init__(_WHOLE + failed if ocr else _WHOLE + _REMEDY)


def program() -> str | None:
    """Return the path of Tesseract; None if it is not installed."""
    return shutil.which("tesseract")


def are_told(unread: str) -> bool:
    """Return whether a phrase for what was not read tells of scanned pages."""
    return any(said in unread for said in (ONE, SEVERAL, _WHOLE))
