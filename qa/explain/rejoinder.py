"""What a text says next to a statement that takes it back, answers it or disputes it."""

import re
from collections.abc import Sequence

from index.document import Span
from qa.english.stance import ASKED, DENIED, NEGATED, OUTCOME, PLANNED, REPLIED

_MOST = 2
"""Sentences after a statement that may belong to it."""

_NEAR = 3
"""Sentences after a proposal in which its outcome is searched for."""

_PROPOSES = re.compile(r"\b(?:propos|suggest|recommend|request|appl|mov)(?:y|ied|e|es|ed)\b", re.IGNORECASE)

_REFERS = re.compile(
    r"\b(?:it|this|that|so|he|she|they|them|him|her|such|there|neither|otherwise)\b"
    r"|\b(?:did|does|do|is|are|was|were|has|have|had|would|will|could|can)(?:\s+not|n[’']t)\s*[.!;,]",
    re.IGNORECASE,
)
"""A word that means what was said before, or a verb that is left out because it was."""

_SHORT = re.compile(r"(?:[\w .]{1,40}:\s+)?(?:yes|no|nobody|never|not at all|of course|certainly)\b", re.IGNORECASE)


_QUESTION_FIRST = re.compile(r"[^.!?]*\?[\"”’)]*\s+")


def with_rejoinder(text: str, sentence: Span, all_sentences: Sequence[Span]) -> Span:
    """Return `sentence`, extended over the sentences after it that answer or dispute it.

    Args:
        text: the text of the sentences.
        sentence: one or more of `all_sentences`.
        all_sentences: the sentences of `text`, first to last.

    >>> text = "The light failed, she says. It did not fail. It was windy."
    >>> with_rejoinder(text, Span(0, 27), [Span(0, 27), Span(28, 44), Span(45, 58)])
    Span(start=0, end=44)
    """
    after = [each for each in all_sentences if each.start >= sentence.end][:_MOST]
    end, is_open = sentence.end, is_question(text[sentence.start : sentence.end])
    for each in after:
        words = text[each.start : each.end]
        if not (is_open or (_REFERS.search(words) and _disputes(words))):
            break
        end, is_open = each.end, bool(_SHORT.match(words)) and len(words.split()) <= 5
    return Span(sentence.start, max(end, _outcome(text, sentence, all_sentences)))


def _outcome(text: str, sentence: Span, all_sentences: Sequence[Span]) -> int:
    """Return where the text says what became of the proposal or request in `sentence`; its end, if it does not.

    >>> text = "Ann asked whether they might go. Bo agreed. The proposal was rejected."
    >>> _outcome(text, Span(0, 32), [Span(0, 32), Span(33, 43), Span(44, 70)])
    70
    """
    if not any(words.search(text, sentence.start, sentence.end) for words in (ASKED, PLANNED, _PROPOSES)):
        return sentence.end
    paragraph = text.find("\n", sentence.end)
    after = [each for each in all_sentences if each.start >= sentence.end and (paragraph < 0 or each.start < paragraph)]
    told = (each.end for each in after[:_NEAR] if OUTCOME.search(text, each.start, each.end))
    return next(told, sentence.end)


def is_question(sentence: str) -> bool:
    """Return whether `sentence` ends with a question mark, and marks that close a quotation, an aside or emphasis.

    >>> is_question("**Is it free?**"), is_question("It is free.")
    (True, False)
    """
    return sentence.rstrip('"”’)*_ \n').endswith("?")


def _disputes(words: str) -> bool:
    return any(pattern.search(words) for pattern in (DENIED, NEGATED, REPLIED))


def without_question(text: str, span: Span) -> Span:
    r"""Return `span` from behind the question with which it begins, if a reply follows it there.

    >>> text = "Is it open?\n\nA: It is."
    >>> without_question(text, Span(0, 22)), without_question(text, Span(0, 11))
    (Span(start=13, end=22), Span(start=0, end=11))
    """
    question = _QUESTION_FIRST.match(text, span.start, span.end)
    return Span(question.end(), span.end) if question and question.end() < span.end else span
