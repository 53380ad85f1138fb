"""Bold and italic parts of a text, signs of markup that are read but not shown, and words that may be misread."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple


class Style(StrEnum):
    """How a part of a text looks. `MARKUP` is a sign, such as the `**` of Markdown, that stands for a look itself.

    `UNSURE` are words of a picture that its recognition (OCR) is unsure of.
    """

    BOLD = "bold"
    ITALIC = "italic"
    MARKUP = "markup"
    UNSURE = "unsure"


class Emphasis(NamedTuple):
    """A part of a text that looks otherwise than its surroundings.

    Attributes:
        start: offset of its first code point.
        end: offset after its last code point, greater than `start`.
        style: how it looks. What is bold and italic is two parts.
    """

    start: int
    end: int
    style: Style

    def moved(self, by: int) -> "Emphasis":
        """Return this part with its offsets increased."""
        return self._replace(start=self.start + by, end=self.end + by)


_LETTERS = dict(zip("bimu", Style, strict=True))
_STYLE_LETTERS = {style: letter for letter, style in _LETTERS.items()}
_PACKED = re.compile(r"([bimu])(\d+)-(\d+)")


def are_sound(parts: Sequence[Emphasis], length: int) -> bool:
    """Return whether parts are in order, inside a text of `length`, and those of a style are apart from each other."""
    of_each = ([part for part in parts if part.style == style] for style in Style)
    return (
        all(0 <= part.start < part.end <= length for part in parts)
        and all(part.start <= following.start for part, following in pairwise(parts))
        and all(part.end <= following.start for own in of_each for part, following in pairwise(own))
    )


def joined(parts: Iterable[Emphasis], text: str) -> tuple[Emphasis, ...]:
    """Return parts of `text` in order. Those of a style that touch, or have only spaces between them, are one.

    >>> joined([Emphasis(5, 9, Style.BOLD), Emphasis(0, 4, Style.BOLD)], "very good")
    (Emphasis(start=0, end=9, style=<Style.BOLD: 'bold'>),)
    """
    found: dict[Style, list[Emphasis]] = {style: [] for style in Style}
    for part in sorted(parts):
        own = found[part.style]
        if own and part.style != Style.MARKUP and not text[own[-1].end : part.start].strip(" "):
            own[-1] = own[-1]._replace(end=max(own[-1].end, part.end))
        else:
            own.append(part)
    return tuple(sorted((part for own in found.values() for part in own), key=attrgetter("start")))


def pack(parts: Sequence[Emphasis]) -> str:
    """Return `parts` as a short text for storage.

    >>> pack([Emphasis(4, 9, Style.BOLD), Emphasis(12, 15, Style.ITALIC)])
    'b4-9i12-15'
    """
    return "".join(f"{_STYLE_LETTERS[style]}{start}-{end}" for start, end, style in parts)


def unpack(packed: str) -> tuple[Emphasis, ...]:
    """Return the parts from which `pack` made this text.

    Raises:
        ValueError: `packed` is not a result of `pack`.
    """
    if _PACKED.sub("", packed):
        raise ValueError(f"{packed[:20]!r} says nothing of emphasis.")
    return tuple(Emphasis(int(start), int(end), _LETTERS[letter]) for letter, start, end in _PACKED.findall(packed))
