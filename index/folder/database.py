"""The database of a collection: documents, passages and vectors, in one file (see `index.folder.sqlite`)."""

import json
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from index.block import pack, unpack
from index.collection import EncodedDocument
from index.document import Document, Fact, Place, Span
from index.encoder.base import Vectors
from index.errors import DamagedCollection, EmptyDocument, SpanOutsideText, UnknownDocument, UnusableModel
from index.folder.sqlite import Alone, SqliteFile
from index.passage import Passage

BATCH = 4096
"""Vectors read at once: 6 MB with the default model."""

RECENT = 32_000_000
"""Code points of recently read documents kept in memory. A document of 100 MB takes half a second to read and check."""

_DOCUMENT = "id, title, source, text, places, blocks, facts"

ROUNDING = 0.001
"""Tolerance for the length of a vector, which should be 1."""


@dataclass(frozen=True, slots=True)
class VectorBatch:
    """Vectors with their passage numbers: row `i` of `vectors`, `(n, dim)`, encodes passage `passages[i]`."""

    passages: Sequence[int]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class NumberedText:
    """The text of a passage.

    Attributes:
        passage: the number of the passage.
        first: the number of the first passage of its document.
        text: the text.
    """

    passage: int
    first: int
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that bring an index from generation `since` to `generation`. Generation 0 is an empty index.

    A passage that was added and then removed appears only in `removed`.

    Attributes:
        since: the generation that the index reflects now.
        generation: the generation that it reflects afterwards.
        removed: numbers of removed passages.
        texts: the added passages as texts, for the lexical index, by ascending number. Can be iterated over once.
        vectors: the added passages as vectors, for the dense index, by ascending number. Can be iterated over once.
    """

    since: int
    generation: int
    removed: Sequence[int]
    texts: Generator[NumberedText]
    vectors: Generator[VectorBatch]


class Database:
    """The documents in one file. Every change is one transaction and increases the generation.

    Passages have ascending numbers, which are consecutive within a document and never used again. Only one thread at a
    time may call the methods.

    Raises:
        UnusableCollection: from any method, if the file stays locked for a minute or the disk is full.
        DamagedCollection: from any method, if stored data is damaged.
    """

    def __init__(self, path: Path, encoder: str, alone: Alone = nullcontext) -> None:
        self._file = SqliteFile(path, encoder, alone)
        self._recent = _Recent(generation=0)

    def close(self) -> None:
        self._file.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read the database in one state, whatever other processes commit meanwhile."""
        return self._file.snapshot()

    def generation(self) -> int:
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
        with self._file.translating_errors():
            return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?)", document_id))

    @property
    def is_read_only(self) -> bool:
        """Whether the file cannot be written."""
        return self._file.is_read_only

    def check_in_place(self) -> None:
        """Raise `CollectionMoved` unless the open file is still the one at its path."""
        self._file.check_in_place()

    def add(self, documents: Iterable[Document], passages: Sequence[Passage], vectors: Vectors) -> set[str]:
        """Add documents with their passages. Documents that are already stored stay unchanged.

        Args:
            documents: the documents.
            passages: the `n` passages of all of them.
            vectors: their vectors in the same order, `(n, dim)`, of unit length.

        Returns:
            The ids of the documents that were added.

        Raises:
            UnusableModel: a vector does not have unit length.
        """
        with self._file.translating_errors(), self._file.transaction():
            return self._add(documents, passages, vectors, self._next_generation())

    def remove(self, document_id: str) -> None:
        """Remove a document and its passages.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors(), self._file.transaction():
            self._remove(document_id, self._next_generation())

    def replace(self, document_id: str, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Remove a document and add another in one transaction. If both have the same text, change nothing."""
        with self._file.translating_errors(), self._file.transaction():
            self._expect(document_id)
            if document.id != document_id:
                generation = self._next_generation()
                self._remove(document_id, generation)
                self._add([document], passages, vectors, generation)

    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""
        with self._file.translating_errors():
            rows = self._file.execute(f"SELECT {_DOCUMENT} FROM documents ORDER BY rowid")
            return [self._document(*row) for row in rows]

    def sources(self) -> dict[str, str]:
        """Return the mapping document id → source, in the order in which the documents were added."""
        with self._file.translating_errors():
            return dict(self._file.execute("SELECT id, source FROM documents ORDER BY rowid").fetchall())

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""
        return list(self.sources())

    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            UnknownDocument: no document has this id.
        """
        with self._file.translating_errors():
            self._expect(document_id)
            return self._load(document_id)

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
                'SELECT number, "start", "end", vector FROM passages LEFT JOIN vectors ON passage = number'
                " WHERE document = ? ORDER BY number",
                (document_id,),
            ).fetchall()
            passages = tuple(self._passage(number, document, start, end) for number, start, end, _ in rows)
            vectors = self._batch([(number, vector) for number, _, _, vector in rows]).vectors
            return EncodedDocument(document, passages, vectors)

    def passages(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Return number → passage. Numbers without a passage are left out."""
        with self._file.translating_errors():
            if self._recent.generation != (generation := self.generation()):
                self._recent = _Recent(generation)  # a document may have come back under another title
            passages: dict[int, Passage] = {}
            for number in numbers:
                row = self._file.row('SELECT document, "start", "end" FROM passages WHERE number = ?', number)
                if row is None:
                    continue
                document_id, start, end = row
                document = self._recent.get(document_id) or self._load(document_id)
                self._recent.put(document)
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
            return Changes(since, self.generation(), removed, self._texts(since), self._vectors(since))

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
        yield from self._check_vectors()

    def _check_documents(self) -> Iterator[str]:
        """Yield the problems of documents and passages: wrong ids, wrong spans, and text outside all passages."""
        with self._file.translating_errors():
            for (number,) in self._file.execute(
                "SELECT number FROM passages WHERE document NOT IN (SELECT id FROM documents)"
            ):
                yield f"Passage {number} in {self._file.path} belongs to no document; restore the file from a backup."
            for row in self._file.execute(f"SELECT {_DOCUMENT} FROM documents ORDER BY rowid"):
                places = self._file.execute(
                    'SELECT number, "start", "end" FROM passages WHERE document = ? ORDER BY "start"', row[:1]
                )
                try:
                    document = self._document(*row)
                    spans = [self._passage(number, document, start, end).span for number, start, end in places]
                except DamagedCollection as error:
                    yield str(error)
                    continue
                if _leave_out(spans, document.text):
                    yield f"Some of {document.title!r} is in no passage; remove the document and add it again."

    def _check_vectors(self) -> Iterator[str]:
        with self._file.translating_errors():
            usual = self._file.row("SELECT length(vector) FROM vectors GROUP BY 1 ORDER BY count(*) DESC")
            rows = self._file.execute(
                "SELECT number, vector FROM passages LEFT JOIN vectors ON passage = number ORDER BY number"
            )
            while usual and (batch := rows.fetchmany(BATCH)):
                sound = set(_sound_vectors(batch, usual[0]).passages)
                for number in sorted({number for number, _ in batch} - sound):
                    yield str(self._file.damage(f"The vector of passage {number}"))

    def _texts(self, since: int) -> Generator[NumberedText]:
        with self._file.translating_errors():
            document: Document | None = None
            first = 0
            rows = self._file.execute(
                'SELECT number, document, "start", "end" FROM passages'
                " WHERE generation > ? ORDER BY generation, number",
                (since,),
            )
            for number, document_id, start, end in rows:
                if document is None or document.id != document_id:
                    document, first = self._load(document_id), number
                yield NumberedText(number, first, self._passage(number, document, start, end).text)

    def _vectors(self, since: int) -> Generator[VectorBatch]:
        with self._file.translating_errors():
            rows = self._file.execute(
                "SELECT number, vector FROM passages LEFT JOIN vectors ON passage = number"
                " WHERE generation > ? ORDER BY generation, number",
                (since,),
            )
            while batch := rows.fetchmany(BATCH):
                yield self._batch(batch)

    def _batch(self, rows: Sequence[tuple[int, bytes]]) -> VectorBatch:
        first = self._file.row("SELECT length(vector) FROM vectors ORDER BY passage")
        sound = _sound_vectors(rows, first[0] if first else 0)
        if len(sound.passages) < len(rows):
            damaged = min({number for number, _ in rows} - set(sound.passages))
            raise self._file.damage(f"The vector of passage {damaged}")
        return sound

    def _add(
        self, documents: Iterable[Document], passages: Sequence[Passage], vectors: Vectors, generation: int
    ) -> set[str]:
        if not np.allclose(np.linalg.norm(vectors, axis=1), 1, rtol=0, atol=ROUNDING):
            raise UnusableModel("The model makes vectors that are not of unit length; set CITED_MODEL to another one.")
        new = {document.id for document in documents if self._insert(document)}
        numbered = [
            (number, passage, vector)
            for number, (passage, vector) in enumerate(zip(passages, vectors, strict=True), self._next_number())
            if passage.document.id in new
        ]
        self._file.executemany(
            'INSERT INTO passages (number, document, "start", "end", generation) VALUES (?, ?, ?, ?, ?)',
            (
                (number, passage.document.id, passage.span.start, passage.span.end, generation)
                for number, passage, _ in numbered
            ),
        )
        self._file.executemany(
            "INSERT INTO vectors VALUES (?, ?)", ((number, vector.tobytes()) for number, _, vector in numbered)
        )
        return new

    def _expect(self, document_id: str) -> None:
        if not self.holds(document_id):
            raise UnknownDocument(document_id)

    def _remove(self, document_id: str, generation: int) -> None:
        self._expect(document_id)
        self._file.execute(
            "INSERT INTO removals SELECT number, ? FROM passages WHERE document = ?", (generation, document_id)
        )
        self._file.execute("DELETE FROM passages WHERE document = ?", (document_id,))
        self._file.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def _insert(self, document: Document) -> bool:
        """Insert `document` and return True. Return False if it is already stored."""
        places = json.dumps(list(map(astuple, document.places)), ensure_ascii=False)
        facts = json.dumps(list(map(astuple, document.facts)), ensure_ascii=False)
        row = (document.id, document.title, document.source, document.text, places, pack(document.blocks), facts)
        return self._file.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount == 1

    def _document(self, document_id: str, *stored: str) -> Document:
        title, source, text, places, blocks, facts = stored
        if all(isinstance(value, str) for value in stored):
            # ValueError and TypeError: the stored places, blocks or facts have the wrong form.
            with suppress(EmptyDocument, SpanOutsideText, ValueError, TypeError):
                document = Document(
                    text,
                    title,
                    source,
                    tuple(Place(*place) for place in json.loads(places)),
                    unpack(blocks),
                    tuple(Fact(*fact) for fact in json.loads(facts)),
                )
                if document.id == document_id:
                    return document
        raise self._file.damage(f"The text of {title!r}")

    def _passage(self, number: int, document: Document, start: int, end: int) -> Passage:
        try:
            passage = Passage(document, Span(start, end))
            document.quote(passage.span)
            return passage
        except (SpanOutsideText, TypeError) as error:  # TypeError: an offset is not a number
            raise self._file.damage(f"The place of passage {number} in {document.title!r}") from error

    def _load(self, document_id: str) -> Document:
        row = self._file.row(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", document_id)
        if row is None:
            raise self._file.damage(f"The list of documents, which lacks {document_id!r},")
        return self._document(*row)

    def _next_generation(self) -> int:
        """Increase the generation. It is a time in microseconds, so that copies of a database get different ones."""
        now = time.time_ns() // 1000
        generation = int(
            self._file.value("UPDATE settings SET generation = max(generation + 1, ?) RETURNING generation", now)
        )
        self._file.execute("INSERT INTO generations VALUES (?)", (generation,))
        return generation

    def _next_number(self) -> int:
        return 1 + int(self._file.value("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"))


class _Recent:
    """A cache of recently read documents of one generation. It keeps at most `RECENT` code points, or one document."""

    def __init__(self, generation: int) -> None:
        self.generation = generation
        self._documents: dict[str, Document] = {}
        self._size = 0

    def get(self, document_id: str) -> Document | None:
        return self._documents.get(document_id)

    def put(self, document: Document) -> None:
        """Cache `document` as the newest one. Drop the oldest ones if they are too long together."""
        if self._documents.pop(document.id, None) is None:
            self._size += len(document.text)
        self._documents[document.id] = document
        while self._size > RECENT and len(self._documents) > 1:
            self._size -= len(self._documents.pop(next(iter(self._documents))).text)


def _sound_vectors(rows: Iterable[tuple[int, bytes]], size: int) -> VectorBatch:
    """Return the vectors that have this `size` in bytes and unit length."""
    whole = [row for row in rows if isinstance(row[1], bytes) and len(row[1]) == size and size % 4 == 0]
    vectors = np.frombuffer(b"".join(vector for _, vector in whole), np.float32).reshape(len(whole), size // 4)
    sound = np.abs(np.linalg.norm(vectors, axis=1) - 1) < ROUNDING
    return VectorBatch([number for (number, _), good in zip(whole, sound, strict=True) if good], vectors[sound])


def _leave_out(spans: Iterable[Span], text: str) -> bool:
    """Return whether any character of `text`, except white space, is outside all `spans`, which ascend by start."""
    covered = 0
    for span in spans:
        if text[covered : span.start].strip():
            return True
        covered = max(covered, span.end)
    return bool(text[covered:].strip())
