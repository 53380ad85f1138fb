"""The reply to a question that a document itself asks, as interviews and lists of frequent questions do."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.document import Span
from index.text.sentences import sentences
from index.text.words import content_words

_ASKS = re.compile(r"\?[\"”’)*_\s]*\Z")

_LABEL = re.compile(r"\s*(?:A|Answer)\s?:\s+")

_LEAST_SHARE = 0.75
"""Least share of the words of either question that the other holds."""


def reply_to(question: str, text: str, breaks: Sequence[int] = ()) -> Span | None:
    """Return the first sentence of the reply to `question`, if `text` asks the same in nearly the same words.

    >>> text = "Who runs it? The council. Ann Lee leads it."
    >>> reply_to("who runs it", text), reply_to("Who leads it?", text)
    (Span(start=13, end=25), None)

    Args:
        question: as it is asked of the documents.
        text: a passage.
        breaks: ascending offsets into `text` at which blocks end.
    """
    asked = set(content_words(question))
    for each, following in pairwise(sentences(text, breaks)):
        is_asked = asked and _ASKS.search(text, each.start, each.end)
        if is_asked and not _ASKS.search(text, following.start, following.end):
            words = set(content_words(text[each.start : each.end]))
            if len(asked & words) >= _LEAST_SHARE * max(len(asked), len(words)):
                label = _LABEL.match(text, following.start)
                return Span(label.end() if label else following.start, following.end)
    return None
