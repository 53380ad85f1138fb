"""Where a document says that what is asked for was not so, not done, or only planned."""

import re
from collections.abc import Iterator, Sequence

from index.document import Span
from index.text.sentences import sentences
from index.text.words import content_words
from qa.english.grammar import PERSONAL_PRONOUNS, one_of
from qa.english.stance import DENIED, NEGATED, PLANNED, UNDONE, WITHOUT
from qa.explain.claims import LIKELY
from qa.explain.rejoinder import with_rejoinder
from qa.explain.statement import NEUTRAL, in_base_form, share_of, statement_confidence

_NOT_DONE = (DENIED, NEGATED, UNDONE, WITHOUT, PLANNED)

LEAST_SHARE = 0.75
"""Least share of the question's content words that such a sentence holds, with the text that its pronouns refer to."""

LEAST_WORDS = 2
"""Content words that a question has at least, so that a sentence can be about it."""

_PRONOUN = re.compile(one_of(PERSONAL_PRONOUNS), re.IGNORECASE)

_WHO = re.compile(r"\W*(?:by )?whom?\b", re.IGNORECASE)

_NEXT, _NEAR = 2, 80
"""Content words right behind a denial of which the question must hold one, and the code points that hold them."""


def denied_in(question: str, text: str, breaks: Sequence[int] = ()) -> tuple[Span, float] | None:
    """Return the sentence of `text` that says that what `question` asks for was not done, and a confidence in [0, 1].

    What is likely in another passage precedes it.

    Args:
        question: asks for a time, a place, a person...
        text: a passage.
        breaks: ascending offsets into `text` at which blocks end.

    >>> text = "Ann Lee is a poet. She never wrote a novel."
    >>> denied_in("When did Ann Lee write a novel?", text), denied_in("When did she write it?", text)
    ((Span(start=19, end=43), 0.6), None)
    """
    asked = set(content_words(in_base_form(question)))
    if len(asked) < LEAST_WORDS or any(words.search(question) for words in _NOT_DONE):
        return None
    whole = sentences(text, breaks)
    shares = {
        each: share_of(question, text[0 if _PRONOUN.search(text, each.start, each.end) else each.start : each.end])
        for each in whole
        if any(asked & set(words) for words in _behind_denials(text, each, by_whom=_WHO.match(question) is not None))
    }
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < LEAST_SHARE:
        return None
    return with_rejoinder(text, best, whole), min(LIKELY, statement_confidence(shares[best], NEUTRAL))


def _behind_denials(text: str, sentence: Span, *, by_whom: bool) -> Iterator[list[str]]:
    """Yield the first content words behind each denial in `sentence`, and those of what was refused or cancelled.

    Where somebody denies what was done, it stays open by whom it was.
    """
    for words in _NOT_DONE if not by_whom else _NOT_DONE[1:]:
        for found in words.finditer(text, sentence.start, sentence.end):
            behind = text[found.end() : min(found.end() + _NEAR, sentence.end)]
            yield content_words(in_base_form(behind))[:_NEXT]
            yield content_words(found[0]) if words is UNDONE else []
