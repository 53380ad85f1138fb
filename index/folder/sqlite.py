"""The file of a collection's database: its tables, made or checked when it is opened, and its errors in sentences."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from index.errors import (
    CollectionLocked,
    CollectionMoved,
    DamagedCollection,
    DiskFull,
    NewerFormat,
    OtherModel,
    ReadOnlyCollection,
    UnusableCollection,
)
from index.folder.reserve import is_full

_log = logging.getLogger("cited.index")

APPLICATION_ID = 0x43495445  # "CITE": tells our databases from any other program's
FORMAT = 3

PAGE_SIZE = 8192
"""Bytes that SQLite reads at once: five vectors of 384 dimensions fill 94 % of 8,192, two of them 75 % of 4,096."""

_PASSING = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""SQLite's result codes that do not mean corruption."""

_KINDS = {
    sqlite3.SQLITE_BUSY: CollectionLocked,
    sqlite3.SQLITE_LOCKED: CollectionLocked,
    sqlite3.SQLITE_READONLY: ReadOnlyCollection,
}

_SCHEMA = (
    "CREATE TABLE settings (encoder TEXT NOT NULL, generation INTEGER NOT NULL)",
    "CREATE TABLE generations (generation INTEGER PRIMARY KEY)",
    "CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,"
    " places TEXT NOT NULL,"  # as JSON: [[start, label], …]
    " blocks TEXT NOT NULL DEFAULT '',"  # see `index.block.pack`; without any, they are those of plain text
    " facts TEXT NOT NULL DEFAULT '[]')",  # as JSON: [[name, value, origin], …]
    "CREATE TABLE passages (number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents,"
    ' "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, generation INTEGER NOT NULL)',
    # Apart from the passages, so that what reads those does not wade through a hundred times as many bytes.
    "CREATE TABLE vectors (passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL)",
    "CREATE TABLE removals (passage INTEGER PRIMARY KEY, generation INTEGER NOT NULL)",
    "CREATE INDEX passages_by_document ON passages (document)",
    "CREATE INDEX passages_by_generation ON passages (generation)",
    "CREATE INDEX removals_by_generation ON removals (generation)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
)

_SINCE_FORMAT_2 = (
    "ALTER TABLE documents ADD COLUMN blocks TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT '[]'",
    "PRAGMA user_version = 3",
)
"""What makes a database of format 2 one of format 3."""


Alone = Callable[[], AbstractContextManager[None]]
"""Keeps out every other process as long as it is entered."""


class SqliteFile:
    """A connection to the database in the file `path`, which is made if it is not there, for vectors of `encoder`.

    A database that is there is opened without writing. Where the file or its folder cannot be written it is read-only.

    Args:
        path: the file.
        encoder: name of the model that makes the vectors.
        alone: entered while the database is made, or brought to the newest format.

    Raises:
        UnusableCollection: the file is another program's, of another version or of another model, or cannot be used.
        DamagedCollection: it is not as it was written.
    """

    def __init__(self, path: Path, encoder: str, alone: Alone) -> None:
        self.path = path
        self.is_read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        with self.translating_errors():
            self._connection = self._read_only() if self.is_read_only else self._connect()
            try:
                if not self._is_ready():
                    self._make_ready(encoder, alone)
                self._check_model(encoder)
                self.execute("PRAGMA foreign_keys = ON")
                self._place = self._found()
            except BaseException:  # an interrupt, too: whoever made it cannot close what they did not get
                self._connection.close()
                raise

    def close(self) -> None:
        self._connection.close()

    def execute(self, query: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        return self._connection.execute(query, tuple(values))

    def executemany(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(query, rows)

    def value(self, query: str, *values: object) -> Any:
        """Return the first value of a query that has a row in any sound database."""
        row = self.row(query, *values)
        if row is None:
            raise self.damage("The settings")
        return row[0]

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of a query, if it has any."""
        row: tuple[Any, ...] | None = self.execute(query, values).fetchone()
        return row

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one change of all that is written meanwhile, or none if an error is raised."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:  # an interrupt, too: the connection must not stay in a transaction
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the database in one state, whatever other processes commit meanwhile."""
        with self.translating_errors():
            self.execute("BEGIN")
        try:
            yield
        finally:
            with self.translating_errors():
                self.execute("ROLLBACK")

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Raise what SQLite raises as an error of ours, with what can be done about it."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise UnusableCollection(f"{self.path.parent} was closed; open it again.") from error
        except sqlite3.DatabaseError as error:
            # Without a code it is Python's, at a text that is not UTF-8.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(self.path.parent)):
                raise DiskFull(
                    f"The disk of {self.path.parent} is full, and nothing was changed; make room on it and try again."
                ) from error
            if code in _PASSING:
                kind = _KINDS.get(code, UnusableCollection)
                raise kind(f"{self.path} cannot be used just now ({error}); nothing was changed.") from error
            raise DamagedCollection(
                f"{self.path} is damaged ({error}); restore it from a backup. Nothing was changed."
            ) from error

    def damage(self, what: str) -> DamagedCollection:
        """Return the error that says that `what` is damaged."""
        return DamagedCollection(f"{what} in {self.path} is damaged; restore the file from a backup.")

    def check_in_place(self) -> None:
        """Raise unless the open file is the one that its path leads to.

        Raises:
            CollectionMoved: it was deleted, moved or replaced.
        """
        try:
            is_in_place = self._found() == self._place
        except OSError:
            is_in_place = False
        if not is_in_place:
            raise CollectionMoved(
                f"{self.path.parent} was deleted, moved or replaced while it was open; nothing was changed."
                " Put it back, or open it again."
            )

    def _found(self) -> tuple[int, int]:
        status = self.path.stat()
        return status.st_dev, status.st_ino

    def _connect(self, options: str = "") -> sqlite3.Connection:
        if not self.path.exists():
            self.path.touch(mode=0o600)
        address = f"{self.path.absolute().as_uri()}?{options}"
        return sqlite3.connect(address, uri=True, timeout=60, isolation_level=None, check_same_thread=False)

    def _read_only(self) -> sqlite3.Connection:
        """Connect to a file that cannot be written.

        SQLite needs to write beside a database in WAL mode, unless another process has it open already, or is sure that
        nobody changes it.
        """
        connection = self._connect("mode=ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.OperationalError as error:
            connection.close()
            log = self.path.with_name(f"{self.path.name}-wal")
            if log.exists() and log.stat().st_size:
                raise ReadOnlyCollection(
                    f"{self.path.parent} cannot be written, and was not closed when it was last changed;"
                    " open it once where it can be."
                ) from error
            return self._connect("immutable=1")
        return connection

    def _is_ready(self) -> bool:
        """Return whether the database is made, whole, and of our format."""
        if self.value("SELECT count(*) FROM sqlite_schema") == 0:
            return False
        self._check_maker()
        return bool(self.value("PRAGMA user_version") == FORMAT and self.value("PRAGMA journal_mode") == "wal")

    def _make_ready(self, encoder: str, alone: Alone) -> None:
        if self.is_read_only and self.value("PRAGMA user_version") != FORMAT:
            raise ReadOnlyCollection(
                f"{self.path.parent} is of an older format and cannot be written; open it once where it can be."
            )
        if self.is_read_only:
            return
        with alone():
            self.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # of a database yet to be made
            with self.transaction():
                self._make_or_migrate(encoder)
            self.execute("PRAGMA journal_mode = WAL")

    def _make_or_migrate(self, encoder: str) -> None:
        if self.value("SELECT count(*) FROM sqlite_schema") == 0:
            for statement in _SCHEMA:
                self.execute(statement)
            self.execute("INSERT INTO settings VALUES (?, 0)", (encoder,))
            return
        self._check_maker()
        if self.value("PRAGMA user_version") == 2:
            self._check_model(encoder)
            _log.info("%s is brought to format %d", self.path.parent, FORMAT)
            for statement in _SINCE_FORMAT_2:
                self.execute(statement)

    def _check_maker(self) -> None:
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise UnusableCollection(f"{self.path} is another program's database; name another folder.")
        version = self.value("PRAGMA user_version")
        if version > FORMAT:
            raise NewerFormat(
                f"{self.path.parent} was made by a newer version of Cited (format {version}, this one reads {FORMAT});"
                " update Cited to open it."
            )
        if version < 2:
            raise UnusableCollection(
                f"{self.path.parent} was made by an older version of Cited (format {version}, not {FORMAT});"
                " add the documents to a new folder."
            )

    def _check_model(self, encoder: str) -> None:
        made_by = self.value("SELECT encoder FROM settings")
        if made_by != encoder:
            raise OtherModel(
                f"{self.path.parent} was made with the model {made_by!r} and cannot be searched with {encoder!r};"
                f" set CITED_MODEL={made_by} or add the documents to a new folder."
            )
