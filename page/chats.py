"""The conversations that the server remembers."""

import threading
from dataclasses import dataclass, field
from uuid import uuid4

from index import Collection
from page.calls import Forgotten
from qa import Answer, Conversation

MOST_CHATS = 100
"""Conversations that are remembered. When there are more, the least recently used one is forgotten with its texts."""

MOST_TURNS = 200
"""Questions of one conversation that are remembered."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation, and the browser's name for each of its answers."""

    conversation: Conversation
    turns: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: str, documents: list[str] | None) -> tuple[str, Answer]:
        """Return a new name, and the answer with that name."""
        with self.lock:
            if len(self.turns) >= MOST_TURNS:
                raise Forgotten(f"This conversation has {MOST_TURNS} questions; begin a new one.")
            answer = self.conversation.ask(question, documents=documents)
            self.turns.append(name := uuid4().hex)
            return name, answer

    def said(self) -> list[tuple[str, Answer]]:
        """Return all answers with their names, after the question that is being answered has its answer."""
        with self.lock:
            return list(zip(self.turns, self.conversation.answers, strict=True))


class Chats:
    """Conversations by the random names that browsers gave them, the most recently used last."""

    def __init__(self) -> None:
        self._chats: dict[str, Chat] = {}
        self._lock = threading.Lock()

    def find(self, name: str) -> Chat | None:
        """Return a conversation; None if it is not remembered."""
        with self._lock:
            chat = self._chats.pop(name, None)
            if chat:
                self._chats[name] = chat
            return chat

    def shown(self, name: str, turns: int, collection: Collection) -> Chat:
        """Return the conversation of which a browser shows `turns` turns; a new one if it shows none.

        Raises:
            Forgotten: the browser shows more turns than are remembered.
        """
        chat = self.find(name) or Chat(Conversation(collection))
        if len(chat.turns) < turns:
            raise Forgotten("Cited no longer remembers this conversation; begin a new one.")
        with self._lock:
            chat = self._chats.setdefault(name, chat)
            while len(self._chats) > MOST_CHATS:
                del self._chats[next(iter(self._chats))]
        return chat

    def answer(self, name: str, turn: str) -> Answer:
        """Return the answer with the browser's name `turn`.

        Raises:
            Forgotten: it is not remembered.
        """
        chat = self.find(name)
        answers = dict(chat.said()) if chat else {}
        if turn not in answers:
            raise Forgotten("Cited no longer remembers this answer; ask its question again.")
        return answers[turn]
