"""Words in their indexed form, content words, and pairs of neighbouring words."""

import re
import string
from collections.abc import Set
from functools import cache
from itertools import pairwise

import tantivy

FUNCTION_WORDS = """
a about above across after again against all almost along already also although always am among an and another any
anybody anyone anything are aren around as aside at away be became because become been before began behind being below
beside besides between both but by call came can cannot could couldn did didn do does doesn doing don done down during
each either else enough etc even ever every everybody everyone everything except few for from gave get gets give given
go goes going gone got had hadn happen has hasn have haven having he her here hers herself him himself his how however
i if in instead into is isn it its itself just know known least less let like ll made make many may maybe me might mine
more most much must my myself near neither never no nobody none nor not nothing now of off often on once one only onto
or other others ought our ours out over own per perhaps please put quite rather re really said same say says shall she
should shouldn show since so some somebody someone something soon still such take tell than that the their theirs them
themselves then there these they thing think this those though through thus till to together too took toward towards
under unless until up upon us ve very via want wanted was wasn way we went were weren what whatever when where whether
which while who whoever whole whom whose why will with within without won would wouldn yet you your yours yourself
amount date kind kinds many much name named number percent percentage reason sort time type types year years
"""
"""Words that form a question and do not tell its topic.

The last line, and verbs such as `happen`, describe the kind of answer, which the answering text words differently. In
`squad-train` these are the question words that occur least often in the article with the answer.
"""


Term = str | tuple[str, str]
"""A word, or a pair of neighbouring words."""


def words(text: str) -> list[str]:
    """Return the words of `text` in order and in their indexed form: lower-case, folded to ASCII, and stemmed."""
    found: list[str] = analyzer().analyze(text)
    return found


def content_words(text: str) -> list[str]:
    """Return the content words of `text` in order and in their indexed form."""
    return [word for word in words(text) if word not in _function_words()]


def terms(text: str) -> set[Term]:
    """Return the distinct words of `text`, and its distinct pairs of neighbouring words."""
    found = words(text)
    return {*found, *pairwise(found)}


def content_terms(text: str) -> set[Term]:
    """Return the terms of `text` that contain at least one content word.

    >>> sorted(content_terms("Who sailed to Mali?"), key=str)
    [('sail', 'to'), ('to', 'mali'), ('who', 'sail'), 'mali', 'sail']
    """
    content = set(content_words(text))
    return content | {pair for pair in pairwise(words(text)) if not content.isdisjoint(pair)}


def overlap(asked: Set[object], held: Set[object]) -> float:
    """Return the share of `asked` that is also in `held`, in [0, 1]. It is 1 if `asked` is empty."""
    return len(asked & held) / len(asked) if asked else 1.0


def content_parts(question: str) -> dict[str, set[str]]:
    """Return each word of `question`, as typed and in order, with the content words that it consists of.

    >>> content_parts("Who paid INTERPOL's staff?")
    {'Who': set(), 'paid': {'paid'}, 'INTERPOL': {'interpol'}, 'staff': {'staff'}}
    """
    typed = (re.sub(r"^\W+|\W+$|['’]s\W*$", "", word) for word in question.split())
    return {word: set(content_words(word)) for word in typed}


@cache
def _function_words() -> frozenset[str]:
    """Return the stemmed `FUNCTION_WORDS` and the single letters."""
    return frozenset(words(FUNCTION_WORDS)) | frozenset(string.ascii_lowercase)


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Return what turns a text into words in their indexed form."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
