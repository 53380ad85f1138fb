"""The database of a collection: documents, passages and vectors, in one file (see `index.folder.sqlite`)."""

import json
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np

from index.collection import EncodedDocument
from index.document import Document, Span
from index.encoder.base import Encoder
from index.encoder.spool import gathered
from index.errors import DamagedCollection, SpanOutsideText, UnknownDocument, UnusableModel
from index.folder.changes import Changes, NumberedText, VectorBatch, have_unit_length, sound_vectors
from index.folder.documents import Documents, leave_out
from index.folder.originals import Originals
from index.folder.sqlite import Alone, SqliteFile
from index.passage import Passage

_BATCH = 4096
"""Vectors read at once: 6 MB with the default model."""


class Database:
    """The documents in one file. Every change is one transaction, and increases the generation unless it only renames.

    Passages have ascending numbers, which are consecutive within a document and never used again. Only one thread at a
    time may call the methods.

    Raises:
        UnusableCollection: from any method, if the file stays locked for a minute or the disk is full.
        DamagedCollection: from any method, if stored data is damaged.
    """

    def __init__(self, path: Path, encoder: Encoder, alone: Alone = nullcontext) -> None:
        self._encoder = encoder
        self._file = SqliteFile(path, encoder, alone)
        self._documents = Documents(self._file)
        self._originals = Originals(self._file)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read the database in one state, whatever other processes commit meanwhile."""
        return self._file.snapshot()

    def generation(self) -> int:
        """Return the number of the last change."""
        with self._file.translating_errors():
            generation = self._file.value("SELECT generation FROM settings")
            if not isinstance(generation, int):
                raise self._file.damage("The settings")
            return generation

    def has_been_at(self, generation: int) -> bool:
        """Return whether this database ever had `generation`. Other copies of it have a history of their own."""
        with self._file.translating_errors():
            return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM generations WHERE generation = ?)", generation))

    def count(self) -> tuple[int, int]:
        """Return the number of documents and the number of passages."""
        with self._file.translating_errors():
            return self._file.value("SELECT count(*) FROM documents"), self._file.value("SELECT count(*) FROM passages")

    def numbers(self) -> list[int]:
        """Return the numbers of all passages, ascending."""
        with self._file.translating_errors():
            return [number for (number,) in self._file.execute("SELECT number FROM passages ORDER BY number")]

    def numbers_of(self, document_ids: Iterable[str]) -> list[range]:
        """Return the range of passage numbers of each document. A document that is named twice counts once.

        Raises:
            UnknownDocument: one of the documents is not stored.
        """
        numbers = []
        with self._file.translating_errors():
            # Two subqueries, each of which finds its number at one end of the index without scanning it.
            rows = self._file.execute(
                "SELECT value, (SELECT min(number) FROM passages WHERE document = value),"
                " (SELECT max(number) FROM passages WHERE document = value) FROM json_each(?)",
                (json.dumps(list(dict.fromkeys(document_ids))),),
            )
            for document_id, first, last in rows:
                if first is None:
                    raise UnknownDocument(document_id)
                numbers.append(range(first, last + 1))
        return numbers

    def holds(self, document_id: str) -> bool:
        """Return whether the document is stored."""
        with self._file.translating_errors():
            return self._documents.holds(document_id)

    @property
    def is_read_only(self) -> bool:
        """Whether the file cannot be written."""
        return self._file.is_read_only

    def check_in_place(self) -> None:
        """Raise `CollectionMoved` unless the open file is still the one at its path."""
        self._file.check_in_place()

    def add(self, documents: Iterable[EncodedDocument]) -> set[str]:
        """Add documents, whose vectors have unit length. Documents that are already stored stay unchanged.

        Returns:
            The ids of the documents that were added.

        Raises:
            UnusableModel: a vector does not have unit length.
        """
        with self._file.translating_errors(), self._file.transaction():
            generation = self._next_generation()
            return {each.document.id for each in documents if self._add(each, generation)}

    def remove(self, document_id: str) -> None:
        """Remove a document and its passages.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors(), self._file.transaction():
            self._remove(document_id, self._next_generation())

    def rename(self, document_id: str, title: str) -> Document:
        """Change a title. The generation stays the same, because the indexes hold no titles."""
        with self._file.translating_errors(), self._file.transaction():
            self._documents.rename(document_id, title)
            return self._documents.load(document_id)

    def replace(self, document_id: str, encoded: EncodedDocument) -> None:
        """Remove a document and add another in one transaction. If both were read alike, change nothing."""
        with self._file.translating_errors(), self._file.transaction():
            if not self.document(document_id).is_read_like(encoded.document):
                generation = self._next_generation()
                self._remove(document_id, generation)
                self._add(encoded, generation)

    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""
        with self._file.translating_errors():
            return self._documents.all()

    def sources(self) -> dict[str, str]:
        """Return the mapping document id → source, in the order in which the documents were added."""
        with self._file.translating_errors():
            return self._documents.sources()

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""
        return list(self.sources())

    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors():
            self._documents.expect(document_id)
            return self._documents.load(document_id)

    def beginning(self, document_id: str, most: int) -> list[Passage]:
        """Return the first passages of a document, at most `most`, in order.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors():
            document = self.document(document_id)
            rows = self._file.execute(
                'SELECT number, "start", "end" FROM passages WHERE document = ? ORDER BY number LIMIT ?',
                (document_id, most),
            )
            return [self._passage(number, document, start, end) for number, start, end in rows]

    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document with its passages and their vectors.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors():
            document = self.document(document_id)
            rows = self._file.execute(
                'SELECT number, "start", "end" FROM passages WHERE document = ? ORDER BY number', (document_id,)
            )
            passages = tuple(self._passage(number, document, start, end) for number, start, end in rows)
            vectors = (batch.vectors for batch in self._batches("WHERE document = ? ORDER BY number", document_id))
            original = self._originals.load(document_id)
            return EncodedDocument(document, passages, gathered(vectors, len(passages)), original)

    def original(self, document_id: str) -> bytes | None:
        """Return the file from which the document was read; None if it was not kept.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors():
            self._documents.expect(document_id)
            return self._originals.load(document_id)

    def files(self) -> dict[str, str]:
        """Return the mapping document id → SHA-256 of its file, or "", in the order in which they were added."""
        with self._file.translating_errors():
            return self._originals.digests()

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return number → passage. Numbers without a passage are left out."""
        with self._file.translating_errors():
            passages: dict[int, Passage] = {}
            for number in numbers:
                place = 'SELECT document, "start", "end", generation FROM passages WHERE number = ?'
                if row := self._file.row(place, number):
                    document_id, start, end, generation = row
                    document = self._documents.recent(document_id, generation)
                    passages[number] = self._passage(number, document, start, end)
            return passages

    def changes(self, since: int) -> Changes:
        """Return the changes after generation `since`; after 0, everything. Nothing may change before they are read.

        Raises:
            DamagedCollection: also during iteration, if a passage lies outside its text, or its vector has a different
                size from the others or no unit length.
        """
        with self._file.translating_errors():
            rows = self._file.execute("SELECT passage FROM removals WHERE generation > ?", (since,))
            removed = [number for (number,) in rows] if since > 0 else []
            return Changes(
                since,
                self.generation(),
                removed,
                self._texts(since),
                self._batches("WHERE generation > ? ORDER BY generation, number", since),
            )

    def count_changes(self, since: int) -> int:
        """Return the number of passages added or removed after generation `since`."""
        with self._file.translating_errors():
            added = self._file.value("SELECT count(*) FROM passages WHERE generation > ?", since)
            return int(added + self._file.value("SELECT count(*) FROM removals WHERE generation > ?", since))

    def vectors(self, numbers: Iterable[int]) -> VectorBatch:
        """Return the vectors of these passages by ascending number. Numbers without a passage are left out."""
        with self._file.translating_errors():
            rows = self._file.execute(
                "SELECT passage, vector FROM vectors"
                " WHERE passage IN (SELECT value FROM json_each(?)) ORDER BY passage",
                (json.dumps(list(numbers)),),
            )
            return self._batch(rows.fetchall())

    def check(self) -> Iterator[str]:
        """Read everything, and yield one sentence for each problem."""
        with self._file.translating_errors():
            for (finding,) in self._file.execute("PRAGMA integrity_check(10)"):
                if finding != "ok":
                    detail = " ".join(finding.split())
                    yield f"SQLite finds {self._file.path} damaged ({detail}); restore the file from a backup."
        yield from self._check_documents()
        with self._file.translating_errors():
            yield from self._originals.check()
        yield from self._check_vectors()

    def _check_documents(self) -> Iterator[str]:
        """Yield the problems of documents and passages: wrong ids, wrong spans, and text outside all passages."""
        with self._file.translating_errors():
            for (number,) in self._file.execute(
                "SELECT number FROM passages WHERE document NOT IN (SELECT id FROM documents)"
            ):
                yield f"Passage {number} in {self._file.path} belongs to no document; restore the file from a backup."
            for document in self._documents.each():
                if isinstance(document, DamagedCollection):
                    yield str(document)
                    continue
                places = self._file.execute(
                    'SELECT number, "start", "end" FROM passages WHERE document = ? ORDER BY "start"', (document.id,)
                )
                try:
                    spans = [self._passage(number, document, start, end).span for number, start, end in places]
                except DamagedCollection as error:
                    yield str(error)
                    continue
                if leave_out(spans, document.text):
                    yield f"Some of {document.title!r} is in no passage; remove the document and add it again."

    def _check_vectors(self) -> Iterator[str]:
        with self._file.translating_errors():
            usual = self._file.row("SELECT length(vector) FROM vectors GROUP BY 1 ORDER BY count(*) DESC")
            rows = self._file.execute(
                "SELECT number, vector FROM passages LEFT JOIN vectors ON passage = number ORDER BY number"
            )
            while usual and (batch := rows.fetchmany(_BATCH)):
                sound = set(sound_vectors(batch, usual[0]).passages)
                for number in sorted({number for number, _ in batch} - sound):
                    yield str(self._file.damage(f"The vector of passage {number}"))

    def _texts(self, since: int) -> Generator[NumberedText]:
        with self._file.translating_errors():
            document: Document | None = None
            first = 0
            rows = self._file.execute(
                'SELECT number, document, "start", "end", generation FROM passages'
                " WHERE generation > ? ORDER BY generation, number",
                (since,),
            )
            for number, document_id, start, end, generation in rows:
                if document is None or document.id != document_id:
                    document, first = self._documents.recent(document_id, generation), number
                yield NumberedText(number, first, self._passage(number, document, start, end).indexed_text)

    def _batches(self, condition: str, value: object) -> Generator[VectorBatch]:
        """Yield the vectors of the passages that meet an SQL `condition`, _BATCH at a time."""
        with self._file.translating_errors():
            rows = self._file.execute(
                f"SELECT number, vector FROM passages LEFT JOIN vectors ON passage = number {condition}", (value,)
            )
            while batch := rows.fetchmany(_BATCH):
                yield self._batch(batch)

    def _batch(self, rows: Sequence[tuple[int, bytes]]) -> VectorBatch:
        first = self._file.row("SELECT length(vector) FROM vectors ORDER BY passage")
        sound = sound_vectors(rows, first[0] if first else 0)
        if len(sound.passages) < len(rows):
            damaged = min({number for number, _ in rows} - set(sound.passages))
            raise self._file.damage(f"The vector of passage {damaged}")
        return sound

    def _add(self, encoded: EncodedDocument, generation: int) -> bool:
        """Insert a document with its passages, _BATCH at a time, and return True. Return False if it is stored."""
        document, first = encoded.document, self._next_number()
        if not self._documents.insert(document, generation):
            return False
        if encoded.original is not None:
            self._originals.keep(document.id, encoded.original)
        for start in range(0, len(encoded.passages), _BATCH):
            passages = encoded.passages[start : start + _BATCH]
            vectors = np.asarray(encoded.vectors[start : start + _BATCH])
            if not have_unit_length(vectors):
                raise UnusableModel(
                    "The model makes vectors that are not of unit length; set CITED_MODEL to another one."
                )
            self._file.executemany(
                'INSERT INTO passages (number, document, "start", "end", generation) VALUES (?, ?, ?, ?, ?)',
                (
                    (number, document.id, passage.span.start, passage.span.end, generation)
                    for number, passage in enumerate(passages, first + start)
                ),
            )
            self._file.executemany(
                "INSERT INTO vectors VALUES (?, ?)",
                (
                    (number, vector.tobytes())
                    for number, (_, vector) in enumerate(zip(passages, vectors, strict=True), first + start)
                ),
            )
        return True

    def _remove(self, document_id: str, generation: int) -> None:
        self._documents.expect(document_id)
        self._file.execute(
            "INSERT INTO removals SELECT number, ? FROM passages WHERE document = ?", (generation, document_id)
        )
        self._file.execute("DELETE FROM passages WHERE document = ?", (document_id,))
        self._documents.delete(document_id)
        self._originals.delete_unused()

    def _passage(self, number: int, document: Document, start: int, end: int) -> Passage:
        try:
            passage = Passage(document, Span(start, end))
            document.quote(passage.span)
            return passage
        except (SpanOutsideText, TypeError) as error:  # TypeError: an offset is not a number
            raise self._file.damage(f"The place of passage {number} in {document.title!r}") from error

    def _next_generation(self) -> int:
        """Increase the generation. It is a time in microseconds, so that copies of a database get different ones.

        A collection of an earlier format knows the name of its model alone, and now learns its digest.
        """
        now = time.time_ns() // 1000
        generation = int(
            self._file.value(
                "UPDATE settings SET generation = max(generation + 1, ?), model = coalesce(nullif(model, ''), ?)"
                " RETURNING generation",
                now,
                self._encoder.digest,
            )
        )
        self._file.execute("INSERT INTO generations VALUES (?)", (generation,))
        return generation

    def _next_number(self) -> int:
        return 1 + int(self._file.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"))
