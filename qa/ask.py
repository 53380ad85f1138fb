"""The whole pipeline: search, read, answer."""

from index import Collection, Encoder, Passage, Span, sentences
from qa.answer import Answer, Citation
from qa.article import article_collection

PASSAGES_READ = 5
"""Passages that are read for an answer and shown with it."""


def ask(question: str, collection: Collection | None = None) -> Answer:
    """Answer `question` from the documents of `collection`, or without one from the bundled article.

    The answer is the sentence of the best passage that is most like the question. Its confidence is their cosine, 0 if
    that is negative: it orders answers, but is not the share of them that is right.

    Raises:
        UnusableQuestion: `question` holds no word or is too long.
        UnusableCollection: the collection is damaged, or another process has been changing it for a minute.
        UnusableModel: the model that encodes the question cannot be loaded.
    """
    collection = article_collection() if collection is None else collection
    hits = collection.search(question, PASSAGES_READ)
    if not hits:
        return Answer(question, citations=(), passages=(), confidence=0.0)
    citation, cosine = _best_sentence(question, hits[0].passage, collection.encoder)
    return Answer(question, (citation,), tuple(hits), confidence=min(max(cosine, 0.0), 1.0))


def _best_sentence(question: str, passage: Passage, encoder: Encoder) -> tuple[Citation, float]:
    """Return the sentence of `passage` that is most like `question`, and the cosine of the two."""
    spans = sentences(passage.text)
    texts = [passage.text[span.start : span.end] for span in spans]
    cosines = encoder.encode_passages(texts) @ encoder.encode_question(question)
    best = int(cosines.argmax())
    start = passage.span.start
    return Citation(passage.document, Span(start + spans[best].start, start + spans[best].end)), float(cosines[best])
