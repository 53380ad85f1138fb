"""What is done with the served collection for programs, each as JSON."""

from contextlib import suppress
from typing import Any

from page.session import session
from page.sessions import Ended
from qa import Answer, Conversation, article
from qa import ask as answer_of
from qa.share.verify import verify as findings_of


def ask(question: str, documents: list[str] | None = None, min_confidence: float | None = None) -> dict[str, Any]:
    """Answer a question, as `cited ask --json` does."""
    session().count_question()
    return answer_of(question, session().collection(), documents=documents, min_confidence=min_confidence).to_dict()


def converse(questions: list[str]) -> Answer:
    """Ask one question after another, and return the last answer."""
    session().count_question()
    conversation = Conversation(session().collection())
    *_, last = map(conversation.ask, questions)
    return last


def search(question: str, documents: list[str] | None = None, k: int = 10) -> dict[str, Any]:
    """Return the passages that match a question best."""
    session().count_question()
    hits = session().collection().search(question, k, documents)
    return {
        "passages": [
            {
                "document": hit.passage.document.id,
                "title": hit.passage.document.title,
                "source": hit.passage.document.source,
                "place": hit.passage.document.place(hit.passage.span.start, hit.passage.span.end),
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "text": hit.passage.text,
                "score": float(hit.score),
            }
            for hit in hits
        ]
    }


def documents() -> dict[str, Any]:
    """Return all documents, in the order in which they were added."""
    return {"documents": [document.to_dict() for document in session().collection()]}


def rename(document: str, title: str) -> dict[str, Any]:
    """Give a document another title, also in conversations of the page, and return it."""
    session().changed()
    renamed = session().collection().rename(document, title)
    with suppress(Ended):  # a program has no conversations here
        session().chats.show(renamed)
    return renamed.to_dict()


def verify(card: str) -> dict[str, Any]:
    """Return the standing of each quote of an evidence card."""
    return {"findings": [finding.to_dict() for finding in findings_of(card, [article(), *session().collection()])]}
