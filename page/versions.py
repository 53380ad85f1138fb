"""Recognising a file that has changed since it was added."""

from index import Collection, Document
from index.address import address_of
from index.text.words import words

_SHARE = 0.5
"""Share of the shorter text's runs of three words that the other text holds, from which both are versions of one."""


def older_version(document: Document, collection: Collection) -> Document | None:
    """Return the stored document of which `document` is a newer version: it has the same source and much of the text.

    Two files may have one name and nothing else in common, such as two `minutes.pdf`; both are then kept.
    """
    for document_id, source in collection.sources().items():
        if address_of(source) == address_of(document.source) and document_id != document.id:
            stored = collection.document(document_id)
            if _is_version(_runs(document.text), _runs(stored.text)):
                return stored
    return None


def _is_version(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    return len(one & other) >= _SHARE * max(1, min(len(one), len(other)))


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(found, found[1:], found[2:], strict=False))
