"""Questions that follow one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index import Collection, DocumentIds
from index.article import article_collection
from qa.answer import Answer, Form
from qa.ask import answered, candidates_for
from qa.overview.about import about_document
from qa.overview.summary import overview
from qa.question.follow_up import Turn, bare_interpretations, interpretations, known
from qa.question.grammar import answers_kind, is_follow_up
from qa.question.kinds import asks_for
from qa.question.understand import Asked, understand
from qa.reading.ranker import Candidate
from qa.reading.reader import Reader


class Conversation:
    """Questions asked of `collection`, or of the bundled article, one after the other.

    Args:
        collection: answers the questions.
        answers: given so far, oldest first; the conversation goes on from them.
        reader: as for `qa.ask`.
        ranker: as for `qa.ask`.

    Attributes:
        answers: given so far, oldest first.
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
        """Answer `question`, which may lean on earlier ones, and keep the answer.

        A question that stands alone is asked as it is typed. Any other is understood in up to
        `MOST_INTERPRETATIONS` ways. The ranker reads what each of them finds, and the reader reads only for the most
        promising one. "Who else" and "what about" do not ask again for the answers that they follow.
        `Answer.understood` is the question that was asked of the documents, if it differs from what was typed.

        Args:
            question: as for `qa.ask`.
            documents: as for `qa.ask`.
            min_confidence: as for `qa.ask`.

        Raises:
            CitedError: as `qa.ask` does. Nothing is kept of the question then.
        """
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
        understood = answer.understood or answer.question  # a misspelled question, or one that leans
        answer = replace(answer, question=question, understood="" if understood == question else understood)
        self.answers = (*self.answers, answer)
        return answer

    def _interpreted(self, question: str, collection: Collection, documents: DocumentIds | None) -> list[Asked]:
        """Return the ways in which `question` may be meant, the question as it was typed last."""
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
        """Return the document that the last cited answer is from, or `documents` if it is not among these."""
        cited = next((answer.citations[0].document.id for answer in reversed(self.answers) if answer.citations), "")
        return [cited] if cited in (collection.document_ids() if documents is None else documents) else documents


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way in which a question may be meant, and the passages that may answer it, best first."""

    asked: Asked
    candidates: Sequence[Candidate]

    @property
    def surest(self) -> Candidate | None:
        """Where the ranker finds the surest answer; None where nothing is found."""
        return max(self.candidates, key=lambda candidate: candidate.confidence, default=None)

    @property
    def confidence(self) -> float:
        """The ranker's probability, in [0, 1], that the surest answer is right."""
        return self.surest.confidence if self.surest else 0.0

    @property
    def is_of_kind(self) -> bool:
        """Whether the surest answer is of the kind asked for."""
        surest = self.surest
        return surest is not None and answers_kind(self.asked.text, surest.passage.document.quote(surest.span))


def _turns(answers: Sequence[Answer]) -> list[Turn]:
    """Return what a question after `answers` may lean on, nearest first."""
    return [
        Turn(
            answer.understood or answer.question,
            answer.text if answer.form == Form.SPAN else "",
            answer.question,
        )
        for answer in reversed(answers)
    ]


def _most_promising(ranked: Sequence[Interpretation]) -> Interpretation:
    """Return the interpretation to which the ranker finds the surest answer of the kind asked for.

    The last is the question as it was typed. If another finds the same answer, that one is better: its question says
    what was meant, and what the next one may lean on.
    """
    order = sorted(ranked, key=lambda each: (each.is_of_kind, each.confidence), reverse=True)
    best, typed = order[0], ranked[-1]
    same = [each for each in order if each is not typed and _overlap(each.surest, typed.surest)]
    return same[0] if best is typed and same else best


def _overlap(one: Candidate | None, other: Candidate | None) -> bool:
    """Return whether two answers share a place, at least in part."""
    if not one or not other or one.passage.document != other.passage.document:
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end
