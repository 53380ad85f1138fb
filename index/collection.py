"""What every collection promises, wherever it is kept."""

import collections.abc
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from types import TracebackType
from typing import Self

import numpy as np

from index.document import Document
from index.encoder.base import Encoder, Vectors
from index.errors import UnknownDocument, UnusableQuestion
from index.passage import Passage
from index.ranking import Hit
from index.sandbox.sandbox import passages as passages_of
from index.text.words import content_parts

DocumentIds = collections.abc.Collection[str]

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

LONGEST_QUESTION = 1000
"""Code points; about what the default encoder reads of a question."""

DEPTH = 100
"""Passages that each of the two rankings hands to the fusion."""

PART = 512
"""Passages that are encoded between two reports of progress."""


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """All that is kept of a document: its passages, first to last, and row for row their vectors, `(n, dim)`."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found: how much there is, and a sentence for each thing that is wrong.

    `recall` is the share of the truly nearest passages that dense searches found when their index was built, 1 where a
    question is compared with every vector as it is, and None where Milvus keeps the index, and does not say.
    """

    documents: int
    passages: int
    findings: tuple[str, ...]
    recall: float | None = 1.0


class Collection(ABC):
    """Documents that are searched as one: in a folder (`FolderCollection`) or on Milvus (`MilvusCollection`).

    A document is there whole or not at all, for every thread and process, whenever one of them is stopped.
    `len(collection)` is how many documents there are, `document in collection` whether one of that text is there, and
    iterating yields the documents in the order in which they were added.
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
        """Return whether there is a document of the same text, or one that has this id."""
        wanted = document.id if isinstance(document, Document) else document
        return wanted in self.document_ids()

    def add(self, *documents: Document, progress: Progress | None = None) -> list[Document]:
        """Add documents. Those that are there already stay as they are.

        Args:
            documents: in a folder all are added or none; on Milvus each whole or not at all.
            progress: called with the number of passages encoded so far and the number of all.

        Returns:
            The documents that were not there yet, in their order.

        Raises:
            UnusableCollection: it cannot be written, or another process has been changing it for a minute.
            TooDemanding: a document takes too much time or memory to split.
            UnusableModel: the model cannot be loaded, or makes vectors that are not of unit length.
        """
        return self.add_encoded(self._encode(self._new(documents), progress))

    def search(self, question: str, k: int = 10, documents: DocumentIds | None = None) -> list[Hit]:
        """Return the `k` passages that best match `question`, best first.

        A lexical (BM25) and a dense (cosine) ranking of up to `DEPTH` passages each, or `k` if that is more, are fused
        (see `fuse`). The best of both are then ordered by the question's terms (see `compare`).

        Args:
            question: at most `LONGEST_QUESTION` characters, with at least one word.
            k: at least 1. Fewer hits come back only if the two rankings hold fewer passages between them.
            documents: ids of those whose passages alone are ranked; without them, all are. How rare a word is counts
                over all documents nevertheless.

        Returns:
            Hits with `score`, the fused search score (no unit; comparable within one call only).

        Raises:
            UnusableQuestion: `question` has no words, is too long or is not valid Unicode, `k` is less than 1, or
                `documents` is empty.
            UnknownDocument: one of `documents` is not there.
            UnusableCollection: what keeps the documents fails.
        """
        check_question(question, k, documents)
        return self._hits(question, self.encoder.encode_question(question), k, documents)

    def missing(self, question: str, documents: DocumentIds | None = None) -> list[str]:
        """Return the content words of `question`, as typed and in order, that no passage holds in any form.

        Words with the same stem are forms of one word. A word of several parts, as `co-founder`, is missing if one of
        its parts is.

        Args:
            question: as for `search`.
            documents: ids of those whose passages alone count; without them, all do.

        Raises:
            UnusableQuestion, UnknownDocument, UnusableCollection: as for `search`.
        """
        check_question(question, 1, documents)
        parts = content_parts(question)
        held = self._held(set().union(*parts.values()), documents)
        return [word for word, needed in parts.items() if not needed <= held]

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections. Closing twice is harmless."""

    @abstractmethod
    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocument: no document has that id.
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def replace(self, document_id: str, document: Document, *, progress: Progress | None = None) -> None:
        """Remove a document and add another. Whenever this is stopped, one of the two is there.

        If `document` is there already, it stays as it is.

        Raises:
            UnknownDocument: no document has that id.
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""

    @abstractmethod
    def sources(self) -> dict[str, str]:
        """Return the source of each document by its id, in the order in which they were added."""

    @abstractmethod
    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""

    @abstractmethod
    def document(self, document_id: str) -> Document:
        """Return the document that has that id.

        Raises:
            UnknownDocument: no document has it.
        """

    @abstractmethod
    def beginning(self, document_id: str, most: int) -> list[Passage]:
        """Return the first passages of a document, `most` at most, in order; their vectors are not loaded.

        Raises:
            UnknownDocument: no document has that id.
        """

    @abstractmethod
    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document as it is kept.

        Raises:
            UnknownDocument: no document has that id.
        """

    @abstractmethod
    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        """Add documents that the same model has encoded, and return those that were not there yet.

        Raises:
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def check(self) -> Report:
        """Read everything that is kept, mend what is derived from it, and say what is wrong."""

    @abstractmethod
    def rebuild(self) -> None:
        """Make again what is derived from the documents, without encoding anything.

        Raises:
            UnusableCollection: as for `add`.
        """

    @abstractmethod
    def _new(self, documents: Iterable[Document]) -> list[Document]:
        """Return those of `documents` that are not there yet, each once."""

    @abstractmethod
    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        """Return the `k` best hits of both rankings, best first; `vector`, `(dim,)`, is the question's."""

    @abstractmethod
    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        """Return those of `words`, as they are indexed, that a passage holds."""

    def _encode(self, documents: Sequence[Document], progress: Progress | None) -> list[EncodedDocument]:
        """Split and encode documents, PART passages at a time."""
        passages = [tuple(passages_of(document)) for document in documents]
        texts = [passage.text for each in passages for passage in each]
        parts = []
        for start in range(0, len(texts), PART):
            parts.append(self.encoder.encode_passages(texts[start : start + PART]))
            if progress:
                progress(min(start + PART, len(texts)), len(texts))
        vectors = np.concatenate(parts) if parts else np.empty((0, 0), np.float32)
        ends = accumulate(map(len, passages))
        return [
            EncodedDocument(document, each, vectors[end - len(each) : end])
            for document, each, end in zip(documents, passages, ends, strict=True)
        ]


def check_question(question: str, k: int, documents: DocumentIds | None) -> None:
    """Raise `UnusableQuestion` for a question that cannot be searched for, or for no passages or of no documents."""
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
