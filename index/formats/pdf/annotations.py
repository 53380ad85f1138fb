"""Makes form fields and annotations of a PDF part of its pages."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pypdfium2 import PdfDocument, PdfPage, raw

from index.formats.content import with_author
from index.formats.normal import normalised, on_one_line
from index.formats.pdf.painted import Box
from index.formats.pdf.word import Word

_DRAWN = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP})
"""Types of annotation that show text on the page."""

_COMMENTED = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_LINE,
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_POLYLINE,
    }
)
"""Types of annotation that hold a comment, which viewers show beside the page or when the annotation is opened."""

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW

_BUTTONS = frozenset({raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON})

_TICKED, _EMPTY = "☒", "☐"

_MOST = 2000
"""Largest number of annotations on a page that are examined."""

_MOST_FIELDS = 500
"""Largest number of fields on a page whose text is brought beside its label."""

_SIZE = 10.0
"""Assumed font size, in points, of a note that the file does not draw."""


class Mark(NamedTuple):
    """The effect of an annotation on the text of a page.

    Attributes:
        word: text that it adds, if any.
        box: area whose text it replaces, if any.
        field: area whose text was filled into a form, if any.
    """

    word: Word | None = None
    box: Box | None = None
    field: Box | None = None


def show_annotations(document: PdfDocument, page: PdfPage) -> list[Mark]:
    """Draw the visible annotations on `page`, and return marks for those that do not become text.

    The page must be loaded again afterwards.

    Form fields and notes are drawn as the file defines them, so that their content becomes ordinary text. Check boxes
    show a character of a symbol font, or nothing, and become marks. So do notes that the file does not draw. A
    strikeout becomes a mark that removes the text under it.
    """
    annotations = list(_visible(page))
    marks = [mark for each in annotations for mark in _mark(document, each)]
    if any(raw.FPDFAnnot_GetSubtype(each) in _DRAWN for each in annotations):
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    for each in annotations:
        raw.FPDFPage_CloseAnnot(each)
    return marks


def level_fields(words: Sequence[Word], marks: Sequence[Mark]) -> None:
    """Move what is filled into one line of a field to the baseline of its label, on its left. Few forms align them."""
    fields = [mark.field for mark in marks if mark.field]
    for field in fields[:_MOST_FIELDS]:
        level = [word for word in words if field.bottom <= (word.bottom + word.top) / 2 <= field.top]
        inside = [word for word in level if field.left <= word.middle <= field.right]
        beside = [word for word in level if word.right <= field.left + 0.5 * word.size]
        label = max(beside, key=lambda word: word.right, default=None)
        if label and len({word.baseline for word in inside}) == 1:
            for word in inside:
                word.drop, word.baseline = label.baseline - word.baseline, label.baseline


def comments(page: PdfPage) -> list[str]:
    """Return the comments on `page`, each after the name of its author, if the file states it."""
    found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        is_comment = raw.FPDFAnnot_GetSubtype(annotation) in _COMMENTED and not _value(annotation, b"State")
        if is_comment and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            text = normalised(_value(annotation, b"Contents")).strip()
            if any(map(str.isalnum, text)):
                found.append(with_author(text, on_one_line(_value(annotation, b"T"))))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _visible(page: PdfPage) -> Iterator[Any]:
    """Yield the annotations that show or strike out text. The caller must close them."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        is_shown = raw.FPDFAnnot_GetSubtype(annotation) in {*_DRAWN, raw.FPDF_ANNOT_STRIKEOUT}
        if is_shown and not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            yield annotation
        else:
            raw.FPDFPage_CloseAnnot(annotation)


def _mark(document: PdfDocument, annotation: Any) -> Iterator[Mark]:
    """Yield the marks of an annotation that is not drawn as text."""
    rect, kind = raw.FS_RECTF(), raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFAnnot_GetRect(annotation, rect)
    box = Box(rect.left, rect.bottom, rect.right, rect.top)
    form = document.formenv
    if kind == raw.FPDF_ANNOT_STRIKEOUT:
        yield from (Mark(box=struck) for struck in _struck(annotation))
    elif form and raw.FPDFAnnot_GetFormFieldType(form, annotation) in _BUTTONS:
        text = _TICKED if raw.FPDFAnnot_IsChecked(form, annotation) else _EMPTY
        size = max(1.0, min(_SIZE, box.top - box.bottom))
        yield Mark(Word(text, box.left, box.right, box.bottom + 0.22 * size, size), box)
    elif kind == raw.FPDF_ANNOT_WIDGET:
        yield Mark(field=box)
    elif kind == raw.FPDF_ANNOT_FREETEXT and not _is_drawn(annotation):
        text = on_one_line(_value(annotation, b"Contents"))
        if text:
            yield Mark(Word(text, box.left, box.right, box.top - _SIZE, _SIZE))


def _struck(annotation: Any) -> Iterator[Box]:
    """Yield the boxes of the words that the annotation strikes out."""
    points = raw.FS_QUADPOINTSF()
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        raw.FPDFAnnot_GetAttachmentPoints(annotation, index, points)
        across = (points.x1, points.x2, points.x3, points.x4)
        up = (points.y1, points.y2, points.y3, points.y4)
        yield Box(min(across), min(up), max(across), max(up))


def _is_drawn(annotation: Any) -> bool:
    return bool(raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2)


def _value(annotation: Any, key: bytes) -> str:
    """Return the string value of the annotation for `key`."""
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
