"""The path of a question: understand, search, rank, read, decide."""

from collections.abc import Callable, Sequence

from index import Address, Collection, DocumentIds, UnusableQuestion, opened
from index.article import article_collection
from qa.answer import Answer
from qa.decide import decide
from qa.overview.about import about_document
from qa.overview.summary import overview
from qa.overview.talk import talk
from qa.question.choice import Ranked, most_promising, worth_reading
from qa.question.understand import Asked, understand
from qa.reading.load import default_ranker, default_reader
from qa.reading.ranker import rank
from qa.reading.reader import Reader

RANKED = 10
"""Passages that the search gives to the ranker."""

ABOUT_DOCUMENTS: tuple[Callable[[Asked, Collection], Answer | None], ...] = (talk, overview, about_document)
"""What answers questions that no passage answers. Each returns None to a question that is not of its form."""


def ask(
    question: str,
    collection: Collection | Address | None = None,
    *,
    documents: DocumentIds | None = None,
    min_confidence: float | None = None,
    reader: Reader | None = None,
    ranker: Reader | None = None,
) -> Answer:
    """Answer `question` from the documents of `collection`, or from the bundled article.

    The surest answer found is given, with the sentence that proves it, if its confidence is at least `min_confidence`.
    Otherwise nothing is cited, and the passages are the most relevant ones. Misspelled words are asked as the documents
    spell them. A question about a document as a whole gets an overview.

    Args:
        question: at most 1,000 characters, with at least one word.
        collection: an open collection, or the address of one, such as a folder's path; by default the bundled article.
        documents: ids of the documents to ask, at least one; by default all.
        min_confidence: in [0, 1]; by default the reader's calibrated threshold.
        reader: reads the best passages; by default what `CITED_READER` names, or the large shipped reader.
        ranker: ranks what the search finds; by default the small shipped reader.

    Returns:
        The answer. Its `text` is empty if the documents do not answer.

    Raises:
        UnusableQuestion: `question` has no word or is too long, `documents` is empty, or `min_confidence` is not in
            [0, 1].
        UnknownDocument: one of `documents` is not in the collection.
        UnusableCollection: the collection is damaged, or another process has been changing it for a minute.
        UnusableModel: the model that encodes the question cannot be loaded.
        UnusableReader: a reader cannot be loaded, or its weights are missing or damaged.

    >>> ask("who opened the conference?").text
    'Abdel Latif Hamouchi'
    """
    check_confidence(min_confidence)
    with opened(article_collection() if collection is None else collection) as searched:
        asked = understand(question, searched, documents)
        return answer_best_of([asked], searched, min_confidence, reader, ranker)


def answer_best_of(
    interpretations: Sequence[Asked],
    collection: Collection,
    min_confidence: float | None = None,
    reader: Reader | None = None,
    ranker: Reader | None = None,
) -> Answer:
    """Answer the most promising of the `interpretations` of one question, of which the last is the question as typed.

    The ranker skims what the search finds for each of them. The reader reads for the most promising one only.
    """
    for asked in interpretations:
        for answered in ABOUT_DOCUMENTS:
            if (answer := answered(asked, collection)) is not None:
                return answer
    ranker, reader = ranker or default_ranker(), reader or default_reader()
    ranked = []
    for asked in interpretations:
        hits = collection.search(asked.text, RANKED, asked.documents)
        ranked.append(Ranked(asked, rank(asked.text, hits, ranker, asked.exclude)))
    best = most_promising(ranked)
    chosen = worth_reading(best.candidates)
    findings = reader.read(best.asked.text, [candidate.excerpt for candidate in chosen])
    read = dict(zip(chosen, findings, strict=True))
    return decide(best.asked, best.candidates, read, reader.calibration, min_confidence)


def check_confidence(min_confidence: float | None) -> None:
    """Raise `UnusableQuestion` unless `min_confidence` is a probability or None."""
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UnusableQuestion(f"min_confidence is a probability from 0 to 1, not {min_confidence}; for 80 % give 0.8.")
