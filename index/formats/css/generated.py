"""What style sheets write before and after elements: words, currency signs and counted numbers."""

import re
import unicodedata
from collections.abc import Mapping

from index.formats.numerals import Numeral, in_capitals, letters, roman

_LONGEST = 500
"""Code points of a value that are read."""

_COUNT = re.compile(r"([A-Za-z_-][\w-]*)(?:\s+(-?\d{1,9}))?")
_STRING = r"\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'"
_PIECE = re.compile(
    rf"\s*(?:{_STRING}|counters?\(\s*(?P<name>[\w-]+)\s*(?:,\s*[\"'](?P<between>[^\"']*)[\"']\s*)?(?:,\s*(?P<form>[\w-]+)\s*)?\))"
)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)

_NUMERALS: dict[str, Numeral] = {
    "lower-alpha": letters,
    "lower-latin": letters,
    "upper-alpha": in_capitals(letters),
    "upper-latin": in_capitals(letters),
    "lower-roman": roman,
    "upper-roman": in_capitals(roman),
}


class Counters:
    """The counters of a page. It is told of each element that begins and ends.

    A counter holds for the element that resets it, for those behind it in the same element, and for all inside these.
    """

    def __init__(self) -> None:
        self._levels: list[dict[str, int]] = [{}]  # for each open element, the counters that its children reset

    def count(self, said: Mapping[str, str]) -> None:
        """Reset and increase counters as the properties of an element say, which begins in the innermost open one."""
        for name, number in _COUNT.findall(said.get("counter-reset", "")[:_LONGEST]):
            self._levels[-1][name] = int(number or 0)
        for name, number in _COUNT.findall(said.get("counter-increment", "")[:_LONGEST]):
            level = next((each for each in reversed(self._levels) if name in each), self._levels[-1])
            level[name] = level.get(name, 0) + int(number or 1)

    def begin(self) -> None:
        """Begin an element."""
        self._levels.append({})

    def end(self) -> None:
        """End the innermost element."""
        self._levels.pop()

    def content(self, value: str) -> str:
        """Return the words of a value of the property `content`; "" if it has none, or only signs and ornaments."""
        value, words = value[:_LONGEST], ""
        for found in _PIECE.finditer(value):
            if found["name"]:
                words += self._number(found["name"], found["between"], found["form"] or "")
            else:
                words += _ESCAPE.sub(_character, found["double"] or found["single"] or "")
        is_read = any(sign.isalnum() or unicodedata.category(sign) == "Sc" for sign in words)
        return words if is_read and not _PIECE.sub("", value).strip() else ""

    def _number(self, name: str, between: str | None, form: str) -> str:
        numbers = [level[name] for level in self._levels if name in level] or [0]
        written = [_NUMERALS.get(form, str)(number) for number in numbers]
        return written[-1] if between is None else between.join(written)


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return str(escape[2])
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
