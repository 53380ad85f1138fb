"""How a sentence qualifies a statement: by a denial, a question, a condition, a plan or a doubt.

Plain rules over one sentence. A *cue* is the words that qualify a statement, such as "denied that" or
"would be". A statement under a cue that the question does not share is quoted together with the cue, because the bare
answer would say what the text does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Span
from qa.answer import Stance
from qa.english.stance import ASKED, CONDITIONS, DENIED, DOUBTED, NEGATED, PLANNED

FINITE = r"(?:is|are|was|were|has|have|had|did|does|do|said|says|\w{3,}ed)\b"

CLAUSE = re.compile(
    r"[;:—]\s*|\s[–-]\s|,\s+(?:but|and|so|yet|who|which|whose|where|when|while|whereas|although|though|because|as)\s"
    r"|,\s+(?:said|says|added|adds|wrote)\s|,?\s+(?:but|because|although|though|whereas|while)\s|[.!?][\"”’)]*\s"
)
"""What ends a clause, so that no negation and no auxiliary reaches over it."""

SCOPE = re.compile(r";|,\s+(?:but|although|though|whereas|while)\s|[.!?][\"”’)]*\s")
"""What ends that which is denied, asked or doubted."""

PREDICATE = re.compile(rf"(?:\s+(?!{FINITE})[\w'’-]+){{0,5}}\s+\Z")
"""The text between a subject and its auxiliary: no comma and no other verb."""

IDENTITY = re.compile(
    r"(?:and |but )?(?:who (?:is|was|are|were)\s+[A-Z]|(?:what|which) (?:kind|type|sort)s? of"
    r"|what (?:is|was) .*\b(?:name|surname|job|role|position|title|profession|occupation|nationality)\b)",
)
"""A question who or what somebody is. Plans and negations of what they do do not matter to it."""

NEAR, LONGEST = 60, 240
"""Code points between a statement and an auxiliary after it at most, and of a quote with its cue at most."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that qualify a statement, and how."""

    stance: Stance
    span: Span


def stance_of(text: str, sentence: Span, answer: Span, question: str) -> tuple[Stance, Span]:
    """Return how the sentence qualifies `answer`, and the answer together with the qualifying words.

    Args:
        text: the text of the sentence.
        sentence: the sentence or sentences that contain `answer`; offsets into `text`.
        answer: the words that answer.
        question: what is asked. What the question shares with the sentence, such as "will", is not marked.

    >>> text = "A spokeswoman denied that a warning had been ignored."
    >>> stance, span = stance_of(text, Span(0, 53), Span(26, 52), "What was ignored?")
    >>> stance, text[span.start : span.end]
    (<Stance.DENIED: 'denied'>, 'denied that a warning had been ignored')
    """
    asks_who = IDENTITY.match(question.strip().capitalize() if question.isupper() else question.strip())
    cues = [] if asks_who else [cue for cue in _cues(text, sentence, answer) if not _is_shared(cue.stance, question)]
    if not cues:
        return Stance.STATED, answer
    start = min([answer.start, *(cue.span.start for cue in cues)])
    end = max([answer.end, *(cue.span.end for cue in cues)])
    if end > answer.end or _goes_on(text, answer.end, sentence.end):
        end = max(end, _clause_end(text, end, sentence.end))
    whole = Span(start, end) if end - start <= LONGEST else sentence
    return min((cue.stance for cue in cues), key=list(Stance).index), whole


def _cues(text: str, sentence: Span, answer: Span) -> Iterator[Cue]:
    """Yield the cues over `answer`; those within it are seen anyway."""
    before, after = text[sentence.start : answer.start], text[answer.end : sentence.end]
    scope = max((found.end() for found in SCOPE.finditer(before)), default=0)
    clause = max((found.end() for found in CLAUSE.finditer(before)), default=0)
    rest = CLAUSE.search(after)
    behind = after[: rest.start() if rest else len(after)]
    for stance, words in ((Stance.DENIED, DENIED), (Stance.ASKED, ASKED), (Stance.UNCERTAIN, DOUBTED)):
        if found := _last(words, before, scope):
            yield Cue(stance, _at(sentence.start, found))
    for stance, words in ((Stance.DENIED, NEGATED), (Stance.PLANNED, PLANNED), (Stance.UNCERTAIN, DOUBTED)):
        if found := _last(words, before, clause):
            yield Cue(stance, _at(sentence.start, found))
        elif found := _predicate(words, before[clause:], behind):
            yield Cue(stance, _at(answer.end, found))
    yield from _conditions(text, sentence, answer)


def _conditions(text: str, sentence: Span, answer: Span) -> Iterator[Cue]:
    """Yield the conditions of the clause of `answer`, before it or after it, each to its end."""
    for found in CONDITIONS.finditer(text, sentence.start, sentence.end):
        end = _clause_end(text, found.end(), sentence.end)
        is_far = any(cut in text[min(found.start(), answer.end) : max(found.start(), answer.end)] for cut in ";")
        if not is_far and not (found.start() <= answer.start < end and "," not in text[found.end() : answer.start]):
            yield Cue(Stance.CONDITIONAL, Span(found.start(), end))
        elif not is_far:
            yield Cue(Stance.CONDITIONAL, Span(found.start(), max(found.end(), answer.start)))


def _last(words: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    return next(iter([*words.finditer(text, start)][::-1]), None)


def _at(offset: int, found: re.Match[str]) -> Span:
    return Span(offset + found.start(), offset + found.end())


def _predicate(words: re.Pattern[str], before: str, behind: str) -> re.Match[str] | None:
    """Return the first of `words` behind an answer, if that can be its subject: no verb comes `before` it."""
    found = None if re.search(rf"\b{FINITE}", before) else words.search(behind, 0, NEAR)
    return found if found and PREDICATE.match(behind[: found.start()]) else None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether the clause goes on with a verb, as after a subject, or a noun, as after a number."""
    return (
        re.match(r"\s+(?!(?:in|on|at|of|to|by|for|from|with|and|or|but|as|than)\b)[a-z]", text[start:end]) is not None
    )


def _clause_end(text: str, start: int, end: int) -> int:
    """Return where the clause that goes on at `start` ends, without its full stop."""
    found = re.compile(r",\s|;|[.!?][\"”’)]*(?:\s|\Z)").search(text, start, end)
    return found.start() if found else end


def _is_shared(stance: Stance, question: str) -> bool:
    """Return whether the question itself asks for what is denied, planned, and so on."""
    return _SHARED[stance].search(question) is not None


_SHARED = {
    Stance.DENIED: re.compile(rf"{DENIED.pattern}|{NEGATED.pattern}|\bden(?:y|ies|ied)\b", re.IGNORECASE),
    Stance.ASKED: re.compile(r"\b(?:ask|asks|asked|question|whether|if)\b", re.IGNORECASE),
    Stance.CONDITIONAL: re.compile(
        r"\b(?:if|unless|would|could|should|might|may|can|will|in case|happens?)\b", re.IGNORECASE
    ),
    Stance.PLANNED: re.compile(
        rf"{PLANNED.pattern}|\b(?:will|shall|would|could|can|should|may|might|must|going to|plan|plans|planned|next"
        r"|expect|expects|propose[sd]?|recommend\w*|estimate\w*|hope[sd]?|promise[sd]?)\b",
        re.IGNORECASE,
    ),
    Stance.UNCERTAIN: re.compile(rf"{DOUBTED.pattern}|\b(?:believe|think|suspect|may|might|could)\b", re.IGNORECASE),
}
