"""PDFs written by hand, so that a test says all that stands in them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Times-Roman", "F4": "ZapfDingbats"}


def a_pdf(
    *pages: str,
    annotations: Sequence[str] = (),
    form: Sequence[int] = (),
    parts: Sequence[bytes] = (),
    more: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return a PDF whose pages are drawn as the content streams say.

    Args:
        annotations: dictionaries, which stand on the first page.
        form: which of them are fields of a form.
        parts: objects 100, 101 and so on.
        more: entries of the `catalog`, of the `information`, of each `page`, or of its `resources`.
    """
    catalog, information, page, resources = (more.get(n, "") for n in ("catalog", "information", "page", "resources"))
    objects: dict[int, bytes] = {}
    fonts = " ".join(f"/{name} {10 + n} 0 R" for n, name in enumerate(FONTS))
    for number, font in enumerate(FONTS.values()):
        encoding = "" if font == "ZapfDingbats" else "/Encoding /WinAnsiEncoding"
        objects[10 + number] = f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} {encoding} >>".encode()
    objects |= {100 + number: part for number, part in enumerate(parts)}
    objects |= {200 + number: annotation.encode("cp1252") for number, annotation in enumerate(annotations)}
    kids = [1000 + 2 * number for number in range(len(pages))]
    for number, content in zip(kids, pages, strict=True):
        own = "/Annots [" + " ".join(f"{200 + n} 0 R" for n in range(len(annotations))) + "]" if number == 1000 else ""
        box = "" if "/MediaBox" in page else "/MediaBox [0 0 595 842]"
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {number + 1} 0 R {own} {page} "
            f"/Resources << /Font << {fonts} >> {resources} >> >>"
        ).encode()
        objects[number + 1] = a_stream(content.encode("cp1252"))
    fields = " ".join(f"{200 + number} 0 R" for number in form)
    acro = f"/AcroForm << /Fields [{fields}] /DR << /Font << {fonts} >> >> /DA (/F1 11 Tf 0 g) >>" if form else ""
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {acro} {catalog} >>".encode()
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    objects[3] = f"<< {information} >>".encode("cp1252")
    return _file(objects)


def _file(objects: Mapping[int, bytes]) -> bytes:
    data, table = b"%PDF-1.7\n", b""
    for number, part in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + b"xref\n0 1\n0000000000 65535 f \n" + table + trailer % (max(objects) + 1, len(data))


def a_stream(data: bytes, entries: str = "") -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries.encode(), len(data), data)


def an_image(shade: int = 128) -> bytes:
    """A grey image of four pixels."""
    entries = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return a_stream(bytes([shade] * 4), entries)


def text(x: float, y: float, words: str, *, size: float = 11, before: str = "") -> str:
    """Draw `words`, with operators `before` them; in bold, where these say so."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {before} {x} {y} Td ({escaped}) Tj ET\n"


def lines(x: float, y: float, *words: str) -> str:
    """Draw lines, 14 points apart."""
    return "".join(text(x, y - 14 * n, line) for n, line in enumerate(words))
