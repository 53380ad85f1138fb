"""The parts of an English question, and whether it is a follow-up, by closed word classes alone."""

import re
from collections.abc import Iterator

from index.text.dates import MONTHS, WEEKDAYS
from qa.english.grammar import (
    ARTICLES,
    ASKING,
    AUXILIARIES,
    CLOSED_CLASS,
    DOING,
    JOINING,
    OWNERS,
    PERSONAL_PRONOUNS,
    PERSONS,
    PREPOSITIONS,
    one_of,
)
from qa.english.verbs import PARTICIPLES, PREDICATES

WORD = re.compile(r"[^\W_](?:[\w’'.&-]*\w)?|\$")

CONJUNCTION = re.compile(r"\s*(?:(?:and|but|or|so|then|also|plus)\b|&),?\s*", re.IGNORECASE)

ABOUT = re.compile(r"(?:what|how) about\s+(?=\w)", re.IGNORECASE)

ELSE = re.compile(r"\belse\b|\bany others?\b|\bthe others\b", re.IGNORECASE)

_ELSE_THAN = re.compile(
    r"\b(?:besides|other than|aside|apart|along with|in addition|outside|than \w+ else|every\w+ else)\b", re.IGNORECASE
)

COUNT = re.compile(rf"how many (?={one_of(AUXILIARIES)})", re.IGNORECASE)
"""A question for a number of things that it does not name."""

_DEMONSTRATIVE = re.compile(
    r"\b(?:this|these)\b|\b(?:that|those)\W*$"
    rf"|(?:{one_of(AUXILIARIES)}|{one_of(PREPOSITIONS)}) (?:that|those) \w+\W*$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(one_of(PERSONAL_PRONOUNS), re.IGNORECASE)

_EMPTY_IT = re.compile(r"it\s+(?:\w+\s+)+?(?:to|that|when|if|for)\b", re.IGNORECASE)
"""An "it" that refers to what follows: how long does it take to..."""

_THERE = re.compile(r"\bthere(?=\W*$)", re.IGNORECASE)

_COUNTED = re.compile(r"how (?:many|much)\b", re.IGNORECASE)
"""A question that may end in a "there" that is no place: how many kinds are there?"""

_CLAUSE = re.compile(r"\b(?:that|when|if|because|before|after|while|as|who|which|although|since|so)\b", re.IGNORECASE)

HEAD = re.compile(rf"\b(?:the|a|an)\s+\w+\s+{one_of(PREPOSITIONS)}\s*$", re.IGNORECASE)
"""A noun that the pronoun after it modifies, and so cannot mean: the name of its..."""

_NAMED = re.compile(r"\b(?:the|a|an)\s+\w+", re.IGNORECASE)

PARTICIPLE = re.compile(rf"(?:[a-z]+ed|{'|'.join(PARTICIPLES)})\Z")
"""A participle; Fred and Ahmed are names."""

PREDICATE = re.compile(rf"(?:{PARTICIPLE.pattern}|{'|'.join(PREDICATES)})\Z")
"""A participle, or an adjective that is a predicate."""

TIME = re.compile(rf"(?:\W|\d|(?<=\d)(?:st|nd|rd|th)\b|{'|'.join((*WEEKDAYS, *MONTHS))})+", re.IGNORECASE)
"""Text of nothing but days, dates and numbers."""

_ASKED_FOR_TIME = re.compile(
    r"\W*(?:is|was|(?:\w+ )?(?:days?|dates?|years?|months?|times?|ages?|numbers?|scores?))\b", re.IGNORECASE
)


def is_follow_up(question: str) -> bool:
    """Return whether `question` cannot be understood without earlier questions.

    A follow-up begins with "and" or "what about", asks who else, lacks its verb, or has a pronoun that refers to
    nothing before it in the question. The words of the question alone decide; no model is needed.
    """
    bare = plain(question)
    return bool(
        CONJUNCTION.match(question)
        or asks_about_another(bare)
        or is_fragment(bare)
        or COUNT.match(bare)
        or (ELSE.search(bare) and not _ELSE_THAN.search(bare))
        or _DEMONSTRATIVE.search(bare)
        or free_pronouns(bare)
    )


def plain(question: str) -> str:
    """Return `question` without "and" before it and the question mark, and with "is" in full.

    >>> plain("And who's the president?")
    'who is the president'
    """
    bare = CONJUNCTION.sub("", question.strip(), count=1) if CONJUNCTION.match(question) else question.strip()
    return re.sub(r"^(who|what|where|when|how|why)['’]s\b", r"\1 is", bare.rstrip(" ?!."), flags=re.IGNORECASE)


def asks_about_another(question: str) -> bool:
    """Return whether `question` only names a new topic for the last one: what about Lee, according to Lee, Lee."""
    return bool(ABOUT.match(question)) or (is_fragment(question) and not ASKING.search(question))


def is_fragment(question: str) -> bool:
    """Return whether `question`, in plain form, has too few words to be a sentence."""
    words = [word.lower() for word in WORD.findall(question)]
    if any(word in AUXILIARIES or re.search(r"['’](?:s|re|d|ll|ve)$", word) for word in words):
        return False
    content = [word for word in words if word not in CLOSED_CLASS]
    if asking := ASKING.match(question):
        return len(content) <= (2 if words[0] in PREPOSITIONS else 1) or not question[asking.end() :].strip()
    return bool(words) and not ASKING.search(question) and len(words) <= (7 if words[0] in PREPOSITIONS else 3)


def is_bare(question: str) -> bool:
    """Return whether a follow-up names nothing of its own: why? by whom? who else? and the other? what about Lee?

    >>> is_bare("Since when?"), is_bare("and Lee?"), is_bare("who founded the club in 1905?")
    (True, True, False)
    """
    bare = plain(question)
    return asks_about_another(bare) or is_fragment(bare)


def free_pronouns(question: str) -> list[re.Match[str]]:
    """Return the pronouns of `question` that refer to something outside it, first to last."""
    there = None if _COUNTED.match(question) else _THERE.search(question)
    personal = [
        pronoun
        for pronoun in _PERSONAL.finditer(question)
        if not _EMPTY_IT.match(question, pronoun.start())
        and not _is_bound(pronoun[0].lower(), question[: pronoun.start()])
    ]
    return personal + ([there] if there else [])


def asking_word(question: str) -> str:
    """Return the first question word in lower case; empty if there is none."""
    asking = ASKING.search(question)
    return (asking["word"] or asking["how"]).lower() if asking else ""


def is_name(text: str) -> bool:
    """Return whether `text` begins like a name."""
    return text[0].isupper() and text.lower() not in CLOSED_CLASS


def parts(question: str) -> list[str]:
    """Return what `question`, in plain form, names: first names and things with an article, then all else, in order.

    >>> parts("how many pilgrims from Mali died in the stampede of 2006")
    ['Mali', 'the stampede of 2006', 'pilgrims']
    """
    asking = ASKING.match(question)
    rest = question[asking.end() if asking else 0 :].strip()
    if asking and asking[0].lower() in ("who", "what") and not re.match(rf"(?:\S+ )?{one_of(AUXILIARIES)}", rest):
        rest = rest.partition(" ")[2]  # who opened..., what caused...: a verb
    chunks = list(_chunks(rest))
    named = [chunk for chunk in chunks if is_name(chunk) or chunk.split()[0].lower() in ARTICLES]
    return named + [chunk for chunk in chunks if chunk not in named]


def answers_kind(question: str, answer: str) -> bool:
    """Return whether `answer` is of the kind that `question` asks for; only days and numbers are told apart.

    >>> answers_kind("in which city?", "Wednesday"), answers_kind("on what day?", "Wednesday")
    (False, True)
    >>> answers_kind("in which city was it held?", "Wednesday"), answers_kind("what was the score?", "12")
    (False, True)
    """
    asking = ASKING.search(question)
    if not asking or not TIME.fullmatch(answer):
        return True
    if asking_word(question) in ("what", "which"):
        return bool(_ASKED_FOR_TIME.match(question[asking.end() :]))
    return asking_word(question) in ("when", "how", "why")


def _is_bound(pronoun: str, before: str) -> bool:
    """Return whether a pronoun may refer to the text `before` it in its question."""
    asking = ASKING.match(before)
    asked, before = (asking_word(before), before[asking.end() :]) if asking else ("", before)
    before = HEAD.sub("", before)
    words = WORD.findall(before)
    content = [word for word in words if word.lower() not in CLOSED_CLASS]
    if any(is_name(word) for word in content) or (asked and _CLAUSE.search(before)):
        return True
    if pronoun in ("he", "she"):
        return bool(content) and words[-1].lower() not in AUXILIARIES
    if pronoun in PERSONS:
        return False
    if pronoun in OWNERS and content and asked == "who":
        return True
    return bool(_NAMED.search(before)) or len(content) >= 3


def _chunks(text: str) -> Iterator[str]:
    """Yield the runs of content words, each with its article; "of" and similar prepositions join two runs."""
    run: list[re.Match[str]] = []
    has_subject_next = False
    for word in WORD.finditer(text):
        lower = word[0].lower()
        joined = bool(run) and run[-1][0].lower() in (*JOINING, "and")
        joins = bool(run) and (lower in JOINING or (lower == "and" and is_name(run[-1][0])))
        if lower not in CLOSED_CLASS or joins or (lower in ARTICLES and joined):
            run.append(word)
            continue
        yield from _named(run, text, has_subject_next)
        run = [word] if lower in ARTICLES else []
        has_subject_next |= lower in DOING
    yield from _named(run, text, has_subject_next)


def _named(run: list[re.Match[str]], text: str, has_verb: bool) -> Iterator[str]:
    """Yield what `run` names, if anything, without the verb after it and a function word at its end."""
    content = [word for word in run if word[0].lower() not in CLOSED_CLASS]
    if len(content) > 1 and content[-1][0][0].islower() and (has_verb or PREDICATE.match(content[-1][0])):
        content.pop()
    if content and not PARTICIPLE.match(content[0][0]):
        yield text[run[0].start() : content[-1].end()]
