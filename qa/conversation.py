"""A conversation: questions that may depend on earlier ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index import Collection, DocumentIds
from index.article import article_collection
from qa.answer import Answer, Form
from qa.ask import answered, candidates_for, check_confidence
from qa.overview.about import about_document
from qa.overview.summary import overview
from qa.question.follow_up import Turn, bare_interpretations, interpretations, known
from qa.question.grammar import answers_kind, is_follow_up
from qa.question.kinds import asks_for
from qa.question.understand import Asked, understand
from qa.reading.ranker import Candidate
from qa.reading.reader import Reader


class Conversation:
    """Ask a collection, or the bundled article, one question after another.

    Args:
        collection: the collection to ask; by default the bundled article.
        answers: answers given so far, oldest first; the conversation continues from them.
        reader: as for `qa.ask`.
        ranker: as for `qa.ask`.

    Attributes:
        answers: all answers given so far, oldest first.
    """

    def __init__(
        self,
        collection: Collection | None = None,
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
        collection = self._collection or article_collection()
        asked = self._interpreted(question, collection, documents)
        if asked[0].form is not Form.SPAN:
            answer = overview(asked[0], collection)
        elif (about := about_document(asked[-1], collection)) is not None:
            answer = about
        else:
            ranked = [Interpretation(each, candidates_for(each, collection, self._ranker)) for each in asked]
            taken = _most_promising(ranked)
            answer = answered(taken.asked, taken.candidates, min_confidence, self._reader)
        understood = answer.understood or answer.question  # differs from `question` if misspelled or a follow-up
        answer = replace(answer, question=question, understood="" if understood == question else understood)
        self.answers = (*self.answers, answer)
        return answer

    def _interpreted(self, question: str, collection: Collection, documents: DocumentIds | None) -> list[Asked]:
        """Return the interpretations of `question`; the last one is the question as it was typed."""
        turns = _turns(self.answers)
        if not turns or not is_follow_up(question) or asks_for(question) is not Form.SPAN:
            return [understand(question, collection, documents)]
        exclude = known(question, turns)
        here = self._last_document(collection, documents)
        return [
            *(understand(text, collection, documents, exclude) for text in interpretations(question, turns)),
            *(understand(text, collection, here, exclude) for text in bare_interpretations(question)),
        ]

    def _last_document(self, collection: Collection, documents: DocumentIds | None) -> DocumentIds | None:
        """Return the document of the last cited answer, or `documents` if it is not one of these."""
        cited = next((answer.citations[0].document.id for answer in reversed(self.answers) if answer.citations), "")
        return [cited] if cited in (collection.document_ids() if documents is None else documents) else documents


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One interpretation of a question, and the passages that may answer it, best first."""

    asked: Asked
    candidates: Sequence[Candidate]

    @property
    def surest(self) -> Candidate | None:
        """The candidate with the ranker's surest answer; None if nothing is found."""
        return max(self.candidates, key=lambda candidate: candidate.confidence, default=None)

    @property
    def confidence(self) -> float:
        """The ranker's probability, in [0, 1], that the surest answer is right."""
        return self.surest.confidence if self.surest else 0.0

    @property
    def is_of_kind(self) -> bool:
        """Whether the surest answer is of the kind that the question asks for."""
        surest = self.surest
        return surest is not None and answers_kind(self.asked.text, surest.passage.document.quote(surest.span))


def _turns(answers: Sequence[Answer]) -> list[Turn]:
    """Return what a follow-up question may refer to, nearest first."""
    return [
        Turn(
            answer.understood or answer.question,
            answer.text if answer.form == Form.SPAN else "",
            answer.question,
        )
        for answer in reversed(answers)
    ]


def _most_promising(ranked: Sequence[Interpretation]) -> Interpretation:
    """Return the interpretation for which the ranker finds the surest answer of the right kind.

    The last one is the question as it was typed. Another interpretation with the same answer is better, because it
    states what the question means, and the next question may refer to that.
    """
    order = sorted(ranked, key=lambda each: (each.is_of_kind, each.confidence), reverse=True)
    best, typed = order[0], ranked[-1]
    same = [each for each in order if each is not typed and _overlap(each.surest, typed.surest)]
    return same[0] if best is typed and same else best


def _overlap(one: Candidate | None, other: Candidate | None) -> bool:
    """Return whether two answers overlap in the same document."""
    if not one or not other or one.passage.document != other.passage.document:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end
