"""The sessions of a server for others. Each has documents and conversations of its own, which end with it."""

import hashlib
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from index import CitedError, Collection, FolderCollection, JoinedCollection, ReadOnlyCollection
from page import cookies, limits
from page.chats import Chats
from page.cookies import Headers
from page.folder import TemporaryFolder
from page.pace import Pace
from page.pages import Pages
from page.records import Records
from page.session import drawing, enter
from page.settings import Settings
from qa.share.cited_before import CONVERSATIONS

FIXED = "The documents of this server can be asked, but not changed; ask whoever serves them."

ENDED = "This session has ended; load the page again to begin a new one."

_LOOK = 10.0
"""Seconds between two looks for sessions that have ended."""


class Ended(CitedError):
    """The session has ended, or there was none."""


class TooManyDocuments(CitedError):
    """A session has as many documents of its own as it may, or as many sessions have some as may."""


class Shared:
    """The session of a program: it asks the documents that all share, and has none of its own.

    Args:
        shared: returns the documents that all share.
        is_writable: whether all may change them.
        pace: counts its questions; None if they are counted elsewhere.
    """

    collections = None

    def __init__(self, shared: Callable[[], Collection], *, is_writable: bool, pace: Pace | None = None) -> None:
        self._shared = shared
        self._is_writable = is_writable
        self._pace = pace

    def collection(self) -> Collection:
        """Return the documents that all share."""
        return self._shared()

    def changed(self) -> Collection:
        """Return the documents that all share, if all may change them."""
        if not self._is_writable:
            raise ReadOnlyCollection(FIXED)
        return self._shared()

    def may_change(self, _document_id: str) -> bool:
        """Return whether all may change the documents that they share."""
        return self._is_writable

    @property
    def chats(self) -> Chats:
        """Raise `Ended`: a program keeps its conversations itself."""
        raise Ended(ENDED)

    @property
    def settings(self) -> Settings:
        """The usual settings: a program sends its own with each question."""
        return Settings()

    @cached_property
    def pages(self) -> Pages:
        """The pages of the documents."""
        return Pages(self.collection, drawing)

    @property
    def keeps_ratings(self) -> bool:
        """Whether no answer can quote a document of its own."""
        return True

    def check_room(self, size: int) -> None:
        """Do nothing, for it has no documents of its own."""

    def count_question(self) -> None:
        """Raise `TooManyQuestions` if one more question is one too many."""
        if self._pace:
            self._pace.count()

    def arrive(self) -> None:
        """Do nothing, for it has no pages."""

    def leave(self) -> None:
        """Do nothing, for it has no pages."""


class Visit(Shared):
    """The session of a browser. What it adds is its own, unless all may change the documents that they share.

    Args:
        shared: as for `Shared`.
        is_writable: as for `Shared`.
        folder: where its documents and conversations are kept.
        check_begin: raises `TooManyDocuments` if too many sessions have documents of their own.
    """

    def __init__(
        self, shared: Callable[[], Collection], folder: Path, check_begin: Callable[[], None], *, is_writable: bool
    ) -> None:
        super().__init__(shared, is_writable=is_writable, pace=Pace(limits.QUESTIONS_A_MINUTE))
        self._folder = folder
        self._check_begin = check_begin
        self._own: FolderCollection | None = None
        self._bytes = 0
        self._threads = threading.Lock()
        self._pages = 0
        self._is_closed = False
        self._began = time.monotonic()
        self._left: float | None = None

    def collection(self) -> Collection:
        """Return the documents that all share, and this session's own."""
        return self._shared() if self._is_writable else self._joined

    def changed(self) -> Collection:
        """Return the session's own documents, or those that all share if all may change them."""
        return self._shared() if self._is_writable else self._joined.own()

    def may_change(self, document_id: str) -> bool:
        """Return whether a document is the session's own, or all may change those that they share."""
        return self._is_writable or (self._own is not None and document_id in self._own)

    @cached_property
    def chats(self) -> Chats:
        """The session's conversations."""
        return Chats(self.collection, Records(self._folder / CONVERSATIONS))

    @property
    def settings(self) -> Settings:
        """How the session's questions are answered."""
        return self.chats.records.settings()

    @property
    def has_documents(self) -> bool:
        """Whether it has had documents of its own."""
        return self._own is not None

    @property
    def keeps_ratings(self) -> bool:
        """Whether no answer can quote a document of its own."""
        return not self.has_documents

    def check_room(self, size: int) -> None:
        """Count a file of `size` bytes.

        Raises:
            TooManyDocuments: it is one too many.
        """
        if self._is_writable:
            return
        if self._own and len(self._own) >= limits.SESSION_DOCUMENTS:
            raise TooManyDocuments(f"You may add {limits.SESSION_DOCUMENTS} documents, and have; remove one first.")
        with self._threads:
            if self._bytes + size > limits.SESSION_BYTES:
                most = limits.SESSION_BYTES // 1_000_000
                raise TooManyDocuments(f"You may add {most} MB in one session, and this file would be more.")
            self._bytes += size

    def arrive(self) -> None:
        """Note that one of its pages has been opened."""
        with self._threads:
            self._pages += 1

    def leave(self) -> None:
        """Note that one of its pages has been closed."""
        with self._threads:
            self._pages -= 1
            self._left = time.monotonic()

    def has_ended(self) -> bool:
        """Return whether a day has passed since it began, or its last page was closed and none opened again."""
        now, left = time.monotonic(), self._left
        was_left = left is not None and self._pages < 1 and now - left > limits.SESSION_LEFT_SECONDS
        return was_left or now - self._began > limits.SESSION_SECONDS

    @cached_property
    def _joined(self) -> JoinedCollection:
        return JoinedCollection(self._shared(), self._open_own)

    def _open_own(self) -> Collection:
        with self._threads:
            if self._is_closed:
                raise Ended(ENDED)
            self._check_begin()
            self._own = FolderCollection(self._folder / "documents", self._shared().encoder)
            return self._own

    def close(self) -> None:
        """Delete its documents and conversations."""
        with self._threads:
            self._is_closed = True
            if self._own:
                self._own.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Sessions:
    """The sessions of one server. They are deleted when they end, and all of them with the server.

    Args:
        root: the folder for what they keep.
        shared: as for `Shared`.
        is_writable: as for `Shared`.
    """

    def __init__(self, root: Path, shared: Callable[[], Collection], *, is_writable: bool) -> None:
        self._shared = shared
        self._is_writable = is_writable
        self._folder = TemporaryFolder(root)
        self._visits: OrderedDict[bytes, Visit] = OrderedDict()
        self._programs: OrderedDict[str, Shared] = OrderedDict()
        self._threads = threading.Lock()
        self._closing = threading.Event()
        self.everybody = Shared(shared, is_writable=is_writable)
        threading.Thread(target=self._look, daemon=True).start()

    def enter(self, headers: Headers, sender: str, *, begins: bool) -> str:
        """Enter the session of a request.

        Args:
            headers: those of the request.
            sender: the name or the network address of who sends it.
            begins: whether the request opens the page, so that it begins a session if it has none.

        Returns:
            The cookie for a new session; "" if none has begun.
        """
        visit, begun = self.visit(cookies.cookies(cookies.SESSION, headers)), ""
        if begins and not visit:
            secret = self.begin()
            visit, begun = self.visit([secret]), cookies.cookie(cookies.SESSION, secret, headers)
        enter(visit or self.program(sender))
        return begun

    def begin(self) -> str:
        """Begin the session of a browser, and return the secret by which it is found."""
        secret = secrets.token_urlsafe(32)
        with self._threads:
            if len(self._visits) >= limits.SESSIONS:
                # Fewer may have documents, so there is one without.
                oldest = next(key for key, visit in self._visits.items() if not visit.has_documents)
                self._visits.pop(oldest).close()
            folder = self._folder.path / secrets.token_hex(16)
            self._visits[_key(secret)] = Visit(self._shared, folder, self._check_begin, is_writable=self._is_writable)
        return secret

    def visit(self, secrets_given: list[str]) -> Visit | None:
        """Return the session that one of the secrets finds; None if it has ended."""
        with self._threads:
            for key in map(_key, secrets_given):
                if key in self._visits:
                    self._visits.move_to_end(key)
                    return self._visits[key]
        return None

    def program(self, name: str) -> Shared:
        """Return the session of a program, by the name or the network address of who sends its requests."""
        with self._threads:
            if name not in self._programs:
                pace = Pace(limits.QUESTIONS_A_MINUTE)
                self._programs[name] = Shared(self._shared, is_writable=self._is_writable, pace=pace)
            self._programs.move_to_end(name)
            while len(self._programs) > limits.SESSIONS:
                self._programs.popitem(last=False)
            return self._programs[name]

    def close(self) -> None:
        """End all sessions."""
        self._closing.set()
        self._end(list(self._visits))
        self._folder.close()

    def _check_begin(self) -> None:
        having = sum(visit.has_documents for visit in list(self._visits.values()))
        if having >= limits.SESSIONS_WITH_DOCUMENTS:
            raise TooManyDocuments(
                f"{limits.SESSIONS_WITH_DOCUMENTS} sessions have added documents, as many as may; try again later."
            )

    def _look(self) -> None:
        while not self._closing.wait(_LOOK):
            with self._threads:
                ended = [key for key, visit in self._visits.items() if visit.has_ended()]
            self._end(ended)

    def _end(self, keys: list[bytes]) -> None:
        with self._threads:
            visits = [self._visits.pop(key) for key in keys if key in self._visits]
        for visit in visits:  # no request waits for files to be deleted
            visit.close()


def _key(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
