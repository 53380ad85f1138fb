"""ZIP archives, the containers of Word files and e-books. They are never unpacked beyond a limit."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from index.formats.content import NoContent

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
"""The first bytes of an archive, and of an empty archive."""

MOST_UNPACKED = 100_000_000
"""Bytes that may be unpacked from one archive. A library of novels has less text."""


_XML_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")

_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.-]+)""")


def check_declarations(part: bytes, *declarations: str) -> None:
    """Refuse XML that contains one of `declarations`, such as `<!ENTITY`, or names an unknown encoding.

    Some declarations crash the parser, and others expand to a very large text.

    Raises:
        NoContent: the part contains one, in any encoding.
    """
    if named := _ENCODING.match(part):
        encoding = named[1].decode("ascii", "replace")
        try:
            b" ".decode(encoding)
        except LookupError as error:
            raise NoContent(f"is damaged (the encoding {encoding!r} is unknown); get or make it again") from error
    for declaration in declarations:
        if any(declaration.encode(encoding) in part for encoding in _XML_ENCODINGS):
            raise NoContent(f"holds a declaration that no such file needs ({declaration}); open it and save it again")


class Archive:
    """The parts of an archive by name. At most `MOST_UNPACKED` bytes are unpacked, whatever the archive claims."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_UNPACKED

    def names(self) -> list[str]:
        return self._archive.namelist()

    def read(self, name: str) -> bytes:
        """Return the unpacked bytes of a part.

        Raises:
            NoContent: the part is missing, or the limit is exceeded.
        """
        try:
            with self._archive.open(name) as part:
                data = part.read(self._left + 1)
        except KeyError as error:
            raise NoContent(f"is damaged: it lacks its part {name!r}; get or make it again") from error
        self._left -= len(data)
        if self._left < 0:
            raise NoContent(f"unpacks to more than {MOST_UNPACKED:,} bytes of text; split it, or save it as plain text")
        return data


@contextmanager
def opened(data: bytes) -> Iterator[Archive]:
    """Open an archive. Turn every error of `zipfile` inside the block into `NoContent`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise NoContent(f"is damaged, or cut short ({error}); get or make it again") from error
    except (RuntimeError, NotImplementedError) as error:  # a password, or an unknown compression method
        raise NoContent(f"cannot be unpacked ({error}); save it without a password") from error
