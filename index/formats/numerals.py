"""Numerals as used in lists: 4, d, D, iv, IV; and the numbers in attributes of files."""

from collections.abc import Callable

from index.table import column_letters

Numeral = Callable[[int], str]

_MOST_DIGITS = 7
"""Digits of the longest number of things in an attribute, such as columns. A longer one is a mistake, or an attack."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in lower-case Roman numerals. Return any other in decimal.

    >>> roman(1904)
    'mcmiv'
    """
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += count * letters
    return written


def letters(number: int) -> str:
    """Return a positive number in letters, as in spreadsheet columns: a to z, aa, ab. Return any other in decimal.

    >>> letters(28)
    'ab'
    """
    return column_letters(number - 1).lower() if number > 0 else str(number)


def repeated(number: int) -> str:
    """Return a positive number in letters, as in Word lists: a to z, aa, bb. Return any other in decimal."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 10) if number > 0 else str(number)


def in_capitals(numeral: Numeral) -> Numeral:
    """Return the numeral in capital letters.

    >>> in_capitals(roman)(4)
    'IV'
    """
    return lambda number: numeral(number).upper()


def whole(text: str, otherwise: int = 0) -> int:
    """Return the number in an attribute, at least 0; `otherwise` if it has none, or one of more than seven digits.

    >>> whole("12"), whole("-12"), whole("", otherwise=1)
    (12, 0, 1)
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


def signed(text: str, otherwise: int = 0) -> int:
    """Return the number in an attribute, which may be negative; `otherwise` if it has none.

    >>> signed(" -12 "), signed("--12", otherwise=1)
    (-12, 1)
    """
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) <= _MOST_DIGITS + 2 else otherwise


def ordinal(number: int) -> str:
    """Return a number as an ordinal.

    >>> ordinal(3), ordinal(11)
    ('3rd', '11th')
    """
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in {11, 12, 13} else endings.get(number % 10, 'th')}"
