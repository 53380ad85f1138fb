"""A conversation: questions that may depend on earlier ones."""

from collections.abc import Iterable

from index import Address, Collection, DocumentIds, opened
from index.article import article_collection
from qa.answer import Answer
from qa.ask import Pipeline, check_confidence
from qa.reading.reader import Reader


class Conversation:
    """Ask a collection, or the bundled article, one question after another.

    Args:
        collection: as for `qa.ask`; by default the bundled article.
        answers: answers given so far, oldest first; the conversation continues from them.
        reader: as for `qa.ask`.
        ranker: as for `qa.ask`.

    Attributes:
        answers: all answers given so far, oldest first.
        reader: reads for the next questions; None is the default one of `qa.ask`.

    >>> conversation = Conversation()
    >>> opened = conversation.ask("who opened the conference?")
    >>> conversation.ask("what is his position?").understood
    "what is Abdel Latif Hamouchi's position?"
    """

    def __init__(
        self,
        collection: Collection | Address | None = None,
        answers: Iterable[Answer] = (),
        *,
        reader: Reader | None = None,
        ranker: Reader | None = None,
    ) -> None:
        self.answers = tuple(answers)
        self._collection = collection
        self.reader = reader
        self._ranker = ranker

    def ask(
        self, question: str, *, documents: DocumentIds | None = None, min_confidence: float | None = None
    ) -> Answer:
        """Answer `question`, which may depend on earlier questions, and keep the answer.

        A question that can be understood alone is asked as it is typed. A follow-up question gets up to
        `MOST_INTERPRETATIONS` interpretations. The ranker ranks what each of them finds, and the reader reads for the
        most promising one only. "Who else" and "what about" exclude the answers that were given before.

        Args:
            question: as for `qa.ask`.
            documents: as for `qa.ask`.
            min_confidence: as for `qa.ask`.

        Returns:
            The answer. `understood` is the interpretation that was asked, if it differs from what was typed.

        Raises:
            CitedError: as for `qa.ask`. The conversation then stays as it was.
        """
        check_confidence(min_confidence)
        with opened(article_collection() if self._collection is None else self._collection) as collection:
            path = Pipeline(collection, documents, min_confidence, self.reader, self._ranker)
            answer = path.answer(question, self.answers)
        self.answers = (*self.answers, answer)
        return answer
