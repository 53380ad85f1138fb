"""Adding files and folders to a collection, and replacing the documents of files that changed."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from index.collection import Collection
from index.document import Document
from index.errors import EmptyDocument, TooDemanding, UnknownDocument, UnreadableFile
from index.formats.read import SUFFIXES
from index.sandbox.sandbox import read

Progress = Callable[[Path, float], None]


class Kind(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a file.

    Attributes:
        file: the file.
        kind: whether it was added, replaced, unchanged or refused.
        reason: why it was refused, or which of its content was not read; empty if there is nothing to say.
    """

    file: Path
    kind: Kind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, and the files of unknown type that were found in folders."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def find(paths: Iterable[Path]) -> Found:
    """Return the files among `paths`, and the files in the folders among them at any depth.

    Each folder is entered once, even if several links lead to it. Files and folders whose names begin with a full stop
    are skipped. A folder that cannot be entered is listed as a file, so that `add` reports it.
    """
    entered: set[tuple[int, int]] = set()
    files: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for file in _files_in(path, entered):
            (files if file.suffix.lower() in SUFFIXES or file.is_dir() else passed_over).append(file)
    return Found(tuple(files), tuple(passed_over))


def add(files: Iterable[Path], collection: Collection, progress: Progress | None = None) -> Iterator[Outcome]:
    """Add each file in a transaction of its own, and yield its outcome.

    A stored document with the same source but a different text is replaced. The old document is kept if an earlier one
    of `files` still has its text.

    Args:
        files: the files to read, in order.
        collection: the collection that gets the documents.
        progress: called with a file and the share of its passages that are encoded, from 0 to 1.
    """
    sources = collection.sources()
    by_source: dict[str, set[str]] = defaultdict(set)
    for document_id, source in sources.items():
        by_source[source].add(document_id)
    current: set[str] = set()
    for file in files:
        try:
            document = read(file)
        except (UnreadableFile, EmptyDocument) as error:
            yield Outcome(file, Kind.REFUSED, str(error).removeprefix(f"{file} "))
            continue
        current.add(document.id)
        twin = sources.get(document.id, document.source)
        if twin != document.source and not _holds(twin, document):
            # The old source no longer has this text, because it was renamed or changed. Cite the new file instead.
            collection.remove(document.id)
            by_source[twin].discard(document.id)
            twin = document.source
        sources[document.id] = twin
        told = partial(progress, file) if progress else None
        try:
            kind = _put(document, by_source[document.source] - current, collection, told)
        except TooDemanding as error:
            yield Outcome(file, Kind.REFUSED, str(error).removeprefix(f"{document.title!r} "))
            continue
        by_source[document.source] = {document.id}
        twin_of = f"its text is that of {twin}" if twin != document.source else ""
        yield Outcome(file, kind, "; ".join(filter(None, (twin_of, not_read(document)))))


def not_read(document: Document) -> str:
    """Return a note on unread content, such as `not read: 2 images, 1 video`, or "" if everything was read."""
    return f"not read: {', '.join(document.unread)}" if document.unread else ""


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


def _holds(source: str, document: Document) -> bool:
    """Return whether the file `source` still has the text of `document`."""
    try:
        return read(Path(source)).id == document.id
    except (UnreadableFile, EmptyDocument):
        return False


def _put(
    document: Document, outdated: set[str], collection: Collection, progress: Callable[[float], None] | None
) -> Kind:
    """Store `document` in `collection`, and remove the documents with the ids `outdated`."""

    def encoded(done: int, of: int) -> None:
        if progress:
            progress(done / of)

    kind = None
    for document_id in sorted(outdated):
        with suppress(UnknownDocument):  # another process adds the same files and has already removed it
            if kind:
                collection.remove(document_id)
            else:
                collection.replace(document_id, document, progress=encoded)
                kind = Kind.REPLACED
    if kind:
        return kind
    return Kind.ADDED if collection.add(document, progress=encoded) else Kind.UNCHANGED
