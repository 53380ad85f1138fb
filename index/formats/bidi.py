"""Right-to-left writing: converts the visual order of the characters on a line to reading order."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, chain

_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "WS": " "}

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LEFT_TO_RIGHT_RUN = re.compile(r"L(?:[LN. ]*[LN])?|N(?:\.?N)*")
_RIGHT_TO_LEFT_RUN = re.compile(r"R(?:[RN. ]*R)?")
_SWAPPED_BRACKETS = re.compile(r"([)\]}»])([^()\[\]{}«»]*)([(\[{«])")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")


def right_to_left_letters(text: str) -> int:
    """Return the number of right-to-left characters in `text`."""
    return 0 if text.isascii() else len(_RIGHT_TO_LEFT.findall(text))


def reading_order(line: Sequence[str], *, from_right: bool) -> str:
    """Return a line in reading order, given its characters in visual order from left to right.

    The Unicode bidirectional algorithm (UAX 9) converts reading order to visual order. This function approximates its
    inverse for one line. Runs of the other direction and numbers keep their own order. Brackets open before they close.
    The direction of the line is that of most of its letters.

    Args:
        line: characters, each with its combining marks.
        from_right: the direction of the line if as many of its letters run one way as the other.

    >>> reading_order("in 1948 םלוע", from_right=False)
    'עולם in 1948'
    """
    return "".join(character for _, character in numbered_order(line, from_right=from_right))


def numbered_order(line: Sequence[str], *, from_right: bool) -> list[tuple[int, str]]:
    """Return the characters as `reading_order` does, each with its number on the line."""
    kinds = "".join(_KINDS.get(unicodedata.bidirectional(character[0]), ".") for character in line)
    numbered = list(enumerate(line))
    balance = kinds.count("R") - kinds.count("L")
    if balance > 0 or (balance == 0 and from_right):
        return _from_right(numbered, kinds)
    ordered, end = [], 0
    for run in _RIGHT_TO_LEFT_RUN.finditer(kinds):
        ordered += numbered[end : run.start()] + _from_right(numbered[slice(*run.span())], run[0])
        end = run.end()
    return ordered + numbered[end:]


def _from_right(line: Sequence[tuple[int, str]], kinds: str) -> list[tuple[int, str]]:
    """Return `line` read from the right. Numbers and left-to-right runs are read from the left."""
    pieces, end = [], 0
    for run in _LEFT_TO_RIGHT_RUN.finditer(kinds):
        pieces += [line[end : run.start()][::-1], line[slice(*run.span())]]
        end = run.end()
    ordered = list(chain.from_iterable(reversed([*pieces, line[end:][::-1]])))
    text = "".join(character for _, character in ordered)
    mirrored = _SWAPPED_BRACKETS.sub(lambda match: match[0].translate(_MIRRORED), text)
    ends = list(accumulate(len(character) for _, character in ordered))
    return [
        (number, mirrored[last - len(character) : last])
        for (number, character), last in zip(ordered, ends, strict=True)
    ]
