"""The styles of an OpenDocument file: what they raise, strike out or hide, and how they number lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import NamedTuple

from index.formats.look import Look
from index.formats.numerals import Numeral, in_capitals, ordinal, repeated, roman, whole

OUTLINE = "outline"
"""The name under which the numbering of headings is kept."""

_NUMERALS: dict[str, Numeral] = {
    "1": str,
    "1st": ordinal,
    "a": repeated,
    "A": in_capitals(repeated),
    "i": roman,
    "I": in_capitals(roman),
}
_WHITE = "#ffffff"

_TINY = 1
"""Largest size of letters, in points, that nobody reads."""

_LEVELS = frozenset({"list-level-style-number", "outline-level-style", "list-level-style-bullet"})
_BOLD = frozenset("bold 600 700 800 900".split())
_BASES = 10
"""Longest chain of base styles that is followed."""


@dataclass(frozen=True, slots=True)
class Level:
    """The numbering of one level of a list: numeral, text before and after, levels shown, and the first number."""

    form: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    first: int = 1


class _Key(NamedTuple):
    family: str
    name: str


@dataclass(slots=True)
class Counted:
    """The last number given on each level of a list."""

    numbers: dict[int, int] = field(default_factory=dict)


class Styles:
    """Collects the styles while an OpenDocument file is parsed, and returns each by its name."""

    def __init__(self) -> None:
        self._looks: dict[_Key, Look] = {}
        self._bases: dict[_Key, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._style = _Key("", "")
        self._list = ""

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take note of an element that belongs to a style."""
        if element in {"style", "default-style"}:
            self._style = _Key(attributes.get("family", ""), attributes.get("name", ""))
            self._bases[self._style] = attributes.get("parent-style-name", "")
            self._looks[self._style] = Look()
        elif element in {"list-style", "outline-style"}:
            self._list = attributes.get("name", "") if element == "list-style" else OUTLINE
            self._levels[self._list] = {}
        elif element in _LEVELS and self._list in self._levels:
            level = whole(attributes.get("level", ""), 1)
            self._levels[self._list][level] = Level(
                attributes.get("num-format", "") if element != "list-level-style-bullet" else "",
                attributes.get("num-prefix", ""),
                attributes.get("num-suffix", ""),
                whole(attributes.get("display-levels", ""), 1),
                whole(attributes.get("start-value", ""), 1),
            )
        elif element.endswith("-properties") and self._style in self._looks:
            self._looks[self._style] = _look(attributes, self._looks[self._style])

    def look(self, family: str, name: str) -> Look:
        """Return the look of a style, merged with the styles that it is based on."""
        found = Look()
        for _ in range(_BASES):
            key = _Key(family, name)
            if key not in self._looks:
                break
            found = found.over(self._looks[key])
            name = self._bases[key]
        return found

    def is_title(self, name: str) -> bool:
        """Return whether a paragraph style is that of the title, or is based on it."""
        for _ in range(_BASES):
            if name in {"Title", "Subtitle"}:
                return name == "Title"
            name = self._bases.get(_Key("paragraph", name), "")
        return False

    def label(self, name: str, level: int, counter: Counted, *, first: int | None = None) -> str | None:
        """Count an item of a list, and return its label: "" for a bullet, None if the level has no numbering."""
        levels = self._levels.get(name, {})
        if level not in levels:
            return None
        own = levels[level]
        counter.numbers = {each: number for each, number in counter.numbers.items() if each <= level}
        last = counter.numbers.get(level, own.first - 1)
        counter.numbers[level] = last + 1 if first is None else first
        if own.form not in _NUMERALS:
            return ""
        shown = range(max(1, level - own.shown + 1), level + 1)
        numerals = [_NUMERALS.get(levels.get(each, own).form or own.form, str) for each in shown]
        written = [numeral(counter.numbers.get(each, 1)) for numeral, each in zip(numerals, shown, strict=True)]
        return f"{own.before}{'.'.join(written)}{own.after}".strip()


def _look(attributes: Mapping[str, str], look: Look) -> Look:
    """Return `look` changed by the properties of a style."""
    through = attributes.get("text-line-through-style") or attributes.get("text-line-through-type")
    if through or attributes.get("display") in {"none", "true"}:
        is_hidden = attributes.get("display") == "none" or through not in {None, "none"}
        look = replace(look, is_hidden=is_hidden or bool(look.is_hidden))
    if (size := attributes.get("font-size", "")).endswith("pt") and 0 < _signed(size[:-2]) <= _TINY:
        look = replace(look, is_hidden=True)
    if position := attributes.get("text-position", "").partition(" ")[0].rstrip("%"):
        up = {"super": 1, "sub": -1}.get(position)
        number = _signed(position) if up is None else up
        look = replace(look, raised_by=(number > 0) - (number < 0))
    if weight := attributes.get("font-weight"):
        look = replace(look, is_bold=weight in _BOLD)
    if slope := attributes.get("font-style"):
        look = replace(look, is_italic=slope in {"italic", "oblique"})
    if attributes.get("display") == "false" or attributes.get("visibility") == "hidden":
        look = replace(look, is_off=True)
    if color := attributes.get("color"):
        look = replace(look, is_white=color.lower() == _WHITE)
    if color := attributes.get("background-color"):
        look = replace(look, is_shaded=color.lower() not in {_WHITE, "transparent"})
    return replace(look, font=attributes.get("font-name", look.font))


def _signed(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
