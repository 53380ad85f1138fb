"""What a text says about a question for yes or no: the whole sentence that bears on it, and what disputes it."""

import math
import re
from collections.abc import Sequence

from index import Kind, Passage, Span
from index.text.sentences import sentences
from index.text.words import content_words
from qa.english.grammar import one_of
from qa.english.stance import NEGATED, UNDONE
from qa.english.verbs import IRREGULAR, IRREGULAR_PARTICIPLES
from qa.explain.rejoinder import with_rejoinder

_NOT_SO = re.compile(rf"{NEGATED.pattern}|{UNDONE.pattern}", re.IGNORECASE)

_BASES = IRREGULAR | IRREGULAR_PARTICIPLES

_FORMS = re.compile(one_of(_BASES), re.IGNORECASE)

FOUND = 0.15
"""Bonus, in shares of the question's words, of the sentence in which the reader finds its answer."""

_WEIGHT_SHARE, _WEIGHT_CONFIDENCE, _INTERCEPT = 6.0, 0.5, -4.0
"""The log odds that a sentence bears on the question: weights of the share of the question's words that it holds, and
of the log odds of the reader's answer in it. Chosen on the development half of `evaluation/forms/yes-no.jsonl`."""


NEUTRAL = 0.5
"""The reader's confidence where it does not count: it was trained to find what is stated, and not who speaks."""


def bearing_on(question: str, passage: Passage, found: Span) -> tuple[Span, float]:
    """Return the sentence of `passage` that bears on `question` most, with what disputes it, and how much it bears.

    A heading states nothing.

    Args:
        question: can be answered by yes or no.
        passage: where to look.
        found: what the reader takes for the answer.

    Returns:
        The span in the passage, and the share, in [0, 1], of the question's content words that it holds.
    """
    text, document = passage.text, passage.document
    all_sentences = sentences(text, passage.breaks)
    kinds = [document.block(passage.span.start + each.start).kind for each in all_sentences]
    said = [each for each, kind in zip(all_sentences, kinds, strict=True) if kind is not Kind.HEADING]
    whole = said or all_sentences

    def bears(sentence: Span) -> tuple[float, float]:
        share = share_of(question, text[sentence.start : sentence.end])
        is_found = sentence.overlaps(found)
        return share + FOUND * is_found, share

    best = max(whole, key=lambda sentence: bears(sentence)[0])
    return with_rejoinder(text, best, whole), bears(best)[1]


def says_not(question: str, text: str, sentence: Span, breaks: Sequence[int] = ()) -> Span | None:
    """Return the sentence of `text` that says that what `question` takes for granted was not so, or not done.

    Args:
        question: asks for a time, a place, a person...
        text: a passage.
        sentence: the sentence of the answer. It must not hold the verb that the other sentence negates.
        breaks: ascending offsets into `text` at which blocks end.

    >>> says_not("When did the lift fall?", "Lift, 2 May. The lift did not fall.", Span(0, 12))
    Span(start=13, end=35)
    """
    asked = set(content_words(question))
    if len(asked) < 2 or _NOT_SO.search(question) or not _NOT_SO.search(text):
        return None
    open_words = asked - set(content_words(text[sentence.start : sentence.end]))
    for each in sentences(text, breaks):
        if share_of(question, text[each.start : each.end]) == 1 and not each.overlaps(sentence):
            negated = (
                content_words(text[found.end() : each.end]) for found in _NOT_SO.finditer(text, each.start, each.end)
            )
            if any(words and words[0] in open_words for words in negated):
                return each
    return None


def statement_confidence(share: float, confidence: float) -> float:
    """Return the probability, in [0, 1], that a sentence bears on a question for yes or no.

    Args:
        share: the share, in [0, 1], of the question's content words that the sentence holds.
        confidence: the reader's, in [0, 1], in what it finds in the passage.
    """
    bounded = min(max(confidence, 1e-6), 1 - 1e-6)
    odds = _WEIGHT_SHARE * share + _WEIGHT_CONFIDENCE * math.log(bounded / (1 - bounded)) + _INTERCEPT
    return 1 / (1 + math.exp(-odds))


def share_of(question: str, words: str) -> float:
    """Return the share, in [0, 1], of the content words of `question` that `words` hold."""
    asked = set(content_words(in_base_form(question)))
    held = set(content_words(in_base_form(re.sub(r"[-–/]", " ", words))))
    return len(asked & held) / len(asked) if asked else 0.0


def in_base_form(words: str) -> str:
    """Return `words` with the verb in place of each irregular past tense and participle, which no stem tells.

    >>> in_base_form("She never wrote what was chosen")
    'She never write what was choose'
    """
    return _FORMS.sub(lambda form: _BASES[form[0].lower()], words)
