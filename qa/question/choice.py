"""What the reader reads: the most promising interpretation of a question, and of its passages the most promising."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import Hit, Role
from qa.explain.claims import LIKELY
from qa.explain.enumeration import asks_for_members
from qa.question.grammar import answers_kind
from qa.question.understand import Asked
from qa.reading.ranker import Candidate

READ = 2
"""Passages that the reader reads for every question: the ranker's best."""

_MOST_READ = 6
"""Passages that the reader reads at most, if several documents may answer."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One interpretation of a question, and the passages that may answer it, best first."""

    asked: Asked
    candidates: Sequence[Candidate]

    @property
    def surest(self) -> Candidate | None:
        """The candidate with the surest answer, of the kind asked for if there is one; None if nothing is found."""
        return max(self.candidates, key=lambda each: (self.is_of_kind(each), each.confidence), default=None)

    @property
    def in_said(self) -> Candidate | None:
        """The candidate in the passage that a follow-up is asked of; None if it is asked of none."""
        said = self.asked.said
        return next((each for each in self.candidates if said and each.passage == said.passage), None)

    @property
    def confidence(self) -> float:
        """The ranker's probability, in [0, 1], that the surest answer is right."""
        return self.surest.confidence if self.surest else 0.0

    def is_of_kind(self, candidate: Candidate | None) -> bool:
        """Return whether the answer in `candidate` is of the kind that the question asks for."""
        return candidate is not None and answers_kind(self.asked.text, candidate.passage.document.quote(candidate.span))


def said_first(asked: Asked, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits` with the passage that a follow-up is asked of first, and no more of them."""
    if not asked.said or not hits:
        return list(hits)
    others = [hit for hit in hits if hit.passage != asked.said.passage]
    return [Hit(asked.said.passage, hits[0].score, None, None), *others][: len(hits)]


def most_promising(ranked: Sequence[Ranked]) -> Ranked:
    """Return the interpretation for which the ranker finds the surest answer of the right kind.

    If a follow-up is asked of the last answer's passage, and the ranker finds a likely answer there, that one counts.

    The last one is the question as it was typed. Another interpretation with the same answer is better, because it
    states what the question means, and the next question may refer to that.
    """
    of_said = [
        each for each in ranked if each.in_said and each.is_of_kind(each.in_said) and each.in_said.confidence >= LIKELY
    ]
    if of_said:
        return of_said[0]
    order = sorted(ranked, key=lambda each: (each.is_of_kind(each.surest), each.confidence), reverse=True)
    best, typed = order[0], ranked[-1]
    same = [each for each in order if each is not typed and _overlap(each.surest, typed.surest)]
    return same[0] if best is typed and same else best


def _overlap(one: Candidate | None, other: Candidate | None) -> bool:
    """Return whether two answers overlap in the same document."""
    if not one or not other or one.passage.document != other.passage.document:
        return False
    return one.span.overlaps(other.span)


def worth_reading(ranked: Ranked) -> list[Candidate]:
    """Return the candidates that the reader reads.

    These are the `READ` best ones, and the best one of every other document in which the ranker finds a likely answer.
    Documents that agree or differ can then be shown side by side. If several things are asked for, every passage with a
    likely answer is read, because each may name one. The `READ` best ones of main text are always among them, whatever
    comments and teasers say. The passage that a follow-up is asked of is the first of them.
    """
    candidates = _said_before_others(ranked)
    main = [each for each in candidates if each.passage.role == Role.TEXT]
    likely = [each for each in candidates if each.confidence >= LIKELY]
    if not asks_for_members(ranked.asked.text):
        likely = list({each.passage.document: each for each in reversed(likely)}.values())[::-1]
    return list(dict.fromkeys([*candidates[:READ], *main[:READ], *likely]))[:_MOST_READ]


def _said_before_others(ranked: Ranked) -> list[Candidate]:
    """Return the candidates, best first, but for the one that a follow-up is asked of, which is first."""
    said = ranked.in_said
    return [*([said] if said else []), *(each for each in ranked.candidates if each is not said)]
