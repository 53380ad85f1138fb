"""Makes small spreadsheets, presentations and OpenDocument files from their XML."""

import io
import zipfile


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive of `parts`, by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def spreadsheet(rows: str, *, before: str = "", after: str = "", strings: str = "", styles: str = "") -> bytes:
    """Return a spreadsheet of one sheet called Costs.

    Args:
        rows: the rows of the sheet.
        before: XML in front of the sheet.
        after: elements behind its rows.
        strings: the shared strings.
        styles: the content of the part that defines the formats of cells.
    """
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{part}"/>'
        for kind, part in (("worksheet", "sheet1.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml"))
    )
    away = f'<Relationship Id="r9" Type="{_RELATION}/externalLink" Target="http://x.example/" TargetMode="External"/>'
    sheets = '<sheets><sheet name="Costs" r:id="rworksheet"/></sheets>'
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {_SHEET} xmlns:r="{_RELATION}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {_RELATIONS}>{relations}{away}</Relationships>",
            "xl/sheet1.xml": f"{before}<worksheet {_SHEET}><sheetData>{rows}</sheetData>{after}</worksheet>",
            "xl/strings.xml": f"<sst {_SHEET}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {_SHEET}>{styles}</styleSheet>",
        }
    )


def sheet_cell(text: str, reference: str = "") -> str:
    """Return a cell with a text of its own."""
    place = f' r="{reference}"' if reference else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'


def slides(*shapes: str, before: str = "") -> bytes:
    """Return a presentation with a slide for each of `shapes`, and `before` in front of each slide."""
    numbers = range(1, len(shapes) + 1)
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/slide" Target="slides/slide{number}.xml"/>'
        for number in numbers
    )
    listed = "".join(f'<sldId id="{255 + number}" r:id="r{number}"/>' for number in numbers)
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f'<presentation xmlns:r="{_RELATION}"><sldIdLst>{listed}</sldIdLst>'
        '<sldSz cx="9000" cy="6000"/></presentation>',
        "ppt/_rels/presentation.xml.rels": f"<Relationships {_RELATIONS}>{relations}</Relationships>",
    }
    for number, own in zip(numbers, shapes, strict=True):
        slide = f"{before}<sld {drawing}><cSld><spTree>{own}</spTree></cSld></sld>"
        parts[f"ppt/slides/slide{number}.xml"] = slide
    return zipped(parts)


def slide_shape(text: str, more: str = "", at: tuple[int, int] | None = None) -> str:
    """Return a shape with one paragraph. `at` is its left and upper edge on a slide of 9,000 × 6,000."""
    place = "<a:xfrm><a:off x='{}' y='{}'/><a:ext cx='3000' cy='800'/></a:xfrm>".format(*at) if at else ""
    words = f"<txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></txBody>"
    return f"<sp><nvSpPr><cNvPr {more}/></nvSpPr><spPr>{place}</spPr>{words}</sp>"


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def open_document(kind: str, body: str, *, before: str = "", styles: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument file.

    Args:
        kind: `text`, `spreadsheet` or `presentation`.
        body: what it contains.
        before: XML in front of it.
        styles: its automatic styles.
        manifest: the list of its parts.
    """
    spaces = "".join(
        f' xmlns:{name}="{_OPEN}:{name}:1.0"'
        for name in ("office", "text", "table", "style", "drawing", "draw", "form", "xlink")
    )
    content = (
        f"{before}<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped({"content.xml": content, "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>"})


def open_cell(text: str, more: str = "") -> str:
    """Return a cell of an OpenDocument table."""
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"
