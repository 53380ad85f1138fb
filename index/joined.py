"""Two collections that are asked as one."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain
from threading import Lock

from index.collection import Collection, DocumentIds, EncodedDocument, Progress, Report
from index.document import Document
from index.encoder.base import Vectors
from index.errors import ReadOnlyCollection
from index.passage import Passage
from index.ranking import Hit


class JoinedCollection(Collection):
    """A collection that many share, and beside it one's own. Both are asked, and only one's own is changed.

    Cosines and shared terms are comparable between the two; BM25 counts
    words in each for itself.

    Args:
        shared: an open collection.
        open_own: opens another one, of the same model, when it is first needed.
    """

    def __init__(self, shared: Collection, open_own: Callable[[], Collection]) -> None:
        self.encoder = shared.encoder
        self._shared = shared
        self._open_own = open_own
        self._opened: Collection | None = None
        self._threads = Lock()

    def own(self) -> Collection:
        """Return one's own collection."""
        with self._threads:
            if self._opened is None:
                self._opened = self._open_own()
            return self._opened

    def close(self) -> None:
        for part in self._parts():
            part.close()

    def remove(self, document_id: str) -> None:
        self._changed(document_id).remove(document_id)

    def rename(self, document_id: str, title: str) -> Document:
        return self._changed(document_id).rename(document_id, title)

    def replace(
        self, document_id: str, document: Document, *, original: bytes | None = None, progress: Progress | None = None
    ) -> None:
        self._changed(document_id).replace(document_id, document, original=original, progress=progress)

    def documents(self) -> list[Document]:
        return list(dict.fromkeys(chain.from_iterable(part.documents() for part in self._parts())))

    def sources(self) -> dict[str, str]:
        return {key: source for part in self._parts() for key, source in part.sources().items()}

    def document_ids(self) -> list[str]:
        return list(dict.fromkeys(chain.from_iterable(part.document_ids() for part in self._parts())))

    def document(self, document_id: str) -> Document:
        return self._holder(document_id).document(document_id)

    def beginning(self, document_id: str, most: int) -> list[Passage]:
        return self._holder(document_id).beginning(document_id, most)

    def original(self, document_id: str) -> bytes | None:
        return self._holder(document_id).original(document_id)

    def files(self) -> dict[str, str]:
        return {key: file for part in self._parts() for key, file in part.files().items()}

    def encoded(self, document_id: str) -> EncodedDocument:
        return self._holder(document_id).encoded(document_id)

    def add_encoded(self, documents: Sequence[EncodedDocument]) -> list[Document]:
        return self.own().add_encoded(documents) if documents else []

    def replace_encoded(self, document_id: str, document: EncodedDocument) -> None:
        self._changed(document_id).replace_encoded(document_id, document)

    def check(self) -> Report:
        return self.own().check()

    def rebuild(self) -> None:
        self.own().rebuild()

    def _new(self, documents: Iterable[Document]) -> list[Document]:
        new = list(documents)
        for part in self._parts():
            new = part._new(new)
        return new

    def _hits(self, question: str, vector: Vectors, k: int, documents: DocumentIds | None) -> list[Hit]:
        found = [hit for part, ids in self._divided(documents) for hit in part._hits(question, vector, k, ids)]
        once = {hit.passage: hit for hit in found}  # both may have one document
        return sorted(once.values(), key=lambda hit: hit.score, reverse=True)[:k]

    def _held(self, words: Set[str], documents: DocumentIds | None) -> set[str]:
        return set().union(*(part._held(words, ids) for part, ids in self._divided(documents)))

    def _parts(self) -> list[Collection]:
        return [self._shared, self._opened] if self._opened else [self._shared]

    def _divided(self, documents: DocumentIds | None) -> Iterator[tuple[Collection, DocumentIds | None]]:
        """Yield each collection that is asked, with those of `documents` that it holds; None for all."""
        if documents is None or self._opened is None:
            yield from ((part, documents) for part in self._parts())
            return
        own = set(self._opened.document_ids())
        divided: list[tuple[Collection, list[str]]] = [
            (self._shared, [each for each in documents if each not in own]),
            (self._opened, [each for each in documents if each in own]),
        ]
        yield from ((part, ids) for part, ids in divided if ids)

    def _changed(self, document_id: str) -> Collection:
        """Return the own collection, which holds the document.

        Raises:
            UnknownDocument: neither collection holds it.
            ReadOnlyCollection: the other one does.
        """
        holder = self._holder(document_id)
        if holder is self._shared:
            holder.document(document_id)  # raises unless it is stored
            raise ReadOnlyCollection("All share this document, so it can be asked, but not changed.")
        return holder

    def _holder(self, document_id: str) -> Collection:
        return self._opened if self._opened and document_id in self._opened else self._shared
