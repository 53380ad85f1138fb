"""The interpretations of a follow-up question, given the questions and answers before it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.collection import LONGEST_QUESTION
from qa.english.grammar import ARTICLES, ASKING, CLOSED_CLASS, OWNERS, PERSONS, PREPOSITIONS
from qa.question.completion import completed
from qa.question.grammar import (
    ABOUT,
    COUNT,
    ELSE,
    PARTICIPLE,
    asking_word,
    asks_about_another,
    free_pronouns,
    is_follow_up,
    is_fragment,
    is_name,
    parts,
    plain,
)

MOST_INTERPRETATIONS = 4
"""Interpretations of one question at most. Each is searched for and ranked."""

_LONGEST_ANTECEDENT = 8
"""Words of the longest answer that can replace a pronoun."""

_SCENE = re.compile(r"(where|when|(in|at|on) (which|what) \w+)$", re.IGNORECASE)
"""A question for where or when and nothing else: any event has a place and a time, whatever it was called before."""

_THEN = re.compile(r"(?P<when>before|after|since|until)(?: (?:that|then|this|it))?", re.IGNORECASE)

_JOB = re.compile(r"what (?P<do>does|did) (?P<who>he|she) do", re.IGNORECASE)
"""A question for what somebody does for a living."""

_BEFORE_OR_AFTER = re.compile(r"\b(?:before|after|in|since|until|during|by)\b(?= (?:\S+ )?\d)", re.IGNORECASE)
"""What stands before a year or a day: before 1998, until 3 June."""

_CLAUSE = re.compile(r"(?:that|whether|if|because|to|when|where|how|why)\b", re.IGNORECASE)
"""The beginning of an answer that names nobody and nothing: that it had failed, to leave, because it rained."""

_OWNED = re.compile(rf"\s+(\w\S*(?:\s+\w\S*)*?)(?=\W*$|\s+(?:{'|'.join(sorted(CLOSED_CLASS))})\b)", re.IGNORECASE)
"""What belongs to somebody, after his, her, its or their."""

_PLURAL = re.compile(r"(?:[^s]s|people|men|women|children)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was asked of the documents, its answer (empty if there was none), and what was typed."""

    asked: str
    answer: str
    typed: str


_IT_HAPPENED = "did it happen?"
"""The end of a question about the last answer's event as a whole; it names nothing that a later one could refer to."""


def interpretations(question: str, turns: Sequence[Turn]) -> list[str]:
    """Return the interpretations of a follow-up `question` that refer to what `turns` named.

    Each turn, from the nearest to the farthest, gives an interpretation in one of three ways:

    - the turn's question, with the new topic or question word put in: "what about Lee?", "since when?";
    - the question, with the turn's answer or subject in place of its pronouns: "how old is he?";
    - the question, followed by the turn's subject: "who else was there?".

    Args:
        question: a follow-up question.
        turns: nearest first.

    Returns:
        At most `MOST_INTERPRETATIONS` less the number of `bare_interpretations`.
    """
    bare = _JOB.sub(_as_job, plain(question))
    turns = [turn for turn in turns if not turn.asked.endswith(_IT_HAPPENED)] or turns
    meant: Iterable[str]
    if not bare:
        meant = ()
    elif asks_about_another(bare):
        meant = _asked_about(ABOUT.sub("", bare), turns)
    elif free_pronouns(bare):
        meant = _with_antecedents(bare, turns)
    elif is_fragment(bare):
        meant = (_completed(bare, turn) for turn in _nearest_first(bare, turns))
    elif count := COUNT.match(bare):
        meant = _counted(bare[count.end() :], turns)
    else:
        meant = (f"{bare}, {part}" for turn in turns for part in parts(plain(turn.asked))[:1])
    distinct = dict.fromkeys(f"{text}?" for text in meant if len(text) < LONGEST_QUESTION)
    return list(distinct)[: MOST_INTERPRETATIONS - len(bare_interpretations(question))]


def names_a_time(question: str) -> bool:
    """Return whether `question` asks for before or after a certain year or day, as a follow-up may ask again.

    >>> names_a_time("What was the limit before 1998?"), names_a_time("Who opened it?")
    (True, False)
    """
    return _BEFORE_OR_AFTER.search(question) is not None


def _as_job(asked: re.Match[str]) -> str:
    be, whose = "is" if asked["do"].lower() == "does" else "was", "his" if asked["who"].lower() == "he" else "her"
    return f"what {be} {whose} job"


def bare_interpretations(question: str) -> list[str]:
    """Return the interpretations of a follow-up `question` that refer to no earlier turn; the last is itself.

    A question for where or when, and nothing else, may mean the place or time of the event as a whole.
    """
    bare = plain(question)
    return [f"{bare} {_IT_HAPPENED}", question] if _SCENE.match(bare) else [question]


def known(question: str, turns: Sequence[Turn]) -> list[str]:
    """Return the answers of `turns` that `question` does not ask for again.

    "What about" excludes the last answer. "Who else" excludes all answers to "who" since the last question that was
    not a follow-up.

    Args:
        question: as it was typed.
        turns: nearest first.
    """
    bare = plain(question)
    if asks_about_another(bare):
        excluded = [turn.answer for turn in turns[:1]]
    elif ELSE.search(bare):
        begun = next((number for number, turn in enumerate(turns, start=1) if not is_follow_up(turn.typed)), len(turns))
        excluded = [turn.answer for turn in turns[:begun] if asking_word(turn.asked) == asking_word(bare)]
    else:
        excluded = []
    return [answer for answer in excluded if answer]


def _asked_about(part: str, turns: Sequence[Turn]) -> Iterator[str]:
    """Yield the questions of `turns` with `part` in place of what it resembles, or after them."""
    for turn in turns:
        asked = plain(turn.asked)
        if (then := _THEN.fullmatch(part)) and _BEFORE_OR_AFTER.search(asked):
            yield _BEFORE_OR_AFTER.sub(then["when"].lower(), asked, count=1)
        if not _begins(part, PREPOSITIONS):
            yield from (asked.replace(old, part, 1) for old in _alike(part, parts(asked))[:2])
        if asked.lower().startswith("who "):
            yield f"{asked[:3]} of {part}{asked[3:]}"
        yield f"{asked}, {part}"


def _alike(part: str, named: Sequence[str]) -> Sequence[str]:
    """Return those of `named` that `part` may replace: a name replaces names or else things; other parts, any."""
    if not is_name(_bare(part)):
        return named
    return [old for old in named if is_name(_bare(old))] or [old for old in named if _bare(old) != old]


def _bare(named: str) -> str:
    """Return `named` without its article."""
    first, _, rest = named.partition(" ")
    return rest if rest and first.lower() in ARTICLES else named


def _with_antecedents(question: str, turns: Sequence[Turn]) -> Iterator[str]:
    """Yield `question` with each of its pronouns replaced by what it may mean."""
    pronouns = free_pronouns(question)
    for antecedent in _antecedents(pronouns[0][0].lower(), turns):
        completed = question
        for pronoun in reversed(pronouns):
            completed = _replaced(completed, pronoun, antecedent)
        yield completed


def _replaced(question: str, pronoun: re.Match[str], antecedent: str) -> str:
    """Return `question` with `antecedent` in place of `pronoun`, and simple mistakes of grammar corrected."""
    word, before, after = pronoun[0].lower(), question[: pronoun.start()], question[pronoun.end() :]
    owned = _OWNED.match(after)
    if word == "there":
        return f"{before}there at {antecedent}"
    if word in ("its", "their") and owned:
        return f"{before}the {owned[1]} of {antecedent}{after[owned.end() :]}"
    if word in OWNERS and owned:
        return f"{before}{antecedent}'s{after}"
    return f"{before}{antecedent}{after}"


def _antecedents(pronoun: str, turns: Sequence[Turn]) -> Iterator[str]:
    """Yield what `pronoun` may mean, the nearest turn first: its answer, and what its question was about."""
    found: list[str] = []
    for turn in turns:
        if _fits(pronoun, turn):
            found.append(turn.answer)
        named = parts(plain(turn.asked))
        if pronoun in PERSONS:
            is_sought = asking_word(turn.asked) == "who" and not turn.answer  # the person whom nobody named
            found += named[:1] if is_sought else [part for part in named if is_name(part)]
        elif pronoun == "there":
            found += [part for part in named if is_name(part) or _begins(part, ARTICLES)][:1]
        else:
            found += named[:2]
    yield from found or [part for turn in turns for part in parts(plain(turn.asked))[:1]]


def _fits(pronoun: str, turn: Turn) -> bool:
    """Return whether `pronoun` may mean the answer of `turn`, because that names what the question asked for."""
    words = turn.answer.split()
    if not words or len(words) > _LONGEST_ANTECEDENT or "," in turn.answer or PARTICIPLE.match(words[0]):
        return False
    if _CLAUSE.match(turn.answer):
        return pronoun in ("it", "this", "that")
    asked = asking_word(turn.asked)
    if pronoun in PERSONS:
        # "Which party is he from?" keeps the referent of "he" (Grosz, Joshi & Weinstein, 1995).
        is_about_person = any(found[0].lower() in PERSONS for found in free_pronouns(turn.typed))
        is_person = asked in ("what", "which") and is_name(turn.answer) and not is_about_person
        return is_person or asked in ("who", "whom", "whose")
    if pronoun == "there":
        return asked == "where" or _begins(turn.asked, PREPOSITIONS)
    if pronoun in ("it", "its"):
        return asked in ("what", "which")
    return asked in ("what", "which", "who", "whom", "whose")


def _completed(fragment: str, turn: Turn) -> str:
    """Return `fragment` with the rest of the turn's question, whose answer replaces what the question asked for."""
    asked = plain(turn.asked)
    asking_now = ASKING.match(fragment)
    if asking_now and asking_now[0].lower() in ("who", "what") and fragment[asking_now.end() :].strip():
        return ", ".join([fragment, *parts(asked)[:1]])  # "who won" and "what happened" have a verb
    return completed(fragment, asked, turn.answer)


def _nearest_first(fragment: str, turns: Sequence[Turn]) -> Sequence[Turn]:
    """Return `turns`, nearest first; for "who else", those that asked who before the others."""
    if not ELSE.search(fragment):
        return turns
    return sorted(turns, key=lambda turn: asking_word(turn.asked) != asking_word(fragment))


def _begins(question: str, words: Sequence[str]) -> bool:
    return question.lower().partition(" ")[0] in words


def _counted(rest: str, turns: Sequence[Turn]) -> Iterator[str]:
    """Yield "how many" and `rest`, with what was counted or named before in between."""
    for turn in turns:
        asked = plain(turn.asked)
        named = parts(asked)
        counted = re.search(r"\bhow many (\w+)", asked, re.IGNORECASE)
        for thing in [counted[1]] if counted else named:
            if _PLURAL.search(thing):
                yield f"how many {_bare(thing)} {rest}"
                yield from (f"how many {_bare(thing)} {rest}, {part}" for part in named[:1] if part != thing)
