"""The sentence of a passage that comes nearest to a question which the documents do not answer."""

from collections.abc import Sequence

from index.document import Span
from index.text.sentences import sentences
from qa.explain.statement import share_of


def nearest_sentence(question: str, text: str, found: Span, breaks: Sequence[int] = ()) -> Span:
    """Return the whole sentence of `text` that holds most words of `question`; of several, that with `found`.

    Args:
        question: as it is asked of the documents.
        text: a passage.
        found: what a reader takes for the answer.
        breaks: ascending offsets into `text` at which blocks end.

    >>> nearest_sentence("How old is the bridge?", "It rains. The bridge is red.", Span(0, 2))
    Span(start=10, end=28)
    """
    return max(
        sentences(text, breaks),
        key=lambda each: (
            share_of(question, text[each.start : each.end]),
            each.overlaps(found),
        ),
    )
