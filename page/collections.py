"""The collections on one's own machine: a first one, and those that are made on the page, each with a name."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import RLock
from unicodedata import normalize

from index import CitedError, Collection, FolderCollection
from index.folder.collection import is_collection
from page.session import Lasting, enter, served_collection

FIRST = "My documents"
"""The name of the collection that is there without being made. It cannot be deleted."""

_NAME = re.compile(r"\w([\w .,'()&+-]{0,58}[\w)])?")
"""Names that are names of folders, too, on every system."""


class UnknownCollection(CitedError):
    """There is no collection of this name."""


class UnusableName(CitedError):
    """A collection cannot have this name."""


class Collections:
    """Finds the session of each collection. Beside the first one, a collection is a folder of its name.

    Args:
        folder: the folder that holds these folders. It is created for the first of them.
        first: returns the first collection.
    """

    def __init__(self, folder: Path, first: Callable[[], Collection] = served_collection) -> None:
        self._folder = folder
        self._first = first
        self._opened: dict[str, FolderCollection] = {}
        self._sessions: dict[str, Lasting] = {}
        self._threads = RLock()

    def enter(self, name: str) -> None:
        """Answer what follows in this task in the session of a collection; "" names the first one."""
        enter(self.session(name or FIRST))

    def session(self, name: str) -> Lasting:
        """Return the session of a collection. If there is none of this name, all that is asked of it says so."""
        with self._threads:
            session = self._sessions.get(name) or Lasting(partial(self._collection, name), self)
            if name in self.names():
                self._sessions[name] = session
            return session

    def names(self) -> list[str]:
        """Return the names of all collections: the first one's, then the others' in alphabetical order."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return [FIRST, *sorted((each.name for each in folders if is_collection(each)), key=str.casefold)]

    def make(self, name: str) -> str:
        """Make an empty collection, and return its name, without white space around it.

        Raises:
            UnusableName: the name is another collection's, or cannot be that of a folder.
        """
        name = normalize("NFC", " ".join(name.split()))
        if not _NAME.fullmatch(name):
            raise UnusableName(
                f"A collection cannot be called {name!r}; use up to 60 letters, digits, spaces and . , ' ( ) & + -."
            )
        with self._threads:
            if name.casefold() in map(str.casefold, self.names()):
                raise UnusableName(f"There is a collection “{name}” already; choose another name.")
            self._opened[name] = FolderCollection(self._folder / name, self._first().encoder)
        return name

    def delete(self, name: str) -> None:
        """Delete a collection with its documents and conversations.

        Raises:
            UnknownCollection: there is none of this name.
            UnusableName: it is the first one.
        """
        if name == FIRST:
            raise UnusableName(f"“{FIRST}” cannot be deleted; remove its documents instead.")
        with self._threads:
            self._collection(name).close()
            del self._opened[name]
            self._sessions.pop(name, None)
            shutil.rmtree(self._folder / name)

    def _collection(self, name: str) -> Collection:
        if name == FIRST:
            return self._first()
        with self._threads:
            if name not in self.names():
                raise UnknownCollection(f"There is no collection “{name}” here; choose another, or make it.")
            if name not in self._opened:
                self._opened[name] = FolderCollection(self._folder / name, self._first().encoder)
            return self._opened[name]
