"""Where a document says that what is asked for was not so, not done, or only planned."""

import re
from collections.abc import Iterator, Sequence

from index.document import Span
from index.text.sentences import sentences
from index.text.words import content_words
from qa.english.grammar import PERSONAL_PRONOUNS, PERSONS, QUESTION_WORDS, one_of
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

_PAST = re.compile(r"\b(?:did|was|were|has|have|had|\w{2,}ed)\b", re.IGNORECASE)

_WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)

_CLAUSE = re.compile(rf"\b(?:if|that|{'|'.join(QUESTION_WORDS)})\b")
"""A word with which a clause begins that a denial before it does not deny: it has not said when it will vote."""

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
        each: share_of(question, text[_referred_to(text, each, breaks) : each.end])
        for each in whole
        if any(asked & set(words) for words in _behind_denials(question, text, each))
    }
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < LEAST_SHARE:
        return None
    return with_rejoinder(text, best, whole), min(LIKELY, statement_confidence(shares[best], NEUTRAL))


def _referred_to(text: str, sentence: Span, breaks: Sequence[int]) -> int:
    """Return where the text begins to which pronouns of `sentence` may refer: for a thing, in the same block."""
    pronouns = {found[0].lower() for found in _PRONOUN.finditer(text, sentence.start, sentence.end)}
    if not pronouns:
        return sentence.start
    return 0 if pronouns & set(PERSONS) else max((at for at in breaks if at <= sentence.start), default=0)


def _behind_denials(question: str, text: str, sentence: Span) -> Iterator[list[str]]:
    """Yield the first content words behind each denial in `sentence`, and those of what was refused or cancelled.

    Where somebody denies what was done, it stays open by whom it was. A plan denies only that something was done.
    What is said behind "whether" is left open.
    """
    whether = _WHETHER.search(text, sentence.start, sentence.end)
    end = whether.start() if whether else sentence.end
    no_denial = {DENIED} if _WHO.match(question) else set()
    no_denial |= set() if _PAST.search(question) else {PLANNED}
    for words in (each for each in _NOT_DONE if each not in no_denial):
        for found in words.finditer(text, sentence.start, end):
            behind = _CLAUSE.split(text[found.end() : min(found.end() + _NEAR, end)], maxsplit=1)[0]
            yield content_words(in_base_form(behind))[:_NEXT]
            yield content_words(found[0]) if words is UNDONE else []
