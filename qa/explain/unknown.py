"""Where a document says that it does not know: that something could not be found, or that somebody would not say."""

import re
from collections.abc import Sequence

from index.document import Span
from index.text.sentences import sentences
from index.text.words import content_words
from qa.english.grammar import ASKING, OWNERS, PERSONAL_PRONOUNS, PERSONS, one_of
from qa.english.measures import NOUNS_OF
from qa.english.stance import UNKNOWN
from qa.english.verbs import SAYING
from qa.explain.rejoinder import with_rejoinder
from qa.explain.statement import NEUTRAL, share_of, statement_confidence

_LEAST_SHARE = 0.6
"""Least share of the question's content words, and of those that are no names, that such a sentence holds."""

_SHORT = 8
"""Words of a sentence that can say no more than that something is not known."""

_HOW = re.compile(rf"\bhow ({'|'.join(NOUNS_OF)})\b", re.IGNORECASE)

_HOW_MUCH = re.compile(r"\bhow (?:much|many) (?:money|time|people|of)\b", re.IGNORECASE)

_PRONOUN = re.compile(
    rf"\A{one_of(OWNERS)}|{one_of(word for word in PERSONAL_PRONOUNS if word not in (*PERSONS, *OWNERS))}",
    re.IGNORECASE,
)
"""A pronoun that means a thing, or several. An owner's means the subject, unless it comes first."""

_CLAUSE = re.compile(r",?\s+(whether|if|who|when|where|why|how|what|which)\b", re.IGNORECASE)
"""The clause right behind such words that says what is not known."""

_OPEN = {"what", "which", "whose", "whom", "whether", "if"}
"""Words of clauses that may leave open whatever is asked: whether it was, what it was."""

_WHETHER = re.compile(rf"(?:{UNKNOWN.pattern}) (?:whether|if)\b", re.IGNORECASE)
"""Words that say fully what is not known."""

_ASKS_WHO_SAID = re.compile(rf"\bwho (?:\w+ )?(?:{'|'.join(SAYING)})", re.IGNORECASE)


def said_to_be_unknown(question: str, text: str, breaks: Sequence[int] = ()) -> tuple[Span, float] | None:
    """Return the sentence of `text` that says that the answer to `question` is not known, and a confidence in [0, 1].

    >>> said_to_be_unknown("Where is the key?", "The key has never been found. It was iron.")
    (Span(start=0, end=29), 0.8807970779778823)
    """
    whole = sentences(text, breaks)
    unknown = [each for each in whole if _leaves_open(question, text, each)]
    asked = _HOW_MUCH.sub("", _HOW.sub(lambda found: f"{NOUNS_OF[found[1].lower()]} ", question))
    nameless = " ".join(word for word in re.findall(r"\w+", asked) if not word[0].isupper())
    if not content_words(nameless) or _ASKS_WHO_SAID.search(asked):
        return None
    told = {each: _told(asked, text, each, whole) for each in unknown}
    shares = {each: min(share_of(asked, words), share_of(nameless, words)) for each, words in told.items()}
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < _LEAST_SHARE:
        return None
    return with_rejoinder(text, best, whole), statement_confidence(shares[best], NEUTRAL)


def _leaves_open(question: str, text: str, sentence: Span) -> bool:
    """Return whether `sentence` says that something is not known, and it may be what `question` asks.

    >>> _leaves_open("When was it sold?", text := "It is not known why it was sold.", Span(0, 32))
    False
    >>> _leaves_open("Why was it sold?", text, Span(0, 32))
    True
    """
    found = UNKNOWN.search(text, sentence.start, sentence.end)
    clause = _CLAUSE.match(text, found.end(), sentence.end) if found else None
    asking = ASKING.match(question.lstrip())
    if not clause or not asking:
        return found is not None
    words = {(asking["word"] or asking["how"]).lower(), clause[1].lower()}
    return len(words) == 1 or bool(words & _OPEN)


def _told(asked: str, text: str, sentence: Span, whole: Sequence[Span]) -> str:
    """Return the words of `sentence`, and, if it refers to the sentence before it with a pronoun, of that too.

    It must be short, or hold one of the words that are `asked`. Otherwise it speaks of something else.
    """
    words = text[sentence.start : sentence.end]
    is_near = not _WHETHER.search(words) and (len(words.split()) <= _SHORT or share_of(asked, words) > 0)
    before = max((each.start for each in whole if each.end <= sentence.start), default=sentence.start)
    return text[before : sentence.end] if is_near and _PRONOUN.search(words) else words
