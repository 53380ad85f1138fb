"""The style of characters in a PDF: size, direction, colour and marks."""

import ctypes
import re
from math import atan2, degrees, hypot
from typing import Any, NamedTuple

from pypdfium2 import raw

_BOLD = re.compile(rb"bold|black|heavy|demi|medi\b|cmb|[-,]bd", re.IGNORECASE)

LIGHT = 225
"""Value of red, green and blue, of 255, from which text may be invisible on white paper."""

_TRANSPARENT = 64
"""Opacity, of 255, below which text may be invisible."""

_LONGEST_NAME = 128
"""Characters that are read of the name of a font or mark."""

_MOST_MARKS = 20
"""Largest number of marks of an object that are read."""

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, each from 0 to 255."""


class Style(NamedTuple):
    """The style of a text object.

    Attributes:
        size: the font size, in points.
        bold: whether the font is bold.
        angle: the direction of writing, in degrees anticlockwise.
        apart: whether the file marks the object as an artifact outside the text.
        layered: whether the object belongs to a layer, which may be switched off.
        mode: pdfium's number of the text rendering mode.
        colour: the fill colour.
    """

    size: float
    bold: bool
    angle: int
    apart: bool
    layered: bool
    mode: int
    colour: Colour

    @property
    def is_faint(self) -> bool:
        """Whether the text may be invisible on white paper."""
        *shades, opacity = self.colour
        return self.layered or min(shades) >= LIGHT or opacity < _TRANSPARENT


class Styles:
    """The styles of the text objects of a page. Each object is read once.

    Attributes:
        all: the different styles.
    """

    def __init__(self, text_page: Any) -> None:
        self.all: list[Style] = []
        self._page = text_page
        self._matrix = raw.FS_MATRIX()
        self._of_objects: dict[int, int] = {}
        self._numbers: dict[Style, int] = {}
        self._bold: dict[int, bool] = {}

    def number(self, index: int, address: int) -> int:
        """Return the number of a character's style in `all`.

        Args:
            index: index of the character on the page.
            address: address of its text object.
        """
        number = self._of_objects.get(address)
        if number is None:
            style = self._read(index)
            number = self._of_objects[address] = self._numbers.setdefault(style, len(self.all))
            self.all += [style] * (number == len(self.all))
        return number

    def _read(self, index: int) -> Style:
        matrix, item = self._matrix, raw.FPDFText_GetTextObject(self._page, index)
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        size = abs(raw.FPDFText_GetFontSize(self._page, index)) * hypot(matrix.c, matrix.d)
        angle = round(degrees(atan2(matrix.b, matrix.a))) % 360 if matrix.b or matrix.a < 0 else 0
        count = raw.FPDFPageObj_CountMarks(item)
        marks = {_name(item, number) for number in range(min(count, _MOST_MARKS))} if count > 0 else set()
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        return Style(size, self._is_bold(item), angle, "Artifact" in marks, "OC" in marks, mode, colour(item))

    def _is_bold(self, item: Any) -> bool:
        font = raw.FPDFTextObj_GetFont(item)
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self._bold:
            name = ctypes.create_string_buffer(_LONGEST_NAME)
            raw.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
            self._bold[address] = bool(_BOLD.search(name.value))
        return self._bold[address]


def _name(item: Any, number: int) -> str:
    """Return the name of a mark of an object."""
    buffer, length = (ctypes.c_ushort * _LONGEST_NAME)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(item, number), buffer, 2 * _LONGEST_NAME, length)
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def colour(item: Any) -> Colour:
    """Return the fill colour of an object."""
    red, green, blue, opacity = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(255)
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, opacity)
    return red.value, green.value, blue.value, opacity.value
