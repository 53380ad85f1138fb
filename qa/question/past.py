"""From a past tense to its verb, by the reader's vocabulary."""

import re

from qa.english.verbs import IRREGULAR, PAST, SAME_IN_THE_PAST
from qa.question.dictionary import vocabulary

_TAKES_E = re.compile(r"(?:[cuvz]|[^s]s|[^aeiou]l|(?:\A|[^aeiouw])[aiou][bdgkmnprt]|[drn]g)\Z")
"""The end of a stem to which an e belongs, if both forms are words: clos(e), caus(e), not(e), charg(e)."""


def base_form(verb: str) -> str:
    """Return the verb whose past tense is `verb`; empty if it does not look like a past tense.

    >>> base_form("opened"), base_form("closed"), base_form("planned"), base_form("wrote"), base_form("bridge")
    ('open', 'close', 'plan', 'write', '')
    """
    past = verb.lower()
    if known := PAST.get(past) or IRREGULAR.get(past) or (past if past in SAME_IN_THE_PAST else ""):
        return known
    if not past.endswith("ed") or len(past) < 4:
        return ""
    stem = past[:-2]
    if stem.endswith(("i", "e")):
        return f"{stem[:-1]}y" if stem.endswith("i") and len(stem) > 2 else f"{stem}e"  # carried; died, agreed
    if stem[-1] == stem[-2]:
        single = stem[:-1]
        return stem if stem[-1] in "lsfz" and stem in vocabulary() else single
    words = [each for each in (stem, f"{stem}e") if each in vocabulary()] or [stem, f"{stem}e"]
    return words[-1] if len(words) == 1 or _TAKES_E.search(stem) else words[0]
