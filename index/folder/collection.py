"""A collection: documents in one folder, searched as one."""

import logging
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock

import numpy as np

from index.collection import DEPTH, Collection, DocumentIds, EncodedDocument, Progress, Report
from index.document import Document
from index.encoder.base import Encoder, Vectors
from index.encoder.sentence_transformer import default_encoder
from index.errors import DamagedCollection, DiskFull, ReadOnlyCollection, UnusableCollection
from index.folder.database import Changes, Database
from index.folder.dense import DenseIndex
from index.folder.lexical import LexicalIndex
from index.folder.lock import LOCK, Lock
from index.folder.reserve import is_full, keep_reserve, make_room
from index.passage import Passage
from index.ranking import Hit, Rankings

_log = logging.getLogger("cited.index")

DATABASE, DENSE, LEXICAL = "collection.sqlite", "dense", "lexical"


class FolderCollection(Collection):
    """The documents in one folder: a database that holds the truth, and two indexes derived from it.

    Any number of threads may use one `FolderCollection`, and any number of processes may open the same folder.
    Changes are all or nothing, and every search sees the newest state. An index that is missing, damaged or
    behind, whoever made the change, is brought up to date without encoding anything again.

    A folder that cannot be written can be asked all the same: its indexes are then kept in a folder of their own.

    Args:
        path: the folder; made if there is none, for its owner alone.
        encoder: turns text into vectors; without one, the packaged model or what `CITED_MODEL` names.

    Raises:
        UnusableCollection: `path` is something else, or of another model or a newer version, or cannot be made.
        DamagedCollection: the database in it is damaged. It is left as it is.
    """

    def __init__(self, path: str | os.PathLike[str], encoder: Encoder | None = None) -> None:
        self.path = Path(path)
        self.encoder = encoder or default_encoder()
        self._threads = RLock()
        self._processes = Lock(self.path)
        try:
            self._prepare_folder()
            make_room(self.path)
            self._database = Database(self.path / DATABASE, self.encoder.name, self._processes.held)
            self._indexes = self._copied_indexes() if self._database.is_read_only else self.path
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = error.strerror if isinstance(error, OSError) else error
            raise UnusableCollection(f"{str(self.path)!r} cannot be used ({reason}); name another folder.") from error
        self._lexical = LexicalIndex(self._indexes / LEXICAL)
        self._dense = DenseIndex(self._indexes / DENSE, self._database)

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
            except UnusableCollection as error:  # the next search tries again
                _log.warning("A document was removed, but: %s", error)

    def replace(self, document_id: str, document: Document, *, progress: Progress | None = None) -> None:
        (encoded,) = self._encode([document], progress)
        with self._changing():
            self._database.replace(document_id, document, encoded.passages, encoded.vectors)
            self._refresh_files()

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

    def encoded(self, document_id: str) -> EncodedDocument:
        with self._threads, self._database.snapshot():
            return self._database.encoded(document_id)

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        added: set[str] = set()
        if documents:
            passages = [passage for document in documents for passage in document.passages]
            vectors = np.concatenate([document.vectors for document in documents])
            with self._changing():
                added = self._database.add([document.document for document in documents], passages, vectors)
                self._refresh_files()
                keep_reserve(self.path)
        return [document.document for document in documents if document.document.id in added]

    def check(self) -> Report:
        documents = passages = 0
        findings: list[str] = []
        with self._threads:
            try:
                with self._database.snapshot():
                    documents, passages = self._database.count()
                    findings.extend(self._database.check())
                self._dense = DenseIndex(self._indexes / DENSE, self._database)
                self._lexical = LexicalIndex(self._indexes / LEXICAL)
                with self._alone():
                    self._refresh(self._dense, self._lexical)
                with self._one_state():
                    findings.extend(self._check_indexes())
            except DamagedCollection as error:
                findings.append(str(error))
        recall = self._dense.built.recall if self._dense.built else 1.0
        return Report(documents, passages, tuple(dict.fromkeys(findings)), recall)

    def rebuild(self) -> None:
        with self._alone():
            for index in (self._dense, self._lexical):
                self._update(index, self._database.changes(since=0))

    def _new(self, documents: Iterable[Document]) -> list[Document]:
        with self._threads:
            return [document for document in dict.fromkeys(documents) if not self._database.holds(document.id)]

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
        for name, index in ((DENSE, self._dense), (LEXICAL, self._lexical)):
            if sorted(index.passages()) != numbers:
                yield f"The {name} index in {self.path} does not hold the database's passages; rebuild it."

    def _prepare_folder(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = {entry.name for entry in self.path.iterdir() if not entry.name.startswith(LOCK)}
        # Looked for last: another process may be making the collection just now, and begins with its database.
        if entries and not is_collection(self.path):
            raise UnusableCollection(f"{self.path} holds other files and no collection; name a new or an empty folder.")
        # SQLite would take the empty file for a new database, and begin by deleting the log of the old one.
        if entries & {DENSE, LEXICAL, f"{DATABASE}-wal"} and not (self.path / DATABASE).stat().st_size:
            raise DamagedCollection(f"{self.path / DATABASE} has lost its content; restore it from a backup.")

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Hold the database and both indexes in one state, the newest, whatever other processes change meanwhile."""
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
        """Bring to disk what others read there; small changes the dense index takes from the database when searched."""
        self._refresh(self._lexical)
        if self._dense.is_due():
            self._refresh(self._dense)

    def _refresh(self, *indexes: DenseIndex | LexicalIndex) -> None:
        """Bring each index to the database's generation: read what another process has derived, or derive it."""
        generation = self._database.generation()
        for index in indexes:
            if index.generation != generation:
                index.load()
                if index.generation == 0 and index.folder.exists():
                    _log.warning("%s is damaged and is made again", index.folder)
            if index.generation != generation:
                # Another past is that of a backup that was restored since, or of another copy of the database.
                since = index.generation if self._database.has_been_at(index.generation) else 0
                self._update(index, self._database.changes(since))

    def _update(self, index: DenseIndex | LexicalIndex, changes: Changes) -> None:
        try:
            with closing(changes.texts), closing(changes.vectors):
                index.update(changes)
            _make_private(index.folder)
        except (OSError, RuntimeError, ValueError) as error:  # as the libraries report a full disk
            raise (DiskFull if is_full(self.path) else UnusableCollection)(
                f"The documents in {self.path} are safe, but a search index could not be written ({error});"
                " see to it that the folder can be written and the disk has room, and try again."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Keep out this process's other threads and every other process, where what is open can be changed."""
        if self._database.is_read_only:
            raise ReadOnlyCollection(f"{self.path} cannot be written, so it can be asked, but not changed.")
        with self._alone():
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep out this process's other threads and every other process; if read-only, hold the database's state."""
        with self._threads:
            if self._database.is_read_only:
                with self._database.snapshot():
                    yield
                return
            self._database.check_in_place()  # the lock would make the folder anew
            with self._processes.held():
                self._database.check_in_place()
                yield

    def _copied_indexes(self) -> Path:
        """Return a folder with copies of the indexes, which is deleted with this."""
        folder = Path(tempfile.mkdtemp(prefix="cited-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        for name in (DENSE, LEXICAL):
            with suppress(OSError):  # missing or unreadable: it is made from the database
                shutil.copytree(self.path / name, folder / name, copy_function=shutil.copyfile)
        return folder


def _make_private(folder: Path) -> None:
    """Let nobody but their owner read the files in `folder`; libraries make them as the system has it."""
    for file in list(folder.iterdir()) if folder.exists() else []:
        with suppress(OSError):  # a lock of Tantivy's that is gone already
            file.chmod(0o600)


def is_collection(path: Path) -> bool:
    """Return whether the folder `path` holds a collection."""
    return (path / DATABASE).exists()
