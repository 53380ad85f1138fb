"""Raised and lowered text as plain text: exponents, note marks, indices."""

import re
from collections.abc import Sequence

_END = 12
"""Code points before a raised number that decide what it is."""

_RAISED = str.maketrans(
    "0123456789+-−–()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_NUMBER_OR_MARK = re.compile(
    r"[-+−–]?\d+(?:\s*[,;–-]\s*\d+|\s+\d+)*|\d*[-+−–]|\(\d+\)|\d+[).,]|[a-z](?:\s*[,;]\s*[a-z])*"
)
"""A raised number, or one or several note marks."""

_BEHIND_A_NUMBER = re.compile(r"[A-Z]|[^\s(\[]*\d\S*")
"""Raised text that would continue a number: "1/2", "n+1", or a capital as a note mark."""

_BEHIND_A_LETTER = re.compile(r"[^\s(\[]*\d\S*")
"""Raised text that would continue a word: "1/2", "x+1"."""

_ALL_RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁱⁿᴬ-ᵂᵃ-ᶻʰʲʳʷʸˡˢˣⱽ]+")

_BASE = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])[B-HJ-Zb-z]|\b[mM]c)$")
"""The base of a power: ten, or a letter, as in R²."""

_UNIT = re.compile(
    r"(?:^|\d\s?|/|·|per |square )(?:[cdhkmnpµμ]?m|ft|yd|mi|in|inch|inches|feet|miles|met(?:re|er)s|s|sec)\.?$"
)
"""A unit that may be squared or cubed."""


def raised(text: str, before: str, *, is_note: bool = False, is_power: bool = False) -> str:
    """Return the plain text for raised `text`, so that it is not read as a continuation of `before`.

    Numbers, and single letters, become superscript characters. A note mark gets a space before it, and an exponent
    does not. What has no such characters follows a caret, if it would continue a number or a word. Other words stay
    unchanged, except that several get a space before them.

    Args:
        text: the raised text.
        before: the text before it on the same line, or the end of that.
        is_note: whether `text` is known to be a note mark, for example because it links to a note.
        is_power: whether it is known to be an exponent, because it is part of a formula.

    >>> "10" + raised("6", "10"), "48" + raised("2", "48"), "1" + raised("st", "1"), "x" + raised("1/2", "x")
    ('10⁶', '48 ²', '1st', 'x^(1/2)')
    """
    end = before[-_END:]
    if not _NUMBER_OR_MARK.fullmatch(text):
        continuing = _BEHIND_A_NUMBER if end[-1:].isdigit() else _BEHIND_A_LETTER
        continues = is_power or (end[-1:].isalnum() and continuing.fullmatch(text))
        if not continues and " " in text and end and not end[-1].isspace():
            return f" {text}"
        return _as_power(text, is_note=is_note or (not is_power and text.isalpha())) if continues else text
    if not end or end[-1].isspace():
        return text.translate(_RAISED)
    if text == "o" and not is_note and not is_power:  # No, 1o, 12o
        return "º"
    is_signed = not {text[0], text[-1]}.isdisjoint("+-−–")
    is_known = is_signed or (text in {"2", "3"} and _UNIT.search(end)) or (text.isalnum() and _BASE.search(end))
    is_mark = is_note or not (is_known or is_power)
    return (" " if is_mark else "") + text.translate(_RAISED)


def end_of(pieces: Sequence[str]) -> str:
    """Return the end of the line that consists of `pieces`, as far as `raised` and `lowered` need it."""
    return "".join(piece[-_END:] for piece in pieces[-3:])


def moved(text: str, by: int, pieces: Sequence[str]) -> str:
    """Return the plain text for what stands behind `pieces`: raised if `by` is above 0, lowered if it is below.

    White space around it stays.

    >>> moved("2 ", 1, ["48"]), moved("th ", 1, ["the 19"]), moved("2", -1, ["H"])
    (' ² ', 'th ', '2')
    """
    words = text.strip()
    if not (words and by):
        return text
    before, behind = text.split(words, 1)
    return before + (raised if by > 0 else lowered)(words, end_of(pieces) + before) + behind


def _as_power(text: str, *, is_note: bool) -> str:
    written = text.translate(_RAISED)
    if _ALL_RAISED.fullmatch(written):
        return f"{' ' * is_note}{written}"
    return f"^{text}" if text.replace(".", "").replace(",", "").isalnum() else f"^({text})"


def lowered(text: str, before: str, *, is_power: bool = False) -> str:
    """Return the plain text for lowered `text`. It gets subscript digits only if `before` ends with a digit.

    Args:
        text: the lowered text.
        before: the text before it on the same line, or the end of that.
        is_power: whether it is part of a formula. Its digits then are always subscripts.

    >>> "CO" + lowered("2", "CO"), "10" + lowered("2", "10")
    ('CO2', '10₂')
    """
    if is_power and not text.isalnum():
        return f"_({text})"
    return text.translate(_LOWERED) if is_power or before[-1:].isdigit() else text
