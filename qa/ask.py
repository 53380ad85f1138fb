"""The path of a question: understand, search, rank, read, decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index import Address, Collection, DocumentIds, UnusableQuestion, opened
from index.article import article_collection
from qa.answer import Answer
from qa.decide import decide, one_by_one
from qa.overview.about import about_document
from qa.overview.last import about_last_answer
from qa.overview.summary import overview
from qa.overview.talk import talk
from qa.question.choice import Ranked, most_promising, said_first, worth_reading
from qa.question.completion import reads_well
from qa.question.interpret import as_meant, interpreted
from qa.question.parts import asks_to_compute, parts_of
from qa.question.spelling import with_capitals
from qa.question.understand import Asked
from qa.question.wrapping import unwrapped
from qa.reading.load import default_ranker, default_reader
from qa.reading.ranker import rank
from qa.reading.reader import Reader
from qa.stages import stage

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
        return Pipeline(searched, documents, min_confidence, reader, ranker).answer(question)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The path of a question through the documents that are asked; arguments as for `ask`."""

    collection: Collection
    documents: DocumentIds | None = None
    min_confidence: float | None = None
    reader: Reader | None = None
    ranker: Reader | None = None

    def answer(self, question: str, before: Sequence[Answer] = ()) -> Answer:
        """Answer `question`, which may depend on the answers `before` it. Several questions are answered in order."""
        with stage("answer"):
            parts = parts_of(unwrapped(as_meant(question, self.collection, self.documents)))
            if len(parts) < 2 or asks_to_compute(question):
                return self._answer_one(question, before)
            told: list[Answer] = []
            for part in parts:
                told.append(self._answer_one(part, (*before, *told)))
            return one_by_one(question, told)

    def _answer_one(self, question: str, before: Sequence[Answer]) -> Answer:
        typed = unwrapped(question)
        if answer := about_last_answer(typed, before):
            return replace(answer, question=question)
        asked, answer = self._best_of(interpreted(question, before, self.collection, self.documents))
        is_shown = asked.text != typed and (not asked.is_follow_up or reads_well(asked.text))
        return replace(answer, question=question, understood=asked.text if is_shown else "", asked=asked.text)

    def _best_of(self, interpretations: Sequence[Asked]) -> tuple[Asked, Answer]:
        """Answer the most promising of the `interpretations` of one question; the last is the question as typed.

        The ranker skims what the search finds for each of them. The reader reads for the most promising one only.
        """
        for asked in interpretations:
            for answered in ABOUT_DOCUMENTS:
                if (answer := answered(asked, self.collection)) is not None:
                    return asked, answer
        ranker, reader = self.ranker or default_ranker(), self.reader or default_reader()
        ranked = []
        for asked in interpretations:
            with stage("search"):
                hits = said_first(asked, self.collection.search(asked.searched, RANKED, asked.documents))
            with stage("rank"):
                ranked.append(Ranked(asked, rank(asked.text, hits, ranker, asked.exclude)))
        best = most_promising(ranked)
        chosen = worth_reading(best)
        with stage("read"):
            findings = reader.read(best.asked.text, [candidate.excerpt for candidate in chosen])
        read = dict(zip(chosen, findings, strict=True))
        asked = replace(
            best.asked, text=with_capitals(best.asked.text, [each.passage.text for each in best.candidates])
        )
        with stage("decide"):
            return best.asked, decide(asked, best.candidates, read, reader.calibration, self.min_confidence)


def check_confidence(min_confidence: float | None) -> None:
    """Raise `UnusableQuestion` unless `min_confidence` is a probability or None."""
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise UnusableQuestion(f"min_confidence is a probability from 0 to 1, not {min_confidence}; for 80 % give 0.8.")
