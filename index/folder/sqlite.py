"""The SQLite file of a collection, which is created, checked or migrated on opening, and its error messages."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from index.encoder.base import Encoder
from index.encoder.identity import Identity
from index.errors import (
    CollectionLocked,
    CollectionMoved,
    DamagedCollection,
    DiskFull,
    NewerFormat,
    ReadOnlyCollection,
    UnusableCollection,
)
from index.folder.reserve import is_full
from index.folder.schema import APPLICATION_ID, FORMAT, MIGRATIONS, PAGE_SIZE, SCHEMA

_log = logging.getLogger("cited.index")

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
"""SQLite result codes that do not indicate corruption."""

_KINDS = {
    sqlite3.SQLITE_BUSY: CollectionLocked,
    sqlite3.SQLITE_LOCKED: CollectionLocked,
    sqlite3.SQLITE_READONLY: ReadOnlyCollection,
}

Alone = Callable[[], AbstractContextManager[None]]
"""Returns a context manager that excludes every other process."""


class SqliteFile:
    """A connection to the database in a file, which is created if it does not exist.

    Opening an existing database writes nothing. The database is read-only if the file or its folder cannot be written.

    Args:
        path: the file.
        encoder: the model that makes the vectors.
        alone: excludes other processes while the database is created or migrated to the newest format.

    Raises:
        UnusableCollection: the file is of another program, version or model, or cannot be used.
        DamagedCollection: the file is damaged.
    """

    def __init__(self, path: Path, encoder: Encoder, alone: Alone) -> None:
        self.path = path
        self.is_read_only = path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        with self.translating_errors():
            self._connection = self._read_only() if self.is_read_only else self._connect()
            try:
                if not self._is_ready():
                    self._make_ready(encoder, alone)
                self._check_model(encoder)
                self.execute("PRAGMA foreign_keys = ON")
                self.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
                self._place = self._found()
            except BaseException:  # even an interrupt: the caller has no object to close
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, query: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """Run `query` with `values`, and return its cursor."""
        return self._connection.execute(query, tuple(values))

    def executemany(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run `query` once for each of `rows`."""
        self._connection.executemany(query, rows)

    def value(self, query: str, *values: object) -> Any:
        """Return the first value of a query that finds a row in every undamaged database."""
        row = self.row(query, *values)
        if row is None:
            raise self.damage("The settings")
        return row[0]

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        row: tuple[Any, ...] | None = self.execute(query, values).fetchone()
        return row

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written inside the block, or roll it back on an error."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:  # even an interrupt: the connection must not stay in a transaction
            if self._connection.in_transaction:  # on a full disk, SQLite has rolled it back itself
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
        """Turn errors of SQLite into errors of Cited, whose messages say what can be done."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise UnusableCollection(f"{self.path.parent} was closed; open it again.") from error
        except sqlite3.DatabaseError as error:
            # An error without a code comes from Python, for a text that is not UTF-8.
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
        """Return an error saying that `what` is damaged."""
        return DamagedCollection(f"{what} in {self.path} is damaged; restore the file from a backup.")

    def check_in_place(self) -> None:
        """Check that the open file is still the one at its path.

        Raises:
            CollectionMoved: the file was deleted, moved or replaced.
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

        In WAL mode, SQLite has to write files beside the database. It need not if another process has the database
        open, or if the database is declared immutable.
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
        """Return whether the database is complete and in the current format."""
        if self.value("SELECT count(*) FROM sqlite_schema") == 0:
            return False
        self._check_maker()
        return bool(self.value("PRAGMA user_version") == FORMAT and self.value("PRAGMA journal_mode") == "wal")

    def _make_ready(self, encoder: Encoder, alone: Alone) -> None:
        if self.is_read_only and self.value("PRAGMA user_version") != FORMAT:
            raise ReadOnlyCollection(
                f"{self.path.parent} is of an older format and cannot be written; open it once where it can be."
            )
        if self.is_read_only:
            return
        with alone():
            self.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # has an effect only before the database is created
            with self.transaction():
                self._make_or_migrate(encoder)
            self.execute("PRAGMA journal_mode = WAL")

    def _make_or_migrate(self, encoder: Encoder) -> None:
        if self.value("SELECT count(*) FROM sqlite_schema") == 0:
            for statement in SCHEMA:
                self.execute(statement)
            self.execute("INSERT INTO settings VALUES (?, 0, ?)", (encoder.name, encoder.digest))
            return
        self._check_maker()
        version = self.value("PRAGMA user_version")
        if version < FORMAT:
            _log.info("%s is brought to format %d", self.path.parent, FORMAT)
            for older in range(version, FORMAT):
                for statement in MIGRATIONS[older]:
                    self.execute(statement)
            self.execute(f"PRAGMA user_version = {FORMAT}")
            self._check_model(encoder)

    def _check_maker(self) -> None:
        if self.value("PRAGMA application_id") != APPLICATION_ID:
            raise UnusableCollection(f"{self.path} is another program's database; name another folder.")
        version = self.value("PRAGMA user_version")
        if version > FORMAT:
            raise NewerFormat(
                f"{self.path.parent} was made by a newer version of Cited (format {version}, this one reads {FORMAT});"
                " update Cited to open it."
            )
        if version < min(MIGRATIONS):
            raise UnusableCollection(
                f"{self.path.parent} was made by an older version of Cited (format {version}, not {FORMAT});"
                " add the documents to a new folder."
            )

    def _check_model(self, encoder: Encoder) -> None:
        row = self.row("SELECT encoder, model FROM settings")
        if row is None:
            raise self.damage("The settings")
        Identity(*row).check(encoder, str(self.path.parent), "a new folder")
