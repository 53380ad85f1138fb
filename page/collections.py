"""The collections on one's own machine: a first one, and those that are made on the page, each with a name."""

import re
import shutil
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import RLock
from unicodedata import normalize
from uuid import uuid4

from index import CitedError, Collection, FolderCollection, UnusableCollection
from index.folder.collection import is_collection
from index.title import is_given
from index.transfer import copy_document
from page.session import Lasting, enter, served_collection
from page.versions import older_version

FIRST = "My documents"
"""The name of the collection that is there without being made. It cannot be deleted."""

_NAME = re.compile(r"\w([\w .,'()&+-]{0,58}[\w)])?")
"""Names that are names of folders, too, on every system."""


_DELETED = ".deleted-"
"""How the name of a folder begins that is being deleted. It is renamed first, so that all of it is gone at once."""


class UnknownCollection(CitedError):
    """There is no collection of this name."""


class UnusableName(CitedError):
    """A collection cannot have this name."""


class OtherVersion(CitedError):
    """A collection has another version of a document, which was not to be replaced."""


class Copied(StrEnum):
    """What has become of a document that was copied to another collection."""

    ADDED = "added"
    REPLACED = "replaced"
    THERE = "there"


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
        for left in folder.glob(f"{_DELETED}*"):  # by a server that was killed meanwhile
            shutil.rmtree(left, ignore_errors=True)

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
        names = (each.name for each in folders if is_collection(each) and not each.name.startswith(_DELETED))
        return [FIRST, *sorted(names, key=str.casefold)]

    def make(self, name: str) -> str:
        """Make an empty collection, and return its name, without white space around it.

        Raises:
            UnusableName: the name is another collection's, or cannot be that of a folder.
        """
        with self._threads:
            name = self._free(name)
            try:
                self._opened[name] = FolderCollection(self._folder / name, self._first().encoder)
            except CitedError:
                shutil.rmtree(self._folder / name, ignore_errors=True)
                raise
        return name

    def rename(self, name: str, other: str) -> str:
        """Give a collection another name, and return that as `make` does. It keeps its documents and conversations.

        Raises:
            UnknownCollection: there is none of this name.
            UnusableName: it is the first one, or `other` cannot be its name.
        """
        if name == FIRST:
            raise UnusableName(f"“{FIRST}” cannot be renamed; make another collection and add its documents to that.")
        with self._threads:
            collection = self._collection(name)
            other = self._free(other, but=name)
            collection.close()
            del self._opened[name]
            self._sessions.pop(name, None)
            (self._folder / name).rename(self._folder / other)
        return other

    def copy(self, document_id: str, source: Collection, name: str, *, replaces: bool = False) -> Copied:
        """Copy a document to the collection `name`, in one transaction. Nothing is read or encoded again.

        Args:
            document_id: the id of the document.
            source: the collection that holds it.
            name: that of the other one.
            replaces: whether the copy takes the place of another version of the document.

        Raises:
            UnknownDocument: `source` does not hold the document.
            UnknownCollection: there is none of this name.
            OtherVersion: it holds another version of the document, and `replaces` is false.
            UnusableCollection: it cannot be written, such as on a full disk.
        """
        document = source.document(document_id)
        target = self._collection(name)
        try:
            if document in target:
                return Copied.THERE
            older = older_version(document, target)
            if older and is_given(older) and is_given(document) and older.title != document.title:
                older = None  # people told them apart
            if older and not replaces:
                raise OtherVersion(f"“{name}” has another version of “{document.title}”; it was not replaced.")
            added = copy_document(document_id, source, target, older=older.id if older else "")
        except UnusableCollection:
            self._collection(name)  # says so if it was deleted meanwhile
            raise
        if older:
            self.session(name).pages.close()
            return Copied.REPLACED
        return Copied.ADDED if added else Copied.THERE

    def copy_to_new(self, document_id: str, source: Collection, name: str) -> str:
        """Make a collection with a copy of a document in it, and return its name as `make` does.

        Raises:
            UnusableName: as for `make`.
            CitedError: as for `copy`. Then no collection is made.
        """
        name = self.make(name)
        try:
            self.copy(document_id, source, name)
        except BaseException:
            self.delete(name)
            raise
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
            gone = (self._folder / name).rename(self._folder / f"{_DELETED}{uuid4().hex}")
        shutil.rmtree(gone)

    def _free(self, name: str, but: str = "") -> str:
        """Return `name` without white space around it, if it can be a collection's and is none's but that of `but`.

        Raises:
            UnusableName: it cannot.
        """
        name = normalize("NFC", " ".join(name.split()))
        if not _NAME.fullmatch(name):
            raise UnusableName(
                f"A collection cannot be called {name!r}; use up to 60 letters, digits, spaces and . , ' ( ) & + -."
            )
        if name.casefold() in (each.casefold() for each in self.names() if each != but):
            raise UnusableName(f"There is a collection “{name}” already; choose another name.")
        return name

    def _collection(self, name: str) -> Collection:
        if name == FIRST:
            return self._first()
        with self._threads:
            if name not in self.names():
                raise UnknownCollection(f"There is no collection “{name}” here; choose another, or make it.")
            if name not in self._opened:
                self._opened[name] = FolderCollection(self._folder / name, self._first().encoder)
            return self._opened[name]
