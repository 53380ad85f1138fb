"""How near a word as typed is to another: in its letters, and in how it sounds."""

import re
from functools import cache

_FARTHEST, _LONG = 2, 6
"""Most mistakes in the letters of a word, and letters of the shortest word that has more than one; one less, if it
sounds alike."""

_SWAP = 0.25
"""What swapped letters cost less than other mistakes."""

_SOUNDS = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        (r"(.)\1+", r"\1"),
        (r"\A[kgp](?=n)|\Aw(?=r)|\Ap(?=s)|(?<=m)b\Z|(?<=.)gh", ""),
        (r"ph", "f"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"ch", "C"),
        (r"sch|ck|qu?|c", "k"),
        (r"d?g(?=[eiy])", "j"),
        (r"(?:t|ss?|k)i(?=[oa])|sh", "S"),
        (r"x", "ks"),
        (r"(?<=.)h|\Ah(?=[aeiouy])", ""),
        (r"\A[aeiouyw]+", "a"),
        (r"(?<=.)[aeiouyw]+", ""),
    )
)
"""Letters and how they sound, in the order of their replacement. Vowels sound alike, and inside a word like nothing."""


@cache
def sound(word: str) -> str:
    """Return a key that words have in common that sound about alike, in the manner of Metaphone (Philips, 1990).

    >>> sound("receive") == sound("recieve"), sound("definitely") == sound("definately"), sound("crack"), sound("crate")
    (True, True, 'krk', 'krt')
    """
    for letters, heard in _SOUNDS:
        word = letters.sub(heard, word)
    return word


def mistakes(typed: str, word: str) -> float:
    """Return how many mistakes lie between `typed` and `word`, both in lower case: half in letters, half in sounds.

    A mistake is an added, dropped, replaced or swapped letter or sound (Damerau, 1964). It is infinite if more than
    two are in the letters, or one in a short word, or if the words begin with different letters and sound different.

    >>> mistakes("repare", "repair"), mistakes("carck", "crack"), mistakes("brick", "crick"), mistakes("nife", "knife")
    (1.0, 0.25, inf, 0.5)
    """
    from rapidfuzz.distance import OSA

    letters = OSA.distance(typed, word, score_cutoff=_FARTHEST)
    if letters > _FARTHEST:
        return float("inf")
    sounds = OSA.distance(sound(typed), sound(word))
    if letters > 1 and len(typed) < (_LONG if sounds else _LONG - 1):
        return float("inf")
    if sounds and typed[0] != word[0] and typed[:2] != word[1::-1]:
        return float("inf")
    return (letters + sounds) / 2 - (_SWAP if letters == 1 and sorted(typed) == sorted(word) else 0)
