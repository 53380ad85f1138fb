"""The styles of a Word file, which make headings and numbered items, and raise, strike out or hide text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.formats.docx.xml import is_on, name, value
from index.formats.numerals import signed
from index.formats.pieces import Styled, styles_of

_HEADING = re.compile(r"heading \d|title", re.IGNORECASE)

_BASES = 10
"""Longest chain of base styles that is followed."""

_SHIFT = 4
"""Smallest distance, in half points, by which text is raised or lowered."""

_TINY = 2
"""Largest size of letters, in half points, that nobody reads."""

_WHITE = "FFFFFF"

_HIDING = frozenset({"strike", "dstrike", "vanish", "webHidden"})


@dataclass(frozen=True, slots=True)
class Look:
    """The relevant formatting of text. None means that it is not specified.

    Attributes:
        is_hidden: whether the text is hidden or struck out.
        vertical: `superscript`, `subscript` or `baseline`.
        is_bold: whether it is bold.
        is_italic: whether it is italic.
        font: the name of its font, if that is a font of symbols.
        is_white: whether its letters are white.
        is_shaded: whether it has a background of another colour.
    """

    is_hidden: bool | None = None
    vertical: str | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    font: str | None = None
    is_white: bool | None = None
    is_shaded: bool | None = None

    @property
    def styles(self) -> Styled:
        """Whether the text is bold, and whether it is italic."""
        return styles_of(is_bold=bool(self.is_bold), is_italic=bool(self.is_italic))

    def over(self, other: "Look") -> "Look":
        """Return this look, with what it does not specify taken from `other`."""
        return Look(
            other.is_hidden if self.is_hidden is None else self.is_hidden,
            other.vertical if self.vertical is None else self.vertical,
            other.is_bold if self.is_bold is None else self.is_bold,
            other.is_italic if self.is_italic is None else self.is_italic,
            other.font if self.font is None else self.font,
            other.is_white if self.is_white is None else self.is_white,
            other.is_shaded if self.is_shaded is None else self.is_shaded,
        )

    def with_property(self, tag: str, attributes: Mapping[str, str]) -> "Look":
        """Return this look changed by one element of a run's properties."""
        is_tiny = tag == "sz" and 0 < signed(value(attributes)) <= _TINY
        if tag in _HIDING or is_tiny:
            return replace(self, is_hidden=is_on(attributes) or bool(self.is_hidden))
        is_moved = tag == "position" and self.vertical is None and abs(signed(value(attributes))) >= _SHIFT
        if tag == "vertAlign" or is_moved:
            side = "subscript" if value(attributes).startswith("-") else "superscript"
            return replace(self, vertical=side if is_moved else value(attributes))
        if tag == "b":
            return replace(self, is_bold=is_on(attributes))
        if tag == "i":
            return replace(self, is_italic=is_on(attributes))
        if tag == "rFonts":
            return replace(self, font=value(attributes, "ascii") or value(attributes, "hAnsi") or self.font)
        return self._with_color(tag, attributes)

    def _with_color(self, tag: str, attributes: Mapping[str, str]) -> "Look":
        if tag == "color":
            return replace(self, is_white=value(attributes).upper() == _WHITE)
        if tag in {"shd", "highlight"}:
            color = value(attributes, "fill") if tag == "shd" else value(attributes)
            return replace(self, is_shaded=color.upper() not in {_WHITE, "AUTO", "WHITE", "NONE", ""})
        return self


@dataclass(slots=True)
class Style:
    """A style.

    `list_id` and `level` name the list whose items it makes, if any. `bold_parts` are the parts of a table that it
    makes bold, such as `firstRow`.
    """

    based_on: str = ""
    is_heading: bool | None = None
    look: Look = Look()
    list_id: str = ""
    level: str = ""
    bold_parts: frozenset[str] = frozenset()


class Styles:
    """A parser target for the part that defines the styles. Afterwards, it returns each style by its id."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._style = Style()
        self._part = ""  # the part of a table that the current properties are for

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = name(tag)
        if element == "style":
            self._style = self._styles.setdefault(value(attributes, "styleId"), Style())
        elif element == "basedOn":
            self._style.based_on = value(attributes)
        elif element == "name" and _HEADING.fullmatch(value(attributes)):
            self._style.is_heading = True
        elif element == "tblStylePr":
            self._part = value(attributes, "type")
        elif self._part:
            if element == "b" and is_on(attributes):
                self._style.bold_parts |= {self._part}
        elif element == "numId":
            self._style.list_id = value(attributes)
        elif element == "ilvl":
            self._style.level = value(attributes)
        else:
            self._style.look = self._style.look.with_property(element, attributes)

    def end(self, tag: str) -> None:
        if name(tag) == "tblStylePr":
            self._part = ""

    def style(self, style_id: str) -> Style:
        """Return a style merged with the styles that it is based on."""
        found = Style()
        for _ in range(_BASES):
            own = self._styles.get(style_id)
            if own is None:
                break
            found = Style(
                own.based_on,
                found.is_heading or own.is_heading,
                found.look.over(own.look),
                found.list_id or own.list_id,
                found.level or own.level,
                found.bold_parts | own.bold_parts,
            )
            style_id = own.based_on
        return found
