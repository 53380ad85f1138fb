"""The sentence of a passage that comes nearest to a question which the documents do not answer."""

from collections.abc import Iterator

from index import Kind, Passage, Span
from index.text.sentences import sentences
from qa.explain.statement import share_of


def nearest_sentence(question: str, passage: Passage, found: Span) -> Span:
    """Return the whole sentence of `passage` that holds most words of `question`.

    Of several, it is the one whose heading holds most, and then the one with `found`. A heading itself is none, unless
    the passage has nothing else.

    Args:
        question: as it is asked of the documents.
        passage: the passage.
        found: what a reader takes for the answer.

    Returns:
        The offsets of the sentence in the passage.

    >>> from index import Document
    >>> text = Document("It rains. The bridge is red.", "note")
    >>> nearest_sentence("How old is the bridge?", Passage(text, Span(0, 28)), Span(0, 2))
    Span(start=10, end=28)
    """
    text = passage.text
    under = list(_under_headings(passage))
    shares = {
        sentence: (share_of(question, text[sentence.start : sentence.end]), share_of(question, heading))
        for sentence, heading in under
    }
    return max(shares, key=lambda each: (*shares[each], each.overlaps(found)))


def _under_headings(passage: Passage) -> Iterator[tuple[Span, str]]:
    """Yield the sentences of `passage`, each with the heading above it; the headings, if there is nothing else."""
    whole = sentences(passage.text, passage.breaks)
    kinds = {each: passage.document.block(passage.span.start + each.start).kind for each in whole}
    only_headings = all(kind is Kind.HEADING for kind in kinds.values())
    heading = ""
    for each in whole:
        if kinds[each] is Kind.HEADING and not only_headings:
            heading = passage.text[each.start : each.end]
        else:
            yield each, heading
