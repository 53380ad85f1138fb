"""Copying a collection, or a document of it, to another one without encoding anything again."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from index.collection import Collection, EncodedDocument
from index.document import Document
from index.encoder.identity import Identity
from index.errors import UnknownDocument, UnusableCollection
from index.title import is_given, with_given

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
    _check_models(source, target)
    there = set(target.document_ids())
    batch: list[EncodedDocument] = []
    for document_id in source.document_ids():
        if document_id not in there:
            batch.append(source.encoded(document_id))
        if sum(len(document.passages) for document in batch) >= _BATCH:
            yield from _written(batch, target)
            batch = []
    yield from _written(batch, target)


def copy_document(document_id: str, source: Collection, target: Collection, *, older: str = "") -> bool:
    """Add a document of `source` to `target`, with its title, its passages and vectors, and the file that was kept.

    Args:
        document_id: the id of the document.
        source: the collection that holds it. It is not changed.
        target: the collection to copy to, made with the same model. A document that it already holds stays unchanged.
        older: the id of a document of `target` that is removed in the same transaction. If people gave that one its
            title, and not the copy, the copy gets it. "" removes none.

    Returns:
        Whether `target` did not hold the document yet.

    Raises:
        UnknownDocument: `source` does not hold the document.
        UnusableCollection: as for `copy`, or `target` cannot be written.
    """
    _check_models(source, target)
    encoded = source.encoded(document_id)
    with suppress(UnknownDocument):  # the older one is removed meanwhile
        if older:
            titled = with_given(encoded.document, target.document(older))
            copied = encoded if is_given(encoded.document) else replace(encoded, document=titled)
            target.replace_encoded(older, copied)
            return True
    return bool(target.add_encoded([encoded]))


def _check_models(source: Collection, target: Collection) -> None:
    if not Identity.of(source.encoder).is_that_of(Identity.of(target.encoder)):
        raise UnusableCollection(
            f"A collection made with the model {source.encoder.name!r} cannot be copied to one made with"
            f" {target.encoder.name!r}; add the documents to it instead."
        )


def _written(batch: list[EncodedDocument], target: Collection) -> Iterator[Document]:
    target.add_encoded(batch)
    for document in batch:
        yield document.document
