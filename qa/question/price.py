"""How much is it? A question for a price that has no word for it."""

import re

from qa.english.grammar import ARTICLES
from qa.english.measures import SUMS_OF_MONEY
from qa.question.grammar import PREDICATE
from qa.question.past import base_form

_HOW_MUCH_IS = re.compile(
    rf"(?P<how>how much) (?P<be>is|are|was|were) "
    rf"(?P<thing>(?:(?:{'|'.join(ARTICLES)}|this|that|these|those) |(?-i:[A-Z]))"
    r"[^,?]*?)\W*\Z",
    re.IGNORECASE,
)

_DO = {"is": "does", "are": "do", "was": "did", "were": "did"}


def for_its_price(question: str) -> str:
    """Return `question`, if it asks how much a thing is that is no sum of money itself, as the question what it costs.

    Tables name the price of a thing beside its size and its weight, and all of these are how much it is.

    >>> for_its_price("How much is a season ticket?"), for_its_price("How much is the fee?")
    ('How much does a season ticket cost?', 'How much is the fee?')
    """
    found = _HOW_MUCH_IS.fullmatch(question)
    if not found:
        return question
    words = found["thing"].split()
    if (
        PREDICATE.match(words[-1])
        or base_form(words[-1])
        or any(word.lower().removesuffix("s") in SUMS_OF_MONEY for word in words)
    ):
        return question
    return f"{found['how']} {_DO[found['be'].lower()]} {found['thing']} cost?"
