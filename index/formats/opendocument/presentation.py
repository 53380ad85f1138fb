"""The slides of an OpenDocument presentation (.odp)."""

from collections.abc import Mapping
from math import inf

from index.formats.css.look import pixels
from index.formats.numerals import whole
from index.formats.opendocument.body import SHAPES, Aside, Body, Paragraph
from index.formats.opendocument.objects import Objects
from index.formats.opendocument.styles import Styles
from index.formats.placed import Frame
from index.formats.slides import Shape, SlideWriter, TextCell

_PLACEHOLDERS = {"title": "title", "page-number": "sldNum", "footer": "ftr", "header": "ftr", "date-time": "dt"}
"""Purpose of a shape → its name in `Shape`."""


def _frame(attributes: Mapping[str, str]) -> Frame | None:
    """Return where a shape stands on its slide, in pixels, if that is said."""
    edges = [pixels(attributes.get(name, "")) for name in ("x", "y", "width", "height")]
    if None in edges:
        return None
    left, top, width, height = (edge or 0.0 for edge in edges)
    return Frame(left, top, left + width, top + height)


class SlidesBody(Body):
    """A parser target that writes the slides.

    Attributes:
        writer: what has been written.
        hidden: number of hidden slides.
    """

    def __init__(self, styles: Styles, objects: Objects) -> None:
        super().__init__(styles, objects)
        self.writer = SlideWriter()
        self.hidden = 0
        self._number = 0
        self._is_hidden = False
        self._shapes: list[Shape] = []
        self._shape: Shape | None = None
        self._cell: list[str] | None = None
        self._spans = 1, 1
        self._notes: list[str] | None = None
        self._all_notes: list[str] = []
        self._comments: list[str] = []

    def paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not any(map(str.isalnum, text)):
            return
        if self._cell is not None:
            self._cell.append(text)
        elif self._shape is not None:
            self._shape.paragraphs.append(text)

    def comment(self, comment: Aside) -> None:
        self._comments += [comment.text] if comment.text else []

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "page":
            self._number += 1
            self._shapes, self._all_notes, self._comments = [], [], []
            self._is_hidden = bool(self.styles.look("drawing-page", attributes.get("style-name", "")).is_off)
        elif element == "notes":
            self._notes = []
        elif element in SHAPES:
            is_prompt = attributes.get("placeholder") == "true"
            name = attributes.get("class", "")
            frame = _frame(attributes)
            is_hidden = is_prompt or (frame is not None and frame.is_outside(inf, inf))
            self._shape = Shape(_PLACEHOLDERS.get(name, name), is_hidden=is_hidden, frame=frame)
        elif self._shape is not None and element == "table-row":
            self._shape.rows.append([])
        elif self._shape is not None and element == "table-cell":
            rows, columns = (whole(attributes.get(f"number-{way}-spanned", ""), 1) for way in ("rows", "columns"))
            self._cell, self._spans = [], (rows, columns)
        elif self._shape is not None and element == "table":
            self._shape.has_header_row = attributes.get("use-first-row-styles") == "true"
            self._shape.has_header_column = attributes.get("use-first-column-styles") == "true"

    def finish(self, element: str) -> None:
        if element in SHAPES and self._shape is not None:
            self._end_shape(self._shape)
            self._shape = None
        elif element == "table-cell" and self._shape is not None and self._cell is not None:
            self._shape.rows[-1].append(TextCell("\n".join(self._cell), *self._spans))
            self._cell = None
        elif element == "notes":
            self._all_notes, self._notes = self._notes or [], None
        elif element == "page":
            self._end_slide()

    def _end_shape(self, shape: Shape) -> None:
        if shape.is_hidden or not shape.has_words:
            return
        if self._notes is None:
            self._shapes.append(shape)
        elif shape.placeholder in {"notes", ""}:
            self._notes += shape.paragraphs

    def _end_slide(self) -> None:
        if self._is_hidden:
            self.hidden += 1
            return
        self.writer.slide(f"slide {self._number}", self._shapes)
        self.writer.notes(f"notes of slide {self._number}", self._all_notes)
        self.writer.comments(f"slide {self._number}", self._comments)
