"""The truth of a collection: documents, passages and their vectors in one SQLite database."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.contract import EncodedDocument
from index.document import CitedError, Document, Span
from index.encoder import Vectors
from index.passage import Passage

APPLICATION_ID = 0x43495445  # "CITE": tells our databases from any other program's
FORMAT = 1

_SCHEMA = (
    "CREATE TABLE settings (encoder TEXT NOT NULL, generation INTEGER NOT NULL)",
    "CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE passages (number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents,"
    ' "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL, generation INTEGER NOT NULL)',
    "CREATE TABLE removals (passage INTEGER PRIMARY KEY, generation INTEGER NOT NULL)",
    "CREATE INDEX passages_by_document ON passages (document)",
    "CREATE INDEX passages_by_generation ON passages (generation)",
    "CREATE INDEX removals_by_generation ON removals (generation)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
)


class UnusableCollection(CitedError):
    """A folder that is no collection, is damaged, cannot be written, or is of another model or a newer version."""


class UnknownDocument(CitedError):
    """A document id that the collection does not hold."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"No document here has the id {document_id!r}; `documents()` lists those there are.")


@dataclass(frozen=True, slots=True)
class Changes:
    """What takes an index from generation `since` to `generation`; after 0, it begins empty.

    Row `i` of `vectors`, `(n, dim)`, and `texts[i]` belong to passage `added[i]`; without any, `vectors` is `(0,)`.
    """

    since: int
    generation: int
    removed: Sequence[int]
    added: Sequence[int]
    texts: Sequence[str]
    vectors: Vectors


class Database:
    """The documents in one file. Every change is one transaction and one step of `generation`.

    Passages are known by numbers that rise and are never used again. One thread at a time may call.

    Raises:
        UnusableCollection: from any method, where SQLite finds the file damaged, locked for a minute, or the disk full.
    """

    def __init__(self, path: Path, encoder: str) -> None:
        self._path = path
        with self._translating_errors():
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
            try:
                with self._transaction():
                    self._create_or_check(encoder)
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA foreign_keys = ON")
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        self._connection.close()

    def generation(self) -> int:
        with self._translating_errors():
            return int(self._value("SELECT generation FROM settings"))

    def holds(self, document_id: str) -> bool:
        with self._translating_errors():
            return bool(self._value("SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?)", document_id))

    def add(self, documents: Iterable[Document], passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add the documents that are not there yet, with their passages; row `i` of `vectors` is `passages[i]`'s."""
        with self._translating_errors(), self._transaction():
            generation = self._next_generation()
            new = {document.id for document in documents if self._insert(document)}
            self._connection.executemany(
                'INSERT INTO passages (document, "start", "end", vector, generation) VALUES (?, ?, ?, ?, ?)',
                (
                    (passage.document.id, passage.span.start, passage.span.end, vector.tobytes(), generation)
                    for passage, vector in zip(passages, vectors, strict=True)
                    if passage.document.id in new
                ),
            )

    def remove(self, document_id: str) -> None:
        """Remove a document and its passages.

        Raises:
            UnknownDocument: there is no such document.
        """
        with self._translating_errors(), self._transaction():
            if not self.holds(document_id):
                raise UnknownDocument(document_id)
            self._connection.execute(
                "INSERT INTO removals SELECT number, ? FROM passages WHERE document = ?",
                (self._next_generation(), document_id),
            )
            self._connection.execute("DELETE FROM passages WHERE document = ?", (document_id,))
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""
        with self._translating_errors():
            rows = self._connection.execute("SELECT id, title, source, text FROM documents ORDER BY rowid")
            return [self._document(*row) for row in rows]

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""
        with self._translating_errors():
            return [
                document_id for (document_id,) in self._connection.execute("SELECT id FROM documents ORDER BY rowid")
            ]

    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document with its passages and their vectors.

        Raises:
            UnknownDocument: there is no such document.
        """
        with self._translating_errors():
            if not self.holds(document_id):
                raise UnknownDocument(document_id)
            document = self._load(document_id)
            rows = self._connection.execute(
                'SELECT "start", "end", vector FROM passages WHERE document = ? ORDER BY number', (document_id,)
            ).fetchall()
            passages = tuple(Passage(document, Span(start, end)) for start, end, _ in rows)
            return EncodedDocument(document, passages, np.array([np.frombuffer(row[2], np.float32) for row in rows]))

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return the passages that have these numbers; a number that is not there, or no longer, is left out."""
        with self._translating_errors():
            documents: dict[str, Document] = {}
            passages: dict[int, Passage] = {}
            for number in numbers:
                row = self._row('SELECT document, "start", "end" FROM passages WHERE number = ?', number)
                if row is None:
                    continue
                document_id, start, end = row
                if document_id not in documents:
                    documents[document_id] = self._load(document_id)
                passages[number] = Passage(documents[document_id], Span(start, end))
            return passages

    def changes(self, since: int) -> Changes:
        """Return what has changed after generation `since`; after 0, everything."""
        with self._translating_errors():
            removed = self._connection.execute("SELECT passage FROM removals WHERE generation > ?", (since,)).fetchall()
            added = self._connection.execute(
                "SELECT number, vector FROM passages WHERE generation > ? ORDER BY number", (since,)
            ).fetchall()
            passages = self.passages(number for number, _ in added)
            return Changes(
                since=since,
                generation=self.generation(),
                removed=[number for (number,) in removed],
                added=list(passages),
                texts=[passage.text for passage in passages.values()],
                vectors=np.array([np.frombuffer(vector, np.float32) for _, vector in added], np.float32),
            )

    def _create_or_check(self, encoder: str) -> None:
        tables = self._value("SELECT count(*) FROM sqlite_schema")
        if tables == 0:
            for statement in _SCHEMA:
                self._connection.execute(statement)
            self._connection.execute("INSERT INTO settings VALUES (?, 0)", (encoder,))
            return
        if self._value("PRAGMA application_id") != APPLICATION_ID:
            raise UnusableCollection(f"{self._path} is another program's database; name another folder.")
        version = self._value("PRAGMA user_version")
        if version > FORMAT:
            raise UnusableCollection(
                f"{self._path.parent} was made by a newer version of Cited (format {version}, this one reads {FORMAT});"
                " update Cited to open it."
            )
        made_by = self._value("SELECT encoder FROM settings")
        if made_by != encoder:
            raise UnusableCollection(
                f"{self._path.parent} was made with the model {made_by!r} and cannot be searched with {encoder!r};"
                f" set CITED_MODEL={made_by} or add the documents to a new folder."
            )

    def _insert(self, document: Document) -> bool:
        """Insert `document` and return True, or return False where it already is."""
        row = (document.id, document.title, document.source, document.text)
        return self._connection.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?)", row).rowcount == 1

    def _document(self, document_id: str, title: str, source: str, text: str) -> Document:
        document = Document(text, title, source)
        if document.id != document_id:
            raise UnusableCollection(
                f"The text of {title!r} in {self._path} is damaged; restore the file from a backup."
            )
        return document

    def _load(self, document_id: str) -> Document:
        row = self._row("SELECT id, title, source, text FROM documents WHERE id = ?", document_id)
        assert row is not None, "no passage stands without its document: a foreign key"
        return self._document(*row)

    def _next_generation(self) -> int:
        return int(self._value("UPDATE settings SET generation = generation + 1 RETURNING generation"))

    def _value(self, query: str, *values: object) -> Any:
        row = self._row(query, *values)
        assert row is not None, "asked only where there is always a row"
        return row[0]

    def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return row

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise UnusableCollection(f"{self._path.parent} was closed; open it again.") from error
        except sqlite3.OperationalError as error:  # locked, full, read-only: the file itself is sound
            raise UnusableCollection(f"{self._path} cannot be used just now ({error}); nothing was changed.") from error
        except sqlite3.DatabaseError as error:
            raise UnusableCollection(
                f"{self._path} is damaged ({error}); restore it from a backup. Nothing was changed."
            ) from error
