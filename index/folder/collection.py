"""A collection in a folder."""

import logging
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing, contextmanager, suppress
from operator import eq
from pathlib import Path
from threading import RLock

from index.collection import DEPTH, Collection, DocumentIds, EncodedDocument, Progress, Report
from index.document import Document
from index.encoder.base import Encoder, Vectors
from index.encoder.sentence_transformer import default_encoder
from index.errors import DamagedCollection, DiskFull, ReadOnlyCollection, UnusableCollection
from index.folder.changes import Changes
from index.folder.database import Database
from index.folder.dense import DenseIndex
from index.folder.lexical import LexicalIndex
from index.folder.lock import LOCK, Lock
from index.folder.reserve import is_full, keep_reserve, make_room
from index.passage import Passage
from index.ranking import Hit, Rankings
from index.sandbox.sandbox import passages as passages_of
from index.title import checked

_log = logging.getLogger("cited.index")

DATABASE, _DENSE, _LEXICAL = "collection.sqlite", "dense", "lexical"


class FolderCollection(Collection):
    """Documents in a folder. A database is the source of truth, and two search indexes are derived from it.

    Any number of threads may use one `FolderCollection`, and any number of processes may open the same folder. Changes
    are atomic, and every search sees the newest state. An index that is missing, damaged or out of date is updated
    from the database, without encoding anything again.

    A folder that cannot be written can still be searched. Its indexes are then copied to a temporary folder.

    >>> from tempfile import TemporaryDirectory
    >>> from index.testing import BagOfWords
    >>> with TemporaryDirectory() as folder, FolderCollection(folder, BagOfWords()) as collection:
    ...     _ = collection.add(Document("Mali won the cup.", "report"))
    ...     collection.search("who won the cup?", k=1)[0].passage.text
    'Mali won the cup.'

    Args:
        path: the folder. If it does not exist, it is created, with access for its owner only.
        encoder: the model that turns text into vectors. The default is the model that `CITED_MODEL` names, or else
            the packaged one.

    Raises:
        UnusableCollection: `path` is not a collection and not an empty folder, or cannot be created.
        OtherModel: another model made the collection.
        NewerFormat: a newer version of Cited made the collection.
        DamagedCollection: the database is damaged. It is left unchanged.
    """

    def __init__(self, path: str | os.PathLike[str], encoder: Encoder | None = None) -> None:
        self.path = Path(path)
        self.encoder = encoder or default_encoder()
        self._threads = RLock()
        self._processes = Lock(self.path)
        try:
            self._prepare_folder()
            make_room(self.path)
            self._database = Database(self.path / DATABASE, self.encoder, self._processes.held)
            self._indexes = self._copied_indexes() if self._database.is_read_only else self.path
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = error.strerror if isinstance(error, OSError) else error
            raise UnusableCollection(f"{str(self.path)!r} cannot be used ({reason}); name another folder.") from error
        self._lexical = LexicalIndex(self._indexes / _LEXICAL)
        self._dense = DenseIndex(self._indexes / _DENSE, self._database)

    def __repr__(self) -> str:
        return f"FolderCollection({str(self.path)!r})"

    def close(self) -> None:
        with self._threads:
            self._database.close()

    def remove(self, document_id: str) -> None:
        with self._changing():
            make_room(self.path)
            self._database.remove(document_id)
            try:
                self._refresh_files()
            except UnusableCollection as error:  # the next search tries again to update the indexes
                _log.warning("A document was removed, but: %s", error)

    def rename(self, document_id: str, title: str) -> Document:
        title = checked(title)
        with self._changing():
            return self._database.rename(document_id, title)

    def replace(
        self, document_id: str, document: Document, *, original: bytes | None = None, progress: Progress | None = None
    ) -> None:
        encoded = self._with_vectors_of(document_id, document, original)
        if encoded is None:
            (encoded,) = self._encode([document], original, progress)
        self.replace_encoded(document_id, encoded)

    def documents(self) -> list[Document]:
        with self._threads:
            return self._database.documents()

    def sources(self) -> dict[str, str]:
        with self._threads:
            return self._database.sources()

    def document_ids(self) -> list[str]:
        with self._threads:
            return self._database.document_ids()

    def document(self, document_id: str) -> Document:
        with self._threads, self._database.snapshot():
            return self._database.document(document_id)

    def beginning(self, document_id: str, most: int) -> list[Passage]:
        with self._threads, self._database.snapshot():
            return self._database.beginning(document_id, most)

    def original(self, document_id: str) -> bytes | None:
        with self._threads, self._database.snapshot():
            return self._database.original(document_id)

    def files(self) -> dict[str, str]:
        with self._threads:
            return self._database.files()

    def encoded(self, document_id: str) -> EncodedDocument:
        with self._threads, self._database.snapshot():
            return self._database.encoded(document_id)

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        given = [document.document for document in documents]
        if not given:
            return []
        with self._changing():
            added = self._database.add(documents)
            del documents  # the indexes need the memory of many passages
            self._refresh_files()
            keep_reserve(self.path)
        return [document for document in given if document.id in added]

    def replace_encoded(self, document_id: str, document: EncodedDocument) -> None:
        with self._changing():
            self._database.replace(document_id, document)
            self._refresh_files()

    def check(self) -> Report:
        documents = passages = kept = 0
        findings: list[str] = []
        with self._threads:
            try:
                with self._database.snapshot():
                    documents, passages = self._database.count()
                    kept = sum(map(bool, self._database.files().values()))
                    findings.extend(self._database.check())
                self._dense = DenseIndex(self._indexes / _DENSE, self._database)
                self._lexical = LexicalIndex(self._indexes / _LEXICAL)
                with self._alone():
                    self._refresh(self._dense, self._lexical)
                with self._one_state():
                    findings.extend(self._check_indexes())
            except DamagedCollection as error:
                findings.append(str(error))
        recall = self._dense.built.recall if self._dense.built else 1.0
        return Report(documents, passages, tuple(dict.fromkeys(findings)), recall, kept)

    def rebuild(self) -> None:
        with self._alone():
            for index in (self._dense, self._lexical):
                self._update(index, self._database.changes(since=0))

    def _new(self, documents: Iterable[Document]) -> list[Document]:
        with self._threads:
            return [document for document in dict.fromkeys(documents) if not self._database.holds(document.id)]

    def _with_vectors_of(self, document_id: str, document: Document, original: bytes | None) -> EncodedDocument | None:
        """Return `document` with the vectors of a stored one, or None unless their passages are indexed alike."""
        stored, passages = self.encoded(document_id), tuple(passages_of(document))
        indexed, before = ((passage.indexed_text for passage in each) for each in (passages, stored.passages))
        is_alike = len(passages) == len(stored.passages) and all(map(eq, indexed, before))
        return EncodedDocument(document, passages, stored.vectors, original) if is_alike else None

    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        depth = max(DEPTH, k)
        with self._one_state():
            among = None if documents is None else self._database.numbers_of(documents)
            lexical = self._lexical.search(question, depth, among)
            dense = self._dense.search(vector, depth, among)
            others = self._dense.cosines(vector, lexical.keys() - dense.keys())
            rankings = Rankings(lexical, dense, dense | others)
            passages = self._database.passages(rankings.best(k))
        return rankings.hits(question, passages, k)

    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        with self._one_state():
            among = None if documents is None else self._database.numbers_of(documents)
            return {word for word in words if self._lexical.holds(word, among)}

    def _check_indexes(self) -> Iterator[str]:
        numbers = self._database.numbers()
        for name, index in ((_DENSE, self._dense), (_LEXICAL, self._lexical)):
            if sorted(index.passages()) != numbers:
                yield f"The {name} index in {self.path} does not hold the database's passages; rebuild it."

    def _prepare_folder(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(LOCK)}
        # The database is checked last: another process may be creating the collection, and begins with its database.
        if entries and not is_collection(self.path):
            raise UnusableCollection(f"{self.path} holds other files and no collection; name a new or an empty folder.")
        # SQLite would treat the empty file as a new database, and delete the log of the old one.
        if entries & {_DENSE, _LEXICAL, f"{DATABASE}-wal"} and not (self.path / DATABASE).stat().st_size:
            raise DamagedCollection(f"{self.path / DATABASE} has lost its content; restore it from a backup.")

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Keep the database and both indexes in the newest common state, whatever other processes change meanwhile."""
        with self._threads:
            with self._database.snapshot():
                generation = self._database.generation()
                if self._dense.generation == self._lexical.generation == generation:
                    yield
                    return
            with self._alone():
                self._refresh(self._dense, self._lexical)
                yield

    def _refresh_files(self) -> None:
        """Save the indexes for other processes. The dense index is saved only after many changes (see `is_due`)."""
        self._refresh(self._lexical)
        if self._dense.is_due():
            self._refresh(self._dense)

    def _refresh(self, *indexes: DenseIndex | LexicalIndex) -> None:
        """Bring each index to the generation of the database: load what another process has saved, or update it."""
        generation = self._database.generation()
        for index in indexes:
            if index.generation != generation:
                index.load()
                if index.generation == 0 and index.folder.exists():
                    _log.warning("%s is damaged and is made again", index.folder)
            if index.generation != generation:
                # An unknown generation comes from another copy of the database, or from before a backup was restored.
                since = index.generation if self._database.has_been_at(index.generation) else 0
                self._update(index, self._database.changes(since))

    def _update(self, index: DenseIndex | LexicalIndex, changes: Changes) -> None:
        try:
            with closing(changes.texts), closing(changes.vectors):
                index.update(changes)
            _make_private(index.folder)
        except (OSError, RuntimeError, ValueError) as error:  # the libraries report a full disk in these ways
            raise (DiskFull if is_full(self.path) else UnusableCollection)(
                f"The documents in {self.path} are safe, but a search index could not be written ({error});"
                " see to it that the folder can be written and the disk has room, and try again."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Exclude all other threads and processes during a change. Raise `ReadOnlyCollection` if none is possible."""
        if self._database.is_read_only:
            raise ReadOnlyCollection(f"{self.path} cannot be written, so it can be asked, but not changed.")
        with self._alone():
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Exclude all other threads and processes. A read-only database is instead read in one snapshot."""
        with self._threads:
            if self._database.is_read_only:
                with self._database.snapshot():
                    yield
                return
            self._database.check_in_place()  # taking the lock would create the folder again
            with self._processes.held():
                self._database.check_in_place()
                yield

    def _copied_indexes(self) -> Path:
        """Return a temporary folder with copies of the indexes. It is deleted together with this object."""
        folder = Path(tempfile.mkdtemp(prefix="cited-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        for name in (_DENSE, _LEXICAL):
            with suppress(OSError):  # missing or unreadable: the index is built from the database
                shutil.copytree(self.path / name, folder / name, copy_function=shutil.copyfile)
        return folder


def _make_private(folder: Path) -> None:
    """Let only their owner read the files in `folder`. Libraries create them with the system's default rights."""
    for file in list(folder.iterdir()) if folder.exists() else []:
        with suppress(OSError):  # a lock file of Tantivy that is already gone
            file.chmod(0o600)


def is_collection(path: Path) -> bool:
    """Return whether the folder `path` contains a collection."""
    return (path / DATABASE).exists()
