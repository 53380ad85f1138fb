"""Reading the files that a collection keeps again, after a reader has changed."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from index.collection import Collection
from index.document import Document, Span
from index.errors import DamagedCollection, EmptyDocument, TooDemanding, UnknownDocument, UnreadableFile, reason_of
from index.sandbox.sandbox import read_file
from index.text.sentences import sentences
from index.title import attachment, is_given

_NEAR = 1_000_000
"""Code points around its place within which a sentence that moved is looked for."""


class Change(StrEnum):
    """What reading its file again did to a document."""

    CHANGED = "changed"
    KEPT = "kept"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Rereading:
    """What reading its file again did to a document.

    Attributes:
        change: whether the document was changed, kept because its file could not be read again, or read as before.
        old: the document as it was stored.
        new: the document as it is stored now.
        note: why it was kept, or what else its file holds; empty if there is nothing to say.
    """

    change: Change
    old: Document
    new: Document
    note: str = ""

    @cached_property
    def gone(self) -> tuple[Span, ...]:
        """The sentences of the old text that are not in the new one. A citation of one of them no longer holds."""
        return tuple(span for span, now in self._standing if now < 0)

    @cached_property
    def moved(self) -> tuple[Span, ...]:
        """The sentences of the old text that are elsewhere in the new one, at most a million code points away."""
        return tuple(span for span, now in self._standing if now >= 0 and now != span.start)

    @cached_property
    def _standing(self) -> list[tuple[Span, int]]:
        """The sentences of the old text, each with its offset in the new one, or -1."""
        old, new = self.old, self.new.text
        if old.id == self.new.id:
            return []
        standing, behind = [], 0
        for span in sentences(old.text, old.breaks(Span(0, len(old.text)))):
            words = old.quote(span)
            at = span.start if new.startswith(words, span.start) else new.find(words, behind, behind + _NEAR)
            at = at if at >= 0 else new.find(words, max(0, behind - _NEAR), behind)
            behind = at + len(words) if at >= 0 else behind
            standing.append((span, at))
        return standing

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as a JSON object; offsets count code points of the old text."""
        return {
            "change": self.change,
            "title": self.new.title,
            "source": self.new.source,
            "old": self.old.id,
            "new": self.new.id,
            "moved": [[span.start, span.end] for span in self.moved],
            "gone": [[span.start, span.end] for span in self.gone],
            "note": self.note,
        }


def reread(collection: Collection) -> Iterator[Rereading]:
    """Read every file that `collection` keeps again, and replace the documents that are now read in another way.

    A file is read as `index.add.add` reads it, with what is attached to it. Text that was recognised is recognised
    again. A document keeps its title and source. One whose file was not kept, or can no longer be read, stays as it is.
    Each is replaced in a transaction of its own, so that an interrupted call can be repeated. Nothing is added or
    removed, and nothing happens until the result is iterated over.

    Args:
        collection: the collection, in a folder.

    Yields:
        The outcome for each document; those of one file follow each other.

    Raises:
        UnusableCollection: the collection is on Milvus, which keeps no files, or cannot be written.
    """
    files = collection.files()
    of_file: dict[str, list[str]] = {}
    for document_id, digest in files.items():
        of_file.setdefault(digest or document_id, []).append(document_id)
    for document_ids in of_file.values():
        stored: list[Document] = []
        for document_id in document_ids:
            with suppress(UnknownDocument):  # removed meanwhile
                stored.append(collection.document(document_id))
        if stored:
            yield from _reread_file(stored, collection)


def _reread_file(stored: Sequence[Document], collection: Collection) -> Iterator[Rereading]:
    """Read the file of the `stored` documents again, and replace those that differ."""
    try:
        found = _read_again(stored, collection)
    except (UnreadableFile, DamagedCollection) as error:
        yield from (_kept(document, str(error).removesuffix(".")) for document in stored)
        return
    pairs = _paired(stored, found)
    others = {document.id for document in found} - set(collection.document_ids())
    others -= {document.id for document in pairs.values()}
    note = f"{len(others):,} more can be read from its file now; `cited add` adds them" if others else ""
    for old in stored:
        if old.id in pairs:
            with suppress(UnknownDocument):  # removed meanwhile
                yield _replaced(old, pairs[old.id], collection, note)
        else:
            yield _kept(old, "it is no longer read from its file")
        note = ""


def _replaced(old: Document, found: Document, collection: Collection, note: str) -> Rereading:
    """Replace `old` by what was `found` in its file, unless both were read alike."""
    new = replace(found, title=old.title, source=old.source)
    if old.is_read_like(new):
        return Rereading(Change.UNCHANGED, old, old, note)
    try:
        collection.replace(old.id, new, original=collection.original(old.id))
    except TooDemanding as error:
        return _kept(old, reason_of(error, repr(new.title)))
    return Rereading(Change.CHANGED, old, new, note)


def _kept(document: Document, why: str) -> Rereading:
    return Rereading(Change.KEPT, document, document, why)


def _read_again(stored: Sequence[Document], collection: Collection) -> tuple[Document, ...]:
    """Return the documents that are now read from the file of the `stored` ones.

    Raises:
        UnreadableFile: the file was not kept, or is read no more. The message goes on from the name of a document.
    """
    first = stored[0]
    original = collection.original(first.id)
    if original is None:
        raise UnreadableFile("its file was not kept")
    ocr = any(document.is_recognised for document in stored)
    with TemporaryDirectory(prefix="cited-") as folder:  # readers are given a path, whose suffix counts
        path = Path(folder, re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", PurePath(first.source).name)[-60:] or "file")
        try:
            path.write_bytes(original)
            return read_file(path, ocr=ocr).documents
        except (UnreadableFile, EmptyDocument) as error:
            raise UnreadableFile(f"its file {reason_of(error, path)}") from error
        except OSError as error:
            raise UnreadableFile(f"its file cannot be written to a temporary folder ({error.strerror})") from error


def _paired(stored: Sequence[Document], found: Sequence[Document]) -> dict[str, Document]:
    """Return the mapping id of a stored document → the one of `found` that takes its place.

    They have the same text, or else are the same attachment, or are both the file itself.
    """
    pairs = {document.id: document for document in found if document in stored}
    left = {attachment(document): document for document in reversed(found) if document.id not in pairs}
    for old in stored:
        is_known = len(found) == 1 or not is_given(old)  # which part of its file it was, its title may no longer say
        if old.id not in pairs and is_known and attachment(old) in left:
            pairs[old.id] = left.pop(attachment(old))
    return pairs
