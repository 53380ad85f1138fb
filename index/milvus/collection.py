"""A collection on Milvus: on a cluster, on a server, or in a file of Milvus Lite.

Milvus has neither transactions nor locks, and any number of machines may write at once. Changes are still atomic:

- The keys of passages and text contain their version (see `index.milvus.rows`). Processes that add the same content
  write the same rows, and each can finish what another has begun. Different content never mixes.
- Adding writes the passages, then the text, and finally the row `added`, which names the current version. The last call
  makes the document visible.
- Removing writes the row `removed`, which hides the incarnation for ever, and then deletes the other rows. Adding the
  document again begins the next incarnation, which a slow removal of the last one does not touch.
"""

import json
import re
import time
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
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
    Version,
    as_document,
    as_text,
    checksum,
    document_of,
    in_pieces,
    incarnation_of,
    passage_rows,
    row,
    version_of,
    visible,
)
from index.milvus.store import DOCUMENTS, PASSAGES, WIDEST_SEARCH, Store
from index.passage import Passage
from index.ranking import Hit, Rankings
from index.text.words import words
from index.title import checked


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search.

    Attributes:
        lexical: key of a passage → BM25 score, best first.
        dense: key of a passage → cosine, best first.
        spans: key of a passage → its span.
        versions: key of a version → the version, for all passages found.
    """

    lexical: dict[str, float]
    dense: dict[str, float]
    spans: dict[str, Span]
    versions: dict[str, Version]


class MilvusCollection(Collection):
    """Documents in a Milvus database. Any number of processes on any number of machines may use it at once.

    Only one process at a time can use a file of Milvus Lite, with any number of threads and `MilvusCollection` objects.
    The schema is created when the first document is added.

    Args:
        address: `http://host:port/database` or `https://user:password@host:port/database`. Without a database, the one
            that Milvus calls `default` is used. For Milvus Lite, the path of a file that ends in `.db`.
        encoder: the model that turns text into vectors. The default is the model that `CITED_MODEL` names, or else
            the packaged one.

    Raises:
        UnusableCollection: `address` does not answer or denies access, another process uses the file, or the data is
            of another model or a newer version. Any method except `close` may raise it too.
    """

    def __init__(self, address: str, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or default_encoder()
        self._store = Store(address, self.encoder)
        self._seen: dict[str, float] = {}

    @property
    def address(self) -> str:
        """The address without the password."""
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
            there = self._versions(current.values())
            written = {incarnation: waiting[each] for each, incarnation in current.items() if incarnation not in there}
            self._write(written)
            added.update(document.document.id for document in written.values())
            # Another process may have removed a document before this call finished adding it. It is then added again.
            removed = written.keys() - self._versions(written).keys()
            self._store.clear(removed)
            waiting = {each: waiting[each] for each, incarnation in current.items() if incarnation in removed}
        return [document.document for document in documents if document.document.id in added]

    def remove(self, document_id: str) -> None:
        (incarnation,) = self._existing([document_id])
        self._store.upsert(DOCUMENTS, [row(f"{incarnation}/removed")])
        self._store.clear([incarnation])

    def rename(self, document_id: str, title: str) -> Document:
        (version,) = self._existing([document_id]).values()
        renamed = replace(version, title=checked(title))
        self._store.upsert(DOCUMENTS, [renamed.row])
        return self._document_of(renamed)

    def replace(
        self, document_id: str, document: Document, *, original: bytes | None = None, progress: Progress | None = None
    ) -> None:
        self._existing([document_id])  # both are stored at first, so that neither can be lost
        self.add(document, progress=progress)
        if document.id != document_id:
            self.remove(document_id)

    def replace_encoded(self, document_id: str, document: EncodedDocument) -> None:
        self._existing([document_id])
        self.add_encoded([document])
        if document.document.id != document_id:
            self.remove(document_id)

    def documents(self) -> list[Document]:
        return list(self._load(self._all()).values())

    def document_ids(self) -> list[str]:
        return [document_of(version.key) for version in self._all()]

    def sources(self) -> dict[str, str]:
        return {document_of(version.key): version.source for version in self._all()}

    def document(self, document_id: str) -> Document:
        (version,) = self._existing([document_id]).values()
        return self._document_of(version)

    def beginning(self, document_id: str, most: int) -> list[Passage]:
        (version,) = self._existing([document_id]).values()
        document = self._document_of(version)
        keys = [f"{version.key}/{number}" for number in range(min(most, version.passages))]
        rows = self._store.get(PASSAGES, keys, "start", "end")
        if len(rows) < len(keys):  # removed while it was being read
            raise UnknownDocument(document_id)
        return [Passage(document, Span(rows[key]["start"], rows[key]["end"])) for key in keys]

    def encoded(self, document_id: str) -> EncodedDocument:
        (version,) = self._existing([document_id]).values()
        keys = [f"{version.key}/{number}" for number in range(version.passages)]
        rows = self._store.get(PASSAGES, keys, "start", "end", "vector")
        document = self._document_of(version)
        if len(rows) < len(keys):  # removed while it was being read
            raise UnknownDocument(document_id)
        return EncodedDocument(
            document,
            tuple(Passage(document, Span(rows[key]["start"], rows[key]["end"])) for key in keys),
            np.array([rows[key]["vector"] for key in keys], np.float32),
        )

    def check(self) -> Report:
        versions = self._all()
        findings: list[str] = []
        for version in versions:
            document_id = document_of(version.key)
            try:
                for passage in self.encoded(document_id).passages:
                    passage.document.quote(passage.span)
            except (DamagedCollection, SpanOutsideText) as error:
                findings.append(str(error))
            except UnknownDocument:
                if self._versions([incarnation_of(version.key)]):  # it has not been removed since
                    findings.append(
                        f"Document {document_id} at {self.address} lacks passages; remove and add it again."
                    )
        return Report(len(versions), sum(version.passages for version in versions), tuple(findings), None)

    def is_made(self) -> bool:
        """Return whether a document has ever been added, by this or another process."""
        return self._store.is_made()

    def rebuild(self) -> None:
        # Deletes rows that interrupted removals have left. Milvus maintains its indexes itself.
        self._store.clear(key.removesuffix("/removed") for key in self._store.marks() if key.endswith("/removed"))

    # Search

    def _new(self, documents: Iterable[Document]) -> list[Document]:
        wanted = {document.id: document for document in reversed(list(documents))}
        current = self._current(wanted)
        there = self._versions(current.values())
        return [document for document_id, document in reversed(wanted.items()) if current[document_id] not in there]

    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        if documents is None and not self._store.is_made():
            return []
        among = self._versions_of(documents)
        # Words are analysed here, because the analysers of Milvus Lite, of Milvus and of Tantivy differ.
        text = " ".join(dict.fromkeys(words(question)))
        while True:
            found = self._search(text, vector, min(max(DEPTH, k), WIDEST_SEARCH), among)
            others = self._cosines(vector, found.lexical.keys() - found.dense.keys())
            rankings = Rankings(found.lexical, found.dense, found.dense | others)
            needed = {version_of(key) for key in rankings.best(k)}
            texts = self._load([found.versions[key] for key in needed])
            if texts.keys() == needed and rankings.cosines.keys() >= found.lexical.keys():
                break  # otherwise a document has been removed since it was found: search again
        passages = {key: Passage(texts[version_of(key)], found.spans[key]) for key in rankings.best(k)}
        return rankings.hits(question, passages, k)

    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        among = self._versions_of(documents)
        return {word for word in words if self._store.is_made() and self._search(word, None, 1, among).lexical}

    def _search(self, text: str, vector: Vectors | None, depth: int, among: Sequence[str] | None) -> Found:
        """Search until every document found is complete.

        Passages of documents that are not visible are excluded, and the search is repeated. It is also repeated for a
        document that became visible during the search, because only some of its passages may have been stored then.

        Args:
            text: the words to search for, in their indexed form.
            vector: the vector of the question, `(dim,)`; None for a lexical search only.
            depth: largest number of passages in each ranking.
            among: keys of the versions to search; by default all.
        """
        hidden: set[str] = set()
        while True:
            began = time.monotonic()
            spans: dict[str, Span] = {}
            condition = _filter(among, hidden)
            lexical = self._ranking("bm25", text, depth, condition, spans) if text else {}
            dense = {} if vector is None else self._ranking("vector", vector, depth, condition, spans)
            found = {version_of(key) for key in spans}
            there = self._versions(map(incarnation_of, found)).values()
            versions = {version.key: version for version in there if version.key in found}
            if len(versions) == len(found) and all(self._seen.get(key, inf) <= began for key in found):
                return Found(lexical, dense, spans, versions)
            now = time.monotonic()
            for key in versions:
                self._seen.setdefault(key, now)
            hidden |= found - versions.keys()

    def _ranking(
        self, field: str, query: str | Vectors, depth: int, condition: str, spans: dict[str, Span]
    ) -> dict[str, float]:
        """Return key → score, best first, for the `depth` best matches that satisfy `condition`. Add their `spans`."""
        hits = self._store.search(field, query, depth, condition)
        spans |= {hit["id"]: Span(hit["entity"]["start"], hit["entity"]["end"]) for hit in hits}
        # Milvus Lite returns negative BM25 scores. The fusion divides by their mean, which removes the sign.
        return {hit["id"]: hit["distance"] for hit in hits}

    def _cosines(self, vector: Vectors, keys: Iterable[str]) -> dict[str, float]:
        rows = self._store.get(PASSAGES, sorted(keys), "vector")
        return {key: float(np.asarray(row["vector"], np.float32) @ vector) for key, row in rows.items()}

    # Incarnations and versions

    def _versions_of(self, document_ids: DocumentIds | None) -> list[str] | None:
        """Return the keys of the current versions of these documents, or None for all documents."""
        return None if document_ids is None else [version.key for version in self._existing(document_ids).values()]

    def _current(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return document id → its first incarnation that has not been removed. It may not have been added yet."""
        current = {each: f"{each}-0" for each in document_ids}
        for removals in count(1):
            removed = self._store.get(DOCUMENTS, [f"{incarnation}/removed" for incarnation in current.values()])
            if not removed:
                break
            current |= {document_of(key): f"{document_of(key)}-{removals}" for key in removed}
        return current

    def _existing(self, document_ids: DocumentIds) -> dict[str, Version]:
        """Return incarnation → current version of these documents. Raise `UnknownDocument` if one is not stored."""
        for document_id in document_ids:
            if not re.fullmatch("[0-9a-f]{64}", document_id):
                raise UnknownDocument(document_id)
        current = self._current(document_ids)
        there = self._versions(current.values())
        for document_id, incarnation in current.items():
            if incarnation not in there:
                raise UnknownDocument(document_id)
        return there

    def _versions(self, incarnations: Iterable[str]) -> dict[str, Version]:
        """Return incarnation → current version, for the incarnations that are visible."""
        keys = [f"{incarnation}/{mark}" for incarnation in set(incarnations) for mark in ("added", "removed")]
        return visible(self._store.get(DOCUMENTS, keys, "content"))

    def _all(self) -> list[Version]:
        """Return the current versions of all documents, in the order in which they were added."""
        return sorted(visible(self._store.marks()).values(), key=lambda version: (version.added, version.key))

    def _document_of(self, version: Version) -> Document:
        """Return the document of a version. Raise `UnknownDocument` if it was removed meanwhile."""
        documents = self._load([version])
        if not documents:
            raise UnknownDocument(document_of(version.key))
        return documents[version.key]

    def _load(self, versions: Sequence[Version]) -> dict[str, Document]:
        """Return version key → document, without documents that were removed meanwhile."""
        keys = {each.key: [f"{each.key}/{number}" for number in range(each.pieces)] for each in versions}
        rows = self._store.get(DOCUMENTS, [piece for pieces in keys.values() for piece in pieces], "content")
        read = {
            version.key: as_document("".join(rows[piece]["content"] for piece in keys[version.key]), version)
            for version in versions
            if all(piece in rows for piece in keys[version.key])
        }
        documents = {key: document for key, document in read.items() if document and document.id == document_of(key)}
        missing = keys.keys() - documents.keys()
        there = {version.key for version in self._versions(map(incarnation_of, missing)).values()}
        for key in missing & there:
            raise DamagedCollection(
                f"The text of document {document_of(key)} at {self.address} is damaged; restore Milvus's data from a"
                " backup."
            )
        return documents

    def _write(self, documents: Mapping[str, EncodedDocument]) -> None:
        """Write incarnation → document. The last of the calls makes the documents visible."""
        passages: list[dict[str, Any]] = []
        pieces: list[dict[str, Any]] = []
        added: list[dict[str, Any]] = []
        # Times increase by one, so that documents added together keep their order.
        for now, (incarnation, document) in enumerate(documents.items(), start=time.time_ns()):
            text = as_text(document.document)
            key = f"{incarnation}-{checksum(text, document.passages)}"
            contents = in_pieces(text)
            passages += passage_rows(key, document)
            pieces += [row(f"{key}/{number}", piece, key) for number, piece in enumerate(contents)]
            version = Version(key, now, len(contents), len(document.passages), document.document.source)
            added.append(version.row)
            if len(added[-1]["content"].encode()) > LONGEST_STRING:
                raise UnusableCollection(
                    f"The source of {document.document.title!r} is longer than the {LONGEST_STRING:,} bytes that Milvus"
                    " keeps of one; shorten it."
                )
        self._store.upsert(PASSAGES, passages)
        self._store.upsert(DOCUMENTS, pieces)
        self._store.upsert(DOCUMENTS, added)


def _filter(among: Iterable[str] | None, hidden: Set[str]) -> str:
    """Return the Milvus filter for passages `among` these versions, by default all, that are not `hidden`."""
    clauses = [] if among is None else [f"printing in {json.dumps(sorted(among))}"]
    return " and ".join([*clauses, f"printing not in {json.dumps(sorted(hidden))}"] if hidden else clauses)
