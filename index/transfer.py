"""Collections are copied from one place to another, without encoding anything again."""

from collections.abc import Iterator

from index.collection import Collection, EncodedDocument
from index.document import Document
from index.errors import UnusableCollection

BATCH = 500
"""Passages from which the documents read are written, all at once: some 2 MB with their vectors."""


def copy(source: Collection, target: Collection) -> Iterator[Document]:
    """Add what `source` holds to `target`, in the same order; yield each document as soon as it stands there.

    Documents that `target` has already are left as they are, so that an interrupted copy goes on where it stopped.

    Raises:
        UnusableCollection: the two are of different models, whose vectors cannot be compared.
    """
    if source.encoder.name != target.encoder.name:
        raise UnusableCollection(
            f"A collection made with the model {source.encoder.name!r} cannot be copied to one made with"
            f" {target.encoder.name!r}; add the documents to it instead."
        )
    there = set(target.document_ids())
    batch: list[EncodedDocument] = []
    for document_id in source.document_ids():
        if document_id not in there:
            batch.append(source.encoded(document_id))
        if sum(len(document.passages) for document in batch) >= BATCH:
            yield from _written(batch, target)
            batch = []
    yield from _written(batch, target)


def _written(batch: list[EncodedDocument], target: Collection) -> Iterator[Document]:
    target.add_encoded(batch)
    for document in batch:
        yield document.document
