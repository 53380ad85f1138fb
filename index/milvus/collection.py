"""A collection on Milvus: on a cluster, a server, or in a file of Milvus Lite.

Milvus has neither transactions nor locks, and any number of machines may write at once. What makes a document whole:

- Passages and text are known by their printing (see `index.milvus.rows`), so that those who add the same write the same
  rows, anyone can finish what another one has begun, and those who do not agree never mix.
- An adder writes the passages, then the text, and last the edition's row `added`, which names the printing that counts:
  with that call the document is there.
- A remover writes the edition's row `removed`, with which it is gone for ever, and only then deletes the rest. Who adds
  the document again writes the next edition, at which a slow remover of the last one does not aim.
"""

import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import astuple, dataclass
from itertools import count
from math import inf
from typing import Any

import numpy as np

from index.collection import DEPTH, Collection, DocumentIds, EncodedDocument, Progress, Report
from index.document import Document, Span
from index.encoder.base import Encoder, Vectors
from index.encoder.sentence_transformer import default_encoder
from index.errors import DamagedCollection, SpanOutsideText, UnknownDocument, UnusableCollection
from index.milvus.rows import (
    LONGEST_STRING,
    Printing,
    as_document,
    as_text,
    checksum,
    document_of,
    edition_of,
    in_pieces,
    passage_rows,
    printing_of,
    row,
    visible,
)
from index.milvus.store import DOCUMENTS, PASSAGES, WIDEST_SEARCH, Store
from index.passage import Passage
from index.ranking import Hit, Rankings
from index.text.words import words


@dataclass(frozen=True, slots=True)
class Found:
    """The passages found, by key: their scores, best first, their spans, and the printings that they are of."""

    lexical: dict[str, float]
    dense: dict[str, float]
    spans: dict[str, Span]
    printings: dict[str, Printing]


class MilvusCollection(Collection):
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
        self._store = Store(address, self.encoder.name)
        self._seen: dict[str, float] = {}

    @property
    def address(self) -> str:
        """Where this is, without the password."""
        return self._store.address

    def __repr__(self) -> str:
        return f"MilvusCollection({self.address!r})"

    def close(self) -> None:
        self._store.close()

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        added: set[str] = set()
        waiting = {document.document.id: document for document in documents}
        if waiting:
            self._store.prepare(documents[0].vectors.shape[1])
        while waiting:
            current = self._current(waiting)
            there = self._printings(current.values())
            written = {edition: waiting[each] for each, edition in current.items() if edition not in there}
            self._write(written)
            added.update(document.document.id for document in written.values())
            # One who saw a document when another adder had finished it may have removed it before this one had.
            removed = written.keys() - self._printings(written).keys()
            self._store.clear(removed)
            waiting = {each: waiting[each] for each, edition in current.items() if edition in removed}
        return [document.document for document in documents if document.document.id in added]

    def remove(self, document_id: str) -> None:
        (edition,) = self._existing([document_id])
        self._store.upsert(DOCUMENTS, [row(f"{edition}/removed")])
        self._store.clear([edition])

    def replace(self, document_id: str, document: Document, *, progress: Progress | None = None) -> None:
        self._existing([document_id])  # both are there at first, so that neither can be lost
        self.add(document, progress=progress)
        if document.id != document_id:
            self.remove(document_id)

    def documents(self) -> list[Document]:
        return list(self._load(self._all()).values())

    def document_ids(self) -> list[str]:
        return [document_of(printing.key) for printing in self._all()]

    def sources(self) -> dict[str, str]:
        return {document_of(printing.key): printing.source for printing in self._all()}

    def document(self, document_id: str) -> Document:
        (printing,) = self._existing([document_id]).values()
        return self._printed(printing)

    def beginning(self, document_id: str, most: int) -> list[Passage]:
        (printing,) = self._existing([document_id]).values()
        document = self._printed(printing)
        keys = [f"{printing.key}/{number}" for number in range(min(most, printing.passages))]
        rows = self._store.get(PASSAGES, keys, "start", "end")
        if len(rows) < len(keys):  # removed while it was being read
            raise UnknownDocument(document_id)
        return [Passage(document, Span(rows[key]["start"], rows[key]["end"])) for key in keys]

    def encoded(self, document_id: str) -> EncodedDocument:
        (printing,) = self._existing([document_id]).values()
        keys = [f"{printing.key}/{number}" for number in range(printing.passages)]
        rows = self._store.get(PASSAGES, keys, "start", "end", "vector")
        document = self._printed(printing)
        if len(rows) < len(keys):  # removed while it was being read
            raise UnknownDocument(document_id)
        return EncodedDocument(
            document,
            tuple(Passage(document, Span(rows[key]["start"], rows[key]["end"])) for key in keys),
            np.array([rows[key]["vector"] for key in keys], np.float32),
        )

    def check(self) -> Report:
        printings = self._all()
        findings: list[str] = []
        for printing in printings:
            document_id = document_of(printing.key)
            try:
                for passage in self.encoded(document_id).passages:
                    passage.document.quote(passage.span)
            except (DamagedCollection, SpanOutsideText) as error:
                findings.append(str(error))
            except UnknownDocument:
                if self._printings([edition_of(printing.key)]):  # and it has not been removed since
                    findings.append(
                        f"Document {document_id} at {self.address} lacks passages; remove and add it again."
                    )
        return Report(len(printings), sum(printing.passages for printing in printings), tuple(findings), None)

    def is_made(self) -> bool:
        """Return whether a document has ever been added; another process may have done so since it was last asked."""
        return self._store.is_made()

    def rebuild(self) -> None:
        # Deletes what interrupted removals have left. Milvus keeps its indexes itself.
        self._store.clear(key.removesuffix("/removed") for key in self._store.marks() if key.endswith("/removed"))

    # Finding

    def _new(self, documents: Iterable[Document]) -> list[Document]:
        wanted = {document.id: document for document in reversed(list(documents))}
        current = self._current(wanted)
        there = self._printings(current.values())
        return [document for document_id, document in reversed(wanted.items()) if current[document_id] not in there]

    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        if documents is None and not self._store.is_made():
            return []
        among = self._printings_of(documents)
        # Words are made here and not by Milvus: its analysers differ between a file and a cluster, and from a folder's.
        text = " ".join(dict.fromkeys(words(question)))
        while True:
            found = self._search(text, vector, min(max(DEPTH, k), WIDEST_SEARCH), among)
            others = self._cosines(vector, found.lexical.keys() - found.dense.keys())
            rankings = Rankings(found.lexical, found.dense, found.dense | others)
            needed = {printing_of(key) for key in rankings.best(k)}
            texts = self._load([found.printings[key] for key in needed])
            if texts.keys() == needed and rankings.cosines.keys() >= found.lexical.keys():
                break  # or else a document has been removed since it was found
        passages = {key: Passage(texts[printing_of(key)], found.spans[key]) for key in rankings.best(k)}
        return rankings.hits(question, passages, k)

    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        among = self._printings_of(documents)
        return {word for word in words if self._store.is_made() and self._search(word, None, 1, among).lexical}

    def _search(self, text: str, vector: Vectors | None, depth: int, among: Sequence[str] | None) -> Found:
        """Search until nothing that was found is but half there: `among` these printings, or else everywhere.

        What is not visible is left out, and looked past in another search. And what became visible during a search may
        have been searched before all of it stood there: what was not seen before it is searched once more.
        """
        hidden: set[str] = set()
        while True:
            began = time.monotonic()
            spans: dict[str, Span] = {}
            condition = _filter(among, hidden)
            lexical = self._ranking("bm25", text, depth, condition, spans) if text else {}
            dense = {} if vector is None else self._ranking("vector", vector, depth, condition, spans)
            found = {printing_of(key) for key in spans}
            there = self._printings(map(edition_of, found)).values()
            printings = {printing.key: printing for printing in there if printing.key in found}
            if len(printings) == len(found) and all(self._seen.get(key, inf) <= began for key in found):
                return Found(lexical, dense, spans, printings)
            now = time.monotonic()
            for key in printings:
                self._seen.setdefault(key, now)
            hidden |= found - printings.keys()

    def _ranking(
        self, field: str, query: str | Vectors, depth: int, condition: str, spans: dict[str, Span]
    ) -> dict[str, float]:
        """Return the `depth` best matches of which `condition` is true: key → score, best first; add their `spans`."""
        hits = self._store.search(field, query, depth, condition)
        spans |= {hit["id"]: Span(hit["entity"]["start"], hit["entity"]["end"]) for hit in hits}
        # Milvus Lite gives BM25 scores a minus; the fusion divides by their mean, and so takes it away again.
        return {hit["id"]: hit["distance"] for hit in hits}

    def _cosines(self, vector: Vectors, keys: Iterable[str]) -> dict[str, float]:
        rows = self._store.get(PASSAGES, sorted(keys), "vector")
        return {key: float(np.asarray(row["vector"], np.float32) @ vector) for key, row in rows.items()}

    # Editions and printings

    def _printings_of(self, document_ids: DocumentIds | None) -> list[str] | None:
        """Return the keys of the printings that count of these documents, or None for all."""
        return None if document_ids is None else [printing.key for printing in self._existing(document_ids).values()]

    def _current(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return each document's first edition that has not been removed, whether it has been added or not."""
        current = {each: f"{each}-0" for each in document_ids}
        for removals in count(1):
            removed = self._store.get(DOCUMENTS, [f"{edition}/removed" for edition in current.values()])
            if not removed:
                break
            current |= {document_of(key): f"{document_of(key)}-{removals}" for key in removed}
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
        return visible(self._store.get(DOCUMENTS, keys, "content"))

    def _all(self) -> list[Printing]:
        """Return the printings that count, in the order in which they were added."""
        return sorted(visible(self._store.marks()).values(), key=lambda printing: (printing.added, printing.key))

    def _printed(self, printing: Printing) -> Document:
        """Return the document of a printing, which may have been removed while it was being read: `UnknownDocument`."""
        documents = self._load([printing])
        if not documents:
            raise UnknownDocument(document_of(printing.key))
        return documents[printing.key]

    def _load(self, printings: Sequence[Printing]) -> dict[str, Document]:
        """Return the documents, by printing, without those that have been removed meanwhile."""
        sources = {printing.key: printing.source for printing in printings}
        keys = {each.key: [f"{each.key}/{number}" for number in range(each.pieces)] for each in printings}
        rows = self._store.get(DOCUMENTS, [piece for pieces in keys.values() for piece in pieces], "content")
        read = {
            key: as_document("".join(rows[piece]["content"] for piece in pieces), sources[key])
            for key, pieces in keys.items()
            if all(piece in rows for piece in pieces)
        }
        documents = {key: document for key, document in read.items() if document and document.id == document_of(key)}
        missing = keys.keys() - documents.keys()
        there = {printing.key for printing in self._printings(map(edition_of, missing)).values()}
        for key in missing & there:
            raise DamagedCollection(
                f"The text of document {document_of(key)} at {self.address} is damaged; restore Milvus's data from a"
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
            text = as_text(document.document)
            key = f"{edition}-{checksum(text, document.passages)}"
            contents = in_pieces(text)
            passages += passage_rows(key, document)
            pieces += [row(f"{key}/{number}", piece, key) for number, piece in enumerate(contents)]
            printing = Printing(key, now, len(contents), len(document.passages), document.document.source)
            added.append(row(f"{edition}/added", json.dumps(astuple(printing), ensure_ascii=False)))
            if len(added[-1]["content"].encode()) > LONGEST_STRING:
                raise UnusableCollection(
                    f"The source of {document.document.title!r} is longer than the {LONGEST_STRING:,} bytes that Milvus"
                    " keeps of one; shorten it."
                )
        self._store.upsert(PASSAGES, passages)
        self._store.upsert(DOCUMENTS, pieces)
        self._store.upsert(DOCUMENTS, added)


def _filter(among: Iterable[str] | None, hidden: Set[str]) -> str:
    """Return the expression that is true of passages `among` these printings, or of any, that are not `hidden`."""
    clauses = [] if among is None else [f"printing in {json.dumps(sorted(among))}"]
    return " and ".join([*clauses, f"printing not in {json.dumps(sorted(hidden))}"] if hidden else clauses)
