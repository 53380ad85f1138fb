"""Files made to do harm, and how they are made: by their formats' own rules, small, and costly to read."""

import zlib


def _pdf(objects: list[bytes]) -> bytes:
    """Return the PDF of `objects`, numbered from 1, of which the first is the catalogue."""
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return bytes(data + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _pdf_page(content: bytes, resources: bytes = b"") -> list[bytes]:
    """Return the objects of a PDF of one page, in whose font `/F` the operators `content` may write."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]


_SOME_TEXT = b"BT /F 9 Tf 10 10 Td (Some text) Tj ET "


def pdf_of_nested_forms(depth: int = 10, width: int = 10) -> bytes:
    """Return a PDF whose one line of text is drawn by forms that draw forms, `width` ** `depth` times."""
    objects = _pdf_page(b"/X Do", b"/XObject<</X 6 0 R>>")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    objects += [_stream(b"/X Do " * width, form % number) for number in range(7, 7 + depth)]
    return _pdf([*objects, _stream(_SOME_TEXT, form % 0)])
