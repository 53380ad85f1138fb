"""The documents of a collection: a table of the database (see `index.folder.sqlite`)."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from index.document import Document, Span
from index.errors import DamagedCollection, EmptyDocument, SpanOutsideText, UnknownDocument
from index.folder.sqlite import SqliteFile
from index.packing import pack, unpack
from index.utf8 import PART

RECENT = 32_000_000
"""Code points of recently read documents kept in memory. A document of 100 MB takes half a second to read and check."""

CELL = 100
"""Code points that take about as much memory as a cell of a table."""

_DOCUMENT = "id, title, source, text, places, blocks, facts, tables, emphasis, boxes"


class Documents:
    """The table of documents, without their passages. `Database` translates the errors and begins the transactions."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._recent = _Recent()

    def holds(self, document_id: str) -> bool:
        """Return whether the document is stored."""
        return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?)", document_id))

    def expect(self, document_id: str) -> None:
        """Raise `UnknownDocument` unless the document is stored."""
        if not self.holds(document_id):
            raise UnknownDocument(document_id)

    def sources(self) -> dict[str, str]:
        """Return the mapping document id → source, in the order in which the documents were added."""
        return dict(self._file.execute("SELECT id, source FROM documents ORDER BY rowid").fetchall())

    def each(self) -> Iterator[Document | DamagedCollection]:
        """Yield every document in the order in which they were added, or the error that one is damaged."""
        for row in self._file.execute(f"SELECT {_DOCUMENT} FROM documents ORDER BY rowid"):
            try:
                yield self._document(*row)
            except DamagedCollection as error:
                yield error

    def all(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""
        documents = []
        for document in self.each():
            if isinstance(document, DamagedCollection):
                raise document
            documents.append(document)
        return documents

    def load(self, document_id: str) -> Document:
        """Return the document with this id, which is stored."""
        row = self._file.row(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", document_id)
        if row is None:
            raise self._file.damage(f"The list of documents, which lacks {document_id!r},")
        return self._document(*row)

    def recent(self, document_id: str, generation: int) -> Document:
        """Return the same as `load`, from memory if it was read lately.

        Args:
            document_id: the id of a stored document.
            generation: that in which it was added. It may have been removed before, and come back under another title.
        """
        document = self._recent.get(document_id, generation)
        if document is None or document.title != self._title(document_id):  # it may have been renamed
            document = self.load(document_id)
        self._recent.put(document, generation)
        return document

    def rename(self, document_id: str, title: str) -> None:
        """Change the title of the document. Raise `UnknownDocument` unless it is stored."""
        self.expect(document_id)
        self._file.execute("UPDATE documents SET title = ? WHERE id = ?", (title, document_id))

    def insert(self, document: Document, generation: int) -> bool:
        """Insert `document` and return True. Return False if it is already stored.

        Args:
            document: the document. It is then among the recent ones, because it will be indexed next.
            generation: that of the database after the change.
        """
        fields = pack(document)
        places, facts = (json.dumps(fields[name], ensure_ascii=False) for name in ("places", "facts"))
        names = (document.id, document.title, document.source)
        packed = (places, fields["blocks"], facts, fields["tables"], fields["emphasis"])
        row = (*names, document.text[:PART], *packed, document.boxes)
        values = ", ".join("?" * len(row))
        done = self._file.execute(f"INSERT OR IGNORE INTO documents ({_DOCUMENT}) VALUES ({values})", row)
        if not done.rowcount:
            return False
        self._file.executemany(
            "INSERT INTO continuations VALUES (?, ?, ?)",
            ((document.id, at, document.text[at : at + PART]) for at in range(PART, len(document.text), PART)),
        )
        self._recent.put(document, generation)
        return True

    def _title(self, document_id: str) -> str:
        return str(self._file.value("SELECT title FROM documents WHERE id = ?", document_id))

    def delete(self, document_id: str) -> None:
        """Delete the document, and by the schema all that belongs to it."""
        self._file.execute("DELETE FROM continuations WHERE document = ?", (document_id,))
        self._file.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def _document(self, document_id: str, *stored: Any) -> Document:
        *strings, boxes = stored
        title, source, text, places, blocks, facts, tables, emphasis = strings
        if all(isinstance(value, str) for value in strings) and isinstance(boxes, bytes):
            # ValueError and TypeError: what is stored beside the text has the wrong form.
            with suppress(EmptyDocument, SpanOutsideText, ValueError, TypeError):
                fields = {"title": title, "source": source, "blocks": blocks, "tables": tables, "boxes": boxes}
                fields |= {"places": json.loads(places), "facts": json.loads(facts), "emphasis": emphasis}
                document = unpack(self._continued(document_id, text), fields)
                if document.id == document_id:
                    return document
        raise self._file.damage(f"The text of {title!r}")

    def _continued(self, document_id: str, beginning: str) -> str:
        """Return the whole text of a document. A long one is joined in UTF-8, which takes less memory."""
        parts = self._file.execute(
            "SELECT CAST(text AS BLOB) FROM continuations WHERE document = ? ORDER BY part", (document_id,)
        )
        joined = bytearray()
        for (part,) in parts:
            joined += part if joined else beginning.encode() + part
        return joined.decode() if joined else beginning


class _Recent:
    """A cache of recently read documents, each as it was added in one generation. It keeps `RECENT` or one document."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[int, Document]] = {}
        self._size = 0

    def get(self, document_id: str, generation: int) -> Document | None:
        known, document = self._documents.get(document_id, (0, None))
        return document if known == generation else None

    def put(self, document: Document, generation: int) -> None:
        """Cache `document` as the newest one. Drop the oldest ones if they are too large together."""
        self._drop(document.id)
        self._documents[document.id] = generation, document
        self._size += _size(document)
        while self._size > RECENT and len(self._documents) > 1:
            self._drop(next(iter(self._documents)))

    def _drop(self, document_id: str) -> None:
        _, document = self._documents.pop(document_id, (0, None))
        self._size -= _size(document) if document else 0


def _size(document: Document) -> int:
    """Return the memory that a document takes, in code points."""
    return len(document.text) + CELL * sum(len(each.cells) for each in document.tables)


def leave_out(spans: Iterable[Span], text: str) -> bool:
    """Return whether any character of `text`, except white space, is outside all `spans`, which ascend by start."""
    covered = 0
    for span in spans:
        if text[covered : span.start].strip():
            return True
        covered = max(covered, span.end)
    return bool(text[covered:].strip())
