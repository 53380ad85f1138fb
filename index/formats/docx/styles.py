"""The styles of a Word file, which make headings and numbered items, and raise, strike out or hide text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from index.formats.docx.xml import is_on, name, value
from index.formats.look import UNSPECIFIED, Look
from index.formats.numerals import signed

_HEADING = re.compile(r"heading \d|title", re.IGNORECASE)

_BASES = 10
"""Longest chain of base styles that is followed."""

_SHIFT = 4
"""Smallest distance, in half points, by which text is raised or lowered."""

_TINY = 2
"""Largest size of letters, in half points, that nobody reads."""

_WHITE = "FFFFFF"

_HIDING = frozenset({"strike", "dstrike", "vanish", "webHidden"})


def with_property(look: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    """Return `look` changed by one element of a run's properties."""
    is_tiny = tag == "sz" and 0 < signed(value(attributes)) <= _TINY
    if tag in _HIDING or is_tiny:
        return replace(look, is_hidden=is_on(attributes) or bool(look.is_hidden))
    if tag == "position" and look.raised_by is None and abs(signed(value(attributes))) >= _SHIFT:
        return replace(look, raised_by=1 if signed(value(attributes)) > 0 else -1)
    if tag == "vertAlign":
        return replace(look, raised_by={"superscript": 1, "subscript": -1}.get(value(attributes), 0))
    if tag in {"b", "i"}:
        is_set = is_on(attributes)
        return replace(look, is_bold=is_set) if tag == "b" else replace(look, is_italic=is_set)
    if tag == "rFonts":
        return replace(look, font=value(attributes, "ascii") or value(attributes, "hAnsi") or look.font)
    return _with_color(look, tag, attributes)


def _with_color(look: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    if tag == "color":
        return replace(look, is_white=value(attributes).upper() == _WHITE)
    if tag in {"shd", "highlight"}:
        color = value(attributes, "fill") if tag == "shd" else value(attributes)
        return replace(look, is_shaded=color.upper() not in {_WHITE, "AUTO", "WHITE", "NONE", ""})
    return look


@dataclass(slots=True)
class Style:
    """A style.

    `list_id` and `level` name the list whose items it makes, if any. `bold_parts` are the parts of a table that it
    makes bold, such as `firstRow`.
    """

    based_on: str = ""
    is_heading: bool | None = None
    look: Look = UNSPECIFIED
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
            self._style.look = with_property(self._style.look, element, attributes)

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
