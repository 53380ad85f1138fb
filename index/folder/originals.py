"""The files that documents were read from: a table of the database, compressed, each file once."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import closing

from index.errors import DamagedCollection
from index.folder.sqlite import SqliteFile

_PART = 1_000_000
"""Bytes of a file in one row, before they are compressed."""


class Originals:
    """The table of original files. `Database` translates the errors and begins the transactions."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def keep(self, document_id: str, data: bytes) -> None:
        """Keep the file from which a stored document was read."""
        digest = hashlib.sha256(data).hexdigest()
        if not self._file.value("SELECT EXISTS (SELECT 1 FROM originals WHERE digest = ?)", digest):
            self._file.executemany(
                "INSERT INTO originals VALUES (?, ?, ?)",
                ((digest, at, zlib.compress(data[at : at + _PART])) for at in range(0, len(data), _PART)),
            )
        self._file.execute("UPDATE documents SET original = ? WHERE id = ?", (digest, document_id))

    def load(self, document_id: str) -> bytes | None:
        """Return the file from which a stored document was read; None if it was not kept.

        Raises:
            DamagedCollection: the stored file is damaged.
        """
        digest = self._file.value("SELECT original FROM documents WHERE id = ?", document_id)
        if not digest:
            return None
        data = bytearray()
        with closing(
            self._file.execute("SELECT content FROM originals WHERE digest = ? ORDER BY part", (digest,))
        ) as parts:
            try:
                for (part,) in parts:
                    data += zlib.decompress(part)
            except (zlib.error, TypeError) as error:
                raise self._file.damage(f"The file of document {document_id[:12]}…") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise self._file.damage(f"The file of document {document_id[:12]}…")
        return bytes(data)

    def digests(self) -> dict[str, str]:
        """Return the mapping document id → SHA-256 of its file, in the order in which they were added.

        The digest is empty if the file was not kept.
        """
        return dict(self._file.execute("SELECT id, original FROM documents ORDER BY rowid").fetchall())

    def check(self) -> Iterator[str]:
        """Read all files, and yield one sentence for each that is damaged."""
        for document_id in self.digests():
            try:
                self.load(document_id)
            except DamagedCollection as error:
                yield str(error)

    def delete_unused(self) -> None:
        """Delete the files of removed documents."""
        self._file.execute("DELETE FROM originals WHERE digest NOT IN (SELECT original FROM documents)")
