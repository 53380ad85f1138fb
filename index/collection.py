"""What every collection promises, wherever it is kept."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, TypeVar

from index.document import Document
from index.encoder.base import Encoder, Vectors
from index.errors import UnusableQuestion
from index.passage import Passage

Key = TypeVar("Key", bound=Hashable)

DocumentIds = Collection[str]

LONGEST_QUESTION = 1000
"""Code points; about what the default encoder reads of a question."""

DEPTH = 100
"""Passages that each of the two rankings hands to the fusion."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and why: ranks count from 1; None where that ranking did not reach the passage."""

    passage: Passage
    score: float
    lexical_rank: int | None
    dense_rank: int | None


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


class AnyCollection(Protocol):
    """Documents that are searched as one: in a folder (`Collection`) or on Milvus (`MilvusCollection`).

    A document is there whole or not at all, for every thread and process and at every moment, whoever stops where.
    Every method but `close` raises `UnusableCollection` where what keeps the documents fails.
    """

    encoder: Encoder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None: ...

    def add(self, *documents: Document) -> list[Document]:
        """Add `documents`; return those that were not there yet, in their order."""

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocument: no document has that id.
        """

    def replace(self, document_id: str, document: Document) -> None:
        """Remove a document and add another; whoever stops where, one of the two is there.

        One that is there already, as that to be removed is if it has the same text, stays as it is.

        Raises:
            UnknownDocument: no document has that id.
        """

    def documents(self) -> list[Document]:
        """Return all documents, in the order in which they were added."""

    def search(self, question: str, k: int = 10, documents: DocumentIds | None = None) -> list[Hit]:
        """Return the `k` passages that best match `question`, best first.

        A lexical (BM25) and a dense (cosine) ranking of up to `DEPTH` passages each, or `k` if that is more, are fused
        (see `fuse`), and the best of both ordered by the question's terms (see `compare`).

        Args:
            documents: ids of those whose passages alone are ranked; without them, all are.

        Raises:
            UnusableQuestion: `question` holds no word, is longer than `LONGEST_QUESTION`, or is not valid Unicode, `k`
                is less than 1, or `documents` is empty.
            UnknownDocument: one of `documents` is not there.
        """

    def missing(self, question: str, documents: DocumentIds | None = None) -> list[str]:
        """Return the content words of `question`, as typed and in order, that no passage holds in any form.

        A form is what has the same stem. A word of several parts, as `co-founder`, is missing if one of them is.

        Args:
            documents: ids of those whose passages alone count; without them, all do.

        Raises:
            UnusableQuestion, UnknownDocument: as for `search`.
        """

    def check(self) -> Report:
        """Read everything that is kept, and say what is wrong."""

    def rebuild(self) -> None:
        """Put in order what is derived from the documents, without encoding anything; Milvus's indexes are its own."""

    def sources(self) -> dict[str, str]:
        """Return the source of each document by its id, in the order in which they were added."""

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in the order in which they were added."""

    def document(self, document_id: str) -> Document:
        """Return the document that has that id.

        Raises:
            UnknownDocument: no document has it.
        """

    def encoded(self, document_id: str) -> EncodedDocument:
        """Return a document as it is kept.

        Raises:
            UnknownDocument: no document has that id.
        """

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> None:
        """Add `documents` that the same model has encoded, those that are not there yet."""


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


def ranks(ranking: Mapping[Key, float]) -> dict[Key, int]:
    """Return the rank, from 1, of each passage of `ranking`, which is best first."""
    return {passage: rank for rank, passage in enumerate(ranking, start=1)}
