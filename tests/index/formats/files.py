"""Small files, made by hand from their parts."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from bench.office_files import zipped

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf"/></rootfiles></container>'
)

_OFFICE = "http://schemas.openxmlformats.org"
_WORD = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:m="{_OFFICE}/officeDocument/2006/math"'
    f' xmlns:r="{_OFFICE}/officeDocument/2006/relationships" xmlns:c="{_OFFICE}/drawingml/2006/chart"'
    f' xmlns:dgm="{_OFFICE}/drawingml/2006/diagram" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def with_parts(file: bytes, parts: Mapping[str, str]) -> bytes:
    """Return a ZIP archive with further parts."""
    with ZipFile(BytesIO(file)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | dict(parts))


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
    return zipped(
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


def related(*parts: tuple[str, str, str]) -> str:
    """Return the references of a part: id, kind and target of each."""
    each = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for key, kind, target in parts
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(each)}</Relationships>'


def a_chart(title: str, labels: tuple[str, ...]) -> str:
    points = "".join(f'<c:pt idx="{number}"><c:v>{label}</c:v></c:pt>' for number, label in enumerate(labels))
    return (
        f'<c:chartSpace xmlns:c="{_OFFICE}/drawingml/2006/chart" xmlns:a="{_OFFICE}/drawingml/2006/main"><c:chart>'
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        f"<c:cat><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>412</c:v></c:pt></c:numCache></c:numRef></c:val>"
        "</c:chart></c:chartSpace>"
    )


def a_diagram(*words: str) -> str:
    points = "".join(f"<dgm:pt><dgm:t><a:p><a:r><a:t>{each}</a:t></a:r></a:p></dgm:t></dgm:pt>" for each in words)
    return (
        f'<dgm:dataModel xmlns:dgm="{_OFFICE}/drawingml/2006/diagram" xmlns:a="{_OFFICE}/drawingml/2006/main">'
        f"<dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    )


def a_word_file(body: str, styles: str = "", numbering: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file. `parts` are further parts, by their names inside the folder `word`."""
    return zipped(
        {
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {_WORD}>{numbering}</w:numbering>",
            **{
                f"word/{name}": part.replace("<w:footnotes>", f"<w:footnotes {_WORD}>")
                for name, part in (parts or {}).items()
            },
        }
    )
