"""Adding files and folders to a collection, and replacing the documents of files that changed."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from index.address import Allowed, address_of, is_public
from index.collection import Collection
from index.document import Document
from index.errors import EmptyDocument, TooDemanding, UnknownDocument, UnreadableFile, reason_of
from index.formats.suffixes import IMAGES, SUFFIXES
from index.sandbox.sandbox import FileRead, read_all, read_file
from index.title import with_given

Progress = Callable[[Path, float], None]

_RECOGNISING = 0.9
"""Share of the time for a file that recognising its text takes (OCR)."""


class Change(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a file, or to an address.

    Attributes:
        file: the file, or the address.
        change: whether it was added, replaced, unchanged or refused.
        reason: why it was refused, or which of its content was not read; empty if there is nothing to say.
    """

    file: Path | str
    change: Change
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, and the files of unknown type that were found in folders."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def find(paths: Iterable[Path], *, ocr: bool = False) -> Found:
    """Return the files among `paths`, and the files in the folders among them at any depth.

    Pictures in folders are found if their text is recognised (`ocr`).

    Each folder is entered once, even if several links lead to it. Files and folders whose names begin with a full stop
    are skipped. A folder that cannot be entered is listed as a file, so that `add` reports it.
    """
    entered: set[tuple[int, int]] = set()
    files: list[Path] = []
    passed_over: list[Path] = []
    known = SUFFIXES | IMAGES if ocr else SUFFIXES
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for file in _files_in(path, entered):
            (files if file.suffix.lower() in known or file.is_dir() else passed_over).append(file)
    return Found(tuple(files), tuple(passed_over))


def add(
    files: Iterable[Path], collection: Collection, progress: Progress | None = None, *, ocr: bool = False
) -> Iterator[Outcome]:
    """Add each file, and what is attached to it, each in a transaction of its own. Yield the outcome of each file.

    A stored document with the same source but a different text is replaced. The old document is kept if an earlier one
    of `files` still has its text.

    Args:
        files: the files to read, in order.
        collection: the collection that gets the documents.
        progress: called with a file and the share of it that is done, from 0 to 1: of its pages that are recognised
            (`ocr`), then of its passages that are encoded.
        ocr: whether the text of scanned pages is recognised (see `index.sandbox.sandbox.read`).
    """
    held = _Held(collection)
    for file in files:
        told = partial(progress, file) if progress else None
        try:
            found = read_file(file, ocr=ocr, told=_within(told, 0, _RECOGNISING))
        except (UnreadableFile, EmptyDocument) as error:
            yield Outcome(file, Change.REFUSED, reason_of(error, file))
            continue
        documents = found.documents
        held.expect(documents)
        try:
            change, notes = _stored(found, held, _within(told, _RECOGNISING if ocr else 0, 1))
        except TooDemanding as error:
            yield Outcome(file, Change.REFUSED, reason_of(error, repr(documents[0].title)))
            continue
        yield Outcome(file, change, "; ".join(filter(None, (*notes, not_read(documents[0])))))


def add_address(address: str, collection: Collection, *, ocr: bool = False, is_allowed: Allowed = is_public) -> Outcome:
    """Add what stands at an address of the web, in place of what stood there before (see `index.fetch.fetch`)."""
    from index.fetch import fetch  # its library takes longer to load than all the rest

    try:
        fetched = fetch(address, is_allowed)
        with TemporaryDirectory() as folder:
            file = Path(folder, fetched.name)
            file.write_bytes(fetched.data)
            try:
                found = read_file(file, ocr=ocr)
            except (UnreadableFile, EmptyDocument) as error:
                return Outcome(address, Change.REFUSED, reason_of(error, file))
    except UnreadableFile as error:
        return Outcome(address, Change.REFUSED, reason_of(error, address))
    first, *attached = (replace(each, source=fetched.source) for each in found.documents)
    stood = {key for key, source in collection.sources().items() if address_of(source) == address_of(fetched.source)}
    change = _put(first, found.original, stood - {each.id for each in (first, *attached)}, collection, None)
    collection.add(*attached, original=found.original)
    return Outcome(address, change, "; ".join(filter(None, (*map(attached_note, attached), not_read(first)))))


def not_read(document: Document) -> str:
    """Return a note on unread content, such as `not read: 2 images, 1 video`, or "" if everything was read."""
    return f"not read: {', '.join(document.unread)}" if document.unread else ""


def attached_note(document: Document) -> str:
    """Return a note on an attachment that was read, and on its unread content."""
    unread = not_read(document)
    return f"with {document.title}" + (f" ({unread})" if unread else "")


def _files_in(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path]:
    closed: list[Path] = []
    for path, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename)), followlinks=True):
        status = os.stat(path)  # noqa: PTH116
        if (status.st_dev, status.st_ino) in entered:
            folders.clear()
            continue
        entered.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(path, name) for name in sorted(names) if not name.startswith("."))
    yield from closed


def _within(told: Callable[[float], None] | None, first: float, last: float) -> Callable[[float], None] | None:
    """Return what tells a share of one step as that share of the whole which reaches from `first` to `last`."""
    return (lambda share: told(first + share * (last - first))) if told else None


def _stored(found: FileRead, held: "_Held", progress: Callable[[float], None] | None) -> tuple[Change, list[str]]:
    """Store a file's document and its attachments. Return what happened to the file, and notes on it."""
    first, *attached = found.documents
    change, twin = held.put(first, found.original, progress)
    changes, notes = [change], [f"its text is that of {twin}"] if twin else []
    for document in attached:
        try:
            changes.append(held.put(document, found.original, progress)[0])
            notes.append(attached_note(document))
        except TooDemanding as error:
            notes.append(f"{document.title} {reason_of(error, repr(document.title))}")
    made = [change for change in (Change.REPLACED, Change.ADDED) if change in changes]
    return (made or changes)[0], notes


class _Held:
    """What a collection holds of each source, while files are added to it."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._sources = dict(collection.sources())
        self._by_source: dict[str, set[str]] = defaultdict(set)
        for document_id, source in self._sources.items():
            self._by_source[source].add(document_id)
        self._current: set[str] = set()

    def expect(self, documents: Iterable[Document]) -> None:
        """Keep those of `documents` that are stored already."""
        self._current.update(document.id for document in documents)

    def put(
        self, document: Document, original: bytes | None, progress: Callable[[float], None] | None
    ) -> tuple[Change, str]:
        """Store `document`, with the file that it was read from, in place of what its source no longer holds.

        Returns:
            What happened, and the other source under which its text is stored, or "".
        """
        twin = self._sources.get(document.id, document.source)
        if twin != document.source and not _holds(twin, document):
            # The old source no longer has this text, because it was renamed or changed. Cite the new file instead.
            self._collection.remove(document.id)
            self._by_source[twin].discard(document.id)
            twin = document.source
        self._sources[document.id] = twin
        outdated = self._by_source[document.source] - self._current
        change = _put(document, original, outdated, self._collection, progress)
        self._by_source[document.source] = self._by_source[document.source] - outdated | {document.id}
        return change, twin if twin != document.source else ""


def _holds(source: str, document: Document) -> bool:
    """Return whether the file `source`, or something attached to it, still has the text of `document`."""
    try:
        return document in read_all(source, ocr=document.is_recognised)
    except (UnreadableFile, EmptyDocument):
        return False


def _put(
    document: Document,
    original: bytes | None,
    outdated: set[str],
    collection: Collection,
    progress: Callable[[float], None] | None,
) -> Change:
    """Store `document` in `collection`, and remove the documents with the ids `outdated`."""

    def encoded(done: int, of: int) -> None:
        if progress:
            progress(done / of)

    change = None
    if len(outdated) == 1:
        with suppress(UnknownDocument):
            document = with_given(document, collection.document(*outdated))
    for document_id in sorted(outdated):
        with suppress(UnknownDocument):  # another process adds the same files and has already removed it
            if change:
                collection.remove(document_id)
            else:
                collection.replace(document_id, document, original=original, progress=encoded)
                change = Change.REPLACED
    if change:
        return change
    return Change.ADDED if collection.add(document, original=original, progress=encoded) else Change.UNCHANGED
