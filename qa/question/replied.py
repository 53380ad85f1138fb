"""The reply to a question that a document itself asks, as interviews and lists of frequent questions do."""

import re
from collections.abc import Sequence
from itertools import takewhile

from index.document import Span
from index.text.sentences import sentences
from index.text.words import content_words
from qa.english.grammar import ASKING
from qa.explain.rejoinder import is_question

_LABEL = re.compile(r"\s*(?:A|Answer)\s?:\s+")

_LEAST_SHARE = 0.75
"""Least share of the words of either question that the other holds."""

_LONGEST = 300
"""Longest reply, in code points; of a longer one, the first sentences."""


def reply_to(question: str, text: str, breaks: Sequence[int] = ()) -> Span | None:
    """Return the reply to `question`, if `text` asks for the same in nearly the same words.

    >>> text = "Who runs it? The council. Ann Lee leads it. Is it free?"
    >>> reply_to("who runs it", text), reply_to("Who leads it?", text)
    (Span(start=13, end=43), None)

    Args:
        question: as it is asked of the documents.
        text: a passage.
        breaks: ascending offsets into `text` at which blocks end.
    """
    asked, whole = set(content_words(question)), sentences(text, breaks)
    for number, each in enumerate(whole, start=1):
        words = text[each.start : each.end]
        if asked and is_question(words) and _asks_for_same(question, words):
            replies = [*takewhile(lambda reply: not is_question(text[reply.start : reply.end]), whole[number:])]
            return _joined(text, replies, breaks) if replies else None
    return None


def _joined(text: str, replies: Sequence[Span], breaks: Sequence[int]) -> Span:
    """Return the first of `replies` and those behind it in the same block, without the label of their turn."""
    start = replies[0].start
    most = min([start + _LONGEST, *(at for at in breaks if at > start)])
    label = _LABEL.match(text, start)
    return Span(
        label.end() if label else start, max(each.end for each in replies if each.end <= most or each.start == start)
    )


def _asks_for_same(question: str, other: str) -> bool:
    """Return whether two questions have the same question word, or none, and nearly the same content words."""
    first, second = (found[0].lower() if (found := ASKING.search(each)) else "" for each in (question, other))
    one, two = set(content_words(question)), set(content_words(other))
    return first == second and len(one & two) >= _LEAST_SHARE * max(len(one), len(two))
