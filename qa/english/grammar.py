"""Closed word classes, and words that join sentences and clauses."""

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    r"""Return a pattern that matches each of `words` as a whole word.

    >>> one_of(("who", "whom"))
    '\\b(?:who|whom)\\b'
    """
    return rf"\b(?:{'|'.join(words)})\b"


PREPOSITIONS = tuple(
    "about after against among at before between by during for from in into near of on over per since through to"
    " towards under until till upto with within without according".split()
)

DOING = tuple("do does did will would can could shall should may might must".split())
"""Auxiliaries that come before the subject and its verb."""

BEING = tuple("is are was were be been am has have had".split())

NOT = tuple(
    "isn't aren't wasn't weren't doesn't didn't don't hasn't haven't hadn't can't couldn't won't wouldn't".split()
)

AUXILIARIES = (*DOING, *BEING, *NOT)

MEASURES = tuple("many much long old far often big tall large high fast soon deep heavy late".split())

ASKING = re.compile(
    rf"(?:{one_of(PREPOSITIONS)}\s+(?:\w+\s+{one_of(PREPOSITIONS)}\s+)?)?"
    rf"(?:\b(?P<word>who|whom|whose|what|which|when|where|why)\b|\b(?P<how>how)\b(?:\s+{one_of(MEASURES)})?)"
    r"(?:\s+else\b)?",
    re.IGNORECASE,
)
"""The question word, with its measure and the prepositions before it: how many, in partnership with whom."""

ARTICLES = ("the", "a", "an")

JOINING = ("of", "between", "for")
"""Prepositions that can be part of a name, as in the Church of England."""

PERSONS = ("he", "she", "him", "her", "his", "hers")

OWNERS = ("his", "her", "its", "their")

PERSONAL_PRONOUNS = (*PERSONS, "it", "its", "they", "them", "their", "theirs")

QUESTION_WORDS = tuple("who whom whose what which when where why how".split())

ASKS_FIRST = tuple(
    "Who Whom Whose What Which When Where Why How Is Are Was Were Did Does Do Has Have Had In On At By".split()
)
"""Words with which a question begins, and no name."""

_OTHERS = tuple(
    "who whom whose what which when where why how some any every each no all both this that these those there here"
    " i you we me us my our your and or but so then not also too else if than as because while exactly just only"
    " more most other others".split()
)

CLOSED_CLASS = frozenset((*PREPOSITIONS, *AUXILIARIES, *MEASURES, *ARTICLES, *PERSONAL_PRONOUNS, *_OTHERS))
"""Function words, of which English has a fixed number. They name nothing."""

LEFT_OUT = frozenset("a an the in on at".split())
"""Words that an answer may begin with or omit without a change of meaning."""

LINKS_BACK = (
    *"also and but he her here his however i it its meanwhile moreover or she so that their then there therefore these"
    " they this those thus we you".split(),
    "in addition",
    "according to (?:her|him|them)",
)
"""Words at the beginning of a sentence that refer to the sentence before it."""

NEEDS_CONTEXT = tuple(
    "above ago also another both earlier former her hers him his here i it its last later latter me month my next now"
    " one ones other others our recently said same she he so such that their them then there these they this those"
    " today tomorrow us we week weekend yesterday you your".split()
)
"""Words that refer to something outside their sentence."""

CLAUSE_OPENERS = (
    *"according adding after although as because before but despite during following if including rather saying since"
    " so than that though until when where whether which while who whose".split(),
    "and then",
)
"""Words with which a clause or phrase begins that a sentence can do without."""
