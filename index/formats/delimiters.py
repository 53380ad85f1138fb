"""Emphasis in Markdown: what stands between stars or underscores.

Source: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.emphasis import Emphasis, Style, joined

_RUN = re.compile(r"\\.|(\*+|_+)", re.DOTALL)
"""An escaped character, or a run of delimiters."""

_MOST_OPEN = 20
"""Runs that may be open at a time. More than a person writes; a bound on the time that a hostile text takes."""


@dataclass(slots=True)
class _Opener:
    """A run of delimiters that may begin emphasis: the sign, the offset after its last one, and how many are left."""

    sign: str
    end: int
    count: int


def markdown_emphasis(text: str, starts: Sequence[int]) -> tuple[Emphasis, ...]:
    """Return the emphasis of a text with its signs, which are markup.

    Args:
        text: Markdown without code.
        starts: where its blocks begin. No emphasis reaches from one into the next.

    >>> [each.style.value for each in markdown_emphasis("a **bold** word", [0])]
    ['markup', 'bold', 'markup']
    """
    found: list[Emphasis] = []
    for start, end in pairwise([*starts, len(text)]):
        found += _in_block(text, start, end)
    return joined(found, text)


def without_signs(words: str) -> str:
    """Return words without the signs of their emphasis.

    >>> without_signs("The **gate** of *Tarn*")
    'The gate of Tarn'
    """
    signs = [part for part in markdown_emphasis(words, [0]) if part.style == Style.MARKUP]
    edges = [0, *(edge for sign in signs for edge in sign[:2]), len(words)]
    return "".join(words[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _in_block(text: str, start: int, end: int) -> Iterator[Emphasis]:
    """Yield the emphasis of a block, from `start` to `end`, and its signs."""
    openers: list[_Opener] = []
    for run in _RUN.finditer(text, start, end):
        if not run[1]:
            continue
        opens, closes = _flanks(text, run.start(), run.end())
        at, left = run.start(), len(run[1])
        while closes and left and (opener := _last(openers, run[1][0])):
            count = 2 if opener.count > 1 and left > 1 else 1
            begun = opener.end
            yield Emphasis(begun - count, begun, Style.MARKUP)
            yield Emphasis(begun, at, Style.BOLD if count > 1 else Style.ITALIC)
            yield Emphasis(at, at + count, Style.MARKUP)
            at, left = at + count, left - count
            opener.end, opener.count = opener.end - count, opener.count - count
            del openers[openers.index(opener) + (opener.count > 0) :]
        if opens and left and len(openers) < _MOST_OPEN:
            openers.append(_Opener(run[1][0], run.end(), left))


def _last(openers: Sequence[_Opener], sign: str) -> _Opener | None:
    return next((opener for opener in reversed(openers) if opener.sign == sign), None)


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether a run of delimiters may begin emphasis, and whether it may end it."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if text[start] == "*":
        return left, right
    return left and (not right or _is_sign(before)), right and (not left or _is_sign(after))


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
