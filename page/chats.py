"""The conversations: those in use in memory, all of them in records on disk."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from index import Collection, Document
from page import limits
from page.calls import Forgotten
from page.records import Lost, Records, with_document
from qa import Answer, Conversation

Turn = tuple[str, Answer | Lost]
"""The browser's name for an answer, and the answer."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation, and the browser's name for each of its answers."""

    conversation: Conversation
    turns: list[Turn] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def said(self) -> list[Turn]:
        """Return all answers with their names, after the question that is being answered has its answer."""
        with self.lock:
            return list(self.turns)

    def answers(self) -> list[Answer]:
        """Return all answers whose documents are still there."""
        return _whole(self.said())


class Chats:
    """Conversations by the random names that browsers gave them, the most recently used last.

    Args:
        collection: returns the collection that is asked.
        records: keeps the conversations.
    """

    def __init__(self, collection: Callable[[], Collection], records: Records) -> None:
        self.records = records
        self._collection = collection
        self._chats: dict[str, Chat] = {}
        self._lock = threading.Lock()

    def ask(self, name: str, shown: int, question: str, documents: list[str] | None) -> tuple[str, Answer]:
        """Answer a question in the conversation of which a browser shows `shown` turns, and keep the answer.

        Returns:
            A new name, and the answer with that name.

        Raises:
            Forgotten: the browser shows more turns than were kept, or there are too many.
        """
        chat = self.find(name)
        with chat.lock:
            if len(chat.turns) < shown:
                raise Forgotten("Cited no longer remembers this conversation; begin a new one.")
            if len(chat.turns) >= limits.TURNS:
                raise Forgotten(f"This conversation has {limits.TURNS} questions; begin a new one.")
            settings = self.records.settings()
            chat.conversation.reader = settings.reading()
            answer = chat.conversation.ask(question, documents=documents, min_confidence=settings.confidence)
            chat.turns.append((turn := uuid4().hex, answer))
            self.records.append(name, turn, answer)
            return turn, answer

    def find(self, name: str) -> Chat:
        """Return a conversation, a new one if it was not kept."""
        with self._lock:
            chat = self._chats.pop(name, None) or self._kept(name)
            self._chats[name] = chat
            while len(self._chats) > limits.CHATS_IN_MEMORY:
                del self._chats[next(iter(self._chats))]
            return chat

    def answer(self, name: str, turn: str) -> Answer:
        """Return the answer with the browser's name `turn`.

        Raises:
            Forgotten: it was not kept, or a document that it cites is no longer there.
        """
        answer = dict(self.find(name).said()).get(turn)
        if not isinstance(answer, Answer):
            raise Forgotten("Cited no longer remembers this answer; ask its question again.")
        return answer

    def show(self, document: Document) -> None:
        """Have all answers cite this document, which was renamed, after those that are being found have been."""
        with self._lock:
            chats = list(self._chats.values())
        for chat in chats:
            with chat.lock:
                chat.turns[:] = [(name, with_document(given, document)) for name, given in chat.turns]
                chat.conversation.answers = with_document(chat.conversation.answers, document)

    def forget(self, name: str) -> None:
        """Delete a conversation."""
        with self._lock:
            self._chats.pop(name, None)
            self.records.remove(name)

    def _kept(self, name: str) -> Chat:
        collection = self._collection()
        turns = self.records.read(name, collection.document)
        return Chat(Conversation(collection, _whole(turns)), turns)


def _whole(turns: Sequence[Turn]) -> list[Answer]:
    return [answer for _, answer in turns if isinstance(answer, Answer)]
