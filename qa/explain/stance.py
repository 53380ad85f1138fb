"""How a sentence qualifies a statement: by a denial, a question, a condition, a plan or a doubt.

Plain rules over one sentence and what is said right after it. A *cue* is the words that qualify a statement, such as
"denied that" or "would be". A statement under a cue that the question does not share is quoted together with the cue,
because the bare answer would say what the text does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Span
from index.text.words import content_words
from index.text.words import words as words_of
from qa.answer import Stance
from qa.english.names import WHO_HOLDS
from qa.english.stance import (
    ASKED,
    CHANGED,
    CLAIMED,
    CONDITIONS,
    DENIED,
    DOUBTED,
    LEFT,
    NEGATED,
    OTHERWISE,
    PLANNED,
    TAKEN_BACK,
    UNDONE,
    UNKNOWN,
    WITHOUT,
)
from qa.explain.rejoinder import is_question

FINITE = r"(?:is|are|was|were|has|have|had|did|does|do|said|says|\w{3,}ed)\b"

CLAUSE = re.compile(
    r"[;:—]\s*|\s[–-]\s|,\s+(?:but|and|so|yet|who|which|whose|where|when|while|whereas|although|though|because|as)\s"
    r"|,\s+(?:said|says|added|adds|wrote)\s|,?\s+(?:but|because|although|though|whereas|while)\s|[.!?][\"”’)]*\s"
    r"|,?\s+(?:despite|in spite of|notwithstanding|owing to|thanks to|amid)\s"
)
"""What ends a clause, so that no negation and no auxiliary reaches over it."""

SCOPE = re.compile(r";|,\s+(?:but|although|though|whereas|while)\s|[.!?][\"”’)]*\s")
"""What ends that which is denied, asked or doubted."""

_APART = re.compile(
    r";|\b(?:and|but) (?:then )?(?:shall|will|would|can|may|must|should|is|are|was|were|has|have|had)\b"
)
"""What divides an answer from a condition that is another predicate's: £90 is due, and is returned unless it rains."""

ASIDE = re.compile(r",\s+(?:who|which|whose|whom|where)\s[^,;.]*,|\([^()]*\)")
"""What is said by the way, and qualifies nothing outside it."""

PREDICATE = re.compile(rf",?(?:\s+(?!{FINITE})[\w'’-]+){{0,7}},?\s+\Z")
"""The text between a subject and its auxiliary: no other verb, and at most the comma that closes an apposition."""

_IN_BRACKETS = re.compile(r"\((?=[^()]*\Z)")
"""The bracket before words that stand in brackets: what stands outside does not qualify them."""

_CLOSES = re.compile(rf"\)|{CLAUSE.pattern}")

UNTIL = re.compile(r"\b(?:until|till|but|except|other than)\b", re.IGNORECASE)
"""Words after a negation that state what follows them: not until May."""

TOLD_TO = re.compile(r"\b(?:asked|urged|told|ordered|invited|advised|instructed|wanted|called on|wants|asks)\s+\Z")
"""A wish that somebody does something, before the one who shall do it."""

IDENTITY = re.compile(
    r"(?:and |but )?(?:who (?:is|was|are|were)\s+(?-i:[A-Z])|(?:what|which) (?:kind|type|sort)s? of"
    r"|what (?:is|was) .*\b(?:name|surname|job|role|position|title|profession|occupation|nationality)\b)",
    re.IGNORECASE,
)
"""A question who or what somebody is. Only what stands between the name and the answer qualifies that."""

APPOSITION = re.compile(r"(?P<role>[^\W\d_]{4,}),?\s+\Z")
"""The word before a name that says what its bearer is or does: the chairman, Owen Farr."""

NEAR, LONGEST = 60, 240
"""Code points between a statement and an auxiliary after it, and of a quote with its cue, at most."""

_OPEN = (Stance.ASKED, Stance.CONDITIONAL, Stance.UNCERTAIN, Stance.PLANNED)
"""Stances of what may come about, and may not."""

_PROPOSES = re.compile(r"\b(?:propos|suggest|plan|want|ask|recommend|request|offer|demand)", re.IGNORECASE)
"""A question for what was proposed, whatever became of it."""

_PUT_TO = re.compile(r"(?:Q|Question|Interviewer)\s?:")
"""The beginning of the turn of an interviewer: what it says is put to the other."""

_NOT_KNOWN = re.compile(rf"{NEGATED.pattern}|{DENIED.pattern}|{UNKNOWN.pattern}", re.IGNORECASE)

REPLY = re.compile(r"\s*[^.!?]{0,160}[.!?]*")
"""A sentence that may reply to a question."""

SHORT = 4
"""Words of the longest reply that the next sentence explains."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that qualify a statement, and how."""

    stance: Stance
    span: Span


def stance_of(text: str, sentence: Span, answer: Span, question: str) -> tuple[Stance, Span]:
    """Return how the text qualifies `answer`, and the answer together with the qualifying words.

    Args:
        text: the text of the sentence, and what follows it.
        sentence: the sentence or sentences that contain `answer`; offsets into `text`.
        answer: the words that answer.
        question: what is asked. What the question shares with the sentence, such as "will", is not marked.

    >>> text = "A spokeswoman denied that a warning had been ignored."
    >>> stance, span = stance_of(text, Span(0, 53), Span(26, 52), "What was ignored?")
    >>> stance, text[span.start : span.end]
    (<Stance.DENIED: 'denied'>, 'denied that a warning had been ignored')
    """
    found = [*_cues(text, sentence, answer, question), *_replies(text, sentence, answer)]
    cues = [cue for cue in found if not _is_shared(cue.stance, question)]
    if any(cue.stance in _OPEN for cue in found) and not _PROPOSES.search(question):
        cues += _behind(CHANGED, Stance.NEGATED, text, sentence, answer)
    if IDENTITY.match(question.strip()):
        cues = [cue for cue in cues if _is_between(text, sentence, answer, cue, question)]
    elif _is_apposition(text, sentence, answer, question):
        cues = []
    if not cues:
        return Stance.STATED, answer
    start = min([answer.start, *(cue.span.start for cue in cues)])
    end = max([answer.end, *(cue.span.end for cue in cues)])
    if end > answer.end or _goes_on(text, answer.end, sentence.end):
        end = max(end, _clause_end(text, end, sentence.end))
    if end - start > LONGEST:
        start, end = sentence.start, max(end, sentence.end)
    is_denied = DENIED.search(text, answer.end, max(answer.end, end)) and not _is_shared(Stance.DENIED, question)
    stances = [*(cue.stance for cue in cues), *([Stance.DENIED] if is_denied else [])]
    return min(stances, key=list(Stance).index), Span(start, end)


def _cues(text: str, sentence: Span, answer: Span, question: str) -> Iterator[Cue]:
    """Yield the cues over `answer`; those within it are seen anyway."""
    bracketed = _IN_BRACKETS.search(text, sentence.start, answer.start)
    inside = bracketed.end() - sentence.start if bracketed else 0
    told = ASIDE.sub(lambda aside: " " * len(aside[0]), text[sentence.start : sentence.end])
    at, end = answer.start - sentence.start, answer.end - sentence.start
    before, after = told[:at], text[answer.end : sentence.end]
    clause = max((found.end() for found in CLAUSE.finditer(before, inside)), default=inside)
    scope = max((found.end() for found in SCOPE.finditer(before, inside)), default=inside)
    rest = (_CLOSES if bracketed else CLAUSE).search(after)
    behind = after[: rest.start() if rest else len(after)]
    is_described = _holds(text[sentence.start : answer.end], question)
    for stance, words in ((Stance.DENIED, DENIED), (Stance.ASKED, ASKED), (Stance.UNCERTAIN, DOUBTED)):
        if found := _last(words, told, scope, at):
            yield Cue(stance, _at(sentence.start, found))
    for stance, words in _OF_A_CLAUSE:
        found = _last(words, told, clause, at)
        if found and not (stance is Stance.NEGATED and UNTIL.search(before, found.end())):
            yield Cue(stance, _at(sentence.start, found))
        elif not found and not is_described and (found := _predicate(words, before[clause:], behind)):
            yield Cue(stance, _at(answer.end, found))
    if TOLD_TO.search(before) and (found := re.match(r"(?:\s+[\w'’-]+){0,4}?\s+to\s+[a-z]", behind)):
        yield Cue(Stance.PLANNED, Span(sentence.start + clause, answer.end + found.end()))
    found = CLAIMED.search(told, end)
    if found and not any(each.search(told, end, found.start()) for each in (SCOPE, NEGATED)):
        yield Cue(Stance.UNCERTAIN, _at(sentence.start, found))
    if WHO_HOLDS.match(question) and (found := LEFT.match(text, answer.end, sentence.end)):
        yield Cue(Stance.NEGATED, Span(*found.span()))
    yield from _without(text, sentence, answer, question)
    yield from _conditions(text, sentence, answer)


_OF_A_CLAUSE = (
    (Stance.NEGATED, NEGATED),
    (Stance.NEGATED, UNDONE),
    (Stance.DENIED, DENIED),
    (Stance.PLANNED, PLANNED),
    (Stance.UNCERTAIN, DOUBTED),
)


def _without(text: str, sentence: Span, answer: Span, question: str) -> Iterator[Cue]:
    """Yield what is excluded, if that is the answer or what the question is about."""
    asked = set(words_of(question)) - set(words_of(text[answer.start : answer.end]))
    for found in WITHOUT.finditer(text, sentence.start, sentence.end):
        left_out = Span(*found.span(found.lastgroup or 0))
        is_answer = left_out.start <= answer.start and answer.end <= left_out.end
        held = text[left_out.start : left_out.end]
        if is_answer or asked & {*content_words(held), *words_of(held)[-1:]}:
            yield Cue(Stance.NEGATED, Span(*found.span()))


def _replies(text: str, sentence: Span, answer: Span) -> Iterator[Cue]:
    """Yield the question in which `answer` stands, with its reply, and what takes the answer back right behind it."""
    end = _reply_end(text, sentence.end)
    if is_question(text[sentence.start : sentence.end]):
        end = _reply_end(text, end) if len(text[sentence.end : end].split()) <= SHORT else end
        yield Cue(Stance.ASKED, Span(sentence.start, end))
        return
    line = text.rfind("\n", 0, sentence.start + 1) + 1
    if _PUT_TO.match(text, line) and (found := _NOT_KNOWN.search(text, sentence.end, _reply_end(text, end))):
        yield Cue(Stance.ASKED, Span(sentence.start, _clause_end(text, found.end(), len(text))))
        return
    yield from _behind(TAKEN_BACK, Stance.DENIED, text, sentence, answer)


def _behind(words: re.Pattern[str], stance: Stance, text: str, sentence: Span, answer: Span) -> Iterator[Cue]:
    """Yield what begins with `words` right behind the clause of `answer`, or behind its sentence."""
    for start in (_clause_end(text, answer.end, sentence.end), sentence.end):
        begin = re.compile(r"[\s,;.!\"”]*").match(text, start)
        if begin and (found := words.match(text, begin.end())):
            end = re.compile(r"[.!?;]|\n|\Z").search(text, found.end())
            yield Cue(stance, Span(answer.end, end.start() if end else found.end()))
            return


def _reply_end(text: str, start: int) -> int:
    """Return where the sentence that begins at `start` ends."""
    found = REPLY.match(text, start)
    return found.end() if found else start


def _conditions(text: str, sentence: Span, answer: Span) -> Iterator[Cue]:
    """Yield the conditions of the clause of `answer`, before it or after it, each to its end."""
    for found in CONDITIONS.finditer(text, sentence.start, sentence.end):
        if _APART.search(text[min(found.start(), answer.end) : max(found.start(), answer.end)]):
            continue
        end = _clause_end(text, found.end(), sentence.end)
        if found.start() <= answer.start < end and "," not in text[found.end() : answer.start]:
            end = max(found.end(), answer.start)
        yield Cue(Stance.CONDITIONAL, Span(found.start(), end))
    told = text[sentence.start : sentence.end]
    if otherwise := _last(OTHERWISE, told, 0, answer.start - sentence.start):
        condition = CONDITIONS.search(told, 0, otherwise.start())
        yield Cue(Stance.CONDITIONAL, _at(sentence.start, condition or otherwise))


def _is_between(text: str, sentence: Span, answer: Span, cue: Cue, question: str) -> bool:
    """Return whether `cue` stands between `answer` and something that `question` names, or is the whole sentence."""
    asked = set(content_words(question))
    named = [
        word
        for word in re.compile(r"\w+").finditer(text, sentence.start, sentence.end)
        if asked & set(words_of(word[0])) and not answer.start <= word.start() < answer.end
    ]
    return cue.stance is Stance.ASKED or any(
        word.end() <= cue.span.start < answer.start or answer.end <= cue.span.start < word.start() for word in named
    )


def _is_apposition(text: str, sentence: Span, answer: Span, question: str) -> bool:
    """Return whether the word right before `answer` says what the question asks who did: founded, our founder, Ann."""
    found = APPOSITION.search(text, sentence.start, answer.start)
    if not found or not re.match(r"\W*who\b", question, re.IGNORECASE):
        return False
    role = found["role"].lower()
    return any(len(word) > 3 and role.startswith(word) for word in content_words(question))


def _holds(words: str, question: str) -> bool:
    """Return whether `words` hold all content words of `question`, and there are any."""
    asked = set(content_words(question))
    return bool(asked) and asked <= set(content_words(words))


def _last(words: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last of `words` between two offsets into `text`."""
    *_, last = None, *(found for found in words.finditer(text, start) if found.end() <= end)
    return last


def _at(offset: int, found: re.Match[str]) -> Span:
    return Span(offset + found.start(), offset + found.end())


def _predicate(words: re.Pattern[str], before: str, behind: str) -> re.Match[str] | None:
    """Return the first of `words` behind an answer, if that can be its subject: no verb comes `before` it."""
    found = None if re.search(rf"\b{FINITE}", before) else words.search(behind)
    is_apposition = "," in before or not behind.startswith(",")
    is_next = found and found.start() <= NEAR and PREDICATE.match(behind[: found.start()])
    return found if is_apposition and is_next else None


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


_DENIES = re.compile(rf"{DENIED.pattern}|{NEGATED.pattern}|{UNDONE.pattern}|{WITHOUT.pattern}", re.IGNORECASE)

_SHARED = {
    Stance.DENIED: _DENIES,
    Stance.NEGATED: _DENIES,
    Stance.ASKED: re.compile(r"\b(?:ask|asks|asked|question|whether|if)\b", re.IGNORECASE),
    Stance.CONDITIONAL: re.compile(
        r"\b(?:if|unless|would|could|should|might|in case|happens?|condition)\b", re.IGNORECASE
    ),
    Stance.PLANNED: re.compile(
        rf"{PLANNED.pattern}|\b(?-i:will|shall|would|could|can|should|may|might|must|going to|plan|plans|planned|next"
        r"|expect|expects|propose[sd]?|recommend\w*|estimate\w*|hope[sd]?|promise[sd]?|want|try|attempt|offer|agree|seek"
        r"|demand|decide|pledge|vow|intend|aim|threaten|ask|urge|order|advise|invite|tell)(?:s|ed|d)?\b",
        re.IGNORECASE,
    ),
    Stance.UNCERTAIN: re.compile(
        rf"{DOUBTED.pattern}|\b(?-i:believe|think|suspect|may|might|could|accuse|claim|allege|suggest|charge|fear)(?:s|d|ed)?\b",
        re.IGNORECASE,
    ),
}
