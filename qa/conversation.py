"""A conversation: questions that may depend on earlier ones."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index import Address, Collection, DocumentIds, opened
from index.article import article_collection
from qa.answer import Answer, Form
from qa.ask import answer_best_of, check_confidence
from qa.question.follow_up import Turn, bare_interpretations, interpretations, known
from qa.question.grammar import is_follow_up
from qa.question.kinds import asks_for
from qa.question.understand import Asked, understand
from qa.question.wrapping import unwrapped
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
        self._reader = reader
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
            interpreted = self._interpreted(question, collection, documents)
            answer = answer_best_of(interpreted, collection, min_confidence, self._reader, self._ranker)
        understood = answer.understood or unwrapped(answer.question)  # differs if misspelled or a follow-up
        is_as_typed = understood == unwrapped(question)
        answer = replace(answer, question=question, understood="" if is_as_typed else understood)
        self.answers = (*self.answers, answer)
        return answer

    def _interpreted(self, question: str, collection: Collection, documents: DocumentIds | None) -> list[Asked]:
        """Return the interpretations of `question`; the last one is the question as it was typed."""
        turns, bare = _turns(self.answers), unwrapped(question)
        if not turns or not is_follow_up(bare) or asks_for(bare) not in (Form.SPAN, Form.STATEMENT):
            return [understand(question, collection, documents)]
        exclude = known(bare, turns)
        here = self._last_document(collection, documents)
        return [
            *(understand(text, collection, documents, exclude) for text in interpretations(bare, turns)),
            *(understand(text, collection, here, exclude) for text in bare_interpretations(bare)),
        ]

    def _last_document(self, collection: Collection, documents: DocumentIds | None) -> DocumentIds | None:
        """Return the document of the last cited answer, or `documents` if it is not one of these."""
        cited = next((answer.citations[0].document.id for answer in reversed(self.answers) if answer.citations), "")
        return [cited] if cited in (collection.document_ids() if documents is None else documents) else documents


def _turns(answers: Sequence[Answer]) -> list[Turn]:
    """Return what a follow-up question may refer to, nearest first."""
    return [
        Turn(
            answer.understood or unwrapped(answer.question),
            answer.evidence.bare if answer.evidence and answer.form is Form.SPAN else "",
            unwrapped(answer.question),
        )
        for answer in reversed(answers)
    ]
