"""What the properties of an element say about how its text looks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.emphasis import Style

_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(px|pt|r?em|ex|ch|%|v[wh]|in|cm|mm|pc)?\Z", re.IGNORECASE)
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 0.16}
"""Unit → its length in pixels, where 100 % is the size of the letters."""

_FAR = 900.0
"""Pixels to the left of or above the page from which nothing is seen."""

_TINY = 1.0
"""Largest size of letters, in pixels, that nobody reads."""

_SHIFT, _FARTHEST_SHIFT = 2.5, 12.0
"""Smallest and largest distance, in pixels, by which a raised or lowered number is moved."""

_SIZES = frozenset("xx-small x-small small medium large x-large xx-large".split())

_TRANSPARENT = re.compile(
    r"transparent|(?:rgba|hsla)\([^()]{1,60},\s*0(?:\.0+)?%?\s*\)|rgb\([^()]{1,60}/\s*0(?:\.0+)?%?\s*\)"
    r"|#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)",
    re.IGNORECASE,
)
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1px|0px)[\s,]+(?:0|1px|0px|auto)?|inset\(\s*(?:5\d|[6-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px)?"
    r"(?:[\s,]+0(?:px)?)+\)",
    re.IGNORECASE,
)
_SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]", re.IGNORECASE)
_BLOCK = frozenset("block flex grid table list-item flow-root".split())
_ROW = frozenset("flex inline-flex grid inline-grid table inline-table table-row".split())
_BOLD, _ITALIC = frozenset("bold bolder 600 700 800 900".split()), frozenset({"italic", "oblique"})
_MARKERS = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "",
}
"""Value of `list-style-type` → the same as the attribute `type` of a list; "" for a list without numbers."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an element's text looks.

    Attributes:
        is_off: whether nothing of the element is seen.
        unseen: cause → whether it hides the text. Elements inside inherit these, and may say otherwise.
        raised_by: 1 for raised text, -1 for lowered text, 0 for other text.
        styles: whether its text is bold and italic, as far as that is said. Elements inside inherit these, too.
        marker: how the items of a list are numbered, as in the attribute `type`; "" for not at all, None if not said.
        before: words that are written before those of the element.
        after: words that are written after them.
        is_block: whether it stands on lines of its own, whatever element it is.
        is_row: whether the elements in it stand beside each other.
        is_beside: whether it stands beside the text around it, at the right.
    """

    is_off: bool = False
    unseen: tuple[tuple[str, bool], ...] = ()
    raised_by: int = 0
    styles: tuple[tuple[Style, bool], ...] = ()
    marker: str | None = None
    before: str = ""
    after: str = ""
    is_block: bool = False
    is_row: bool = False
    is_beside: bool = False

    def styles_in(self, around: frozenset[Style]) -> frozenset[Style]:
        """Return whether the text is bold, and whether it is italic, inside an element whose text looks so."""
        if not self.styles:
            return around
        return frozenset(style for style, is_so in (dict.fromkeys(around, True) | dict(self.styles)).items() if is_so)


def look_of(said: Mapping[str, str]) -> Look:
    """Return the look of an element from its properties."""
    said = {name: value.lower() for name, value in said.items()}
    return Look(
        _is_off(said),
        tuple(_unseen(said).items()),
        _raised_by(said),
        tuple(_styles(said)),
        _marker(said),
        is_block=said.get("display") in _BLOCK,
        is_row=said.get("display") in _ROW,
        is_beside=said.get("float") == "right",
    )


def pixels(value: str) -> float | None:
    """Return a length in pixels, or None if the value is no length.

    >>> pixels("-0.5em"), pixels("auto")
    (-8.0, None)
    """
    found = _LENGTH.match(value.strip())
    return float(found[1]) * _PIXELS.get(found[2] or "", 10.0) if found else None


def _is_off(said: Mapping[str, str]) -> bool:
    get = said.get
    return (
        get("display") == "none"
        or get("content-visibility") == "hidden"
        or get("mso-hide") == "all"
        or pixels(get("opacity", "1").replace("%", "")) == 0
        or "line-through" in get("text-decoration", "") + get("text-decoration-line", "")
        or _CLIPPED.match(get("clip", "")) is not None
        or _CLIPPED.match(get("clip-path", "")) is not None
        or _SHRUNK.search(get("transform", "")) is not None
        or (pixels(get("text-indent", "")) or 0) < -99
        or _is_outside(said)
        or _is_folded(said)
    )


def _is_outside(said: Mapping[str, str]) -> bool:
    """Return whether an element is placed to the left of or above the page."""
    if said.get("position", "absolute") not in {"absolute", "fixed"}:
        return False
    return any((pixels(said.get(side, "")) or 0) < -_FAR for side in ("left", "top"))


def _is_folded(said: Mapping[str, str]) -> bool:
    """Return whether an element has no height, or hardly any size, and does not show what goes beyond that."""
    if said.get("overflow") not in {"hidden", "clip"}:
        return False
    sizes = [pixels(said.get(name, "")) for name in ("height", "max-height", "width")]
    return 0.0 in sizes[:2] or all(size is not None and size <= 1 for size in (sizes[0], sizes[2]))


def _unseen(said: Mapping[str, str]) -> dict[str, bool]:
    found = {}
    if "visibility" in said:
        found["visibility"] = said["visibility"] in {"hidden", "collapse"}
    size = said.get("font-size") or said.get("font", "").partition("/")[0].rpartition(" ")[2]
    length = pixels(size)
    is_relative = size.endswith(("em", "%")) and not size.endswith("rem")
    if length is not None and (length <= _TINY or not is_relative):
        found["size"] = length <= _TINY
    elif size in _SIZES:
        found["size"] = False
    if "color" in said:
        found["white"] = _color(said["color"]) in {"#ffffff", "rgb(255,255,255)", "rgb(255, 255, 255)"}
        background = said.get("background-color", said.get("background", "")).split(" ")[0]
        found["color"] = _TRANSPARENT.fullmatch(said["color"]) is not None or (
            _color(said["color"]) == _color(background) and background not in {"", "inherit", "initial", "transparent"}
        )
    return found


def _color(value: str) -> str:
    """Return a color with white and black in one of their spellings, and three digits as six."""
    value = {"white": "#ffffff", "black": "#000000"}.get(value, value)
    return "#" + "".join(digit * 2 for digit in value[1:]) if re.fullmatch("#[0-9a-f]{3}", value) else value


def _raised_by(said: Mapping[str, str]) -> int:
    value = said.get("vertical-align", "")
    if value in {"super", "sub"}:
        return 1 if value == "super" else -1
    shift = pixels(value) or 0
    if said.get("position") == "relative":
        shift += (pixels(said.get("bottom", "")) or 0) - (pixels(said.get("top", "")) or 0)
    return ((shift > 0) - (shift < 0)) * (_SHIFT <= abs(shift) <= _FARTHEST_SHIFT)


def _styles(said: Mapping[str, str]) -> Iterator[tuple[Style, bool]]:
    words = frozenset(said.get("font", "").partition("/")[0].split()) - {"inherit"}
    weight, slope = (said.get(name, "").removeprefix("inherit") for name in ("font-weight", "font-style"))
    if weight or words:
        yield Style.BOLD, not _BOLD.isdisjoint({weight, *words})
    if slope or words:
        yield Style.ITALIC, not _ITALIC.isdisjoint({slope.partition(" ")[0], *words})


def _marker(said: Mapping[str, str]) -> str | None:
    words = said.get("list-style-type") or said.get("list-style", "")
    return next((_MARKERS[word] for word in words.split() if word in _MARKERS), None)
