"""Small files, made by hand from their parts."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf"/></rootfiles></container>'
)


def a_zip(parts: Mapping[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def an_epub(body: str, sheet: str = "", about: str = "") -> bytes:
    """Return a book of one chapter."""
    link = '<link rel="stylesheet" href="../css/a.css"/>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{about}</metadata><manifest>'
        '<item id="c" href="text/c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    chapter = f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{link}</head><body>{body}</body></html>'
    return a_zip(
        {
            "META-INF/container.xml": _CONTAINER,
            "book/content.opf": package,
            "book/text/c.xhtml": chapter,
            "book/css/a.css": sheet,
        }
    )


def an_mhtml(body: str, sheet: str = "") -> bytes:
    """Return a web page as Chromium archives it."""
    head = "Snapshot-Content-Location: https://x.example/\nSubject: s\nMIME-Version: 1.0\n"
    page = f'<html><head><link rel="stylesheet" href="https://x.example/a.css"></head><body>{body}</body></html>'
    return (
        f'{head}Content-Type: multipart/related; boundary="b"\n\n'
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n"
        f"--b\nContent-Type: text/css\nContent-Location: https://x.example/a.css\n\n{sheet}\n--b--\n"
    ).encode()
