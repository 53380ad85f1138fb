"""Numbers as a spreadsheet shows them: with the number format of their cell (ECMA-376, part 1, 18.8.31)."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from index.text.dates import MONTHS, WEEKDAYS

GENERAL = "General"

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "$#,##0;-$#,##0",
    6: "$#,##0;-$#,##0",
    7: "$#,##0.00;-$#,##0.00",
    8: "$#,##0.00;-$#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",  # the short date of the reader's country; here the one form that no country misreads
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),  # dates of eastern Asia
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '$#,##0;-$#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '$#,##0.00;-$#,##0.00;"-"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Number of a format that files do not spell out → its code."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<condition>[<>=]+-?[\d.]+)\]|\[[^\]]*\]"
    r"|(?P<half>AM/PM|A/P)|(?P<general>General)|(?P<exponent>E[+-]0+)"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digits>[0#?][0#?,]*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)

_CONDITION = re.compile(r"([<>=]+)(-?[\d.]+)")
_MOST_DIGITS = 400
FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
"""Day 0 of a workbook, by whether it counts days from 1904."""


class _Token(NamedTuple):
    """A piece of a format. `kind` is the name of its group in `_TOKEN`, or "literal"."""

    kind: str
    text: str


class _Section(NamedTuple):
    """A part of a format between semicolons: its condition, if any, and its pieces."""

    condition: str
    tokens: tuple[_Token, ...]

    def holds(self, value: float) -> bool:
        """Return whether the condition is met, or there is none."""
        if not (found := _CONDITION.match(self.condition)):
            return True
        sign, bound = found[1], float(found[2])
        return ("<" in sign and value < bound) or (">" in sign and value > bound) or (
            "=" in sign and sign != "<>" and value == bound
        ) or (sign == "<>" and value != bound)  # fmt: skip


@lru_cache(10_000)
def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return a number as its cell shows it.

    >>> shown(0.125, "0.0%"), shown(-1234.5, '[$£-809]#,##0.00;[Red](#,##0.00)'), shown(45365, "d mmmm yyyy")
    ('12.5%', '(1,234.50)', '14 March 2024')

    Args:
        value: the number, which for dates counts days.
        code: the number format. One that is not understood shows the number as "General" does.
        from_1904: whether the days of the workbook are counted from 1904.
    """
    section, value = _chosen(_sections(code), value)
    kinds = {token.kind for token in section.tokens}
    try:
        if "digits" not in kinds and kinds & {"date", "elapsed", "half"}:
            text = _date(value, section.tokens, from_1904=from_1904)
        elif "general" in kinds:
            text = "".join(general(value) if kind == "general" else text for kind, text in section.tokens)
        elif "/" in [token.text for token in section.tokens]:
            text = _fraction(value, section.tokens)
        else:
            text = _number(Decimal(repr(value)), section.tokens)
    except (OverflowError, InvalidOperation, ValueError):
        text = general(value)
    return " ".join(text.split())


def general(value: float) -> str:
    """Return a number without a format, with at most 11 digits.

    >>> general(0.1 + 0.2), general(12.0), general(1e20)
    ('0.3', '12', '1E+20')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.11G}"


@lru_cache(1000)
def _sections(code: str) -> tuple[_Section, ...]:
    sections, condition = [], ""
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or ""
        text = found[kind] if kind else ""
        if found[0] == ";":
            sections.append(_Section(condition, tuple(tokens)))
            condition, tokens = "", []
        elif kind == "condition":
            condition = text
        elif found[0].startswith("_"):
            tokens.append(_Token("literal", " "))
        elif kind:
            tokens.append(
                _Token("literal" if kind in {"quoted", "escaped", "currency", "other"} else kind.lower(), text)
            )
    return (*sections, _Section(condition, tuple(tokens)))


def hides_text(code: str) -> bool:
    """Return whether a number format shows nothing of a cell with words, as `;;;` does."""
    sections = _sections(code)
    return len(sections) == 4 and not sections[3].tokens


def _chosen(sections: tuple[_Section, ...], value: float) -> tuple[_Section, float]:
    """Return the section for a number, and the number as that section shows it: a negative one without its sign."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return next((section for section in numeric if section.holds(value)), numeric[-1]), value
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _number(value: Decimal, tokens: tuple[_Token, ...]) -> str:
    """Return a number with its digits in the places of `tokens`."""
    texts = [text for _, text in tokens]
    digits = [number for number, token in enumerate(tokens) if token.kind == "digits"]
    if not digits:
        return "".join(texts).strip()
    point = next((n for n in range(digits[0], len(tokens)) if tokens[n] == ("literal", ".")), len(tokens))
    whole, behind = [n for n in digits if n < point], [n for n in digits if n > point]
    pattern = "".join(texts[n] for n in whole)
    exponent = next((n for n, token in enumerate(tokens) if token.kind == "exponent"), None)
    value *= 100 ** texts.count("%")
    value /= 1000 ** (len(texts[digits[-1]]) - len(texts[digits[-1]].rstrip(",")))
    power = value.adjusted() if exponent is not None and value else 0
    places = "".join(texts[n] for n in behind if exponent is None or n < exponent).replace(",", "")
    rounded = abs(value.scaleb(-power)).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    before, _, after = f"{rounded:f}".partition(".")
    if len(before) > _MOST_DIGITS:
        raise ValueError("The number is too long to be shown.")
    filled = dict(_whole(before.lstrip("0"), [(n, texts[n]) for n in whole], grouped="," in pattern.rstrip(",")))
    after = after[: len(places.rstrip("#"))] + after[len(places.rstrip("#")) :].rstrip("0")
    for n in behind:
        length = len(texts[n].replace(",", ""))
        filled[n], after = after[:length], after[length:]
    if exponent is not None:
        filled[exponent] = f"E{power:+0{max(len(texts[exponent]) - 1, 2)}d}"
    text = "".join(filled.get(n, text) for n, text in enumerate(texts)).strip()
    text = text.removesuffix(".") if point < len(tokens) and not behind else text
    return f"-{text}" if value < 0 and rounded else text


def _whole(digits: str, places: list[tuple[int, str]], *, grouped: bool) -> list[tuple[int, str]]:
    """Return the text for each group of places before the point. The first group gets all digits that are left over."""
    found = []
    for number, (place, written) in enumerate(reversed(places)):
        pattern = written.replace(",", "")
        is_first = number == len(places) - 1
        taken = digits if is_first else digits[-len(pattern) :] if pattern else ""
        digits = digits[: len(digits) - len(taken)]
        least = len(pattern) - len(pattern.lstrip("#"))
        taken = taken.rjust(len(pattern) - least, "0" if "0" in pattern else " ")
        found.append((place, f"{int(taken):,}".rjust(len(taken), "0") if grouped and taken.strip() else taken))
    return found


def _fraction(value: float, tokens: tuple[_Token, ...]) -> str:
    """Return a number as a fraction, such as 3 1/2."""
    slash = [token.text for token in tokens].index("/")
    below = "".join(token.text for token in tokens[slash + 1 :]).strip()
    whole = int(abs(value)) if sum(token.kind == "digits" for token in tokens[:slash]) > 1 else 0
    part = Fraction(abs(value) - whole)
    if below.isdecimal() and int(below):
        numerator, denominator = round(part * int(below)), int(below)
    else:
        part = part.limit_denominator(10 ** min(len(below), 6) - 1)
        numerator, denominator = part.numerator, part.denominator
    if numerator == denominator:
        whole, numerator = whole + 1, 0
    pieces = [str(whole)] if whole or not numerator else []
    pieces += [f"{numerator}/{denominator}"] if numerator else []
    return ("-" if value < 0 else "") + " ".join(pieces)


def _date(value: float, tokens: tuple[_Token, ...], *, from_1904: bool) -> str:
    """Return a number of days as a date, a time or a duration."""
    kinds = [token.kind for token in tokens]
    day = FIRST_DAYS[from_1904] + timedelta(days=value + (0 < value < 60 and not from_1904))
    is_exact = any("." in text for kind, text in tokens if kind == "date")
    day += timedelta() if is_exact else timedelta(microseconds=500_000)
    seconds = round(value * 86_400)
    pieces = []
    for number, (kind, text) in enumerate(tokens):
        letter = text[:1].lower()
        if kind == "elapsed":
            pieces.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[letter]).zfill(len(text)))
        elif kind == "half":
            pieces.append("AM" if day.hour < 12 else "PM")
        elif kind == "date":
            near = [token.text[0].lower() for token in tokens[:number][::-1] if token.kind in {"date", "elapsed"}][:1]
            near += [token.text[0].lower() for token in tokens[number + 1 :] if token.kind == "date"][:1]
            is_minute = letter == "m" and len(text) < 3 and (near[:1] == ["h"] or "s" in near)
            pieces.append(_part(day, "minute" if is_minute else letter, text, is_halved="half" in kinds))
        else:
            pieces.append(text)
    return "".join(pieces).strip()


def _part(day: datetime, letter: str, text: str, *, is_halved: bool) -> str:
    """Return a part of a date. The number of letters in `text` chooses its form."""
    length = len(text)
    if letter == "y":
        return f"{day.year:04}" if length > 2 else f"{day.year % 100:02}"
    if letter == "m" and length > 2:
        return MONTHS[day.month - 1][: {3: 3, 5: 1}.get(length)]
    if letter == "d" and length > 2:
        return WEEKDAYS[day.weekday()][: {3: 3}.get(length)]
    if letter == "s" and "." in text:
        return f"{day.second:0{text.index('.')}}.{day.microsecond:06}"[:length]
    hour = (day.hour - 1) % 12 + 1 if is_halved else day.hour
    part = {"m": day.month, "minute": day.minute, "d": day.day, "h": hour, "s": day.second}[letter]
    return str(part).zfill(min(length, 2))
