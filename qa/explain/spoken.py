"""Who said something, and what somebody said: questions that reported speech answers."""

import re
from collections.abc import Iterator

from index import Passage, Span
from index.text.sentences import sentences
from index.text.words import content_words
from index.text.words import words as words_of
from qa.answer import Citation
from qa.english.verbs import SAYING, SAYS
from qa.explain.attribution import attribution
from qa.explain.statement import NEUTRAL, share_of, statement_confidence

_LEAST_SHARE = 0.6
"""Least share of the words that somebody is asked to have said that a sentence holds."""

_BEFORE = 120
"""Code points before a sentence in which it may be said what the sentence is about."""

_WHO_SAID = re.compile(
    rf"\W*(?:and )?who (?:(?:has|have|had|also|once|first|\w+ly) )*(?:{SAYS})\s+(?P<that>that\s+)?(?P<said>.*\w)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|should|did|does|do|may|might|\w{2,}ed)\b",
    re.IGNORECASE,
)
_WHAT_SAID = re.compile(
    rf"\W*(?:and )?what (?:else )?(?:did|does|do|has|have|had) (?P<who>.+?) (?:(?P<say>{'|'.join(SAYING)}|said|told)"
    r"|write|written|reply|replied|answer|answered)\b(?P<about>.*)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“«]|\b(?:say|said|tell|told|wrote|replied|answered|added)s?\b")
_OPENED = re.compile(r"[\"“«](?=\w)")
_WHO = re.compile(r"\W*(?:and )?who(?:m|se)?\b", re.IGNORECASE)
_OF_ONE = r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)"
_BEHIND = r"(?P<behind>[a-z][\w'’ -]*)(?=[,.;:])"
_SELF = re.compile(
    r"\b(?:I|me|my|[Ww]e|us|our|[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir|[Hh]im(?:self)?|[Hh]erself)\b"
)


def said_by(question: str, passage: Passage) -> tuple[Citation, Span, float] | None:
    """Return who says in `passage` what `question` asks for the speaker of.

    Returns:
        The words that name the speaker, the sentence in the document, and a confidence in [0, 1]. None if the question
        does not ask who said something, or nobody is named.
    """
    asked = _WHO_SAID.match(question)
    if not asked or not (asked["that"] or _VERB.search(asked["said"])):
        return None
    whole = sentences(passage.text, passage.breaks)
    best = max(whole, key=lambda each: share_of(asked["said"], _words(passage, each)))
    share = share_of(asked["said"], _words(passage, best))
    sentence = best.moved(passage.span.start)
    at = _held(asked["said"], passage.document.text, sentence)
    if share < _LEAST_SHARE or not at:
        return None
    said = attribution(passage.document, at[len(at) // 2])
    return (said.speaker, sentence, statement_confidence(share, NEUTRAL)) if said.speaker else None


def words_of_another(question: str, cited: Citation, sentence: Span) -> bool:
    """Return whether `question` asks what somebody said, and `cited` are not their words, or not about what it names.

    Args:
        question: what is asked.
        cited: the words that answer.
        sentence: the sentence that contains them; offsets into the document's text.
    """
    asked = _WHAT_SAID.match(question)
    if not asked or not asked["say"]:
        return False
    near = cited.document.text[max(0, sentence.start - _BEFORE) : sentence.end]
    is_beside = content_words(asked["about"]) and not share_of(asked["about"], near)
    return bool(is_beside) or not _says(asked["who"], cited)


def said_in(question: str, passage: Passage) -> tuple[Span, float] | None:
    """Return the sentence of `passage` in which the one says something of whom `question` asks what they said.

    Returns:
        The sentence in the passage, and a confidence in [0, 1]. What is said is about what the question names. Words
        that are quoted or said precede those that are only reported, such as whom they blame.
    """
    asked = _WHAT_SAID.match(question)
    shares = dict(_bearing(asked["about"], passage)) if asked else {}
    ranked = sorted(shares, key=lambda each: (_QUOTED.search(_words(passage, each)) is None, -shares[each]))
    for each in ranked:
        opened = _OPENED.search(passage.text, each.start, each.end)
        at = passage.span.start + (opened.end() if opened else each.end - 1)
        said = Citation(passage.document, Span(at, at + 1))
        if asked and shares[each] >= _LEAST_SHARE and _says(asked["who"], said):
            return each, statement_confidence(shares[each], NEUTRAL)
    return None


def only_says(question: str, answer: Citation, sentence: Span) -> bool:
    """Return whether `question` asks who did something, and `answer` is only the one who says that it was done.

    Args:
        question: what is asked.
        answer: the words that answer.
        sentence: the sentence that contains them; offsets into the document's text.
    """
    text = answer.document.text
    if not _WHO.match(question) or re.search(rf"\b(?:{SAYS})\b", question, re.IGNORECASE):
        return False
    held = [at for at in _held(question, text, sentence) if not at.overlaps(answer.span)]
    if not held or _SELF.search(f"{text[sentence.start : answer.span.start]} {text[answer.span.end : sentence.end]}"):
        return False
    speakers = [attribution(answer.document, at).speaker for at in held]
    return all(each and each.span.overlaps(answer.span) for each in speakers)


def _says(who: str, cited: Citation) -> bool:
    """Return whether `who`, a name or an office, says the words that are cited."""
    said = attribution(cited.document, cited.span)
    if said.speaker is None:
        return False
    name, asked = said.speaker.quote, set(content_words(who))
    if asked & set(words_of(name)):
        return True
    offices = [content_words(office) for office in _offices(name, cited.document.text)]
    return any(office and office[-1] in asked and asked <= set(office) for office in offices)


def _offices(name: str, text: str) -> Iterator[str]:
    """Yield the words with which `text` says what the bearer of `name` is: right before it, or behind a comma.

    >>> list(_offices("Ann Lee", "The harbour master, Ann Lee, left. Lee, a sailor of note, came back."))
    ['harbour master', 'sailor']
    """
    named = rf"(?:[A-Z][\w.'’-]+ )*{re.escape(name.rsplit(maxsplit=1)[-1])}\b"
    words = rf"{_OF_ONE} (?P<before>[a-z][\w'’ -]*?),? {named}|{named}, (?:{_OF_ONE} )?{_BEHIND}"
    for found in re.finditer(words, text):
        yield (found["before"] or found["behind"]).partition(" of ")[0]


def _bearing(about: str, passage: Passage) -> Iterator[tuple[Span, float]]:
    """Yield the sentences of `passage` with the share of the words of `about` that they hold; 1 if it has none."""
    is_open = not content_words(about)
    for each in sentences(passage.text, passage.breaks):
        yield each, 1.0 if is_open else share_of(about, _words(passage, each))


def _words(passage: Passage, span: Span) -> str:
    return passage.text[span.start : span.end]


def _held(asked: str, text: str, sentence: Span) -> list[Span]:
    """Return the words of a sentence that are content words of `asked`."""
    content = set(content_words(asked))
    found = re.compile(r"\w+").finditer(text, sentence.start, sentence.end)
    return [Span(*word.span()) for word in found if content & set(words_of(word[0]))]
