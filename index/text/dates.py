"""The date of a document, from a dateline near its top."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.document import Document, Span

TOP = 2000
"""Code points at the beginning of a document in which a dateline or a byline must begin."""

MONTHS = "January February March April May June July August September October November December".split()

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _one_of(names: list[str]) -> str:
    """Return a pattern for `names`, in full or shortened to three letters. September may also have four."""
    return "(?:" + "|".join(rf"{name}|{name[:3]}{'t?' if name == 'September' else ''}\b\.?" for name in names) + ")"


_DAY, _MONTH, _YEAR = r"\d\d?(?:st|nd|rd|th)?", _one_of(MONTHS), r"\d{4}(?!\d)"

_WRITTEN = rf"{_MONTH} {_DAY},? {_YEAR}|{_DAY} (?:of )?{_MONTH},? {_YEAR}"

_TIME = r"(?:T|,? (?:at )?)\d\d?[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: ?(?:(?-i:[A-Z]{1,4})\b|[+-]\d\d:?\d\d))?"

_LINE = re.compile(
    r"\s*(?P<label>(?:first |date )?(?:published|posted|issued|dated?|publication date|of publication"
    r"|valid|effective|in force)(?: on| from| as of)?:? )?"
    r"(?P<place>(?-i:[A-Z][A-Z.,' -]*), )?"
    rf"(?P<date>(?P<weekday>{_one_of(WEEKDAYS)},? )?"
    rf"(?:{_WRITTEN}|{_YEAR}-\d\d-\d\d))"
    rf"(?P<time>{_TIME})?(?P<rest>.*)",
    re.IGNORECASE,
)
"""A line that begins with a date. A label or a place may precede the date."""

_MAY_FOLLOW = {
    "label": r"\s*(?:$|[|·•—–(;]|\.(?:\s|$)|,? (?:last )?updated\b| by [A-Z])",
    "place": r" ?(?:\([^)]*\)|/[^/]*/)? ?(?:--|[—–-])",
    "weekday": r"$|\s+[A-Z]",
}
"""Patterns of what may follow the date of a dateline, by what precedes it. Nothing may follow a bare date."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date of a document, and the span that states it."""

    span: Span
    date: date


def written_day(text: str) -> date | None:
    """Return the first day that is written out in `text`, or None.

    >>> written_day("Published 3 May 2021")
    datetime.date(2021, 5, 3)
    """
    found = re.search(rf"(?<![\w.])(?:{_WRITTEN})", text, re.IGNORECASE)
    return _day(found[0]) if found else None


def dateline(document: Document) -> Dateline | None:
    """Return the date of publication that `document` states, or None if it states none or several different days.

    Four kinds of line within `TOP` count, in English:

    - a line that consists of a date, with or without a time;
    - a line that begins with "Published" or a similar label;
    - a line that begins with a place in capitals and has a dash after the date;
    - a line that begins with a weekday and a date, followed by text because a line break was lost.

    The first labelled date wins. Dates in running text and dates with a wrong weekday do not count.
    """
    found = list(_datelines(document.text[:TOP]))
    labelled = [line for is_labelled, line in found if is_labelled]
    unlabelled = [line for is_labelled, line in found if not is_labelled]
    if labelled:
        return labelled[0]
    return unlabelled[0] if len({line.date for line in unlabelled}) == 1 else None


def _datelines(text: str) -> Iterator[tuple[bool, Dateline]]:
    """Yield the datelines that begin within `TOP`, and whether each is labelled as the date of publication."""
    start = 0
    for line in text[: 2 * TOP].splitlines(keepends=True):
        found = _LINE.fullmatch(line.rstrip()) if start < TOP else None
        if found and _is_apart(found) and (day := _day(found["date"])):
            yield bool(found["label"]), Dateline(Span(start + found.start("date"), start + found.end("date")), day)
        start += len(line)


def _is_apart(line: re.Match[str]) -> bool:
    """Return whether the date of a line is not part of a sentence."""
    may_follow = next((pattern for part, pattern in _MAY_FOLLOW.items() if line[part]), "$")
    return bool(re.match(may_follow, line["rest"]))


def _day(text: str) -> date | None:
    """Return the day that `text` names, or None if it does not exist or the weekday is wrong."""
    try:
        if re.match(r"\d{4}", text):
            return date.fromisoformat(text)
        numbers = sorted(map(int, re.findall(r"\d+", text)))
        names = [name[:3].lower() for name in re.findall(r"[^\W\d]{3,}", text)]
        month = next(i for i, name in enumerate(MONTHS, start=1) if name[:3].lower() in names)
        day = date(numbers[1], month, numbers[0])
    except ValueError:
        return None
    weekdays = [i for i, name in enumerate(WEEKDAYS) if name[:3].lower() in names]
    return day if weekdays in ([], [day.weekday()]) else None
