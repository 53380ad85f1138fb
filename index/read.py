"""Files become documents."""

import codecs
import os
from collections.abc import Iterator
from pathlib import Path

from chardet import EncodingEra, detect

from index.document import CitedError, Document

_BYTE_ORDER_MARKS = {  # UTF-32 before UTF-16: its mark begins with the other's
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive, as Word files and e-books are",
}

_CONTROLS = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) - frozenset("\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f\x85")
"""Control characters that stand in no text: where there is one, the file holds data."""


class UnreadableFile(CitedError):
    """A file that is missing, may not be read, is no file, or holds no text."""


def read(path: str | os.PathLike[str]) -> Document:
    """Return the text file at `path` as a document titled by its name.

    The encoding is that of the byte order mark if there is one, else UTF-8 if it fits, else what `chardet` finds.
    Nothing about the text is changed, line ends included.

    Raises:
        UnreadableFile: `path` is missing, may not be read, is no file, is empty, or is not text in any encoding.
        EmptyDocument: the text holds no words.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"{path} is not a file; name the files to add.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(f"{path} cannot be read ({reason}); check the name and your rights to it.") from error
    if not data:
        raise UnreadableFile(f"{path} is empty; add a file that has text.")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableFile(f"{path} is {kind}, which cannot be read; save it as plain text and add that.")
    text = _decode(data)
    if text is None:
        raise UnreadableFile(f"{path} is not text in any encoding known here; save it as UTF-8 text and add that.")
    # A file's name need not be text; what is shown and stored of it must be.
    title, source = (os.fsencode(name).decode(errors="replace") for name in (path.stem, path))
    return Document(text, title, source)


def _decode(data: bytes) -> str | None:
    """Return the text in `data`, or None where no encoding makes one of it."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _CONTROLS.isdisjoint(text) else None
    return None


def _encodings(data: bytes) -> Iterator[str]:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    yield marked or "utf-8"
    # Of the encodings that the web still uses: rarer ones are taken for them less often than they for rarer ones.
    found = None if marked else detect(data, encoding_era=EncodingEra.MODERN_WEB)["encoding"]
    if found:
        yield found
