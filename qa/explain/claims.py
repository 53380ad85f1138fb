"""Which answers from several documents agree, and which differ."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from index.text.dates import MONTHS, WEEKDAYS
from qa.answer import Claim, Evidence, Stance
from qa.english.grammar import LEFT_OUT
from qa.english.names import PARTICLES, QUALIFIERS
from qa.english.numbers import HEDGES, NUMBERS, SCALES, SIGNS

LIKELY = 0.6
"""Least confidence at which an answer that differs from the best one is shown (see docs/decisions/0024)."""

_DAYS = {short: name.lower() for name in (*MONTHS, *WEEKDAYS) for short in (name.lower(), name[:3].lower())}

_MUCH_LESS = 0.3
"""Most by which the confidence of a newer answer may be lower than that of an older one that it precedes."""

_NOT_SO = (Stance.ASKED, Stance.CONDITIONAL, Stance.UNCERTAIN, Stance.PLANNED)
"""How a document states what may not be so."""

_DENIES = (Stance.DENIED, Stance.NEGATED)

Words = tuple[str, ...]


def claims(evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """Group `evidence` into claims: answers that agree with each other form one claim.

    Each document counts once. It counts for the best answer's claim if any of its passages agrees with all of that
    claim, else for the claim of its best passage. An answer that differs from the best one is left out if its
    confidence is below `LIKELY`, because many documents only seem to answer. Where a document says that something is
    so, what others plan or doubt is left out. Of dated claims that differ, the newest comes first.

    Args:
        evidence: best first.

    Returns:
        The claims, the best answer's first.
    """
    return _newest_first(_grouped(_of_one_kind(evidence)))


def _of_one_kind(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Return what says that something is so, if another document than the best says it likely enough; else all."""
    best = evidence[0]
    real = [each for each in evidence if each.stance not in _NOT_SO]
    others = [each for each in real if each.answer.document != best.answer.document]
    is_so = best in real or any(each.confidence >= max(LIKELY, best.confidence - _MUCH_LESS) for each in others)
    documents = {each.answer.document for each in others} if best not in real else None
    return [e for e in real if documents is None or e.answer.document in documents] if is_so else evidence


def _newest_first(said: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims with the newest one first, if all are dated, and none that is much less likely leads."""
    best = said[0].evidence[0].confidence
    days = [claim.date for claim in said]
    near = [claim.evidence[0].confidence >= best - _MUCH_LESS for claim in said]
    dated = [day for day in days if day]
    if len(set(dated)) < 2 or len(dated) < len(said) or not all(near):
        return tuple(said)
    newest = max(dated)
    ordered = sorted(said, key=lambda claim: claim.date or newest, reverse=True)
    return tuple(replace(claim, is_superseded=claim.date != newest) for claim in ordered)


def _grouped(evidence: Sequence[Evidence]) -> list[Claim]:
    """Return the claims, the best answer's first."""
    groups: list[list[Evidence]] = []
    for best_claim in (True, False):
        for each in evidence:
            if any(each.answer.document == other.answer.document for group in groups for other in group):
                continue
            group = next(
                (group for group in groups if all(_say_the_same(each, other) for other in group)),
                None,
            )
            if group is not None:
                group.append(each)
            elif not groups or (not best_claim and each.confidence >= LIKELY):
                groups.append([each])
    return [Claim(tuple(group)) for group in groups]


def _say_the_same(one: Evidence, other: Evidence) -> bool:
    """Return whether two documents agree: what one denies, another does not say."""
    return (one.stance in _DENIES) == (other.stance in _DENIES) and agree(one.bare, other.bare)


def agree(one: str, other: str) -> bool:
    """Return whether two answers to one question clearly mean the same.

    They agree if they differ only in case, punctuation, articles or the way numbers are written. They also agree if:

    - both have the same numbers, and one has further words, none of which changes a number;
    - both are dates, and one is less exact;
    - both are names, and one is the end of the other, or the part before the other's comma.

    >>> agree("The 1,200 people", "twelve hundred"), agree("over 40", "40"), agree("40", "45 people")
    (True, False, False)
    >>> agree("July 21", "Friday, 21 July 2017"), agree("Hamouchi", "Abdel Latif Hamouchi"), agree("York", "New York")
    (True, True, False)
    """
    fewer, more = sorted((_words(one), _words(other)), key=len)
    if not fewer or fewer == more:
        return bool(fewer) or one == other
    return _agree_in_number(fewer, more) or _agree_as_dates(fewer, more) or _agree_as_names(one, other)


def _agree_in_number(fewer: Words, more: Words) -> bool:
    numbers, others = ([word for word in words if _value(word) is not None] for words in (fewer, more))
    further = set(more) - set(fewer)
    return bool(numbers) and numbers == others and set(fewer) <= set(more) and not further & HEDGES


def _agree_as_dates(fewer: Words, more: Words) -> bool:
    one, other = (
        {_DAYS.get(word, re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word)) for word in words} for words in (fewer, more)
    )
    is_exact = any(word in _DAYS or len(word) == 4 for word in one)
    return (
        is_exact
        and one - {"of"} <= other
        and all(word in _DAYS or re.fullmatch(r"of|\d{4}|\d\d?", word) for word in other)
    )


def _agree_as_names(one: str, other: str) -> bool:
    part, whole = sorted((one, other), key=len)
    if not (_is_name(part) and _is_name(whole)):
        return False
    if _words(whole.partition(",")[0]) == _words(part):
        return True
    words, ending = _words(whole), _words(part)
    before = words[: -len(ending)]
    return words[-len(ending) :] == ending and not set(before) & QUALIFIERS and "," not in whole


def _is_name(text: str) -> bool:
    """Return whether `text` is capitalised throughout, apart from small words that names contain."""
    words = text.split()
    return all(word[0].isupper() or word in PARTICLES for word in words)


def _words(text: str) -> Words:
    """Return the words of `text` in a normal form: lower case, numbers in digits, without omissible words."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", _spelt_out, text)
    text = re.sub(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?!\d)", lambda number: re.sub("[, ]", "", number[0]), text)
    text = re.sub(r"(?<=[^\W\d])\.|['’]s\b|['’]", "", text).replace("per cent", "%")
    text = re.sub(r"(?<![\w)])[-−](?=\d)", " minus ", text)
    text = "".join(SIGNS.get(character, character) for character in text)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c == "." else " " for c in text)
    words = [stripped for word in kept.split() if (stripped := word.strip("."))]
    return tuple(word for word in _in_digits(words) if word not in LEFT_OUT)


def _spelt_out(iso: re.Match[str]) -> str:
    month = int(iso[2])
    return f"{int(iso[3])} {MONTHS[month - 1].lower()} {iso[1]}" if 1 <= month <= 12 else iso[0]


def _in_digits(words: Sequence[str]) -> Iterator[str]:
    """Yield `words`, with each number that several words spell as one word in digits.

    >>> list(_in_digits("two hundred and forty thousand of 1.5 million".split()))
    ['240000', 'of', '1500000']
    """
    total, below = Decimal(0), None  # of the number so far: its complete thousands, and the part below a thousand
    for word, following in pairwise((*words, "")):
        value = _value(word)
        if word in SCALES:
            scaled = (Decimal(1) if below is None else below) * SCALES[word]
            total, below = (total, scaled) if word == "hundred" else (total + scaled, Decimal(0))
        elif below is not None and (word in NUMBERS and _goes_on(below, NUMBERS[word])):
            below += NUMBERS[word]
        elif below is None or not (word == "and" and following in NUMBERS and _goes_on(below, NUMBERS[following])):
            if below is not None:
                yield f"{(total + below).normalize():f}"
            if value is None and word:
                yield word
            total, below = Decimal(0), value
    if below is not None:
        yield f"{(total + below).normalize():f}"


def _value(word: str) -> Decimal | None:
    if word in NUMBERS:
        return Decimal(NUMBERS[word])
    return Decimal(word) if re.fullmatch(r"\d+(?:\.\d+)?", word) else None


def _goes_on(below: Decimal, value: int) -> bool:
    """Return whether a number word of `value` can follow a number that ends in `below`: forty, then two."""
    return value < 100 if below % 100 == 0 else value < 10 and below % 10 == 0 and below % 100 > 10
