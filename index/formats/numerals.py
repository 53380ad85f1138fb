"""Numerals as used in lists: 4, d, D, iv, IV."""

from collections.abc import Callable

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
    if number < 1:
        return str(number)
    written = ""
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written


def repeated(number: int) -> str:
    """Return a positive number in letters, as in Word lists: a to z, aa, bb. Return any other in decimal."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 10) if number > 0 else str(number)


Numeral = Callable[[int], str]
