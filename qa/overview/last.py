"""What is asked about the last answer itself: whether it is so, who says so, and what the text says next to it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index import Span
from index.text.sentences import sentences
from qa.answer import Answer, Citation, Claim, Evidence, Form, Stance
from qa.english.turns import AFTERWARDS, BEFOREHAND, DOUBTS, EXPLAIN, SAYS_WHO
from qa.question.follow_up import names_a_time
from qa.question.grammar import CONJUNCTION

_NEXT = 2
"""Sentences behind the last answer's that explain it."""

_PROOF = "This is what the text says about it, word for word."
"""What is said to somebody who doubts an answer."""


def about_last_answer(question: str, before: Sequence[Answer]) -> Answer | None:
    """Answer a question about the last of the answers `before`: "are you sure?", "who says so?", "explain that".

    To a doubt, the last answer is given again with its proof. Who says so is the speaker of its sentence. What explains
    it is the sentence with those behind it, and what came next or before is the sentence that the text tells next or
    before, unless the last question was for before or after a certain time. Nothing is searched or read.

    Args:
        question: without what surrounds it.
        before: oldest first.

    Returns:
        The answer; None to any other question, or if the last answer cites nothing or names no speaker.
    """
    if not before or not before[-1].evidence:
        return None
    last = replace(before[-1], question=question, understood="")
    asked = question.strip(" .!?…")
    asked = asked[found.end() :] if (found := CONJUNCTION.match(asked)) else asked
    if re.fullmatch(DOUBTS, asked, re.IGNORECASE):
        return replace(last, note=_PROOF)
    if re.fullmatch(EXPLAIN, asked, re.IGNORECASE):
        return _explained(last)
    for words, is_next in ((AFTERWARDS, True), (BEFOREHAND, False)):
        if re.fullmatch(words, asked, re.IGNORECASE) and not names_a_time(last.asked):
            return _beside(last, is_next=is_next)
    return _speaker(last) if re.fullmatch(SAYS_WHO, asked, re.IGNORECASE) else None


def _explained(last: Answer) -> Answer | None:
    """Return the sentence of the last answer with those behind it in its passage; before it, if none follows."""
    if not last.evidence:
        return None
    said = last.evidence.sentence.span
    ahead, behind = _around(last, said)
    return _told(last, [said, *behind[:_NEXT]] if behind else [*ahead[-_NEXT:], said])


def _beside(last: Answer, *, is_next: bool) -> Answer | None:
    """Return the sentence right behind that of the last answer, or right before it; None if there is none."""
    if not last.evidence:
        return None
    ahead, behind = _around(last, last.evidence.sentence.span)
    shown = behind[:1] if is_next else ahead[-1:]
    return _told(last, shown) if shown else None


def _around(last: Answer, said: Span) -> tuple[list[Span], list[Span]]:
    """Return the sentences before and behind those that are `said`, in the passage of the last answer."""
    passage = last.passages[0].passage
    around = [each.moved(passage.span.start) for each in sentences(passage.text, passage.breaks)]
    return [each for each in around if each.end <= said.start], [each for each in around if each.start >= said.end]


def _told(last: Answer, shown: Sequence[Span]) -> Answer | None:
    """Return the sentences that are `shown` as the answer."""
    if not last.evidence:
        return None
    cited = Citation(last.evidence.answer.document, Span(shown[0].start, shown[-1].end))
    told = Evidence(cited, cited, last.confidence, Stance.TOLD)
    return replace(last, claims=(Claim((told,)),), form=Form.STATEMENT, note="")


def _speaker(last: Answer) -> Answer | None:
    """Return who makes the statement of the last answer."""
    speaker = last.attribution.speaker if last.attribution else None
    if not speaker or not last.evidence:
        return None
    span = speaker.span.hull(last.evidence.sentence.span)
    told = Evidence(speaker, Citation(speaker.document, span), last.confidence)
    return replace(last, claims=(Claim((told,)),), form=Form.SPAN, note="")
