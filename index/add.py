"""Files and folders, added to a collection as they are now."""

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
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; and why it was refused, or what in it was not read."""

    file: Path
    kind: Kind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, and the files in folders that are of no known kind."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


def find(paths: Iterable[Path]) -> Found:
    """Return those of `paths` that are no folders, and the files in those that are and in all folders in these.

    Every folder is entered once, however many links lead to it. What is hidden, its name beginning with a full stop, is
    left out. A folder that cannot be entered stands among the files, to be refused as one.
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
    """Add each of `files`, in a commit of its own, and yield what became of it.

    A document of the same source but another text is replaced, unless one of `files` before it holds that text still.

    Args:
        files: what to read, in order.
        collection: where the documents go.
        progress: called with a file and the share of it that is encoded, from 0 to 1.
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
            # Cited from now on as of the file that holds it: the other may have been renamed, or changed since.
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
    """Return what of its file was not read, in words: `not read: 2 images, 1 video`; nothing where all was."""
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
    """Return whether the file that `source` names has the text of `document` still."""
    try:
        return read(Path(source)).id == document.id
    except (UnreadableFile, EmptyDocument):
        return False


def _put(
    document: Document, outdated: set[str], collection: Collection, progress: Callable[[float], None] | None
) -> Kind:
    """Let `document` be in `collection`, and those whose ids are `outdated` no longer."""

    def encoded(done: int, of: int) -> None:
        if progress:
            progress(done / of)

    kind = None
    for document_id in sorted(outdated):
        with suppress(UnknownDocument):  # another process is adding the same files, and was first
            if kind:
                collection.remove(document_id)
            else:
                collection.replace(document_id, document, progress=encoded)
                kind = Kind.REPLACED
    if kind:
        return kind
    return Kind.ADDED if collection.add(document, progress=encoded) else Kind.UNCHANGED
