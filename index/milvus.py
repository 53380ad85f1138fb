"""A collection on Milvus: on a cluster, a server, or in a file of Milvus Lite. The only module that imports pymilvus.

Milvus has neither transactions nor locks, and any number of machines may write at once. What makes a document whole:

- An *edition* is a document's id and how often it has been removed before; a *printing* is an edition and a checksum of
  its title, text and passages. Passages and text are known by their printing, so that those who add the same
  write the same rows, anyone can finish what another one has begun, and those who do not agree never mix.
- An adder writes the passages, then the text, and last the edition's row `added`, which names the printing that counts:
  with that call the document is there.
- A remover writes the edition's row `removed`, with which it is gone for ever, and only then deletes the rest. Who adds
  the document again writes the next edition, at which a slow remover of the last one does not aim.

All reads ask for strong consistency.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from functools import cache
from itertools import accumulate, count, pairwise
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from weakref import finalize
from zlib import crc32

import numpy as np

from index.contract import (
    DEPTH,
    AnyCollection,
    DocumentIds,
    EncodedDocument,
    Hit,
    Report,
    check_question,
    ranks,
)
from index.database import DamagedCollection, UnknownDocument, UnusableCollection
from index.document import CitedError, Document, Place, Span, SpanOutsideText
from index.encoder import Encoder, Vectors
from index.fusion import fuse
from index.lexical import missing_words, words
from index.lite import NotInstalled, release, serve
from index.passage import Passage, split
from index.sentence_transformer import default_encoder

DOCUMENTS, PASSAGES = "cited_documents", "cited_passages"
"""The two Milvus collections that make up one of ours."""

FORMAT = "1"

DEFAULT_DATABASE = "default"

LONGEST_KEY = 100
"""Characters; a printing is some 80."""

LONGEST_STRING = 65_535
"""Bytes of UTF-8 that a Milvus string can hold; a longer text is kept in several."""

ROWS = 200
"""Rows that are written or read by key in one call: 13 MB of text at most, where Milvus takes 64 MB."""

WIDEST_SEARCH = 16_384
"""Passages that Milvus finds in one search at most."""

HNSW = {"M": 16, "efConstruction": 200}
BM25 = {"bm25_k1": 1.2, "bm25_b": 0.75}  # as Tantivy has them

CONNECTING, PATIENCE = 20.0, 60.0
"""Seconds to wait for an answer to the first call, and to any other."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What the row `added` says: which printing counts, since when, in nanoseconds, its rows by kind, its source."""

    key: str
    added: int
    pieces: int
    passages: int
    source: str


@dataclass(frozen=True, slots=True)
class Rankings:
    """The passages found, by key: their scores, best first, their spans, and the printings that they are of."""

    lexical: dict[str, float]
    dense: dict[str, float]
    spans: dict[str, Span]
    printings: dict[str, Printing]


class MilvusCollection(AnyCollection):
    """The documents in one Milvus database, which any number of processes on any number of machines may use at once.

    A file of Milvus Lite serves one process at a time, and any number of `MilvusCollection`s and threads in it.
    What Milvus is to hold is made when the first document is added.

    Args:
        address: `http://host:port/database`, or `https://user:password@host:port/database`, the database being
            Milvus's `default` where none is named; or the path of a Milvus Lite file, ending in `.db`.
        encoder: turns text into vectors; without one, the packaged model or what `CITED_MODEL` names.

    Raises:
        UnusableCollection: nothing answers at `address`, it refuses us, another process uses the file, or what is there
            is of another model or a newer version; from any method too, but `close`.
    """

    def __init__(self, address: str, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or default_encoder()
        self._connection = Connection(address)
        self._is_made = False
        self._seen: dict[str, float] = {}
        try:
            self.is_made()
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """Where this is, without the password."""
        return self._connection.address

    def close(self) -> None:
        self._connection.close()

    def add(self, *documents: Document) -> list[Document]:
        """Add `documents`, each whole or not at all; return those that were not there yet, in their order."""
        current = self._current([document.id for document in documents])
        there = self._printings(current.values())
        new = [document for document in dict.fromkeys(documents) if current[document.id] not in there]
        passages = [tuple(split(document)) for document in new]
        if passages:
            vectors = self.encoder.encode_passages([passage.text for each in passages for passage in each])
            ends = accumulate(map(len, passages))
            self.add_encoded(
                [
                    EncodedDocument(document, each, vectors[end - len(each) : end])
                    for document, each, end in zip(new, passages, ends, strict=True)
                ]
            )
        return new

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> None:
        """Add `documents` that the same model has encoded, each whole or not at all, those that are not there yet."""
        waiting = {document.document.id: document for document in documents}
        if waiting:
            self._prepare(documents[0].vectors.shape[1])
        while waiting:
            current = self._current(waiting)
            there = self._printings(current.values())
            written = {edition: waiting[each] for each, edition in current.items() if edition not in there}
            self._write(written)
            # One who saw a document when another adder had finished it may have removed it before this one had.
            removed = written.keys() - self._printings(written).keys()
            self._clear(removed)
            waiting = {each: waiting[each] for each, edition in current.items() if edition in removed}

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocument: no document has that id.
        """
        (edition,) = self._existing([document_id])
        self._upsert(DOCUMENTS, [_row(f"{edition}/removed")])
        self._clear([edition])

    def replace(self, document_id: str, document: Document) -> None:
        """Add a document and remove another; neither can be lost, but both are there at first.

        One that is there already, as that to be removed is if it has the same text, stays as it is.

        Raises:
            UnknownDocument: no document has that id.
        """
        self._existing([document_id])
        self.add(document)
        if document.id != document_id:
            self.remove(document_id)

    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""
        return list(self._load(self._all()).values())

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""
        return [_document_of(printing.key) for printing in self._all()]

    def sources(self) -> dict[str, str]:
        """Return the source of each document by its id, in the order in which they were added."""
        return {_document_of(printing.key): printing.source for printing in self._all()}

    def document(self, document_id: str) -> Document:
        """Return the document that has that id.

        Raises:
            UnknownDocument: no document has it.
        """
        (printing,) = self._existing([document_id]).values()
        return self._printed(printing)

    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document as it is kept.

        Raises:
            UnknownDocument: no document has that id.
        """
        (printing,) = self._existing([document_id]).values()
        keys = [f"{printing.key}/{number}" for number in range(printing.passages)]
        rows = self._get(PASSAGES, keys, "start", "end", "vector")
        document = self._printed(printing)
        if len(rows) < len(keys):  # removed while it was being read
            raise UnknownDocument(document_id)
        return EncodedDocument(
            document,
            tuple(Passage(document, Span(rows[key]["start"], rows[key]["end"])) for key in keys),
            np.array([rows[key]["vector"] for key in keys], np.float32),
        )

    def search(self, question: str, k: int = 10, documents: DocumentIds | None = None) -> list[Hit]:
        """Return the `k` passages that best match `question`, best first.

        A lexical (BM25) and a dense (cosine) ranking of up to `DEPTH` passages each, or `k` if that is more, but never
        more than `WIDEST_SEARCH`, are fused (see `fuse`).

        Args:
            documents: ids of those whose passages alone are ranked; without them, all are.

        Raises:
            UnusableQuestion: `question` holds no word, is longer than `LONGEST_QUESTION`, or is not valid Unicode, `k`
                is less than 1, or `documents` is empty.
            UnknownDocument: one of `documents` is not there.
        """
        check_question(question, k, documents)
        if documents is None and not self.is_made():
            return []
        among = self._printings_of(documents)
        # Words are made here and not by Milvus: its analysers differ between a file and a cluster, and from a folder's.
        text = " ".join(dict.fromkeys(words(question)))
        vector = self.encoder.encode_question(question)
        while True:
            found = self._rankings(text, vector, min(max(DEPTH, k), WIDEST_SEARCH), among)
            cosines = found.dense | self._cosines(vector, found.lexical.keys() - found.dense.keys())
            scores = dict(list(fuse(found.lexical, cosines).items())[:k])
            needed = {_printing_of(key) for key in scores}
            documents = self._load([found.printings[key] for key in needed])
            if documents.keys() == needed and cosines.keys() >= found.lexical.keys():
                break  # or else a document has been removed since it was found
        lexical_ranks, dense_ranks = ranks(found.lexical), ranks(found.dense)
        return [
            Hit(
                Passage(documents[_printing_of(key)], found.spans[key]),
                score,
                lexical_ranks.get(key),
                dense_ranks.get(key),
            )
            for key, score in scores.items()
        ]

    def missing(self, question: str, documents: DocumentIds | None = None) -> list[str]:
        """Return the content words of `question`, as typed and in order, that no passage holds in any form.

        Raises:
            UnusableQuestion, UnknownDocument: as for `search`.
        """
        check_question(question, 1, documents)
        among = self._printings_of(documents)
        return missing_words(
            question, lambda word: self.is_made() and bool(self._rankings(word, None, 1, among).lexical)
        )

    def check(self) -> Report:
        """Read everything that is kept, and say what is wrong; its indexes Milvus looks after itself."""
        printings = self._all()
        findings: list[str] = []
        for printing in printings:
            document_id = _document_of(printing.key)
            try:
                for passage in self.encoded(document_id).passages:
                    passage.document.quote(passage.span)
            except (DamagedCollection, SpanOutsideText) as error:
                findings.append(str(error))
            except UnknownDocument:
                if self._printings([_edition_of(printing.key)]):  # and it has not been removed since
                    findings.append(
                        f"Document {document_id} at {self.address} lacks passages; remove and add it again."
                    )
        return Report(len(printings), sum(printing.passages for printing in printings), tuple(findings), None)

    def rebuild(self) -> None:
        """Delete what removals that were interrupted have left. Milvus keeps its indexes itself."""
        self._clear(key.removesuffix("/removed") for key in self._marks() if key.endswith("/removed"))

    # Finding

    def _rankings(self, text: str, vector: Vectors | None, depth: int, among: Collection[str] | None) -> Rankings:
        """Search until nothing that was found is but half there: `among` these printings, or else everywhere.

        What is not visible is left out, and looked past in another search. And what became visible during a search may
        have been searched before all of it stood there: what was not seen before it is searched once more.
        """
        hidden: set[str] = set()
        while True:
            began = time.monotonic()
            spans: dict[str, Span] = {}
            visible = _filter(among, hidden)
            lexical = self._ranking("bm25", text, depth, visible, spans) if text else {}
            dense = {} if vector is None else self._ranking("vector", vector, depth, visible, spans)
            found = {_printing_of(key) for key in spans}
            there = self._printings(map(_edition_of, found)).values()
            printings = {printing.key: printing for printing in there if printing.key in found}
            if len(printings) == len(found) and all(self._seen.get(key, inf) <= began for key in found):
                return Rankings(lexical, dense, spans, printings)
            now = time.monotonic()
            for key in printings:
                self._seen.setdefault(key, now)
            hidden |= found - printings.keys()

    def _ranking(
        self, field: str, query: str | Vectors, depth: int, visible: str, spans: dict[str, Span]
    ) -> dict[str, float]:
        """Return the `depth` best matches of the `visible` passages: key → score, best first; add their `spans`."""
        with self._translating_errors():
            (hits,) = self._client.search(
                PASSAGES,
                data=[query],
                anns_field=field,
                limit=depth,
                filter=visible,
                output_fields=["start", "end"],
                search_params={"params": {"ef": 2 * depth} if field == "vector" else {}},
                consistency_level="Strong",
                timeout=PATIENCE,
            )
        spans |= {hit["id"]: Span(hit["entity"]["start"], hit["entity"]["end"]) for hit in hits}
        # Milvus Lite gives BM25 scores a minus; the fusion divides by their mean, and so takes it away again.
        return {hit["id"]: hit["distance"] for hit in hits}

    def _cosines(self, vector: Vectors, keys: Iterable[str]) -> dict[str, float]:
        rows = self._get(PASSAGES, sorted(keys), "vector")
        return {key: float(np.asarray(row["vector"], np.float32) @ vector) for key, row in rows.items()}

    # Editions and printings

    def _printings_of(self, document_ids: DocumentIds | None) -> list[str] | None:
        """Return the keys of the printings that count of these documents, or None for all."""
        return None if document_ids is None else [printing.key for printing in self._existing(document_ids).values()]

    def _current(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return each document's first edition that has not been removed, whether it has been added or not."""
        current = {each: f"{each}-0" for each in document_ids}
        for removals in count(1):
            removed = self._get(DOCUMENTS, [f"{edition}/removed" for edition in current.values()])
            if not removed:
                break
            current |= {_document_of(key): f"{_document_of(key)}-{removals}" for key in removed}
        return current

    def _existing(self, document_ids: DocumentIds) -> dict[str, Printing]:
        """Return, by edition, the printings that count of documents that are all there."""
        for document_id in document_ids:
            if not re.fullmatch("[0-9a-f]{64}", document_id):
                raise UnknownDocument(document_id)
        current = self._current(document_ids)
        there = self._printings(current.values())
        for document_id, edition in current.items():
            if edition not in there:
                raise UnknownDocument(document_id)
        return there

    def _printings(self, editions: Iterable[str]) -> dict[str, Printing]:
        """Return the printings that count, by edition, of those of the editions that are there."""
        keys = [f"{edition}/{mark}" for edition in set(editions) for mark in ("added", "removed")]
        return _visible(self._get(DOCUMENTS, keys, "content"))

    def _all(self) -> list[Printing]:
        """Return the printings that count, in the order in which they were added."""
        return sorted(_visible(self._marks()).values(), key=lambda printing: (printing.added, printing.key))

    def _marks(self) -> dict[str, Mapping[str, Any]]:
        """Return the rows `added` and `removed` of all editions, by key."""
        if not self.is_made():
            return {}
        rows: dict[str, Mapping[str, Any]] = {}
        with self._translating_errors():
            found = self._client.query_iterator(
                DOCUMENTS,
                batch_size=1000,
                filter='kind in ["added", "removed"]',
                output_fields=["id", "content"],
                consistency_level="Strong",
                timeout=PATIENCE,
            )
            while batch := found.next():
                rows |= {row["id"]: row for row in batch}
            found.close()
        return rows

    def _printed(self, printing: Printing) -> Document:
        """Return the document of a printing, which may have been removed while it was being read: `UnknownDocument`."""
        documents = self._load([printing])
        if not documents:
            raise UnknownDocument(_document_of(printing.key))
        return documents[printing.key]

    def _load(self, printings: Sequence[Printing]) -> dict[str, Document]:
        """Return the documents, by printing, without those that have been removed meanwhile."""
        sources = {printing.key: printing.source for printing in printings}
        keys = {each.key: [f"{each.key}/{number}" for number in range(each.pieces)] for each in printings}
        rows = self._get(DOCUMENTS, [piece for pieces in keys.values() for piece in pieces], "content")
        read = {
            key: _as_document("".join(rows[piece]["content"] for piece in pieces), sources[key])
            for key, pieces in keys.items()
            if all(piece in rows for piece in pieces)
        }
        documents = {key: document for key, document in read.items() if document and document.id == _document_of(key)}
        missing = keys.keys() - documents.keys()
        there = {printing.key for printing in self._printings(map(_edition_of, missing)).values()}
        for key in missing & there:
            raise DamagedCollection(
                f"The text of document {_document_of(key)} at {self.address} is damaged; restore Milvus's data from a"
                " backup."
            )
        return documents

    def _write(self, documents: Mapping[str, EncodedDocument]) -> None:
        """Write the documents, by edition, so that they are there from the last of the calls on."""
        passages: list[dict[str, Any]] = []
        pieces: list[dict[str, Any]] = []
        added: list[dict[str, Any]] = []
        # Counted up from now, so that documents that are added together keep their order.
        for now, (edition, document) in enumerate(documents.items(), start=time.time_ns()):
            text = _as_text(document.document)
            key = f"{edition}-{_checksum(text, document.passages)}"
            contents = _pieces(text)
            passages += _passage_rows(key, document)
            pieces += [_row(f"{key}/{number}", piece, key) for number, piece in enumerate(contents)]
            printing = Printing(key, now, len(contents), len(document.passages), document.document.source)
            added.append(_row(f"{edition}/added", json.dumps(astuple(printing), ensure_ascii=False)))
            if len(added[-1]["content"].encode()) > LONGEST_STRING:
                raise UnusableCollection(
                    f"The source of {document.document.title!r} is longer than the {LONGEST_STRING:,} bytes that Milvus"
                    " keeps of one; shorten it."
                )
        self._upsert(PASSAGES, passages)
        self._upsert(DOCUMENTS, pieces)
        self._upsert(DOCUMENTS, added)

    def _clear(self, editions: Iterable[str]) -> None:
        """Delete all that is left of editions that have been removed, but the word of it."""
        for edition in editions:
            with self._translating_errors():
                for name in (PASSAGES, DOCUMENTS):
                    self._client.delete(name, filter=f'printing like "{edition}-%"', timeout=PATIENCE)
                self._client.delete(DOCUMENTS, ids=[f"{edition}/added"], timeout=PATIENCE)

    # Rows

    def _get(self, collection: str, keys: Sequence[str], *fields: str) -> dict[str, Mapping[str, Any]]:
        """Return the rows that have these keys, by key; one that is not there is left out."""
        rows: dict[str, Mapping[str, Any]] = {}
        if self.is_made():
            for some in _batches(keys):
                with self._translating_errors():
                    found = self._client.query(
                        collection,
                        ids=some,
                        output_fields=["id", *fields],
                        consistency_level="Strong",
                        timeout=PATIENCE,
                    )
                rows |= {row["id"]: row for row in found}
        return rows

    def _upsert(self, collection: str, rows: Sequence[Mapping[str, Any]]) -> None:
        for some in _batches(rows):
            with self._translating_errors():
                self._client.upsert(collection, some, timeout=PATIENCE)

    # What Milvus is to hold

    @property
    def _client(self) -> Any:
        return self._connection.client

    def is_made(self) -> bool:
        """Return whether a document has ever been added; another process may have done so since it was last asked."""
        if not self._is_made:
            with self._translating_errors():
                if self._connection.enter_database() and self._client.has_collection(DOCUMENTS, timeout=PATIENCE):
                    self._check_settings()
                    for name, fields in _INDEXES.items():
                        self._load_collection(name, fields)
                    self._is_made = True
        return self._is_made

    def _check_settings(self) -> None:
        settings = self._client.describe_collection(DOCUMENTS, timeout=PATIENCE)["properties"]
        version, made_by = (settings.get(f"cited.{name}") for name in ("format", "encoder"))
        if version != FORMAT:
            raise UnusableCollection(
                f"{self.address} was made by a newer version of Cited (format {version}, this one reads {FORMAT});"
                " update Cited to open it."
            )
        if made_by != self.encoder.name:
            raise UnusableCollection(
                f"{self.address} was made with the model {made_by!r} and cannot be searched with {self.encoder.name!r};"
                f" set CITED_MODEL={made_by} or add the documents to a new database."
            )

    def _prepare(self, dimensions: int) -> None:
        """Make what is missing in Milvus; any number of processes may do so at once, and be stopped."""
        if self.is_made():
            return
        with self._translating_errors():
            self._connection.make_database()
            self._make_collection(PASSAGES, _passages_schema(dimensions), {})
            # Last, because its being there says that the other one is.
            settings = {"cited.format": FORMAT, "cited.encoder": self.encoder.name}
            self._make_collection(DOCUMENTS, _documents_schema(), settings)
        self.is_made()

    def _make_collection(self, name: str, schema: Any, properties: dict[str, str]) -> None:
        _make(
            lambda: self._client.has_collection(name, timeout=PATIENCE),
            lambda: self._client.create_collection(
                name, schema=schema, properties=properties, consistency_level="Strong", timeout=PATIENCE
            ),
        )

    def _load_collection(self, name: str, indexes: Sequence[Mapping[str, Any]]) -> None:
        for index in indexes:
            self._make_index(name, index)
        self._client.load_collection(name, timeout=PATIENCE)

    def _make_index(self, name: str, index: Mapping[str, Any]) -> None:
        _make(
            lambda: index["field_name"] in self._client.list_indexes(name),
            lambda: self._client.create_index(
                name, self._client.prepare_index_params(**index), sync=False, timeout=PATIENCE
            ),
        )

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        with _translating_errors(self.address):
            yield


class Connection:
    """A client of the Milvus at `address`: what this process serves itself from a file, or a server anywhere.

    Raises:
        UnusableCollection: nothing answers at `address`, it refuses us, or another process uses the file.
    """

    def __init__(self, address: str) -> None:
        self.address, self.database = address, DEFAULT_DATABASE
        if "://" in address:
            parts = urlsplit(address)
            host = parts.netloc.rpartition("@")[2]
            if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[^/:]+(:\d+)?|\[.+\](:\d+)?", host):
                raise UnusableCollection(
                    f"{parts.scheme}://{host} is no Milvus server's address; give it as http://HOST:PORT/DATABASE."
                )
            self.address = f"{parts.scheme}://{host}{parts.path}"
            self.database = parts.path.strip("/") or DEFAULT_DATABASE
            uri = f"{parts.scheme}://{host}"
            token = ":".join(unquote(secret) for secret in (parts.username, parts.password) if secret)
            file = None
        else:
            file = Path(address).resolve()
            uri, token = serve(file), ""
        try:
            with _translating_errors(self.address):
                self._client = _pymilvus().MilvusClient(uri, token=token, timeout=CONNECTING, dedicated=True)
        except BaseException:
            if file:
                release(file)
            raise
        # At exit too, in this order: a client whose server stops before it says so on stderr.
        self._close = finalize(self, _disconnect, self._client, file)

    @property
    def client(self) -> Any:
        if not self._close.alive:
            raise UnusableCollection(f"{self.address} was closed; open it again.")
        return self._client

    def close(self) -> None:
        self._close()

    def enter_database(self) -> bool:
        """Return whether the database is there, and turn to it."""
        if self.database != DEFAULT_DATABASE:
            if self.database not in self.client.list_databases(timeout=PATIENCE):
                return False
            self.client.use_database(self.database, timeout=PATIENCE)
        return True

    def make_database(self) -> None:
        _make(self.enter_database, lambda: self.client.create_database(self.database, timeout=PATIENCE))
        self.enter_database()


# Schemas


def _index(
    field: str, kind: str, metric: str | None = None, parameters: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what Milvus takes for an index on `field`, named by it, as Milvus Lite names all.

    The parameters stand within parameters because pymilvus unpacks the outer ones, and Milvus Lite, unlike a server,
    looks for them nowhere but in the inner ones.
    """
    index = {"field_name": field, "index_name": field, "index_type": kind}
    return index | ({"metric_type": metric, "params": {"params": dict(parameters or {})}} if metric else {})


_INDEXES = {
    PASSAGES: [
        _index("vector", "HNSW", "IP", HNSW),
        _index("bm25", "SPARSE_INVERTED_INDEX", "BM25", BM25),
        _index("printing", "INVERTED"),
    ],
    DOCUMENTS: [_index("unused", "FLAT", "L2"), _index("kind", "INVERTED"), _index("printing", "INVERTED")],
}


def _passages_schema(dimensions: int) -> Any:
    milvus = _pymilvus()
    kinds = milvus.DataType
    schema = milvus.MilvusClient.create_schema()
    schema.add_field("id", kinds.VARCHAR, max_length=LONGEST_KEY, is_primary=True)
    schema.add_field("printing", kinds.VARCHAR, max_length=LONGEST_KEY)
    schema.add_field("start", kinds.INT64)
    schema.add_field("end", kinds.INT64)
    schema.add_field(
        "words",
        kinds.VARCHAR,
        max_length=LONGEST_STRING,
        enable_analyzer=True,
        analyzer_params={"tokenizer": "standard"},  # and no filter: the words are stemmed and folded already
    )
    schema.add_field("vector", kinds.FLOAT_VECTOR, dim=dimensions)
    schema.add_field("bm25", kinds.SPARSE_FLOAT_VECTOR)
    schema.add_function(milvus.Function("bm25", milvus.FunctionType.BM25, ["words"], ["bm25"]))
    return schema


def _documents_schema() -> Any:
    milvus = _pymilvus()
    kinds = milvus.DataType
    schema = milvus.MilvusClient.create_schema()
    schema.add_field("id", kinds.VARCHAR, max_length=LONGEST_KEY, is_primary=True)
    schema.add_field("kind", kinds.VARCHAR, max_length=LONGEST_KEY)
    schema.add_field("printing", kinds.VARCHAR, max_length=LONGEST_KEY)
    schema.add_field("content", kinds.VARCHAR, max_length=LONGEST_STRING)
    schema.add_field("unused", kinds.FLOAT_VECTOR, dim=2)  # Milvus takes no collection without a vector
    return schema


# Rows


def _row(key: str, content: str = "", printing: str = "") -> dict[str, Any]:
    """Return a row of `DOCUMENTS`: a piece of a printing's text, or an edition's `added` or `removed`."""
    kind = "text" if printing else key.partition("/")[2]
    return {"id": key, "kind": kind, "printing": printing, "content": content, "unused": [0.0, 0.0]}


def _passage_rows(key: str, document: EncodedDocument) -> Iterator[dict[str, Any]]:
    for number, (passage, vector) in enumerate(zip(document.passages, document.vectors, strict=True)):
        yield {
            "id": f"{key}/{number}",
            "printing": key,
            "start": passage.span.start,
            "end": passage.span.end,
            "words": " ".join(words(passage.text)),
            "vector": vector,
        }


def _printing_of(key: str) -> str:
    return key.partition("/")[0]


def _edition_of(printing: str) -> str:
    return printing.rpartition("-")[0]


def _document_of(key: str) -> str:
    return key.partition("-")[0]


def _filter(among: Collection[str] | None, hidden: Collection[str]) -> str:
    """Return the expression that is true of passages `among` these printings, or of any, that are not `hidden`."""
    clauses = [] if among is None else [f"printing in {json.dumps(sorted(among))}"]
    return " and ".join([*clauses, f"printing not in {json.dumps(sorted(hidden))}"] if hidden else clauses)


def _visible(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Printing]:
    """Return, by edition, what each row `added` says to which there is no row `removed`."""
    editions = {key.partition("/")[0] for key in rows} - {key.removesuffix("/removed") for key in rows}
    return {edition: Printing(*json.loads(rows[f"{edition}/added"]["content"])) for edition in editions}


def _as_text(document: Document) -> str:
    """Return all of a document but its source, as JSON."""
    fields = {"text": document.text, "title": document.title, "places": list(map(astuple, document.places))}
    return json.dumps(fields, ensure_ascii=False)


def _as_document(text: str, source: str) -> Document | None:
    """Return the document of which `_as_text` made `text`, or None where it has made no such text."""
    with suppress(CitedError, ValueError, TypeError, KeyError):
        fields = json.loads(text)
        return Document(fields["text"], fields["title"], source, tuple(Place(*place) for place in fields["places"]))
    return None


def _checksum(text: str, passages: Sequence[Passage]) -> str:
    spans = [(passage.span.start, passage.span.end) for passage in passages]
    return f"{crc32(repr(spans).encode(), crc32(text.encode())):08x}"


def _pieces(text: str) -> list[str]:
    """Cut `text` between characters into pieces that Milvus can hold."""
    data = text.encode()
    cuts = [0]
    while cuts[-1] < len(data):
        cut = min(cuts[-1] + LONGEST_STRING, len(data))
        while cut < len(data) and data[cut] & 0b1100_0000 == 0b1000_0000:  # within a character
            cut -= 1
        cuts.append(cut)
    return [data[start:end].decode() for start, end in pairwise(cuts)]


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(rows), ROWS):
        yield list(rows[first : first + ROWS])


# pymilvus


@cache
def _pymilvus() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise NotInstalled from error
    # It writes to stderr what it raises anyway, and we say that in a sentence.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return pymilvus


def _make(is_there: Callable[[], bool], make: Callable[[], object]) -> None:
    """Make what is not there; another process may be making it just now."""
    if not is_there():
        try:
            make()
        except _pymilvus().MilvusException:
            if not is_there():
                raise


@contextmanager
def _translating_errors(address: str) -> Iterator[None]:
    from grpc import RpcError

    try:
        yield
    except (_pymilvus().MilvusException, RpcError) as error:
        reason = " ".join(str(getattr(error, "message", error)).split()).rstrip(".")
        raise UnusableCollection(
            f"{address} cannot be used just now ({reason}); see to it that Milvus runs there and lets you in."
        ) from error


def _disconnect(client: Any, file: Path | None) -> None:
    try:
        client.close()
    finally:
        if file:
            release(file)
