"""Questions that follow one another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index import Collection, DocumentIds
from index.article import article_collection
from qa.answer import Answer, Form
from qa.ask import ask
from qa.question.follow_up import Turn, bare_readings, known, readings
from qa.question.grammar import answers_kind, leans
from qa.question.kinds import asks_for


class Conversation:
    """Questions asked of `collection`, or of the bundled article, one after the other.

    Attributes:
        answers: those given so far, oldest first. A conversation made with them goes on where they end.
    """

    def __init__(self, collection: Collection | None = None, answers: Iterable[Answer] = ()) -> None:
        self.answers = tuple(answers)
        self._collection = collection

    def ask(self, question: str, min_confidence: float | None = None, documents: DocumentIds | None = None) -> Answer:
        """Answer `question`, which may lean on those before it, and keep the answer; the rest is as for `qa.ask`.

        A question that stands alone (see `leans`), or asks for an overview, is asked as it is typed. Any other is asked
        in up to `MOST_READINGS` ways, those that name nothing of the document that the last answer is from, and the
        surest answer is given, of those that are of the kind asked for. "Who else" and "what about" do not ask again
        for the answers that they follow. `Answer.understood` is the question that was asked of the documents, where it
        was not as it was typed.

        Raises:
            CitedError: as `qa.ask` does; nothing is kept of the question then.
        """
        turns = _turns(self.answers)
        if turns and leans(question) and asks_for(question) == Form.SPAN:
            besides = known(question, turns)
            here = self._spoken_of(documents)
            asked = [(reading, documents) for reading in readings(question, turns)]
            asked += [(reading, here) for reading in bare_readings(question)]
            answer = _best([ask(r, self._collection, min_confidence, of, besides) for r, of in asked], besides)
        else:
            answer = ask(question, self._collection, min_confidence, documents)
        understood = answer.understood or answer.question  # where it is misspelled, and where it leans
        answer = replace(answer, question=question, understood="" if understood == question else understood)
        self.answers = (*self.answers, answer)
        return answer

    def _spoken_of(self, documents: DocumentIds | None) -> DocumentIds | None:
        """Return the document that the last cited answer is from, or `documents` if it may not be asked any more."""
        cited = next((answer.citations[0].document.id for answer in reversed(self.answers) if answer.citations), "")
        collection = article_collection() if self._collection is None else self._collection
        return [cited] if cited in (collection.document_ids() if documents is None else documents) else documents


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


def _best(answers: Sequence[Answer], besides: Sequence[str]) -> Answer:
    """Return the surest of `answers` that is of the kind asked for, and holds none of what is known `besides`.

    The last is that to the question as it was typed. Where another says the same, that is better: its question says
    what was meant, and so what the next one may lean on.
    """

    def preference(answer: Answer) -> tuple[bool, bool, float]:
        is_new = not any(words in answer.text for words in besides)
        return is_new, answers_kind(answer.question, answer.text), answer.confidence

    best = max(answers, key=preference)
    same = [answer for answer in answers[:-1] if best is answers[-1] and _overlap(answer, best)]
    return max(same, key=lambda answer: answer.confidence, default=best)


def _overlap(one: Answer, other: Answer) -> bool:
    """Return whether two answers stand at one place, at least in part."""
    if not one.citations or not other.citations:
        return False
    here, there = one.citations[0], other.citations[0]
    return here.document == there.document and here.span.start < there.span.end and there.span.start < here.span.end
