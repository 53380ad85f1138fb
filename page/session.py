"""What one person works with: documents, conversations and pages.

On one's own machine there is one session, which lasts. On a server for others, `page/sessions.py` finds the session of
each request.
"""

import os
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, cached_property
from typing import TYPE_CHECKING, Protocol

import platformdirs

from index import Collection, open_collection
from page.chats import Chats
from page.line import Line
from page.pages import Pages
from page.records import Records
from page.settings import Settings
from qa import article
from qa.share.cited_before import CONVERSATIONS

if TYPE_CHECKING:
    from page.collections import Collections

MOST_PICTURES = 40
"""Pictures of pages that may wait to be drawn."""

drawing = Line(1, MOST_PICTURES)
"""Pictures wait in a line of their own, for questions take longer."""


class Session(Protocol):
    """The documents that a person may ask and change, and the conversations that nobody else sees."""

    @property
    def collections(self) -> "Collections | None":
        """All collections that the person may choose from; None if there is no choice."""

    def collection(self) -> Collection:
        """Return the documents that are asked."""

    def changed(self) -> Collection:
        """Return the documents that may be added to and removed from.

        Raises:
            ReadOnlyCollection: there are none.
        """

    def may_change(self, document_id: str) -> bool:
        """Return whether a document may be renamed and removed."""

    @property
    def chats(self) -> Chats:
        """The conversations.

        Raises:
            Ended: there are none, because the session has ended.
        """

    @property
    def settings(self) -> Settings:
        """How the page's questions are answered."""

    @property
    def pages(self) -> Pages:
        """The pages of the documents."""

    @property
    def keeps_ratings(self) -> bool:
        """Whether ratings of answers, which quote documents, may be kept for good."""

    def check_room(self, size: int) -> None:
        """Raise `TooManyDocuments` if a file of `size` bytes is one too many."""

    def count_question(self) -> None:
        """Raise `TooManyQuestions` if one more question is one too many."""

    def arrive(self) -> None:
        """Note that a page has been opened in a browser."""

    def leave(self) -> None:
        """Note that a page has been closed in a browser."""


class Lasting:
    """The session of one's own machine. Its conversations are kept with the collection, or else in the user's data.

    It has no limits.

    Args:
        collection: returns the documents that are asked and changed; by default `served_collection`.
        collections: all collections that the person may choose from; None if there is no choice.
    """

    keeps_ratings = True

    def __init__(
        self, collection: Callable[[], Collection] | None = None, collections: "Collections | None" = None
    ) -> None:
        self._collection = collection or served_collection
        self.collections = collections

    def collection(self) -> Collection:
        """Return the documents."""
        return self._collection()

    def changed(self) -> Collection:
        """Return the documents."""
        return self._collection()

    def may_change(self, _document_id: str) -> bool:
        """Return True: all are one's own."""
        return True

    @cached_property
    def chats(self) -> Chats:
        """The conversations."""
        folder = getattr(self._collection(), "path", None) or platformdirs.user_data_path("cited")
        return Chats(self._collection, Records(folder / CONVERSATIONS))

    @property
    def settings(self) -> Settings:
        """How the page's questions are answered, as it was kept."""
        return self.chats.records.settings()

    @cached_property
    def pages(self) -> Pages:
        """The pages of the documents."""
        return Pages(self.collection, drawing)

    def check_room(self, size: int) -> None:
        """Do nothing."""

    def count_question(self) -> None:
        """Do nothing."""

    def arrive(self) -> None:
        """Do nothing."""

    def leave(self) -> None:
        """Do nothing."""


@cache
def served_collection() -> Collection:
    """Return the collection that `CITED_COLLECTION` names, or a folder in the user's data.

    A new collection begins with the bundled article.
    """
    opened = open_collection(os.environ.get("CITED_COLLECTION") or platformdirs.user_data_path("cited") / "documents")
    if not opened.document_ids():
        opened.add(article())
    return opened


_current: ContextVar[Session] = ContextVar("session")


def session() -> Session:
    """Return the session of the request that is being answered."""
    return _current.get()


def enter(entered: Session) -> None:
    """Answer what follows in this task, and in those that it starts, in the session `entered`."""
    _current.set(entered)
