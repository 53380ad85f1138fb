"""The interface of every collection, wherever it is stored."""

import collections.abc
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from types import TracebackType
from typing import Self

from index.document import Document
from index.encoder.base import Encoder, Vectors
from index.encoder.spool import SpooledVectors, gathered
from index.errors import UnknownDocument, UnusableCollection, UnusableQuestion
from index.passage import Passage
from index.ranking import Hit
from index.sandbox.sandbox import passages as passages_of
from index.text.words import content_parts

DocumentIds = collections.abc.Collection[str]

Progress = Callable[[int, int], None]
"""A callback that gets the number of passages done and the total number."""

LONGEST_QUESTION = 1000
"""Longest question in code points. The default encoder reads about as much."""

DEPTH = 100
"""Passages that each of the two rankings passes to the fusion."""

_PART = 64
"""Passages encoded between two reports of progress: two seconds' work. In parts of 512, they take 5 % less."""


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document with its encoded passages, as a collection stores it.

    Attributes:
        document: the document.
        passages: its `n` passages, first to last.
        vectors: their vectors in the same order, `(n, dim)` float32, of unit length. Those of a long document are
            in a file; `numpy.asarray` reads them.
        original: the file from which it was read, if the collection keeps it.
    """

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors | SpooledVectors
    original: bytes | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `Collection.check`.

    Attributes:
        documents: number of documents.
        passages: number of passages.
        findings: one sentence for each problem; empty if there is none.
        recall: share of the true nearest passages that the dense index found when it was built, in [0, 1]. It is 1 for
            exact search, and None on Milvus, which does not report it.
        kept: number of documents whose files are kept; None on Milvus, which keeps none.
    """

    documents: int
    passages: int
    findings: tuple[str, ...]
    recall: float | None = 1.0
    kept: int | None = None


class Collection(ABC):
    """Documents that are searched together, stored in a folder (`FolderCollection`) or on Milvus (`MilvusCollection`).

    Every thread and process sees a document completely or not at all, even after a crash. `len(collection)` is the
    number of documents. `document in collection` tells whether a document with the same text is stored. Iteration
    yields the documents in the order in which they were added.

    Attributes:
        encoder: the model that turns text into vectors.
    """

    encoder: Encoder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.document_ids())

    def __bool__(self) -> bool:
        """Return True: a collection without documents is still a collection."""
        return True

    def __iter__(self) -> Iterator[Document]:
        for document_id in self.document_ids():
            with suppress(UnknownDocument):  # removed meanwhile
                yield self.document(document_id)

    def __contains__(self, document: object) -> bool:
        """Return whether a document with the same text, or with this id, is stored."""
        wanted = document.id if isinstance(document, Document) else document
        return wanted in self.document_ids()

    def add(
        self, *documents: Document, original: bytes | None = None, progress: Progress | None = None
    ) -> list[Document]:
        """Add documents. Documents that are already stored stay unchanged.

        A folder stores either all of the documents or none. Milvus stores each document completely or not at all.

        Args:
            documents: the documents to add. Duplicates are added once.
            original: the file from which they were read. A folder keeps it with them; Milvus does not.
            progress: called with the number of passages encoded so far and the total number.

        Returns:
            The documents that were added, in the order given.

        Raises:
            UnusableCollection: the collection cannot be written, or another process kept it locked for a minute.
            TooDemanding: splitting a document takes too much time or memory.
            UnusableModel: the model cannot be loaded, or its vectors do not have unit length.
        """
        return self.add_encoded(self._encode(self._new(documents), original, progress))

    def search(self, question: str, k: int = 10, documents: DocumentIds | None = None) -> list[Hit]:
        """Return the `k` passages that best match `question`, best first.

        A lexical ranking (BM25) and a dense ranking (cosine) are fused (see `fuse`). Each has up to `DEPTH` passages,
        or `k` if `k` is larger. The best fused passages are then reordered by the question's terms (see `compare`).

        Args:
            question: at most `LONGEST_QUESTION` code points, with at least one word.
            k: number of hits, at least 1. The result is shorter if the two rankings together have fewer passages.
            documents: ids of the documents to search; by default all. Word frequencies still count over all documents.

        Returns:
            Hits with `score`, the fused search score (no unit; comparable within one call only).

        Raises:
            UnusableQuestion: `question` has no words, is too long or is not valid Unicode, `k` is less than 1, or
                `documents` is empty.
            UnknownDocument: the collection does not hold one of `documents`.
            UnusableCollection: the storage fails.

        >>> from index.article import article_collection
        >>> [hit] = article_collection().search("who opened the conference?", k=1)
        >>> "Abdel Latif Hamouchi" in hit.passage.text
        True
        """
        check_question(question, k, documents)
        return self._hits(question, self.encoder.encode_question(question), k, documents)

    def missing(self, question: str, documents: DocumentIds | None = None) -> list[str]:
        """Return the content words of `question` that no passage contains in any form.

        Words with the same stem are forms of one word. A compound such as `co-founder` is missing if one of its parts
        is missing.

        Args:
            question: as for `search`.
            documents: ids of the documents to look in; by default all.

        Returns:
            The missing words as typed, in the order of the question.

        Raises:
            UnusableQuestion, UnknownDocument, UnusableCollection: as for `search`.
        """
        check_question(question, 1, documents)
        parts = content_parts(question)
        held = self._held(set().union(*parts.values()), documents)
        return [word for word, needed in parts.items() if not needed <= held]

    @abstractmethod
    def close(self) -> None:
        """Release files and connections. Closing twice is harmless."""

    @abstractmethod
    def remove(self, document_id: str) -> None:
        """Remove a document.

        Args:
            document_id: the id of a stored document.

        Raises:
            UnknownDocument: no document has this id.
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def rename(self, document_id: str, title: str) -> Document:
        """Give a document another title. Its text stays as it is, and so does every citation of it.

        Args:
            document_id: the id of a stored document.
            title: at most 300 code points, with a letter or digit. White space in it becomes single spaces.

        Returns:
            The document with its new title.

        Raises:
            InvalidText: `title` cannot be used.
            UnknownDocument: no document has this id.
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def replace(
        self, document_id: str, document: Document, *, original: bytes | None = None, progress: Progress | None = None
    ) -> None:
        """Replace one document by another. If this is interrupted, at least one of the two is stored.

        A `document` that is already stored stays unchanged. A folder replaces a document by one with the same text if
        something else was read in another way (see `Document.is_read_like`); Milvus does not.

        Args:
            document_id: the id of the stored document to remove.
            document: the document to add.
            original: as for `add`.
            progress: as for `add`.

        Raises:
            UnknownDocument: no document has this id.
            UnusableCollection, TooDemanding, UnusableModel: as for `add`.
        """

    @abstractmethod
    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""

    @abstractmethod
    def sources(self) -> dict[str, str]:
        """Return the mapping document id → source, in the order in which the documents were added."""

    @abstractmethod
    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""

    @abstractmethod
    def document(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            UnknownDocument: no document has this id.
        """

    @abstractmethod
    def beginning(self, document_id: str, most: int) -> list[Passage]:
        """Return the first passages of a document in order, without loading their vectors.

        Args:
            document_id: the id of a stored document.
            most: largest number of passages to return.

        Raises:
            UnknownDocument: no document has this id.
        """

    def original(self, document_id: str) -> bytes | None:
        """Return the file from which a document was read, byte for byte.

        Returns:
            The bytes; None if they were not kept. Milvus keeps none, nor did a collection of format 3 or earlier, and
            a text that was added without a file has none.

        Raises:
            UnknownDocument: no document has this id.
        """
        self.document(document_id)  # raises unless it is stored
        return None

    def files(self) -> dict[str, str]:
        """Return which file each document was read from.

        Returns:
            The mapping document id → SHA-256 of its file, in the order in which the documents were added. It is empty
            if the file was not kept (see `original`).

        Raises:
            UnusableCollection: the collection is on Milvus.
        """
        raise UnusableCollection("A collection on Milvus keeps no files; add the files to it again to read them again.")

    @abstractmethod
    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document with its stored passages and vectors.

        Raises:
            UnknownDocument: no document has this id.
        """

    @abstractmethod
    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        """Add documents that the same model has already encoded.

        Args:
            documents: the documents with their vectors, which `encoder` must have made.

        Returns:
            The documents that were added, in the order given.

        Raises:
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def replace_encoded(self, document_id: str, document: EncodedDocument) -> None:
        """Replace one document by another that the same model has already encoded, as `replace` does.

        Args:
            document_id: the id of the stored document to remove.
            document: the document to add, with its vectors, which `encoder` must have made.

        Raises:
            UnknownDocument: no document has this id.
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def check(self) -> Report:
        """Read all stored data, repair the derived indexes, and report the problems found."""

    @abstractmethod
    def rebuild(self) -> None:
        """Rebuild everything that is derived from the documents. Encode nothing again.

        Raises:
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def _new(self, documents: Iterable[Document]) -> list[Document]:
        """Return the `documents` that are not stored yet, without duplicates."""

    @abstractmethod
    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        """Return the `k` best hits of both rankings, best first. `vector`, `(dim,)`, encodes the question."""

    @abstractmethod
    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        """Return the `words`, in their indexed form, that at least one passage contains."""

    def _encode(
        self, documents: Sequence[Document], original: bytes | None, progress: Progress | None
    ) -> list[EncodedDocument]:
        """Split and encode documents, `_PART` passages at a time."""
        passages = [tuple(passages_of(document)) for document in documents]
        count = sum(map(len, passages))
        vectors = gathered(self._vectors(chain.from_iterable(passages), count, progress), count)
        ends = accumulate(map(len, passages))
        return [
            EncodedDocument(document, each, vectors[end - len(each) : end], original)
            for document, each, end in zip(documents, passages, ends, strict=True)
        ]

    def _vectors(self, passages: Iterator[Passage], count: int, progress: Progress | None) -> Iterator[Vectors]:
        """Yield the vectors of `count` passages, `(n, dim)`, `_PART` at a time."""
        done = 0
        while some := [passage.indexed_text for passage in islice(passages, _PART)]:
            yield self.encoder.encode_passages(some)
            done += len(some)
            if progress:
                progress(done, count)


def check_question(question: str, k: int, documents: DocumentIds | None) -> None:
    """Check the arguments of a search.

    Raises:
        UnusableQuestion: as for `Collection.search`.
    """
    if k < 1:
        raise UnusableQuestion(f"The question is for the best {k} passages; ask for 1 or more.")
    if documents is not None and not documents:
        raise UnusableQuestion("The question is asked of no documents; name one or more, or leave them out to ask all.")
    if len(question) > LONGEST_QUESTION:
        raise UnusableQuestion(
            f"The question is {len(question):,} characters long; ask in {LONGEST_QUESTION:,} or fewer."
        )
    if not any(map(str.isalnum, question)):
        raise UnusableQuestion("The question holds no words; type one that does.")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise UnusableQuestion("The question holds half of a character, a lone surrogate; type it again.")
