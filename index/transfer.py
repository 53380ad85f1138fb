"""Copying a collection to another address without encoding anything again."""

from collections.abc import Iterator

from index.collection import Collection, EncodedDocument
from index.document import Document
from index.encoder.identity import Identity
from index.errors import UnusableCollection

_BATCH = 500
"""Passages after which the documents read so far are written in one call: about 2 MB with their vectors."""


def copy(source: Collection, target: Collection) -> Iterator[Document]:
    """Add the documents of `source` to `target` in the same order.

    Documents that `target` already holds stay unchanged. An interrupted copy can therefore be resumed by calling this
    again. Nothing happens until the result is iterated over.

    Args:
        source: the collection to copy from. It is not changed.
        target: the collection to copy to, made with the same model.

    Yields:
        Each copied document as soon as it is stored in `target`, in the order of `source`.

    Raises:
        UnusableCollection: different models made the two collections, so their vectors cannot be compared.
    """
    if not Identity.of(source.encoder).is_that_of(Identity.of(target.encoder)):
        raise UnusableCollection(
            f"A collection made with the model {source.encoder.name!r} cannot be copied to one made with"
            f" {target.encoder.name!r}; add the documents to it instead."
        )
    there = set(target.document_ids())
    batch: list[EncodedDocument] = []
    for document_id in source.document_ids():
        if document_id not in there:
            batch.append(source.encoded(document_id))
        if sum(len(document.passages) for document in batch) >= _BATCH:
            yield from _written(batch, target)
            batch = []
    yield from _written(batch, target)


def _written(batch: list[EncodedDocument], target: Collection) -> Iterator[Document]:
    target.add_encoded(batch)
    for document in batch:
        yield document.document
