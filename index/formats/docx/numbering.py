"""The numbers that Word displays before paragraphs: 2.2, (a), iv."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.formats.docx.xml import is_on, name, value
from index.formats.numerals import Numeral, in_capitals, ordinal, repeated, roman, whole

_NUMERALS: dict[str, Numeral] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": repeated,
    "upperLetter": in_capitals(repeated),
    "lowerRoman": roman,
    "upperRoman": in_capitals(roman),
    "ordinal": ordinal,
}

_LEVELS = 9
"""Largest number of levels in a list."""

_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    """The numbering of one level of a list.

    Attributes:
        first: its first number.
        form: how its numbers are written.
        text: the label, with `%1` and so on for the numbers.
        is_legal: whether the numbers of all levels are written as decimals in it.
        restart: the number of levels, counted from the first, after which it begins again; None for all above it.
        style: the style whose paragraphs are its items, if any.
    """

    first: int = 1
    form: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    """The levels of a list, and the last number given on each. `link` names a style that has the levels instead."""

    link: str = ""
    levels: dict[int, _Level] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)


class Numbering:
    """A parser target for the part that defines the lists. Afterwards, it counts their items."""

    def __init__(self) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}  # by the id that paragraphs use; several ids may share one list
        self._linked: dict[str, _List] = {}  # by the style that has its levels
        self._own: dict[str, _List] = {}  # by the same id, the levels that it overrides
        self._restarts: dict[str, dict[int, int]] = {}
        self._definition = _List()
        self._level = _Level()
        self._list_id = ""
        self._overridden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = name(tag)
        if element == "abstractNum":
            self._definition = self._abstract.setdefault(value(attributes, "abstractNumId"), _List())
        elif element == "num":
            self._list_id = value(attributes, "numId")
            self._definition = self._own.setdefault(self._list_id, _List())
        elif element == "abstractNumId":
            self._lists[self._list_id] = self._abstract.setdefault(value(attributes), _List())
        elif element == "lvlOverride":
            self._overridden = whole(value(attributes, "ilvl"))
        elif element == "startOverride":
            self._restarts.setdefault(self._list_id, {})[self._overridden] = whole(value(attributes))
        elif element == "lvl":
            self._level = self._definition.levels.setdefault(whole(value(attributes, "ilvl")), _Level())
        elif element == "styleLink":
            self._linked[value(attributes)] = self._definition
        elif element == "numStyleLink":
            self._definition.link = value(attributes)
        else:
            self._start_in_level(element, attributes)

    def _start_in_level(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "start":
            self._level.first = whole(value(attributes))
        elif element == "numFmt":
            self._level.form = value(attributes)
        elif element == "lvlText":
            self._level.text = value(attributes)
        elif element == "isLgl":
            self._level.is_legal = is_on(attributes)
        elif element == "lvlRestart":
            self._level.restart = whole(value(attributes))
        elif element == "pStyle":
            self._level.style = value(attributes)

    def count(self, list_id: str, level: str, style: str) -> str | None:
        """Count an item and return its label, "" for a bullet. Return None if the paragraph is not an item.

        Args:
            list_id: the id of the list.
            level: the number of the level; without it, that of the level that the style belongs to.
            style: the id of the style of the paragraph.
        """
        counted = self._lists.get(list_id)
        if counted is None:
            return None
        counted = self._linked.get(counted.link, counted)
        levels = counted.levels | self._own[list_id].levels
        of_style = (each for each, own in levels.items() if style and own.style == style)
        return self._count(list_id, counted, levels, whole(level) if level else next(of_style, 0))

    def _count(self, list_id: str, counted: _List, levels: Mapping[int, _Level], level: int) -> str | None:
        if level not in levels or level >= _LEVELS:
            return None
        counted.numbers |= {each: first - 1 for each, first in self._restarts.pop(list_id, {}).items()}
        for each in range(level):
            counted.numbers.setdefault(each, levels.get(each, _Level()).first)
        counted.numbers[level] = counted.numbers.get(level, levels[level].first - 1) + 1
        for deeper in [each for each in counted.numbers if each > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counted.numbers[deeper]
        return _written(levels, counted.numbers, level)


def _written(levels: Mapping[int, _Level], numbers: Mapping[int, int], level: int) -> str:
    """Return the label of an item in the form that its level defines."""
    if levels[level].form in {"bullet", "none"}:
        return ""

    def numeral(place: re.Match[str]) -> str:
        each = int(place[1]) - 1
        form = levels[each].form if each in levels and not levels[level].is_legal else "decimal"
        return _NUMERALS.get(form, str)(numbers.get(each, 1))

    return _PLACE.sub(numeral, levels[level].text).strip()
